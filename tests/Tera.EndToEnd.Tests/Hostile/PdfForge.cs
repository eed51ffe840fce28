using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Tera.EndToEnd.Hostile;

/// <summary>Makes PDFs that cost the reader more than they cost the sender: new files, or revisions on top of a signed one.</summary>
internal static partial class PdfForge
{
    /// <summary>A file of these objects, with a cross-reference table that is right.</summary>
    public static byte[] File(params (int Number, string Body)[] objects)
    {
        var file = new StringBuilder("%PDF-1.7\n");
        return Finish(file, 0, objects, $"/Size {objects.Max(o => o.Number) + 1} /Root 1 0 R");
    }

    /// <summary>One more revision of a signed file. <paramref name="objects"/> get numbers after the last of the file; 0 is the catalog.</summary>
    public static byte[] Append(byte[] pdf, params (int Number, string Body)[] objects)
    {
        string text = Encoding.Latin1.GetString(pdf);
        int size = int.Parse(Size().Matches(text)[^1].Groups[1].Value, CultureInfo.InvariantCulture);
        int root = int.Parse(Root().Matches(text)[^1].Groups[1].Value, CultureInfo.InvariantCulture);
        string previous = StartXref().Matches(text)[^1].Groups[1].Value;
        var file = new StringBuilder(text);
        string Renumber(string body) => Own().Replace(body, m => string.Create(CultureInfo.InvariantCulture, $"{(m.Groups[1].Value == "0" ? root : size + int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))} 0 R"));
        return Finish(
            file,
            pdf.Length,
            [.. objects.Select(o => (o.Number == 0 ? root : size + o.Number, Renumber(o.Body)))],
            $"/Size {size + 64} /Root {root} 0 R /Prev {previous}");
    }

    public static string Stream(string dictionary, byte[] content) => $"<< {dictionary} /Length {content.Length} >>\nstream\n{Encoding.Latin1.GetString(content)}\nendstream";

    /// <summary>Zeros, packed once or several times.</summary>
    public static byte[] Packed(int megabytes, int times = 1)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++)
            {
                zip.Write(block);
            }
        }

        byte[] result = packed.ToArray();
        for (int i = 1; i < times; i++)
        {
            using var again = new MemoryStream();
            using (var zip = new ZLibStream(again, CompressionLevel.Fastest, leaveOpen: true))
            {
                zip.Write(result);
            }

            result = again.ToArray();
        }

        return result;
    }

    private static byte[] Finish(StringBuilder file, int start, (int Number, string Body)[] objects, string trailer)
    {
        if (start > 0)
        {
            file.Append('\n');
        }

        var table = new StringBuilder("xref\n0 1\n0000000000 65535 f \n");
        foreach ((int number, string body) in objects.OrderBy(o => o.Number))
        {
            table.Append(CultureInfo.InvariantCulture, $"{number} 1\n{file.Length:D10} 00000 n \n");
            file.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{body}\nendobj\n");
        }

        int xref = file.Length;
        file.Append(table).Append(CultureInfo.InvariantCulture, $"trailer\n<< {trailer} >>\nstartxref\n{xref}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    [GeneratedRegex(@"/Size (\d+)")]
    private static partial Regex Size();

    [GeneratedRegex(@"/Root (\d+) 0 R")]
    private static partial Regex Root();

    [GeneratedRegex(@"startxref\s+(\d+)")]
    private static partial Regex StartXref();

    /// <summary>References among the new objects are written <c>{3}</c>.</summary>
    [GeneratedRegex(@"\{(\d+)\}")]
    private static partial Regex Own();
}
