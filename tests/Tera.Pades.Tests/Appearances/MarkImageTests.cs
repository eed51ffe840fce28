using Tera.Pades.Appearances;
using Tera.Pades.Pdf;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing;

namespace Tera.Pades.Tests.Appearances;

public sealed class MarkImageTests : IDisposable
{
    private const int Width = 29;
    private const int Height = 45;

    private static readonly byte[] Palette = [255, 0, 0, 0, 255, 0, 0, 0, 255, 250, 240, 10];

    private readonly Mark _mark = new();

    public static TheoryData<int, int, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<int, int, bool>();
            foreach (var interlaced in (bool[])[false, true])
            {
                foreach (var depth in (int[])[1, 2, 4, 8, 16])
                {
                    kinds.Add(0, depth, interlaced);
                    if (depth is 2 or 4 or 8)
                        kinds.Add(3, depth, interlaced);
                    if (depth < 8)
                        continue;
                    kinds.Add(2, depth, interlaced);
                    kinds.Add(4, depth, interlaced);
                    kinds.Add(6, depth, interlaced);
                }
            }
            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_pixel_of_every_kind_of_png_arrives(int colorType, int depth, bool interlaced)
    {
        var most = (1 << depth) - 1;
        int Sample(int x, int y, int channel) => colorType == 3 ? (x + y) % 4 : ((x * 37) + (y * 101) + (channel * 59)) * 7919 % (most + 1);
        var file = PdfFile.Open(Mark.Sign(new SignatureAppearance([]) { Picture = MarkImage.Read(TestPng.Make(Width, Height, colorType, depth, interlaced, Sample, colorType == 3 ? Palette : null)) }));

        var image = Mark.ImageOf(file);
        var samples = file.Decode(image);
        var alpha = file.Latest.Get(image.Dictionary, "SMask") is PdfStream mask ? file.Decode(mask) : null;
        var colors = colorType is 0 or 4 ? 1 : 3;
        Assert.Equal(Width * Height * colors, samples.Length);
        Assert.Equal(colorType is 4 or 6, alpha is not null);
        for (var i = 0; i < Width * Height; i++)
        {
            var (x, y) = (i % Width, i / Width);
            for (var c = 0; c < colors; c++)
                Assert.Equal(colorType == 3 ? Palette[(3 * Sample(x, y, 0)) + c] : (int)Math.Round(Sample(x, y, c) * 255.0 / most, MidpointRounding.AwayFromZero), samples[(i * colors) + c]);
            if (alpha is not null)
                Assert.Equal((int)Math.Round(Sample(x, y, colors) * 255.0 / most, MidpointRounding.AwayFromZero), alpha[i]);
        }
    }

    [Theory]
    [InlineData(0, 8, new byte[] { 0, 77 })]
    [InlineData(2, 8, new byte[] { 0, 77, 0, 78, 0, 79 })]
    [InlineData(3, 8, new byte[] { 255, 0, 128 })]
    public void A_transparent_colour_is_transparent(int colorType, int depth, byte[] transparency)
    {
        int Sample(int x, int y, int channel) => colorType == 3 ? x % 4 : x == 1 ? 77 + channel : 10;
        var file = PdfFile.Open(Mark.Sign(new SignatureAppearance([]) { Picture = MarkImage.Read(TestPng.Make(4, 1, colorType, depth, false, Sample, Palette, transparency)) }));
        var mask = Assert.IsType<PdfStream>(file.Latest.Get(Mark.ImageOf(file).Dictionary, "SMask"));
        Assert.Equal(colorType == 3 ? [255, 0, 128, 255] : new byte[] { 255, 0, 255, 255 }, file.Decode(mask));
    }

    [Fact]
    public void The_page_shows_through_a_transparent_image_and_the_red_ink_lies_over_it()
    {
        var image = TestPng.Make(4, 2, 6, 8, false, (x, _, c) => x >= 2 ? (c is 0 or 3 ? 255 : 0) : 0);
        // The grey box of the page lies at 72,700 to 272,750.
        var pdf = Mark.Sign(new SignatureAppearance([]) { Picture = MarkImage.Read(image) }, new PdfRectangle(98, 698, 104, 54));
        var (width, _, rgb) = _mark.Show(pdf);
        byte[] At(int x, int y) => rgb[(3 * ((y * width) + x))..((3 * ((y * width) + x)) + 3)];
        Assert.All(At(120, 842 - 725), c => Assert.InRange(c, 100, 156));
        Assert.Equal([255, 0, 0], At(180, 842 - 725));
    }

