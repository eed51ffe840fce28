using System.Text;
using Tera.Fuzz.Mutators;
using Tera.Pades.Pdf;
using Tera.Pades.Tests.Pdf;

namespace Tera.Fuzz.Targets;

/// <summary>Stream filters and predictors. The first byte of an input is the number of filters, then two bytes for each, then the data.</summary>
internal sealed class FilterTarget : FuzzTarget
{
    private static readonly string[] Filters = ["FlateDecode", "LZWDecode", "ASCII85Decode", "ASCIIHexDecode", "RunLengthDecode", "Fl", "LZW", "Crypt"];

    private static readonly int[] Predictors = [0, 1, 2, 10, 11, 12, 13, 14, 15, 99];

    private static readonly int[] Columns = [1, 2, 3, 5, 7, 16, 100, 1000, 65536, 9_999_999, 10_000_000, 10_000_001, int.MaxValue];

    private static readonly byte[] Base = SmallPdf.Make();

    private readonly List<byte[]> _seeds = MakeSeeds().ToList();

    public override string Name => "filters";

    public override IReadOnlyList<byte[]> Seeds => _seeds;

    public override byte[] Mutate(byte[] seed, byte[] other, Random random)
    {
        var bytes = ByteMutator.Mutate(seed, other, random, []);
        if (random.Next(3) == 0 && bytes.Length > 3)
            bytes[random.Next(3)] = (byte)random.Next(256);
        return bytes;
    }

    public override string SlownessOf(string outcome) => "";

    // Eight filters one behind the other, each up to the limit; the heap's hard limit watches the peak.
    public override long AllocationLimit => 1024L * 1024 * 1024;

    public override bool IsDocumented(Exception exception) => exception is PdfException;

    public override string Execute(byte[] input)
    {
        if (input.Length == 0)
            return "empty";
        var count = Math.Min(input[0] % 10, (input.Length - 1) / 2);
        var names = new List<PdfObject>();
        var parameters = new List<PdfObject>();
        for (var i = 0; i < count; i++)
        {
            var (a, b) = (input[1 + (2 * i)], input[2 + (2 * i)]);
            names.Add(new PdfName(Filters[a % Filters.Length]));
            parameters.Add(PdfDictionary.Of(
                ("Predictor", new PdfInteger(Predictors[(a >> 3) % Predictors.Length])),
                ("Columns", new PdfInteger(Columns[b % Columns.Length])),
                ("Colors", new PdfInteger(1 + (b >> 6))),
                ("BitsPerComponent", new PdfInteger((b >> 4) % 5 == 4 ? 16 : 8)),
                ("EarlyChange", new PdfInteger(b & 1))));
        }
        var dictionary = PdfDictionary.Of(("Filter", new PdfArray(names)), ("DecodeParms", new PdfArray(parameters)));
        var file = PdfFile.Open(Base);
        var refusal = file.TryDecode(new PdfStream(dictionary, input.AsMemory(1 + (2 * count))), 0, out var data);
        return $"{refusal} {string.Join('+', names)} {Math.ILogB(data.Length + 1)}";
    }

    private static IEnumerable<byte[]> MakeSeeds()
    {
        var plain = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 40).Select(i => $"0.{i} g 72 700 200 50 re f\n")));
        yield return [1, 0, 0, .. PdfTreeMutator.Deflate(plain)];
        // Predictor 12 with three columns, and TIFF.
        yield return [1, 0 | (5 << 3), 2, .. PdfTreeMutator.Deflate(plain)];
        yield return [1, 0 | (2 << 3), 3, .. PdfTreeMutator.Deflate(plain)];
        yield return [1, 1, 1, 0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        yield return [1, 2, 0, .. "9jqo^BlbD-BleB1DJ+*+F(f,q/0JhKF<GL>Cj@.4Gp$d7F!,L7@<6@)~>"u8];
        yield return [2, 3, 0, 0, 0, .. Encoding.ASCII.GetBytes(Convert.ToHexString(PdfTreeMutator.Deflate(plain)) + ">")];
        yield return [1, 4, 0, 2, 65, 66, 67, 250, 88, 128];
        yield return [2, 0, 0, 0, 0, .. PdfTreeMutator.Deflate(PdfTreeMutator.Deflate(new byte[200_000]))];
        yield return [2, 2, 0, 4, 0, .. "zzzzzzzz~>"u8];
    }
}
