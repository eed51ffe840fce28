using Tera.Pades.Appearances;
using Tera.Pades.Pdf;
using Tera.Pades.Tests.Pdf;

namespace Tera.Pades.Tests.Appearances;

/// <summary>What ISO 19005-2 asks of the objects that a mark brings, so that a PDF/A-2b file stays one.</summary>
public sealed class MarkArchivabilityTests
{
    private const string FontFile = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

    [Theory]
    [InlineData("")]
    [InlineData("/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)>>]")]
    public void A_mark_brings_nothing_that_pdf_a_forbids(string intents)
    {
        Assert.SkipUnless(File.Exists(FontFile), $"{FontFile} is not installed");
        var pdf = SmallPdf.Make(catalogExtra: intents, pages: 2);
        var file = PdfFile.Open(Mark.Sign(pdf, "Bupati", new SignatureAppearance(["Sari Uji Coba"])
        {
            Picture = MarkImage.Read(TestPng.Make(5, 5, 6, 8, false, (x, y, c) => x * y * (c + 3))),
            Font = MarkFont.Read(File.ReadAllBytes(FontFile)),
            Background = MarkColor.White,
        }, [new MarkPlace(0, new PdfRectangle(20, 20, 150, 50)), new MarkPlace(1, new PdfRectangle(20, 20, 100, 40))]));
        var view = file.Latest;

        var pictures = new List<PdfStream>();
        foreach (var annotation in PdfPages.Enumerate(view).SelectMany(p => view.GetArray(p.Dictionary, "Annots")!).Select(a => (PdfDictionary)view.Resolve(a)))
        {
            // 6.3.2: printed, and neither invisible, hidden, nor hidden by a view.
            Assert.Equal(4, view.GetInteger(annotation, "F")!.Value & (1 | 2 | 4 | 32 | 256));
            // 6.3.3: one normal appearance, and nothing but it; 6.5: no actions.
            var looks = view.GetDictionary(annotation, "AP")!;
            Assert.Equal(["N"], looks.Keys);
            pictures.Add(Assert.IsType<PdfStream>(view.Get(looks, "N")));
            Assert.DoesNotContain(annotation.Keys, k => k is "A" or "AA" or "Action");
        }
        Assert.Equal(2, pictures.Count);

        foreach (var picture in pictures)
        {
            Assert.DoesNotContain(picture.Dictionary.Keys, k => k is "OPI" or "Subtype2" or "PS" or "Ref");
            var resources = view.GetDictionary(picture.Dictionary, "Resources")!;
            // 6.2.4.3: colours of a device with an output intent, or with a default that is of none.
            Assert.Equal(intents.Length == 0, view.GetArray(view.GetDictionary(resources, "ColorSpace"), "DefaultRGB") is not null);
            Assert.Equal(intents.Length == 0, view.GetArray(view.GetDictionary(resources, "ColorSpace"), "DefaultGray") is not null);

            var image = Assert.IsType<PdfStream>(view.Get(view.GetDictionary(resources, "XObject"), "Im0"));
            // 6.2.8.
            Assert.DoesNotContain(image.Dictionary.Keys, k => k is "Alternates" or "OPI" or "Interpolate");
            Assert.Equal(8, view.GetInteger(image.Dictionary, "BitsPerComponent"));

            // 6.2.11.4: embedded; 6.2.11.3.2: an identity map; 6.2.11.7: what the letters say.
            var font = view.GetDictionary(view.GetDictionary(resources, "Font"), "F0")!;
            var descendant = (PdfDictionary)view.Resolve(view.GetArray(font, "DescendantFonts")![0]);
            Assert.IsType<PdfStream>(view.Get(view.GetDictionary(descendant, "FontDescriptor"), "FontFile2"));
            Assert.True(descendant.Is("CIDToGIDMap", "Identity"));
            Assert.IsType<PdfStream>(view.Get(font, "ToUnicode"));
            Assert.Matches("^[A-Z]{6}\\+", view.GetName(font, "BaseFont"));
        }
        // One font and one image for both marks.
        Assert.Single(pictures.Select(p => view.GetDictionary(view.GetDictionary(p.Dictionary, "Resources"), "XObject")!["Im0"]!).Distinct());
        Assert.Single(pictures.Select(p => view.GetDictionary(view.GetDictionary(p.Dictionary, "Resources"), "Font")!["F0"]!).Distinct());
    }

    [Theory]
    [InlineData("<pdfaid:part>1</pdfaid:part>", false)]
    [InlineData("<rdf:Description pdfaid:part = '1' pdfaid:conformance='B'/>", false)]
    [InlineData("<pdfaid:part>2</pdfaid:part>", true)]
    public void In_a_file_that_allows_no_transparency_an_image_is_laid_on_its_ground(string claim, bool keeps)
    {
        var pdf = SmallPdf.Make(catalogExtra: "/Metadata 100 0 R", more: [$"<</Type/Metadata/Subtype/XML/Length {claim.Length}>>\nstream\n{claim}\nendstream"]);
        var half = TestPng.Make(1, 1, 4, 8, false, (_, _, c) => c == 0 ? 0 : 51);
        var file = PdfFile.Open(Mark.Sign(new SignatureAppearance([]) { Picture = MarkImage.Read(half), Background = new MarkColor(255, 100, 0) }, pdf: pdf));
        var image = Mark.ImageOf(file);
        Assert.Equal(keeps, image.Dictionary["SMask"] is not null);
        Assert.Equal(keeps ? [0] : new byte[] { 204, 80, 0 }, file.Decode(image));
    }

    [Fact]
    public void The_widths_that_the_file_states_are_those_of_the_embedded_font()
    {
        Assert.SkipUnless(File.Exists(FontFile), $"{FontFile} is not installed");
        var file = PdfFile.Open(Mark.Sign(new SignatureAppearance(["Wiéj"]) { Font = MarkFont.Read(File.ReadAllBytes(FontFile)) }));
        var view = file.Latest;
        var font = view.GetDictionary(view.GetDictionary(view.GetDictionary(Mark.AppearanceOf(file).Dictionary, "Resources"), "Font"), "F0");
        var descendant = (PdfDictionary)view.Resolve(view.GetArray(font, "DescendantFonts")![0]);
        var program = file.Decode((PdfStream)view.Get(view.GetDictionary(descendant, "FontDescriptor"), "FontFile2"));
        int U16(int at) => (program[at] << 8) | program[at + 1];
        int Table(string tag) => Enumerable.Range(0, U16(4)).Select(i => 12 + (16 * i)).Where(at => System.Text.Encoding.ASCII.GetString(program, at, 4) == tag).Select(at => (U16(at + 8) << 16) | U16(at + 10)).Single();
        var units = U16(Table("head") + 18);
        var stated = view.GetArray(descendant, "W")!;
        Assert.Equal(8, stated.Count);
        for (var i = 0; i < stated.Count; i += 2)
        {
            var glyph = (int)((PdfInteger)stated[i]).Value;
            var width = ((PdfInteger)((PdfArray)stated[i + 1])[0]).Value;
            // ISO 19005-2 6.2.11.5: within a thousandth.
            Assert.InRange((U16(Table("hmtx") + (4 * glyph)) * 1000.0 / units) - width, -1, 1);
        }
    }
}
