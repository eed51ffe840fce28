using System.Globalization;
using System.Text;
using Tera.Fuzz.Execution;
using Tera.Fuzz.Mutators;
using Tera.Fuzz.Seeds;
using Tera.Pades.Pdf;

namespace Tera.Fuzz.Targets;

/// <summary>One indirect object, in a small file: read, walked, written and read again.</summary>
internal sealed class ParserTarget : FuzzTarget
{
    private const int Number = 5;

    private static readonly byte[] Before = Encoding.ASCII.GetBytes(
        "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj\n4 0 obj\n12\nendobj\n5 0 obj\n");

    private readonly List<byte[]> _seeds;

    public ParserTarget(SeedBank bank)
    {
        _seeds =
        [
            .. new[]
            {
                "<</A 1/B[1 2.5 -3 +4. .5]/C(text \\(nested (x)\\) \\101\\n)/D<48656C6C6F>/E/Na#20me/F true/G null/H 4 0 R>>",
                "<</Length 4 0 R/Filter[/ASCIIHexDecode/FlateDecode]>>\nstream\n48656C6C6F21\nendstream",
                "<</Length 12>>stream\r\nHello World!\r\nendstream",
                "[[[[[[1 0 R 2 0 R]]]]](D:20261122101500+08'00')(\u00FE\u00FF\0a)<FEFF0061D800>]",
                "-9223372036854775808", "<</A<</B<</C<</D[<</E()>>]>>>>>>>>", "(\\\r\nline\rnext\r\n\\777\\8)", "[/#/#4/#41#zz/]",
            }.Select(Encoding.Latin1.GetBytes),
        ];
        var random = new Random(1);
        foreach (var document in bank.Documents.Take(80))
        {
            try
            {
                var file = PdfFile.Open(document);
                foreach (var entry in file.Revisions[^1].Objects.Take(6))
                {
                    if (file.TryGetObject(entry.Id, null, out var value) == PdfRefusal.None && PdfSpelling.Spell(value, random, file.Limits) is { Length: < 8192 } text)
                        _seeds.Add(text);
                }
            }
            catch (PdfException)
            {
                // A seed need not be a good file.
            }
        }
    }

    public override string Name => "parser";

    public override IReadOnlyList<byte[]> Seeds => _seeds;

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => ByteMutator.Mutate(seed, other, random, PdfMutator.Words);

    public override bool IsDocumented(Exception exception) => exception is PdfException;

    public override string Execute(byte[] input)
    {
        var file = PdfFile.Open(Wrap(input));
        if (file.WasRepaired)
            return "repaired";
        var refusal = file.TryGetObject(new ObjectId(Number), null, out var value);
        if (refusal != PdfRefusal.None)
            return refusal.ToString();
        var size = PdfWalk.Visit(file, value);
        if (value is not PdfStream && size < 5000)
            MustReadBack(file, value);
        return $"{value.GetType().Name} {Math.ILogB(size)}";
    }

    private static void MustReadBack(PdfFile file, PdfObject value)
    {
        if (HasReal(value))
            return;
        var update = new IncrementalUpdate(file);
        update.Put(new ObjectId(Number), value);
        var output = new MemoryStream();
        update.WriteTo(output);
        var again = PdfFile.Open(output.ToArray());
        if (again.WasRepaired || !again.GetObject(new ObjectId(Number)).Equals(value))
            throw new BrokenPromiseException("a written value reads back as it was");
    }

    // Five decimals are written of a real, so that it does not read back as it was.
    private static bool HasReal(PdfObject value) => value switch
    {
        PdfReal => true,
        PdfArray array => array.Any(HasReal),
        PdfDictionary dictionary => dictionary.HasDuplicateKeys || dictionary.Any(e => HasReal(e.Value)),
        _ => false,
    };

    private static byte[] Wrap(byte[] input)
    {
        var offsets = new List<int>();
        for (var at = Before.AsSpan().IndexOf(" 0 obj"u8); at >= 0;)
        {
            offsets.Add(at - 1);
            var next = Before.AsSpan(at + 1).IndexOf(" 0 obj"u8);
            at = next < 0 ? -1 : at + 1 + next;
        }
        var behind = new StringBuilder("\nendobj\nxref\n0 6\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            behind.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        behind.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{Before.Length + input.Length + 8}\n%%EOF\n");
        return [.. Before, .. input, .. Encoding.ASCII.GetBytes(behind.ToString())];
    }
}
