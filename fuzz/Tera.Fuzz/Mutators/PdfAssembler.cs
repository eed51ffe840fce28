using System.Globalization;
using System.Text;
using Tera.Pades.Pdf;

namespace Tera.Fuzz.Mutators;

/// <summary>Writes objects as a file with a table, a cross-reference stream or object streams; chance decides, and wraps twice at times.</summary>
internal sealed class PdfAssembler(Random random, PdfLimits limits)
{
    private readonly List<(int Number, PdfObject Value)> _objects = [];

    public void Add(int number, PdfObject value) => _objects.Add((number, value));

    public byte[] Assemble(ObjectId root)
    {
        var output = new MemoryStream();
        Text(output, "%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");
        var rows = new SortedDictionary<int, (int Type, long Field, int Extra)> { [0] = (0, 0, 65535) };
        var next = _objects.Select(o => o.Number).DefaultIfEmpty(0).Max() + 1;
        var usesStream = random.Next(2) == 0;
        if (usesStream)
            next = WriteCompressed(output, rows, next);
        foreach (var (number, value) in _objects.Where(o => !rows.ContainsKey(o.Number)).ToList())
        {
            rows[number] = (1, output.Length, 0);
            WriteObject(output, number, PdfSpelling.Spell(value, random, limits));
        }
        var xref = output.Length;
        if (usesStream)
            WriteStream(output, rows, next, root, xref);
        else
            WriteTable(output, rows, next, root);
        Text(output, string.Create(CultureInfo.InvariantCulture, $"startxref\n{xref}\n%%EOF\n"));
        return output.ToArray();
    }

    // Object streams; one in ten is itself listed as an object of the stream before it, which 7.5.7 forbids.
    private int WriteCompressed(MemoryStream output, SortedDictionary<int, (int Type, long Field, int Extra)> rows, int next)
    {
        var fitting = _objects.Where(o => o.Value is not PdfStream && random.Next(4) != 0).DistinctBy(o => o.Number).ToList();
        foreach (var group in fitting.Chunk(random.Next(1, 60)))
        {
            var (header, body) = (new StringBuilder(), new MemoryStream());
            for (var i = 0; i < group.Length; i++)
            {
                header.Append(CultureInfo.InvariantCulture, $"{group[i].Number} {body.Length} ");
                body.Write(PdfSpelling.Spell(group[i].Value, random, limits));
                Text(body, "\n");
                rows[group[i].Number] = (2, next, i);
            }
            byte[] data = [.. Encoding.ASCII.GetBytes(header.ToString()), .. body.ToArray()];
            var dictionary = PdfDictionary.Of(("Type", new PdfName("ObjStm")), ("N", new PdfInteger(group.Length)), ("First", new PdfInteger(header.Length)));
            var stream = random.Next(3) == 0
                ? new PdfStream(dictionary, data)
                : new PdfStream(dictionary.With("Filter", new PdfName("FlateDecode")), PdfTreeMutator.Deflate(data));
            rows[next] = random.Next(10) == 0 ? (2, next - 1, 0) : (1, output.Length, 0);
            WriteObject(output, next++, PdfSpelling.Spell(stream, random, limits));
        }
        return next;
    }

    private static void WriteTable(MemoryStream output, SortedDictionary<int, (int Type, long Field, int Extra)> rows, int size, ObjectId root)
    {
        Text(output, "xref\n");
        foreach (var (number, row) in rows)
            Text(output, string.Create(CultureInfo.InvariantCulture, $"{number} 1\n{row.Field:D10} {row.Extra:D5} {(row.Type == 1 ? 'n' : 'f')} \n"));
        Text(output, string.Create(CultureInfo.InvariantCulture, $"trailer\n<</Size {size}/Root {root.Number} 0 R>>\n"));
    }

    private void WriteStream(MemoryStream output, SortedDictionary<int, (int Type, long Field, int Extra)> rows, int self, ObjectId root, long xref)
    {
        rows[self] = (1, xref, 0);
        var data = new MemoryStream();
        foreach (var row in rows.Values)
            data.Write([(byte)row.Type, (byte)((row.Field >> 16) & 255), (byte)((row.Field >> 8) & 255), (byte)(row.Field & 255), (byte)((row.Extra >> 8) & 255), (byte)(row.Extra & 255)]);
        var dictionary = PdfDictionary.Of(
            ("Type", new PdfName("XRef")), ("Size", new PdfInteger(self + 1)), ("W", PdfArray.Of(1, 3, 2)), ("Root", new PdfReference(new ObjectId(root.Number))),
            ("Index", new PdfArray([.. rows.Keys.SelectMany(n => (PdfObject[])[new PdfInteger(n), new PdfInteger(1)])])));
        WriteObject(output, self, PdfSpelling.Spell(new PdfStream(dictionary, data.ToArray()), random, limits));
    }

    private static void WriteObject(MemoryStream output, int number, byte[] value)
    {
        Text(output, string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n"));
        output.Write(value);
        Text(output, "\nendobj\n");
    }

    private static void Text(MemoryStream output, string text) => output.Write(Encoding.Latin1.GetBytes(text));
}
