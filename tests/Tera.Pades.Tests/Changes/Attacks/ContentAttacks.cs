using Tera.Pades.Tests.Validation;
using static Tera.Pades.Tests.Changes.Letter;

namespace Tera.Pades.Tests.Changes.Attacks;

/// <summary>
/// Changes of what a page shows or a reader program does, by every road that leads to it. What is permitted is little
/// (ISO 32000-2 12.8.2.2.2); none of these is.
/// </summary>
internal static class ContentAttacks
{
    public static IEnumerable<Attack> All =>
    [
        // Shadow attacks, "hide" (Mainka and others, "Shadow Attacks", NDSS 2021): the signed file refers to what comes later.
        Attack.By("an undefined number gets a meaning", u => u.Set(Undefined, Picture("1 g 60 600 400 200 re f", 595, 842))),
        Attack.By("a picture of the page is swapped", u => u.Set(Emblem, Picture("1 g 0 0 50 50 re f", 50, 50))),
        Attack.By("a picture of the page vanishes", u => u.Free(Emblem)),
        Attack.By("a resource named P leads elsewhere", u => u.With(Page1, "Resources", $"<</Font<</F1 8 0 R>>/XObject<</P {u.New(Picture("1 g 0 0 50 50 re f", 50, 50))} 0 R/Extra 90 0 R>>/Properties<</L1 31 0 R>>>>")),
        Attack.By("a resource named Parent is added", u => u.With(Page1, "Resources", "<</Font<</F1 8 0 R>>/XObject<</P 40 0 R/Extra 90 0 R/Parent 64 0 R>>/Properties<</L1 31 0 R>>>>")),
        Attack.By("an object is replaced by one that was at hand", u => u.Set(Emblem, u[StampPicture])),

        // Shadow attacks, "replace": fonts.
        Attack.By("the font is declared anew", u => u.Set(Font, "<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>")),
        Attack.By("the font's encoding is changed", u => u.Set(FontEncoding, "<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[49/nine]>>")),
        Attack.By("the font gets widths", u => u.With(Font, "Widths", "[0 0 0]")),
        Attack.By("the form's font is another one", u => u.With(Form, "DR", $"<</Font<</Helv {u.New("<</Type/Font/Subtype/Type1/BaseFont/Symbol>>")} 0 R>>>>")),
        Attack.By("the form's default appearance is changed", u => u.With(Form, "DA", "(/Helv 0 Tf 1 g)")),
        Attack.By("the form's alignment is changed", u => u.With(Form, "Q", "2")),

        // Pages.
        Attack.By("a page is added", u => u.Set(Pages, $"<</Type/Pages/Kids[3 0 R 5 0 R {u.New("<</Type/Page/Parent 2 0 R/Contents 7 0 R>>")} 0 R]/Count 3/MediaBox[0 0 595 842]/Resources 6 0 R>>")),
        Attack.By("a page is taken away", u => u.Set(Pages, "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]/Resources 6 0 R>>")),
        Attack.By("the pages change places", u => u.With(Pages, "Kids", "[5 0 R 3 0 R]")),
        Attack.By("a page is turned", u => u.With(Page1, "Rotate", "180")),
        Attack.By("all pages are turned", u => u.With(Pages, "Rotate", "180")),
        Attack.By("a page is cropped", u => u.With(Page1, "CropBox", "[0 0 595 660]")),
        Attack.By("the inherited box is smaller", u => u.With(Pages, "MediaBox", "[0 0 595 660]")),
        Attack.By("the inherited resources are others", u => u.With(Pages, "Resources", $"<</Font<</F1 {u.New("<</Type/Font/Subtype/Type1/BaseFont/Symbol>>")} 0 R>>>>")),
        Attack.By("a page gets resources of its own", u => u.With(Page2, "Resources", $"<</Font<</F1 {u.New("<</Type/Font/Subtype/Type1/BaseFont/Symbol>>")} 0 R>>>>")),
        Attack.By("a page gets an action", u => u.With(Page1, "AA", "<</O<</S/JavaScript/JS(app.alert\\(1\\))>>>>")),
        Attack.By("a unit of measure", u => u.With(Page1, "UserUnit", "2")),
        Attack.By("a page becomes a template", u => u.With(Page1, "Type", "/Template")),

        // The catalog.
        Attack.By("an action at opening", u => u.With(Catalog, "OpenAction", "<</S/JavaScript/JS(app.alert\\(1\\))>>")),
        Attack.By("actions of the document", u => u.With(Catalog, "AA", "<</WP<</S/JavaScript/JS(app.alert\\(1\\))>>>>")),
        Attack.By("scripts by name", u => u.With(Names, "JavaScript", "<</Names[(a)<</S/JavaScript/JS(app.alert\\(1\\))>>]>>")),
        Attack.By("a file is attached", u => u.Set(Attachments, $"<</Names[(a){u.New("<</Type/Filespec/F(a)>>")} 0 R]>>")),
        Attack.By("names are replaced", u => u.With(Catalog, "Names", u.New("<<>>") + " 0 R")),
        Attack.By("associated files", u => u.With(Catalog, "AF", $"[{u.New("<</Type/Filespec/F(a)>>")} 0 R]")),
        Attack.By("other page labels", u => u.With(Catalog, "PageLabels", "<</Nums[0<</S/r>>]>>")),
        Attack.By("a layer is hidden", u => u.Set(LayerConfiguration, "<</OFF[31 0 R]/Order[31 0 R]>>")),
        Attack.By("a layer is hidden by its usage", u => u.With(Layer, "Usage", "<</View<</ViewState/OFF>>>>")),
        Attack.By("another configuration of layers", u => u.With(Layers, "D", u.New("<</OFF[31 0 R]>>") + " 0 R")),
        Attack.By("no layers", u => u.With(Catalog, "OCProperties", null)),
        Attack.By("viewer preferences", u => u.With(Catalog, "ViewerPreferences", "<</HideToolbar true/ViewArea/TrimBox>>")),
        Attack.By("a collection", u => u.With(Catalog, "Collection", "<</View/H>>")),
        Attack.By("requirements", u => u.With(Catalog, "Requirements", "[<</S/EnableJavaScripts>>]")),
        Attack.By("a bookmark says something else", u => u.With(Outline, "Title", "(Lunas)")),
        Attack.By("a bookmark gets an action", u => u.With(Outline, "A", "<</S/URI/URI(http://contoh.invalid/)>>")),
        Attack.By("metadata that is a picture", u => u.With(Catalog, "Metadata", $"{u.New(Picture("1 g", 1, 1))} 0 R")),
        Attack.By("the catalog is no catalog", u => u.With(Catalog, "Type", "/Pages")),
        Attack.By("a version that is none", u => u.With(Catalog, "Version", "/9.9")),
        Attack.By("the catalog has the pages twice", u => u.Set(Catalog, u[Catalog][..^2] + "/Pages 2 0 R>>")),

        // The structure tree: what is read out to those who do not see.
        Attack.By("another text to read out", u => u.With(Paragraph, "ActualText", "(Bupati tidak membayar)")),
        Attack.By("the structure tree vanishes", u => u.With(Catalog, "StructTreeRoot", null)),
        Attack.By("an element to read out is added", u => u.With(StructureRoot, "K", $"[21 0 R {u.New("<</Type/StructElem/S/P/P 20 0 R/Pg 3 0 R/ActualText(dan kepada Budi)>>")} 0 R]")),
        Attack.By("an element gets content", u => u.With(StructureRoot, "K", $"[{u.New("<</Type/StructElem/S/P/P 20 0 R/Pg 3 0 R/K 0>>")} 0 R 21 0 R]")),

        // The form.
        Attack.By("the form vanishes", u => u.With(Catalog, "AcroForm", null)),
        Attack.By("a form of another technology", u => u.With(Form, "XFA", u.New(Attacker.Stream("<xdp/>")) + " 0 R")),
        Attack.By("readers shall draw the fields anew", u => u.With(Form, "NeedAppearances", "true")),
        Attack.By("another order of calculation", u => u.With(Form, "CO", "[11 0 R]")),
        new("the file gets encrypted", signed => new Update(signed).Set(Unused, "<</Ada(lain)>>")
            .Write(trailer: "/Encrypt<</Filter/Standard/V 1/R 2/O(oooooooooooooooooooooooooooooooo)/U(uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu)/P -4>>")),
    ];
}
