using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Tera.Fuzz.Hostile;

/// <summary>Writes files by hand that no honest writer would.</summary>
internal sealed class Forge
{
    private readonly SortedDictionary<int, (long Offset, bool IsUsed)> _offsets = [];
    private readonly MemoryStream _output = new();

    /// <param name="catalog">More entries of the catalog (object 1; 2 is the page tree and 3 its page).</param>
    /// <param name="page">More entries of the page.</param>
    /// <param name="kids">The page tree's kids.</param>
    public Forge(string catalog = "", string page = "", string kids = "3 0 R")
    {
        Text("%PDF-1.7\n");
        Object(1, $"<</Type/Catalog/Pages 2 0 R{catalog}>>");
        Object(2, $"<</Type/Pages/Kids[{kids}]/Count 1/MediaBox[0 0 595 842]>>");
        Object(3, $"<</Type/Page/Parent 2 0 R{page}>>");
    }

    public long Length => _output.Length;

    public Forge Object(int number, string value)
    {
        _offsets[number] = (_output.Length, true);
        return Text(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n{value}\nendobj\n"));
    }

    public Forge Objects(int first, int count, Func<int, string> value)
    {
        for (var i = 0; i < count; i++)
            Object(first + i, value(i));
        return this;
    }

    public Forge Stream(int number, string dictionary, byte[] data)
    {
        _offsets[number] = (_output.Length, true);
        Text(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n<<{dictionary}/Length {data.Length}>>\nstream\n"));
        _output.Write(data);
        return Text("\nendstream\nendobj\n");
    }

    public Forge Text(string text)
    {
        _output.Write(Encoding.Latin1.GetBytes(text));
        return this;
    }

    /// <summary>A number that stands in the table though no object has it.</summary>
    public Forge At(int number, long offset)
    {
        _offsets[number] = (offset, true);
        return this;
    }

    /// <summary>Ends a revision; what follows belongs to the next.</summary>
    public Forge Section(string trailer = "")
    {
        var xref = _output.Length;
        Text("xref\n");
        foreach (var block in Blocks())
        {
            Text(string.Create(CultureInfo.InvariantCulture, $"{block[0]} {block.Count}\n"));
            var lines = new StringBuilder();
            foreach (var number in block)
                lines.Append(CultureInfo.InvariantCulture, $"{_offsets[number].Offset:D10} 00000 n \n");
            Text(lines.ToString());
        }
        Text(string.Create(CultureInfo.InvariantCulture, $"trailer\n<</Size {_offsets.Keys.DefaultIfEmpty(3).Max() + 1}/Root 1 0 R{(_previous is { } p ? $"/Prev {p}" : "")}{trailer}>>\nstartxref\n{xref}\n%%EOF\n"));
        _previous = xref;
        _offsets.Clear();
        return this;
    }

    private long? _previous;

    public byte[] File() => Section().Bytes();

    public byte[] Bytes() => _output.ToArray();

    public static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    public static string References(int first, int count) => string.Join(' ', Enumerable.Range(first, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i} 0 R")));

    public static byte[] Zip(byte[] data)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            zlib.Write(data);
        return packed.ToArray();
    }

    private IEnumerable<List<int>> Blocks()
    {
        var block = new List<int>();
        foreach (var number in _offsets.Keys)
        {
            if (block.Count > 0 && number != block[^1] + 1)
            {
                yield return block;
                block = [];
            }
            block.Add(number);
        }
        if (block.Count > 0)
            yield return block;
    }
}
