using System.Globalization;
using System.Text;

namespace Tera.Pades.Tests.Pdf;

/// <summary>Writes small PDF files of each kind, byte by byte, so that tests need no foreign file.</summary>
internal static class SmallPdf
{
    public static readonly string[] Kinds = ["classic", "xref stream", "object streams", "hybrid"];

    /// <summary>A page with some lines on it; objects 1 catalog, 2 pages, 3 page, 4 contents.</summary>
    public static byte[] Make(string kind = "classic", string catalogExtra = "", string pageExtra = "", string[]? more = null, int pages = 1)
    {
        var contents = "0.5 g 72 700 200 50 re f";
        var kids = string.Join(' ', Enumerable.Range(0, pages).Select(i => i == 0 ? "3 0 R" : $"{10 + i} 0 R"));
        var objects = new SortedDictionary<int, string>
        {
            [1] = $"<</Type/Catalog/Pages 2 0 R{catalogExtra}>>",
            [2] = $"<</Type/Pages/Kids[{kids}]/Count {pages}/MediaBox[0 0 595 842]>>",
            [3] = $"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<>>{pageExtra}>>",
            [4] = $"<</Length {contents.Length}>>\nstream\n{contents}\nendstream",
        };
        for (var i = 1; i < pages; i++)
            objects[10 + i] = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<>>>>";
        for (var i = 0; i < (more?.Length ?? 0); i++)
            objects[100 + i] = more![i];
        return Write(kind, objects);
    }

    /// <summary>The file of these objects: 1 the catalog, 2 the page tree, 3 a page; 50 and 51 are left for the file's own streams, and numbers end at 109.</summary>
    public static byte[] Write(string kind, SortedDictionary<int, string> objects) => kind switch
    {
        "classic" => Classic(objects),
        "xref stream" => XrefStream(objects, inStream: []),
        "object streams" => XrefStream(objects, inStream: objects.Where(o => !o.Value.EndsWith("endstream", StringComparison.Ordinal)).Select(o => o.Key).ToArray()),
        "hybrid" => Hybrid(objects),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown"),
    };

    private static byte[] Classic(SortedDictionary<int, string> objects)
    {
        var (text, offsets) = Body(objects);
        var xref = text.Length;
        text.Append("xref\n0 1\n0000000000 65535 f \n");
        foreach (var (number, offset) in offsets)
            text.Append(CultureInfo.InvariantCulture, $"{number} 1\n{offset:D10} 00000 n \n");
        text.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {offsets.Keys.Max() + 1}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static byte[] XrefStream(SortedDictionary<int, string> objects, int[] inStream)
    {
        var plain = new SortedDictionary<int, string>(objects.Where(o => !inStream.Contains(o.Key)).ToDictionary(o => o.Key, o => o.Value));
        if (inStream.Length > 0)
            plain[50] = ObjectStream(objects, inStream);
        var (text, offsets) = Body(plain);
        var xref = text.Length;
        offsets[51] = xref;
        text.Append("51 0 obj\n").Append(XrefStreamObject(offsets, inStream, 51, "/Root 1 0 R")).Append("\nendobj\n");
        text.Append(CultureInfo.InvariantCulture, $"startxref\n{xref}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    // ISO 32000-1 7.5.8.4: the pages lie in an object stream that only the stream beside the table lists.
    private static byte[] Hybrid(SortedDictionary<int, string> objects)
    {
        int[] hidden = [2, 3];
        var plain = new SortedDictionary<int, string>(objects.Where(o => !hidden.Contains(o.Key)).ToDictionary(o => o.Key, o => o.Value))
        {
            [50] = ObjectStream(objects, hidden),
        };
        var (text, offsets) = Body(plain);
        var companion = text.Length;
        text.Append("51 0 obj\n").Append(XrefStreamObject(new() { [50] = offsets[50] }, hidden, 51, "/Root 1 0 R")).Append("\nendobj\n");
        var xref = text.Length;
        text.Append("xref\n0 1\n0000000000 65535 f \n2 2\n0000000000 65535 f \n0000000000 65535 f \n");
        foreach (var (number, offset) in offsets.Where(o => o.Key != 50))
            text.Append(CultureInfo.InvariantCulture, $"{number} 1\n{offset:D10} 00000 n \n");
        text.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size 110/Root 1 0 R/XRefStm {companion}>>\nstartxref\n{xref}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static (StringBuilder Text, SortedDictionary<int, int> Offsets) Body(SortedDictionary<int, string> objects)
    {
        var text = new StringBuilder("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");
        var offsets = new SortedDictionary<int, int>();
        foreach (var (number, value) in objects)
        {
            offsets[number] = text.Length;
            text.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{value}\nendobj\n");
        }
        return (text, offsets);
    }

    private static string ObjectStream(SortedDictionary<int, string> objects, int[] numbers)
    {
        var header = new StringBuilder();
        var body = new StringBuilder();
        foreach (var number in numbers)
        {
            header.Append(CultureInfo.InvariantCulture, $"{number} {body.Length} ");
            body.Append(objects[number]).Append('\n');
        }
        var data = header.ToString() + body;
        return $"<</Type/ObjStm/N {numbers.Length}/First {header.Length}/Length {data.Length}>>\nstream\n{data}\nendstream";
    }

    private static string XrefStreamObject(SortedDictionary<int, int> offsets, int[] inStream, int self, string trailer)
    {
        var rows = new SortedDictionary<int, byte[]> { [0] = [0, 0, 0, 0, 0] };
        foreach (var (number, offset) in offsets)
            rows[number] = [1, (byte)(offset >> 16), (byte)((offset >> 8) & 255), (byte)(offset & 255), 0];
        for (var i = 0; i < inStream.Length; i++)
            rows[inStream[i]] = [2, 0, 0, 50, (byte)i];
        var index = string.Join(' ', rows.Keys.Select(n => $"{n} 1"));
        var data = Encoding.Latin1.GetString(rows.Values.SelectMany(r => r).ToArray());
        return $"<</Type/XRef/Size {Math.Max(110, self + 1)}/W[1 3 1]/Index[{index}]/Length {data.Length}{trailer}>>\nstream\n{data}\nendstream";
    }
}
