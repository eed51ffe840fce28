using static Tera.Pades.Tests.Changes.Attacks.FormAttacks;
using static Tera.Pades.Tests.Changes.Letter;

namespace Tera.Pades.Tests.Changes.Attacks;

/// <summary>
/// Annotations that change what a reader takes the document to say: the evil annotation attack on certified documents (EAA; Mainka
/// and others, "Breaking the Specification: PDF Certification", S&amp;P 2021), and "replace via overlay" of the shadow attacks on
/// documents that are merely signed. The letter's amount stands at [72 680], its recipient at [72 700].
/// </summary>
internal static class AnnotationAttacks
{
    private const string Cover = "1 g 0 0 400 100 re f BT /Helv 12 Tf 0 g 2 8 Td (Rp 9.000.000) Tj ET";

    public static IEnumerable<Attack> All =>
    [
        Over("free text over the amount", u => $"/Subtype/FreeText/Rect[70 675 200 695]/DA(/Helv 12 Tf 0 g)/Contents(Rp 9.000.000)/AP<</N {u.New(Picture(Cover, 400, 100))} 0 R>>"),
        Over("free text drawn by the reader", _ => "/Subtype/FreeText/Rect[70 675 200 695]/DA(/Helv 12 Tf 0 g)/Contents(Rp 9.000.000)/C[1 1 1]"),
        Over("a small free text over the first digit", u => $"/Subtype/FreeText/Rect[86 676 98 692]/DA(/Helv 12 Tf 0 g)/Contents(9)/AP<</N {u.New(Picture(Cover, 400, 100))} 0 R>>"),
        Over("a stamp", u => $"/Subtype/Stamp/Rect[70 675 200 695]/AP<</N {u.New(Picture(Cover, 400, 100))} 0 R>>"),
        Over("a stamp that paints through a picture within", u => $"/Subtype/Stamp/Rect[70 675 200 695]/AP<</N {u.New(Wrapped(u, "/P Do"))} 0 R>>"),
        Over("a stamp whose transparency is declared and not used", u => $"/Subtype/Stamp/Rect[70 675 200 695]/AP<</N {u.New(Seemingly("<</G<</BM/Multiply/ca 0.1>>>>", "1 g 0 0 400 100 re f"))} 0 R>>"),
        Over("a stamp whose transparency is taken back", u => $"/Subtype/Stamp/Rect[70 675 200 695]/AP<</N {u.New(Seemingly("<</G<</BM/Multiply/ca 0.1>>>>", "q /G gs Q 1 g 0 0 400 100 re f"))} 0 R>>"),
        Over("a stamp that covers when the mouse is over it", u => $"/Subtype/Stamp/Rect[70 675 200 695]/AP<</N 64 0 R/R {u.New(Picture(Cover, 400, 100))} 0 R>>"),
        Over("a stamp with a picture for each state", u => $"/Subtype/Stamp/Rect[70 675 200 695]/AS/A/AP<</N<</A {u.New(Picture(Cover, 400, 100))} 0 R>>>>"),
        Over("a rectangle that is filled", _ => "/Subtype/Square/Rect[70 675 200 695]/IC[1 1 1]/C[1 1 1]"),
        Over("a circle that is filled", _ => "/Subtype/Circle/Rect[70 675 200 695]/IC[1 1 1]"),
        Over("a polygon that is filled", _ => "/Subtype/Polygon/Rect[70 675 200 695]/Vertices[70 675 200 675 200 695 70 695]/IC[1 1 1]"),
        Over("a thick white line", _ => "/Subtype/Line/Rect[70 675 200 695]/L[70 685 200 685]/C[1 1 1]/BS<</W 20>>"),
        Over("thick white ink", u => $"/Subtype/Ink/Rect[70 675 200 695]/InkList[[70 685 200 685]]/C[1 1 1]/BS<</W 20>>/AP<</N {u.New(Picture("1 G 20 w 0 10 m 130 10 l S", 130, 20))} 0 R>>"),
        Over("a highlight that is opaque", u => $"/Subtype/Highlight/Rect[70 675 200 695]/QuadPoints[70 695 200 695 70 675 200 675]/C[1 1 1]/AP<</N {u.New(Picture("1 g 0 0 130 20 re f", 130, 20))} 0 R>>"),
        Over("a line through the text as thick as the text", u => $"/Subtype/StrikeOut/Rect[70 675 200 695]/QuadPoints[70 695 200 695 70 675 200 675]/AP<</N {u.New(Picture("1 g 0 0 130 20 re f", 130, 20))} 0 R>>"),
        Over("a redaction", _ => "/Subtype/Redact/Rect[70 675 200 695]/QuadPoints[70 695 200 695 70 675 200 675]/IC[0 0 0]/OverlayText(Rp 9.000.000)"),
        Over("a watermark", u => $"/Subtype/Watermark/Rect[70 675 200 695]/AP<</N {u.New(Picture(Cover, 400, 100))} 0 R>>"),
        Over("a small redaction", _ => "/Subtype/Redact/Rect[72 676 90 692]"),
        Over("a kind that nobody knows", u => $"/Subtype/Lain/Rect[70 675 200 695]/AP<</N {u.New(Picture(Cover, 400, 100))} 0 R>>"),
        Over("no kind at all", u => $"/Rect[70 675 200 695]/AP<</N {u.New(Picture(Cover, 400, 100))} 0 R>>"),
        Over("a remark with the look of text", u => $"/Subtype/Text/Rect[70 676 100 692]/Contents(x)/AP<</N {u.New(Picture("1 g 0 0 30 16 re f BT /Helv 12 Tf 0 g 2 4 Td (Rp 9) Tj ET", 30, 16))} 0 R>>"),
        Over("a place of five numbers", u => $"/Subtype/Stamp/Rect[70 675 200 695 0]/AP<</N {u.New(Picture(Cover, 400, 100))} 0 R>>"),
        Over("two places", u => $"/Subtype/Stamp/Rect[10 10 20 20]/Rect[70 675 200 695]/AP<</N {u.New(Picture(Cover, 400, 100))} 0 R>>"),
        Over("an image", u => $"/Subtype/Stamp/Rect[70 675 200 695]/AP<</N {u.New(Wrapped(u, "130 0 0 20 0 0 cm /I Do"))} 0 R>>"),
        Over("an inline image", u => $"/Subtype/Stamp/Rect[70 675 200 695]/AP<</N {u.New(Picture("q 130 0 0 20 0 0 cm BI /W 1/H 1/BPC 8/CS/G ID \u00ff EI Q", 130, 20))} 0 R>>"),
        Over("a shading", u => $"/Subtype/Stamp/Rect[70 675 200 695]/AP<</N {u.New(Seemingly("<<>>", "/S sh"))} 0 R>>"),
        Over("a script when the mouse is over it", _ => "/Subtype/Link/Rect[70 675 200 695]/AA<</E<</S/JavaScript/JS(1)>>>>"),
        Over("a link that starts a program", _ => "/Subtype/Link/Rect[70 675 200 695]/A<</S/Launch/F(a)>>"),
        Over("a link that shows and hides", _ => "/Subtype/Link/Rect[70 675 200 695]/A<</S/Hide/T(Nama)>>"),
        Over("a link with a picture", u => $"/Subtype/Link/Rect[70 675 200 695]/AP<</N {u.New(Picture(Cover, 400, 100))} 0 R>>"),
        Over("a remark's window with a picture", u => $"/Subtype/Popup/Rect[70 675 200 695]/AP<</N {u.New(Picture(Cover, 400, 100))} 0 R>>"),
        Over("a film", _ => "/Subtype/Screen/Rect[70 675 90 695]"),
        Attack.By("a widget of no field", u => Shown(u, $"<</Type/Annot/Subtype/Widget/FT/Tx/T(Lepas)/Rect[70 675 200 695]/P 3 0 R/AP<</N {u.New(Picture(Cover, 400, 100))} 0 R>>>>")),
        Attack.By("a stamp written into the list", u => u.Append(Annotations1, $"<</Type/Annot/Subtype/Stamp/Rect[70 675 200 695]/AP<</N {u.New(Picture(Cover, 400, 100))} 0 R>>>>")),
        Attack.By("another order of annotations that overlap", u => u.Set(Annotations1, u[Annotations1].Replace("16 0 R 17 0 R", "17 0 R 16 0 R", StringComparison.Ordinal))),
        Attack.By("the picture of an old stamp", u => u.Set(StampPicture, Picture("1 g 0 0 100 50 re f", 100, 50))),
        Attack.By("an old stamp grows", u => u.With(Stamp, "Rect", "[70 600 500 720]").With(Stamp, "AP", $"<</N {u.New(Picture(Cover, 400, 100))} 0 R>>")),
        Attack.By("an old remark turns into a cover", u => u.Set(Remark, $"<</Type/Annot/Subtype/Stamp/Rect[70 675 200 695]/AP<</N {u.New(Picture(Cover, 400, 100))} 0 R>>/P 3 0 R>>")),
        Attack.By("an annotation before certifying is none of these", u => Shown(u, "<</Type/Annot/Subtype/Text/Rect[40 40 58 58]/Contents(Baru)/P 3 0 R>>"), 1, 2),
        Attack.By("an old stamp is taken away", u => u.Set(Annotations1, u[Annotations1].Replace("16 0 R ", "", StringComparison.Ordinal)), 0, 1, 2),
        Attack.By("an old note says something else", u => u.With(Note, "Contents", "(Belum lunas)"), 0, 1, 2),
        Attack.By("an old note is hidden", u => u.With(Note, "F", "2"), 0, 1, 2),
    ];

    private static Attack Over(string name, Func<Update, string> entries) => Attack.By(name, u => Shown(u, $"<</Type/Annot/P 3 0 R/F 4{entries(u)}>>"));

    // The picture and what it draws: an opaque form as /P, an image as /I.
    private static string Wrapped(Update u, string paint)
    {
        var image = u.New(Tera.Pades.Tests.Validation.Attacker.Stream("\u00ff", "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"));
        return Tera.Pades.Tests.Validation.Attacker.Stream(paint, $"/Type/XObject/Subtype/Form/BBox[0 0 400 100]/Resources<</XObject<</P {u.New(Picture(Cover, 400, 100))} 0 R/I {image} 0 R>>>>");
    }

    private static string Seemingly(string states, string paint) => Tera.Pades.Tests.Validation.Attacker.Stream(paint,
        $"/Type/XObject/Subtype/Form/BBox[0 0 400 100]/Resources<</ExtGState {states}/Shading<</S<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 1 1]/Function<</FunctionType 2/Domain[0 1]/N 1>>>>>>>>");
}
