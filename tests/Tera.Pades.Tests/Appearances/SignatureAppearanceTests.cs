using Tera.Pades.Appearances;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Appearances;

public sealed class SignatureAppearanceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pades");

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void The_mark_lies_in_its_rectangle_and_stands_upright(int rotate)
    {
        // One point a pixel; on the page as shown the rectangle is where the rotation brings it, and the line runs from left to right.
        var ink = Ink(Sign(SmallPdf.Make(pageExtra: $"/Rotate {rotate}"), new PdfRectangle(100, 200, 200, 200), new SignatureAppearance(["Ditandatangani secara elektronik"])));

        Assert.NotEmpty(ink);
        var (left, right, top, bottom) = (ink.Min(p => p.X), ink.Max(p => p.X), ink.Min(p => p.Y), ink.Max(p => p.Y));
        var (x, y) = rotate switch
        {
            0 => (100, 842 - 400),
            90 => (200, 100),
            180 => (595 - 300, 200),
            _ => (842 - 400, 595 - 300),
        };
        Assert.InRange(left, x, x + 200);
        Assert.InRange(right, x, x + 200);
        Assert.InRange(top, y, y + 200);
        Assert.InRange(bottom, y, y + 200);
        Assert.True(right - left > 5 * (bottom - top), $"{left}-{right} x {top}-{bottom}");
        // A mark turned by half a circle would end, not begin, at the left edge.
        Assert.InRange(left - x, 0, 8);
    }

    [Fact]
    public void A_long_text_is_broken_and_made_to_fit()
    {
        var ink = Ink(Sign(SmallPdf.Make(), new PdfRectangle(50, 50, 90, 40),
            new SignatureAppearance(["Ditandatangani secara elektronik oleh:", "Sari Uji Coba, S.H., M.Si. – Kepala Bagian", "22-11-2026 10:15 WITA"])));
        Assert.All(ink, p => Assert.True(p.X is >= 49 and <= 141 && p.Y is >= 842 - 91 and <= 842 - 49, p.ToString()));
        Assert.True(ink.Count > 200, $"{ink.Count} dark pixels");
    }

    [Fact]
    public void Qpdf_and_pdfsig_accept_a_marked_signature()
    {
        var pdf = Sign(SmallPdf.Make("object streams"), new PdfRectangle(50, 50, 200, 60), new SignatureAppearance(["Sari Uji Coba"]));
        var path = Save(pdf);
        Assert.Equal(0, ForeignTools.QpdfCheck(path, out _));
        Assert.Equal(1, ForeignTools.ValidSignatures(path));
    }

    [Fact]
    public void An_invisible_field_shows_nothing()
    {
        var plain = Ink(SmallPdf.Make());
        var signed = Ink(Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(SmallPdf.Make(), "Bupati", r => r with { Appearance = new SignatureAppearance(["Sari"]) }));
        Assert.Equal(plain, signed);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static byte[] Sign(byte[] pdf, PdfRectangle rectangle, SignatureAppearance appearance) =>
        Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(pdf, "Bupati", r => r with
        {
            NewField = new SignatureFieldSpec("Bupati", 0, rectangle),
            Appearance = appearance,
        });

    /// <summary>The dark pixels of the first page at 72 dpi; the page itself shows a grey box only, which is not dark.</summary>
    private List<(int X, int Y)> Ink(byte[] pdf)
    {
        var path = Save(pdf);
        Assert.Equal(0, ForeignTools.Run("pdftoppm", ["-r", "72", "-gray", "-f", "1", "-l", "1", path, path], out var said));
        var image = File.ReadAllBytes(Directory.GetFiles(_folder.FullName, "*.pgm").Single());
        Directory.GetFiles(_folder.FullName, "*.pgm").ToList().ForEach(File.Delete);
        // "P5 width height 255" and then a byte a pixel.
        var header = new List<string>();
        var at = 0;
        while (header.Count < 4)
        {
            var start = at;
            while (!char.IsWhiteSpace((char)image[at]))
                at++;
            header.Add(System.Text.Encoding.ASCII.GetString(image, start, at - start));
            at++;
        }
        var width = int.Parse(header[1]);
        Assert.True(said.Length == 0, said);
        return Enumerable.Range(0, image.Length - at).Where(i => image[at + i] < 110).Select(i => (i % width, i / width)).ToList();
    }

    private string Save(byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, "mark.pdf");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
