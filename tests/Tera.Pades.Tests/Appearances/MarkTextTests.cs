using Tera.Pades.Appearances;
using Tera.Pades.Pdf;
using Tera.Pades.Tests.Signing;

namespace Tera.Pades.Tests.Appearances;

public sealed class MarkTextTests : IDisposable
{
    private const string TrueType = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
    private const string Cff = "/usr/share/fonts/opentype/urw-base35/NimbusSans-Regular.otf";

    private readonly Mark _mark = new();

    [Theory]
    [InlineData(TrueType, "CID TrueType")]
    [InlineData(Cff, "CID Type 0C")]
    public void Text_in_a_font_is_embedded_and_can_be_searched(string fontFile, string kind)
    {
        var pdf = Mark.Sign(new SignatureAppearance(["Ditandatangani oleh Rézá Uji – 100 €"]) { Font = Font(fontFile) });
        var path = _mark.Save(pdf);
        ForeignTools.Run("pdftotext", [path, "-"], out var text);
        Assert.Contains("Ditandatangani oleh Rézá Uji – 100 €", text);
        // Name, type, encoding, then: embedded, subset, with ToUnicode.
        ForeignTools.Run("pdffonts", [path], out var fonts);
        var line = Assert.Single(fonts.Split('\n'), l => l.Contains(kind, StringComparison.Ordinal));
        Assert.Matches(fontFile == TrueType ? "Identity-H +yes yes yes" : "Identity-H +yes no +yes", line);
        Assert.DoesNotContain("Error", text + fonts, StringComparison.Ordinal);
        Assert.Equal(0, ForeignTools.QpdfCheck(path, out _));
        // The whole font would be 750 KB.
        Assert.InRange(pdf.Length, 0, fontFile == TrueType ? 40_000 : 120_000);
    }

    [Theory]
    [InlineData(TrueType)]
    [InlineData(Cff)]
    public void The_letters_are_those_of_the_font_file(string fontFile)
    {
        // The widths that poppler reckons with are the file's own: both the box and the ink must end where they say.
        var pdf = Mark.Sign(new SignatureAppearance(["HHHHHHHHHH"]) { Font = Font(fontFile), MaxFontSize = 20 }, new PdfRectangle(100, 200, 300, 40));
        ForeignTools.Run("pdftotext", ["-bbox", _mark.Save(pdf), "-"], out var boxes);
        var word = System.Text.RegularExpressions.Regex.Match(boxes, "xMin=\"([\\d.]+)\".*xMax=\"([\\d.]+)\".*>HHHHHHHHHH<");
        Assert.True(word.Success, boxes);
        var ink = _mark.BoxOf(pdf, (r, g, b) => r < 100)!.Value;
        Assert.InRange(ink.Left - double.Parse(word.Groups[1].Value), 0, 3);
        Assert.InRange(double.Parse(word.Groups[2].Value) - ink.Right, 0, 5);
        Assert.InRange(ink.Bottom - ink.Top, 12, 16);
    }

