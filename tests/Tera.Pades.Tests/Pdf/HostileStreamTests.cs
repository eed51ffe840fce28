using System.IO.Compression;
using Tera.Pades.Pdf;

namespace Tera.Pades.Tests.Pdf;

public sealed class HostileStreamTests
{
    [Fact]
    public void Deflate_data_that_wants_a_preset_dictionary_is_malformed()
    {
        // RFC 1950 2.2: FDICT is bit 5 of the second byte; a PDF file has no way to give the dictionary.
        byte[] data = [0x78, 0x20 | 0x1B, 1, 2, 3, 4, 5, 6];
        Assert.Equal(PdfRefusal.MalformedStream, Decode(PdfFile.Open(SmallPdf.Make()), data, "FlateDecode", out _));
    }

    [Fact]
    public void A_bomb_that_is_refused_costs_as_much_of_the_total_as_one_that_is_not()
    {
        var limits = new PdfLimits { MaxDecodedStream = 1_000_000, MaxDecodedTotal = 3_000_000 };
        var file = PdfFile.Open(SmallPdf.Make(), limits);
        var bomb = Zip(new byte[10_000_000]);
        for (var i = 0; i < 5; i++)
            Assert.Equal(PdfRefusal.TooLarge, Decode(file, bomb, "FlateDecode", out _));
        Assert.Equal(PdfRefusal.TooLarge, Decode(file, Zip(new byte[100_000]), "FlateDecode", out _));
    }

    [Theory]
    [InlineData("FlateDecode")]
    [InlineData("LZWDecode")]
    [InlineData("ASCIIHexDecode")]
    [InlineData("ASCII85Decode")]
    [InlineData("RunLengthDecode")]
    public void Every_filter_keeps_the_limit_to_the_byte(string filter)
    {
        var data = filter switch
        {
            "FlateDecode" => Zip(new byte[100_000]),
            // 0 and then longer and longer runs of it: 9 bits each, without a code that widens.
            "LZWDecode" => LzwZeros(codes: 200),
            "ASCIIHexDecode" => [.. Enumerable.Repeat((byte)'0', 200_000)],
            "ASCII85Decode" => [.. Enumerable.Repeat((byte)'z', 25_000)],
            _ => [.. Enumerable.Range(0, 2 * 800).Select(i => (byte)(i % 2 == 0 ? 129 : 0))],
        };
        Assert.Equal(PdfRefusal.None, Decode(PdfFile.Open(SmallPdf.Make()), data, filter, out var decoded));
        Assert.InRange(decoded.Length, 19_900, 102_400);
        Assert.Equal(-1, decoded.AsSpan().IndexOfAnyExcept((byte)0));
        Assert.Equal(PdfRefusal.None, Decode(PdfFile.Open(SmallPdf.Make(), new PdfLimits { MaxDecodedStream = decoded.Length }), data[..], filter, out _, within: decoded.Length));
        Assert.Equal(PdfRefusal.TooLarge, Decode(PdfFile.Open(SmallPdf.Make()), data, filter, out _, within: decoded.Length - 1));
    }

    [Fact]
    public void A_row_stated_longer_than_the_data_needs_no_memory()
    {
        var parameters = PdfDictionary.Of(("Predictor", new PdfInteger(12)), ("Columns", new PdfInteger(10_000_000)), ("Colors", new PdfInteger(32)), ("BitsPerComponent", new PdfInteger(16)));
        var stream = new PdfStream(PdfDictionary.Of(("Filter", new PdfName("FlateDecode")), ("DecodeParms", parameters)), Zip([2, 7, 7, 7]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(PdfRefusal.None, PdfFile.Open(SmallPdf.Make()).TryDecode(stream, 0, out var data));
        Assert.Equal([7, 7, 7], data);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    private static PdfRefusal Decode(PdfFile file, byte[] data, string filter, out byte[] decoded, int? within = null)
    {
        var limited = within is { } limit ? PdfFile.Open(SmallPdf.Make(), new PdfLimits { MaxDecodedStream = Math.Max(limit, data.Length), MaxDecodedTotal = limit }) : file;
        return limited.TryDecode(new PdfStream(PdfDictionary.Of(("Filter", new PdfName(filter))), data), 0, out decoded);
    }

    private static byte[] Zip(byte[] data)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            zlib.Write(data);
        return packed.ToArray();
    }

    private static byte[] LzwZeros(int codes)
    {
        var bits = new List<bool>();
        Add(256);
        Add(0);
        for (var i = 0; i < codes; i++)
            Add(258 + i);
        Add(257);
        while (bits.Count % 8 != 0)
            bits.Add(false);
        return [.. bits.Chunk(8).Select(eight => (byte)eight.Aggregate(0, (value, bit) => (value << 1) | (bit ? 1 : 0)))];

        void Add(int code)
        {
            for (var bit = 8; bit >= 0; bit--)
                bits.Add(((code >> bit) & 1) != 0);
        }
    }
}
