using System.IO.Compression;
using System.Text;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Signing;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Pdf;

public sealed class PdfFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pades");

    [Theory]
    [InlineData("classic")]
    [InlineData("xref stream")]
    [InlineData("object streams")]
    [InlineData("hybrid")]
    public void Every_kind_of_file_is_read_without_repair(string kind)
    {
        var file = PdfFile.Open(SmallPdf.Make(kind, pages: 2));
        Assert.False(file.WasRepaired);
        Assert.Equal("1.7", file.Latest.Version);
        Assert.Equal(2, PdfPages.Enumerate(file.Latest).Count());
        Assert.Equal("0.5 g 72 700 200 50 re f", Encoding.ASCII.GetString(file.Decode((PdfStream)file.GetObject(new ObjectId(4)))));
        Assert.Equal(file.Bytes.Length, Assert.Single(file.Revisions).End);
    }

    [Fact]
    public void An_object_is_read_as_it_stood_at_each_revision()
    {
        var update = new IncrementalUpdate(PdfFile.Open(SmallPdf.Make(more: ["(alt)"])));
        update.Put(new ObjectId(100), PdfText.Encode("baru (2\\3)\r\n é"));
        var output = new MemoryStream();
        update.WriteTo(output);
        var file = PdfFile.Open(output.ToArray());

        Assert.Equal(2, file.Revisions.Count);
        Assert.Equal("alt", PdfText.Decode((PdfString)file.GetObject(new ObjectId(100), 0)));
        Assert.Equal("baru (2\\3)\r\n é", PdfText.Decode((PdfString)file.GetObject(new ObjectId(100))));
        Assert.Equal([100], file.Revisions[1].Objects.Select(o => o.Number));
        Assert.Equal(file.Bytes.Prefix(file.Revisions[0].End!.Value).Length, SmallPdf.Make(more: ["(alt)"]).Length);
    }

    [Theory]
    [InlineData("classic")]
    [InlineData("object streams")]
    public void A_file_with_a_broken_section_is_repaired_and_its_update_is_sound(string kind)
    {
        var pdf = Encoding.Latin1.GetString(SmallPdf.Make(kind));
        var at = pdf.LastIndexOf("startxref\n", StringComparison.Ordinal) + 10;
        var broken = Encoding.Latin1.GetBytes(pdf[..at] + "7\n%%EOF\n");
        Assert.True(PdfFile.Open(broken).WasRepaired);

        var path = Path.Combine(_folder.FullName, "repaired.pdf");
        File.WriteAllBytes(path, Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(broken, "Bupati"));
        Assert.False(PdfFile.Open(File.ReadAllBytes(path)).WasRepaired);
        Assert.Equal(0, ForeignTools.QpdfCheck(path, out _));
        Assert.Equal(1, ForeignTools.ValidSignatures(path));
    }

    [Fact]
    public async Task A_file_whose_form_is_not_where_it_should_be_is_repaired_and_keeps_its_form()
    {
        var pdf = Encoding.Latin1.GetString(SmallPdf.Make(catalogExtra: "/AcroForm 100 0 R", more: ["<</Fields[101 0 R]>>", "<</FT/Tx/T(Nama)/V(Sari)>>"]));
        var at = pdf.IndexOf("100 0 obj", StringComparison.Ordinal);
        var broken = PdfFile.Open(Encoding.Latin1.GetBytes(pdf.Replace($"{at:D10} 00000 n", $"{at + 5:D10} 00000 n", StringComparison.Ordinal)));
        Assert.False(broken.WasRepaired);
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        var output = new MemoryStream();
        var signed = await PadesSigner.SignAsync(broken, output, identity.Signer, identity.Request("Bupati"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(signed.WasRepaired);
        var file = PdfFile.Open(output.ToArray());
        Assert.False(file.WasRepaired);
        var fields = (PdfArray)file.Latest.Resolve(((PdfDictionary)file.Latest.Get(new ObjectId(100)))["Fields"]);
        Assert.Equal(["Nama", "Bupati"], fields.Select(f => file.Latest.GetText(file.Latest.Resolve(f) as PdfDictionary, "T")));
    }

    [Theory]
    [InlineData(1L << 31)]
    [InlineData((1L << 32) + 12345)]
    public void Offsets_beyond_32_bits_are_written_and_read(long gap)
    {
        foreach (var kind in (string[])["classic", "xref stream"])
        {
            // A sparse file: nothing but its ends is on the disk. The gap lies behind the first %%EOF, where a first update puts it to use.
            var path = Path.Combine(_folder.FullName, $"large {kind}.pdf");
            using var stream = new FileStream(path, FileMode.Create, FileAccess.ReadWrite);
            stream.Write(SmallPdf.Make(kind, more: ["(alt)"]));
            var startxref = StartXref(stream);
            stream.SetLength(gap);
            stream.Seek(0, SeekOrigin.End);
            stream.Write(Encoding.ASCII.GetBytes($"\nstartxref\n{startxref}\n%%EOF\n"));
            stream.Flush();

            var update = new IncrementalUpdate(PdfFile.Open(stream));
            update.Put(new ObjectId(100), PdfText.Encode("baru"));
            stream.Write(update.Build());
            stream.Flush();

            var file = PdfFile.Open(stream);
            Assert.False(file.WasRepaired);
            Assert.True(file.Locate(100)!.Value.Offset > gap);
            Assert.Equal("baru", PdfText.Decode((PdfString)file.GetObject(new ObjectId(100))));
        }
    }

    [Theory]
    [InlineData("AHx", "<</Filter/ASCIIHexDecode", "54 65 72 61>")]
    [InlineData("A85", "<</Filter/ASCII85Decode", "<+U)Y~>")]
    [InlineData("RL", "<</Filter/RunLengthDecode", "\u0003Tera\u0080")]
    [InlineData("LZW", "<</Filter[/ASCIIHexDecode/LZWDecode]", "80150CA7230C04>")]
    [InlineData("none", "<<", "Tera")]
    public void Filters_are_undone(string name, string dictionary, string data)
    {
        var file = PdfFile.Open(SmallPdf.Make(more: [$"{dictionary}/Length {data.Length}>>\nstream\n{data}\nendstream"]));
        var decoded = file.Decode((PdfStream)file.GetObject(new ObjectId(100)));
        Assert.True("Tera" == Encoding.ASCII.GetString(decoded), $"{name}: {Convert.ToHexString(decoded)}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Png_predictors_are_undone(byte filter)
    {
        byte[] rows = [10, 20, 30, 40, 11, 22, 33, 44];
        var predicted = new MemoryStream();
        for (var r = 0; r < 2; r++)
        {
            predicted.WriteByte(filter);
            for (var i = 0; i < 4; i++)
            {
                int left = i > 0 ? rows[(r * 4) + i - 1] : 0, up = r > 0 ? rows[i] : 0, corner = i > 0 && r > 0 ? rows[i - 1] : 0;
                var guess = filter switch { 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) };
                predicted.WriteByte((byte)((rows[(r * 4) + i] - guess) & 255));
            }
        }
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(predicted.ToArray());
        var data = Encoding.Latin1.GetString(packed.ToArray());
        var file = PdfFile.Open(SmallPdf.Make(more: [$"<</Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 4>>/Length {data.Length}>>\nstream\n{data}\nendstream"]));
        Assert.Equal(rows, file.Decode((PdfStream)file.GetObject(new ObjectId(100))));
    }

    [Theory]
    [InlineData("D:20261122101500+08'00'", "2026-11-22T10:15:00+08:00")]
    [InlineData("D:20261122101500-03'30", "2026-11-22T10:15:00-03:30")]
    [InlineData("D:2026", "2026-01-01T00:00:00+00:00")]
    [InlineData("20261122Z", "2026-11-22T00:00:00+00:00")]
    [InlineData("D:20261322", null)]
    [InlineData("kemarin", null)]
    public void Dates_are_read(string text, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected), PdfText.DecodeDate(PdfText.Encode(text)));

    [Fact]
    public void A_link_is_found_by_its_address()
    {
        var file = PdfFile.Open(SmallPdf.Make(pageExtra: "/Annots[100 0 R]", more: ["<</Type/Annot/Subtype/Link/Rect[300 100 360 160]/A<</S/URI/URI(https://tte.example/v/ABC)>>>>"]));
        var link = Assert.Single(LinkAnnotations.Find(file.Latest, "https://tte.example/v/ABC"));
        Assert.Equal(new LinkAnnotation(0, new PdfRectangle(300, 100, 60, 60), "https://tte.example/v/ABC"), link);
        Assert.Empty(LinkAnnotations.Find(file.Latest, "https://tte.example/v/ABCD"));
    }

    [Fact]
    public void An_unknown_encryption_is_refused_as_such()
    {
        var pdf = Encoding.Latin1.GetString(SmallPdf.Make()).Replace("/Root 1 0 R", "/Root 1 0 R/Encrypt<<>>", StringComparison.Ordinal);
        var refused = Assert.Throws<PdfException>(() => PdfFile.Open(Encoding.Latin1.GetBytes(pdf)));
        Assert.Equal(PdfRefusal.UnsupportedEncryption, refused.Refusal);
    }

    [Fact]
    public void What_is_no_PDF_is_refused_as_such() =>
        Assert.Equal(PdfRefusal.NotPdf, Assert.Throws<PdfException>(() => PdfFile.Open(Encoding.ASCII.GetBytes("Halo, ini bukan PDF."))).Refusal);

    public void Dispose() => _folder.Delete(recursive: true);

    private static int Paeth(int left, int up, int corner)
    {
        var (a, b, c) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - (2 * corner)));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    private static long StartXref(FileStream stream)
    {
        stream.Flush();
        return PdfFile.Open(stream).Revisions[0].XrefOffset;
    }
}
