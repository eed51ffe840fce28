using Tera.Pades.Tests.Validation;
using static Tera.Pades.Tests.Changes.Letter;

namespace Tera.Pades.Tests.Changes.Attacks;

/// <summary>
/// Fields that are filled in, moved, hidden or dressed up beyond what filling in is (ISO 32000-2 12.7.4, 12.8.2.2.2). Fields whose
/// picture and value disagree are the "replace" shadow attack (Mainka and others, NDSS 2021), and pyHanko's "sneaky" form updates.
/// </summary>
internal static class FormAttacks
{
    public const string White = "1 g 0 0 200 30 re f BT /Helv 12 Tf 0 g 2 8 Td (Rp 9.000.000) Tj ET";

    public static IEnumerable<Attack> All =>
    [
        Attack.By("a field's picture, not its value", u => u.Set(TextPicture, Picture(White, 200, 30))),
        Attack.By("a field names another picture", u => u.With(TextField, "AP", $"<</N {u.New(Picture(White, 200, 30))} 0 R>>")),
        Attack.By("a field's picture says something else than its value", u => u.With(TextField, "V", "(Budi)").With(TextField, "AP", $"<</N {u.New(Picture(White, 200, 30))} 0 R>>")),
        Attack.By("two fields change, one is filled in", u => u.With(TextField, "V", "(Budi)").Set(TextPicture, Picture("BT /Helv 12 Tf 2 8 Td (Budi) Tj ET", 200, 30)).Set(SecondPicture, Picture(White, 200, 30))),
        Attack.By("filled in and moved", u => u.With(TextField, "V", "(Budi)").With(TextField, "Rect", "[72 670 272 700]")),
        Attack.By("filled in and given an action", u => u.With(TextField, "V", "(Budi)").With(TextField, "AA", "<</F<</S/JavaScript/JS(1)>>>>")),
        Attack.By("filled in and renamed", u => u.With(TextField, "V", "(Budi)").With(TextField, "T", "(Alias)")),
        Attack.By("filled in and made another type", u => u.With(TextField, "V", "(Budi)").With(TextField, "FT", "/Btn")),
        Attack.By("filled in and turned into a password", u => u.With(TextField, "V", "(Budi)").With(TextField, "Ff", "8192")),
        Attack.By("moved", u => u.With(TextField, "Rect", "[72 670 272 700]")),
        Attack.By("hidden", u => u.With(TextField, "F", "2")),
        Attack.By("another look by its entries", u => u.With(TextField, "MK", "<</BG[1 1 1]>>"), 0, 1, 2),
        Attack.By("white on white", u => u.With(TextField, "DA", "(/Helv 12 Tf 1 g)")),
        Attack.By("taken out of the form", u => u.With(Form, "Fields", u.Entry(Form, "Fields").Replace("11 0 R", "", StringComparison.Ordinal))),
        Attack.By("the field vanishes", u => u.Free(TextField)),
        Attack.By("a field is added", u => Field(u, $"<</Type/Annot/Subtype/Widget/FT/Tx/T(Baru)/V(x)/Rect[72 660 300 710]/P 3 0 R/AP<</N {u.New(Picture(White, 200, 30))} 0 R>>/F 4>>")),
        Attack.By("a field gets a second place", u => Shown(u, $"<</Type/Annot/Subtype/Widget/Parent 11 0 R/Rect[72 660 300 710]/P 3 0 R/AP<</N 60 0 R>>/F 4>>")),
        Attack.By("a check box is ticked without a value", u => u.With(CheckBox, "AS", "/Yes")),
        Attack.By("a check box's ticks are swapped", u => u.With(CheckBox, "AP", "<</N<</Yes 62 0 R/Off 61 0 R>>>>")),
        Attack.By("a check box is ticked and gets other pictures", u => u.With(CheckBox, "V", "/Yes").With(CheckBox, "AS", "/Yes").With(CheckBox, "AP", $"<</N<</Yes {u.New(Picture(White, 20, 20))} 0 R/Off 62 0 R>>>>")),
        Attack.By("a button gets an icon", u => u.With(Button, "MK", $"<</I {u.New(Picture(White, 100, 20))} 0 R>>")),
        Attack.By("a button is filled in and gets a picture", u => u.With(Button, "V", "/Ya").With(Button, "AP", $"<</N {u.New(Picture(White, 100, 20))} 0 R>>")),
        Attack.By("a button gets an action", u => u.With(Button, "A", "<</S/URI/URI(http://contoh.invalid/)>>")),
        Attack.By("a button's picture is replaced", u => u.Set(ButtonPicture, Picture(White, 100, 20))),
        Attack.By("a signature field is filled with words", u => u.With(EmptyField, "V", "(Sekda)")),
        Attack.By("a signature field gets a picture and no signature", u => u.With(EmptyField, "AP", $"<</N {u.New(Picture(White, 200, 50))} 0 R>>")),
        Attack.By("a signature field moves", u => u.With(EmptyField, "Rect", "[72 660 272 710]")),
        Attack.By("a field has its value twice", u => u.Set(TextField, u[TextField][..^2] + "/V(Budi)>>")),
        Attack.By("the signed field moves", u => u.With(SignedNumber(u), "Rect", "[72 660 272 710]")),
        Attack.By("the signed field gets a picture", u => u.With(SignedNumber(u), "AP", $"<</N {u.New(Picture(White, 200, 30))} 0 R>>")),
        Attack.By("the signed field gets a second place", u =>
        {
            var signed = SignedNumber(u);
            var widget = u.New($"<</Type/Annot/Subtype/Widget/Parent {signed} 0 R/Rect[72 660 300 710]/P 3 0 R/AP<</N {u.New(Picture(White, 200, 30))} 0 R>>/F 4>>");
            u.With(signed, "Kids", $"[{widget} 0 R]");
            u.Append(Annotations1, $"{widget} 0 R");
        }),
        Attack.By("the signature loses its value", u => u.With(SignedNumber(u), "V", null)),
        Attack.By("the signature gets another value", u => u.With(SignedNumber(u), "V", u.New("<</Type/Sig/Filter/Adobe.PPKLite>>") + " 0 R")),
        Attack.By("the signature gets another reason", u => u.With(u.NumberIn(SignedNumber(u), "V"), "Reason", "(Lain)")),
    ];

    /// <summary>Number of the field that "Bupati" signed.</summary>
    public static int SignedNumber(Update u) => Tera.Pades.Signing.SignatureField.Read(u.View).Single(f => f.Name == "Bupati").Id!.Value.Number;

    public static int Field(Update u, string body)
    {
        var number = Shown(u, body);
        u.Append(Form, "Fields", $"{number} 0 R");
        return number;
    }

    public static int Shown(Update u, string body)
    {
        var number = u.New(body);
        u.Append(Annotations1, $"{number} 0 R");
        return number;
    }
}