    [Fact]
    public void Outlines_need_no_font_and_say_what_they_show()
    {
        var path = _mark.Save(Mark.Sign(new SignatureAppearance(["Sari Uji Coba"])));
        ForeignTools.Run("pdffonts", [path], out var fonts);
        Assert.Equal(2, fonts.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var file = PdfFile.Open(File.ReadAllBytes(path));
        Assert.Contains("/ActualText <FEFF0053006100720069", System.Text.Encoding.Latin1.GetString(file.Decode(Mark.AppearanceOf(file))));
    }

    [Fact]
    public void A_letter_that_the_font_lacks_is_named() =>
        Assert.Contains("U+5C45", Assert.Throws<MarkException>(() => Mark.Sign(new SignatureAppearance(["居"]) { Font = Font(Cff) })).Message);

    [Fact]
    public void A_text_that_would_not_be_legible_is_refused_and_nothing_of_it_is_cut_off()
    {
        var refused = Assert.Throws<MarkException>(() => Mark.Sign(new SignatureAppearance([new string('m', 900)]), new PdfRectangle(100, 100, 60, 30)));
        Assert.Equal(MarkRefusal.TextDoesNotFit, refused.Refusal);
        // A word without spaces is cut into lines rather than at the edge.
        var ink = _mark.BoxOf(Mark.Sign(new SignatureAppearance([new string('m', 100)]), new PdfRectangle(100, 100, 60, 30)), (r, _, _) => r < 100)!.Value;
        Assert.InRange(ink.Left, 101, 105);
        Assert.InRange(ink.Right, 140, 159);
    }

    [Theory]
    [InlineData(MarkLayout.PictureLeft)]
    [InlineData(MarkLayout.PictureAbove)]
    [InlineData(MarkLayout.PictureBehind)]
    public void Picture_and_text_share_the_field(MarkLayout layout)
    {
        var red = MarkImage.Read(TestPng.Make(8, 8, 2, 8, false, (_, _, c) => c == 0 ? 255 : 0));
        var pdf = Mark.Sign(new SignatureAppearance(["Ditandatangani oleh", "Sari Uji Coba"])
        {
            Picture = red,
            Layout = layout,
            Alignment = TextAlignment.Center,
            TextColor = new MarkColor(0, 0, 255),
            Border = new MarkColor(0, 128, 0),
            Background = new MarkColor(255, 255, 0),
        }, new PdfRectangle(100, 200, 200, 80));
        var picture = _mark.BoxOf(pdf, (r, g, b) => r > 200 && g < 60 && b < 60)!.Value;
        var text = _mark.BoxOf(pdf, (r, g, b) => b > 150 && r < 120 && g < 120)!.Value;
        var ground = _mark.BoxOf(pdf, (r, g, b) => r > 250 && g > 250 && b < 5)!.Value;
        var (top, bottom) = (842 - 280, 842 - 200);
        Assert.True(ground.Left is >= 100 and <= 102 && ground.Right is >= 297 and <= 300 && ground.Top >= top && ground.Bottom <= bottom, ground.ToString());
        Assert.True(text.Left >= 100 && text.Right <= 300 && text.Top >= top && text.Bottom <= bottom, text.ToString());
        switch (layout)
        {
            case MarkLayout.PictureLeft:
                Assert.True(picture.Right < text.Left, $"{picture} {text}");
                break;
            case MarkLayout.PictureAbove:
                Assert.True(picture.Bottom < text.Top, $"{picture} {text}");
                Assert.InRange(((text.Left + text.Right) / 2) - 200, -3, 3);
                break;
            default:
                Assert.InRange(((picture.Left + picture.Right) / 2) - 200, -2, 2);
                Assert.InRange(picture.Bottom - picture.Top, 72, 78);
                break;
        }
    }

    [Fact]
    public void Damaged_fonts_are_refused_and_nothing_else_happens()
    {
        var random = new Random(7);
        foreach (var name in (string[])[TrueType, Cff])
        {
            Assert.SkipUnless(File.Exists(name), $"{name} is not installed");
            var whole = File.ReadAllBytes(name);
            for (var i = 0; i < 300; i++)
            {
                var file = (byte[])whole.Clone();
                // The directory and the first tables, or anywhere.
                for (var k = random.Next(1, 20); k >= 0; k--)
                    file[random.Next(random.Next(2) == 0 ? 400 : file.Length)] = (byte)random.Next(256);
                try
                {
                    Mark.Sign(new SignatureAppearance(["Sari é"]) { Font = MarkFont.Read(random.Next(5) == 0 ? file.AsMemory(0, random.Next(file.Length)) : file) });
                }
                catch (MarkException)
                {
                    // Refused, with a reason.
                }
            }
        }
        Assert.Equal(MarkRefusal.FontUnreadable, Assert.Throws<MarkException>(() => MarkFont.Read("wOFF"u8.ToArray())).Refusal);
    }

    [Fact]
    public void A_font_that_forbids_embedding_is_not_embedded()
    {
        Assert.SkipUnless(File.Exists(TrueType), $"{TrueType} is not installed");
        var file = File.ReadAllBytes(TrueType);
        var entry = Enumerable.Range(0, 40).Select(i => 12 + (16 * i)).First(at => file.AsSpan(at, 4).SequenceEqual("OS/2"u8));
        file[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(entry + 8)) + 9] = 2;
        Assert.Equal(MarkRefusal.FontForbidsEmbedding, Assert.Throws<MarkException>(() => MarkFont.Read(file)).Refusal);
    }

    public void Dispose() => _mark.Dispose();

    private static MarkFont Font(string name)
    {
        Assert.SkipUnless(File.Exists(name), $"{name} is not installed");
        return MarkFont.Read(File.ReadAllBytes(name));
    }
}
