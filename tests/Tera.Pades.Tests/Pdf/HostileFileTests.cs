using System.IO.Compression;
using System.Text;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Signing;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Pdf;

public sealed class HostileFileTests
{
    [Theory]
    [InlineData("classic")]
    [InlineData("xref stream")]
    [InlineData("object streams")]
    [InlineData("hybrid")]
    public void A_mutated_file_is_signed_or_refused_and_nothing_else(string kind)
    {
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        var original = identity.Sign(SmallPdf.Make(kind, pages: 3), "Kabag", r => r with { Certify = DocMdpPermission.FormFilling });
        var random = new Random(20261122);
        var refused = 0;
        for (var round = 0; round < 500; round++)
        {
            var pdf = Mutate(original, random);
            try
            {
                var file = PdfFile.Open(pdf);
                Assert.NotNull(SignatureField.Read(file.Latest));
                foreach (var revision in file.Revisions)
                {
                    foreach (var entry in revision.Objects.Take(100))
                    {
                        if (file.TryGetObject(entry.Id, revision.Index, out var value) == PdfRefusal.None && value is PdfStream stream)
                            file.TryDecode(stream, revision.Index, out _);
                    }
                }
                DocumentToSign.Prepare(file, identity.Request("Bupati"), Stream.Null);
            }
            catch (Exception exception) when (exception is PdfException or SigningException)
            {
                refused++;
            }
        }
        // Neither answer would prove anything if it were the only one.
        Assert.InRange(refused, 1, 499);
    }

    [Fact]
    public void Foreign_files_cut_anywhere_are_opened_or_refused_and_nothing_else()
    {
        var random = new Random(7);
        foreach (var row in Corpus.Rows("unsigned.tsv").Where((_, i) => i % 4 == 0))
        {
            var pdf = File.ReadAllBytes(Corpus.Require(Path.Combine("unsigned", row["file"])));
            try
            {
                var file = PdfFile.Open(pdf.AsMemory(0, random.Next(pdf.Length)));
                Assert.True(PdfPages.Enumerate(file.Latest).Take(1000).Count() <= 1000);
            }
            catch (PdfException refused)
            {
                Assert.NotEqual(PdfRefusal.None, refused.Refusal);
            }
        }
    }

    [Fact]
    public void A_bomb_is_refused()
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var i = 0; i < 100; i++)
                zlib.Write(new byte[1_000_000]);
        }
        var data = Encoding.Latin1.GetString(packed.ToArray());
        var file = PdfFile.Open(SmallPdf.Make(more: [$"<</Filter/FlateDecode/Length {data.Length}>>\nstream\n{data}\nendstream"]));
        var stream = (PdfStream)file.Latest.Get(new ObjectId(100));
        Assert.Equal(PdfRefusal.TooLarge, file.TryDecode(stream, 0, out _));
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var file = PdfFile.Open(SmallPdf.Make(more: [new string('[', 100_000) + new string(']', 100_000)]));
        Assert.Equal(PdfRefusal.TooDeep, Assert.Throws<PdfException>(() => file.GetObject(new ObjectId(100))).Refusal);
    }

    [Fact]
    public void A_chain_of_sections_that_bites_its_tail_ends()
    {
        var pdf = Encoding.Latin1.GetString(SmallPdf.Make());
        var xref = pdf.LastIndexOf("xref\n0", StringComparison.Ordinal);
        var file = PdfFile.Open(Encoding.Latin1.GetBytes(pdf.Replace("/Root 1 0 R", $"/Root 1 0 R/Prev {xref}", StringComparison.Ordinal)));
        Assert.Single(file.Revisions);
        Assert.False(file.WasRepaired);
    }

    [Fact]
    public void Pages_and_references_in_circles_end()
    {
        var file = PdfFile.Open(SmallPdf.Make(more: ["101 0 R", "100 0 R"], pageExtra: "/Kids[2 0 R 3 0 R]"));
        Assert.True(file.Latest.Get(new ObjectId(100)).IsNull);
        Assert.Single(PdfPages.Enumerate(file.Latest));
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var pdf = original.ToArray();
        switch (random.Next(4))
        {
            case 0:
                return pdf[..random.Next(pdf.Length)];
            case 1:
                // Digits are where the lengths, offsets and counts are.
                for (var i = 0; i < 20; i++)
                {
                    var at = random.Next(pdf.Length);
                    while (at < pdf.Length && !char.IsAsciiDigit((char)pdf[at]))
                        at++;
                    if (at < pdf.Length)
                        pdf[at] = (byte)('0' + random.Next(10));
                }
                return pdf;
            case 2:
                for (var i = 0; i < 10; i++)
                    pdf[random.Next(pdf.Length)] = (byte)random.Next(256);
                return pdf;
            default:
                var from = random.Next(pdf.Length);
                var count = Math.Min(random.Next(200), pdf.Length - from);
                return [.. pdf[..from], .. pdf[(from + count)..]];
        }
    }
}
