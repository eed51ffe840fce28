using Tera.Pades.Appearances;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Appearances;

/// <summary>Signs with a mark, and reads and shows what came of it.</summary>
internal sealed class Mark : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pades-mark");

    public static byte[] Sign(SignatureAppearance appearance, PdfRectangle? rectangle = null, byte[]? pdf = null) =>
        Sign(pdf ?? SmallPdf.Make(), "Bupati", appearance, [new MarkPlace(0, rectangle ?? new PdfRectangle(100, 200, 200, 100))]);

    public static byte[] Sign(byte[] pdf, string field, SignatureAppearance appearance, IReadOnlyList<MarkPlace> places) =>
        Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(pdf, field, r => r with
        {
            NewField = new SignatureFieldSpec(field, places[0].PageIndex, places[0].Rectangle),
            Appearance = appearance,
            OtherMarks = [.. places.Skip(1)],
        });

    /// <summary>The appearance stream of the first signature's widget.</summary>
    public static PdfStream AppearanceOf(PdfFile file)
    {
        var field = SignatureField.Read(file.Latest).First(f => f.IsSigned);
        return Assert.IsType<PdfStream>(file.Latest.Get(file.Latest.GetDictionary(field.Dictionary, "AP"), "N"));
    }

    /// <summary>The image that the appearance shows.</summary>
    public static PdfStream ImageOf(PdfFile file) =>
        Assert.IsType<PdfStream>(file.Latest.Get(file.Latest.GetDictionary(file.Latest.GetDictionary(AppearanceOf(file).Dictionary, "Resources"), "XObject"), "Im0"));

    public string Save(byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, "mark.pdf");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>The pixels of a page as poppler shows its crop box, three bytes each, rows from the top.</summary>
    public (int Width, int Height, byte[] Rgb) Show(byte[] pdf, int page = 1, int dpi = 72)
    {
        var path = Save(pdf);
        Assert.Equal(0, ForeignTools.Run("pdftoppm", ["-r", $"{dpi}", "-cropbox", "-f", $"{page}", "-l", $"{page}", path, path], out _));
        var picture = Directory.GetFiles(_folder.FullName, "*.ppm").Single();
        var image = File.ReadAllBytes(picture);
        File.Delete(picture);
        // "P6 width height 255" and then three bytes a pixel.
        var (header, at) = (new List<int>(), 2);
        while (header.Count < 3)
        {
            while (char.IsWhiteSpace((char)image[at]))
                at++;
            var start = at;
            while (!char.IsWhiteSpace((char)image[at]))
                at++;
            header.Add(int.Parse(System.Text.Encoding.ASCII.GetString(image, start, at - start)));
        }
        return (header[0], header[1], image[(at + 1)..]);
    }

    /// <summary>The box around the pixels that a test likes, in pixels from the top left; null where there are none.</summary>
    public (int Left, int Top, int Right, int Bottom)? BoxOf(byte[] pdf, Func<byte, byte, byte, bool> like, int page = 1)
    {
        var (width, height, rgb) = Show(pdf, page);
        var found = Enumerable.Range(0, width * height).Where(i => like(rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2])).Select(i => (X: i % width, Y: i / width)).ToList();
        return found.Count == 0 ? null : (found.Min(p => p.X), found.Min(p => p.Y), found.Max(p => p.X), found.Max(p => p.Y));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