    [Theory]
    [InlineData("-jpeg", "DeviceRGB", false)]
    [InlineData("-jpegcmyk", "DeviceCMYK", true)]
    public void A_jpeg_is_taken_over_byte_for_byte(string kind, string space, bool inverted)
    {
        var jpeg = Jpeg(kind);
        var pdf = Mark.Sign(new SignatureAppearance([]) { Picture = MarkImage.Read(jpeg) }, new PdfRectangle(0, 0, 595, 842));
        var image = Mark.ImageOf(PdfFile.Open(pdf));
        Assert.Equal(jpeg, image.ReadRaw(PdfLimits.Default));
        Assert.True(image.Dictionary.Is("Filter", "DCTDecode"));
        Assert.True(image.Dictionary.Is("ColorSpace", space));
        Assert.Equal(inverted, image.Dictionary["Decode"] is PdfArray);
        // White paper stays white: inverted inks would make it black.
        var (width, _, rgb) = _mark.Show(pdf);
        Assert.All(rgb[(3 * ((400 * width) + 300))..((3 * ((400 * width) + 300)) + 3)], c => Assert.InRange(c, 240, 255));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(8)]
    public void A_photograph_is_turned_as_its_camera_says(int orientation)
    {
        // The picture is of the page, whose grey box is in the upper left; on the page itself that box lies above the mark.
        var jpeg = Jpeg("-jpeg");
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];
        var image = MarkImage.Read((byte[])[.. jpeg[..2], .. exif, .. jpeg[2..]]);
        Assert.Equal(orientation is 6 or 8, image.Width > image.Height);

        var (width, _, rgb) = _mark.Show(Mark.Sign(new SignatureAppearance([]) { Picture = image }, new PdfRectangle(20, 100, 560, 560)));
        var grey = Enumerable.Range(0, rgb.Length / 3).Where(i => i / width > 842 - 660 && rgb[3 * i] is > 90 and < 160).ToList();
        Assert.NotEmpty(grey);
        var (isRight, isLow) = (grey.Average(i => i % width) > 300, grey.Average(i => i / width) > 842 - 380);
        Assert.Equal(orientation switch { 1 => (false, false), 3 => (true, true), 6 => (true, false), _ => (false, true) }, (isRight, isLow));
    }

    [Fact]
    public void A_bomb_is_refused_by_its_header()
    {
        var png = TestPng.Make(1, 1, 6, 8, false, (_, _, _) => 0);
        png[17] = 1;
        png[21] = 1;
        Assert.Equal(MarkRefusal.ImageTooLarge, Assert.Throws<MarkException>(() => MarkImage.Read(png)).Refusal);
        Assert.Equal(MarkRefusal.ImageTooLarge, Assert.Throws<MarkException>(() => MarkImage.Read(new byte[MarkImage.MaxBytes + 1])).Refusal);
    }

    [Fact]
    public void Damaged_images_are_refused_and_nothing_else_happens()
    {
        var random = new Random(20261122);
        foreach (var whole in (byte[][])[TestPng.Make(9, 9, 6, 16, true, (x, y, c) => x * y * c), TestPng.Make(9, 9, 3, 2, false, (x, _, _) => x % 4, Palette), Jpeg("-jpeg")])
        {
            for (var i = 0; i < 1000; i++)
            {
                var file = whole[..random.Next(whole.Length + 1)];
                if (random.Next(2) == 0)
                    file = (byte[])whole.Clone();
                for (var k = random.Next(4); k >= 0 && file.Length > 0; k--)
                    file[random.Next(Math.Min(file.Length, 400))] = (byte)random.Next(256);
                try
                {
                    MarkImage.Read(file);
                }
                catch (MarkException refused)
                {
                    Assert.True(refused.Refusal is MarkRefusal.ImageUnreadable or MarkRefusal.ImageTooLarge);
                }
            }
        }
        Assert.Throws<MarkException>(() => MarkImage.Read("GIF89a"u8.ToArray()));
    }

    [Fact]
    public void Data_that_wants_a_preset_dictionary_is_refused()
    {
        var png = TestPng.Make(9, 9, 0, 8, false, (x, _, _) => x);
        var data = png.AsSpan().IndexOf("IDAT"u8) + 4;
        // FDICT is set, and FCHECK made to fit again.
        png[data + 1] |= 0x20;
        png[data + 1] = (byte)((png[data + 1] & 0xE0) + 31 - (((png[data] * 256) + (png[data + 1] & 0xE0)) % 31));
        Assert.Equal(MarkRefusal.ImageUnreadable, Assert.Throws<MarkException>(() => MarkImage.Read(png)).Refusal);
    }

    public void Dispose() => _mark.Dispose();

    private byte[] Jpeg(string kind)
    {
        var path = _mark.Save(SmallPdf.Make());
        Assert.Equal(0, ForeignTools.Run("pdftoppm", ["-r", "40", kind, "-singlefile", path, path], out _));
        return File.ReadAllBytes(Directory.GetFiles(Path.GetDirectoryName(path)!, "*.j*").Single());
    }
}
