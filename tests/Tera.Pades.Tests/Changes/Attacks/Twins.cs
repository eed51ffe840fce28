using Tera.Pades.Signing;
using Tera.Pades.Tests.Validation;
using static Tera.Pades.Tests.Changes.Attacks.FormAttacks;
using static Tera.Pades.Tests.Changes.Letter;

namespace Tera.Pades.Tests.Changes.Attacks;

/// <summary>What honest programs do after a signature, each where it is permitted. None of these may raise an alarm.</summary>
internal static class Twins
{
    public static IEnumerable<Attack> All =>
    [
        new("nothing", signed => signed),
        new("blanks at the end", signed => [.. signed, .. "\r\n\n"u8]),
        Attack.By("an update of nothing", _ => { }),
        Attack.By("the same content written again", u => u.Set(Content1, u[Content1])),
        Attack.By("the same catalog written again", u => u.Set(Catalog, u[Catalog])),
        Attack.By("file information", u => u.Set(Metadata, Attacker.Stream("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"> </x:xmpmeta>", "/Type/Metadata/Subtype/XML"))),
        new("new file information", signed =>
        {
            var update = new Update(signed);
            return update.Write(trailer: $"/Info {update.New("<</Producer(Program Uji)/ModDate(D:20261122101500+08'00')>>")} 0 R");
        }),
        Attack.By("a developer's extension", u => u.With(Catalog, "Extensions", "<</ESIC<</BaseVersion/1.7/ExtensionLevel 5>>>>")),
        Attack.By("a later version", u => u.With(Catalog, "Version", "/2.0")),
        Attack.By("long-term data", Store),
        Attack.By("long-term data with an entry for a signature", u =>
        {
            u.With(Catalog, "DSS", $"<</Certs[{u.New(Attacker.Stream("x"))} 0 R {u.New(Attacker.Stream("y"))} 0 R]/VRI<</{new string('A', 40)}<</Cert[{u.New(Attacker.Stream("z"))} 0 R]>>>>>>");
        }),
        Attack.By("a field filled in", Fill, 0, 2, 3),
        Attack.By("a field filled in and made read-only", u =>
        {
            Fill(u);
            u.With(TextField, "Ff", "1");
        }, 0, 2, 3),
        Attack.By("a field emptied", u => u.With(TextField, "V", "()").With(TextField, "AP", $"<</N {u.New(Picture("/Tx BMC EMC", 200, 30))} 0 R>>"), 0, 2, 3),
        Attack.By("a field's picture written in place", u => u.With(TextField, "V", "(Budi)").Set(TextPicture, Picture("/Tx BMC BT /Helv 12 Tf 2 8 Td (Budi) Tj ET EMC", 200, 30)), 0, 2, 3),
        Attack.By("a field filled in with a background", u => u.With(TextField, "V", "(Budi)").With(TextField, "AP", $"<</N {u.New(Picture("0.9 g 0 0 200 30 re f /Tx BMC BT /Helv 12 Tf 2 8 Td (Budi) Tj ET EMC", 200, 30))} 0 R>>"), 0, 2, 3),
        Attack.By("two fields filled in", u =>
        {
            Fill(u);
            u.With(SecondText, "V", "(Nanga Bulik)").With(SecondText, "AP", $"<</N {u.New(Picture("BT /Helv 12 Tf 2 8 Td (Nanga ) Tj (Bulik) Tj ET", 200, 30))} 0 R>>");
        }, 0, 2, 3),
        Attack.By("a box ticked", u => u.With(CheckBox, "V", "/Yes").With(CheckBox, "AS", "/Yes"), 0, 2, 3),
        Attack.By("an empty signature field", u => Field(u, "<</FT/Sig/T(Kepala)/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/P 3 0 R/F 132>>"), 0, 2, 3),
        new("an invisible signature", signed => Signer.Sign(signed, "Lain"), 0, 2, 3),
        new("a stranger's invisible signature", signed => SignatureFieldAttacks.Honest(signed, "Lain"), 0, 2, 3),
        new("an empty field signed", signed => Signer.Sign(signed, "Sekda"), 0, 2, 3),
        new("an empty field signed with a picture", signed => Forger.SignInOneRevision(signed, (u, v) => u.With(EmptyField, "V", $"{v} 0 R").With(EmptyField, "AP", $"<</N {u.New(Picture("BT /Helv 12 Tf 2 8 Td (Sekda) Tj ET", 200, 50))} 0 R>>")), 0, 2, 3),
        new("an empty field signed through its widget", signed => Forger.SignInOneRevision(signed, (u, v) => u.With(SplitField, "V", $"{v} 0 R").With(SplitWidget, "AP", $"<</N {u.New(Picture("BT /Helv 12 Tf 2 8 Td (Kadis) Tj ET", 200, 50))} 0 R>>")), 0, 2, 3),
        new("a visible signature in a free place", signed => Forger.SignInOneRevision(signed, (u, v) => Field(u, $"<<{SignatureFieldAttacks.Seal(v)}/Rect[300 100 450 150]/AP<</N {u.New(Picture("BT /Helv 12 Tf 2 8 Td (Lain) Tj ET", 150, 50))} 0 R>>>>")), 0, 3),
        new("three signatures", signed => Signer.Sign(Signer.Sign(Signer.Sign(signed, "Satu"), "Dua"), "Tiga"), 0, 2, 3),
        new("filled in, then signed", signed => Signer.Sign(Attack.Apply(signed, Fill, XrefStyle.Table), "Lain"), 0, 2, 3),
        new("signed, then long-term data", signed => Attack.Apply(Signer.Sign(signed, "Lain"), Store, XrefStyle.Stream), 0, 2, 3),
        Attack.By("a remark", u => Shown(u, "<</Type/Annot/Subtype/Text/Rect[40 40 58 58]/Contents(Baru)/P 3 0 R/T(Sari)>>"), 0, 3),
        Attack.By("a remark on the text", u => Shown(u, $"<</Type/Annot/Subtype/Text/Name/Comment/Rect[150 690 170 710]/Contents(Siapa ini?)/P 3 0 R/AP<</N {u.New(Picture("1 1 0 rg 0 G 1 1 18 18 re B 4 10 m 16 10 l S", 20, 20))} 0 R>>>>"), 0, 3),
        Attack.By("a highlight", u => Shown(u, $"<</Type/Annot/Subtype/Highlight/Rect[70 695 272 715]/QuadPoints[70 715 272 715 70 695 272 695]/C[1 1 0]/P 3 0 R/AP<</N {u.New(Highlighter())} 0 R>>>>"), 0, 3),
        Attack.By("a line under the text", u => Shown(u, $"<</Type/Annot/Subtype/Underline/Rect[70 695 272 715]/QuadPoints[70 715 272 715 70 695 272 695]/P 3 0 R/AP<</N {u.New(Picture("1 0 0 RG 1 w 0 2 m 202 2 l S", 202, 20))} 0 R>>>>"), 0, 3),
        Attack.By("a line under the text as a thin box", u => Shown(u, $"<</Type/Annot/Subtype/Underline/Rect[70 695 272 715]/QuadPoints[70 715 272 715 70 695 272 695]/P 3 0 R/AP<</N {u.New(Picture("1 0 0 rg 0 1 202 1 re f", 202, 20))} 0 R>>>>"), 0, 3),
        Attack.By("a frame around a paragraph", u => Shown(u, $"<</Type/Annot/Subtype/Square/Rect[60 660 300 720]/C[1 0 0]/P 3 0 R/AP<</N {u.New(Picture("1 0 0 RG 2 w 1 1 238 58 re S", 240, 60))} 0 R>>>>"), 0, 3),
        Attack.By("free text in the margin", u => Shown(u, $"<</Type/Annot/Subtype/FreeText/Rect[400 700 500 720]/DA(/Helv 9 Tf)/Contents(Setuju)/P 3 0 R/AP<</N {u.New(Picture("BT /Helv 9 Tf 2 8 Td (Setuju) Tj ET", 100, 20))} 0 R>>>>"), 0, 3),
        Attack.By("an opaque free text in the margin", u => Shown(u, $"<</Type/Annot/Subtype/FreeText/Rect[400 700 500 720]/DA(/Helv 9 Tf)/Contents(Setuju)/P 3 0 R/AP<</N {u.New(Picture("1 g 0 0 100 20 re f BT /Helv 9 Tf 0 g 2 8 Td (Setuju) Tj ET", 100, 20))} 0 R>>>>"), 0),
        Attack.By("an answer to a remark, with its window", u =>
        {
            var answer = Shown(u, "<</Type/Annot/Subtype/Text/Rect[10 10 28 28]/Contents(Ya)/IRT 15 0 R/P 3 0 R/F 30>>");
            Shown(u, $"<</Type/Annot/Subtype/Popup/Rect[400 10 560 100]/Parent {answer} 0 R>>");
        }, 0, 3),
        Attack.By("a remark changed", u => u.With(Remark, "Contents", "(Catatan lain)"), 3),
        Attack.By("a remark taken away", u => u.Set(Annotations1, u[Annotations1].Replace("15 0 R ", "", StringComparison.Ordinal)), 3),
        Attack.By("an object that nobody uses", u => u.Set(Unused, "<</Ada(lain)>>"), 0, 2, 3),
    ];

    /// <summary>Those that touch nothing that an attack may need, to be mixed with one.</summary>
    public static IReadOnlyList<Attack> Neutral { get; } =
    [
        Attack.By("file information", u => u.Set(Metadata, Attacker.Stream("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"> </x:xmpmeta>", "/Type/Metadata/Subtype/XML"))),
        Attack.By("a developer's extension", u => u.With(Catalog, "Extensions", "<</ESIC<</BaseVersion/1.7/ExtensionLevel 5>>>>")),
        Attack.By("long-term data", Store),
        Attack.By("a remark", u => Shown(u, "<</Type/Annot/Subtype/Text/Rect[40 40 58 58]/Contents(Baru)/P 3 0 R/T(Sari)>>"), 0, 3),
        Attack.By("an object that nobody uses", u => u.New("<</Ada(lain)>>"), 0, 2, 3),
    ];

    private static void Fill(Update u) => u.With(TextField, "V", "(Budi)").With(TextField, "AP", $"<</N {u.New(Picture("/Tx BMC BT /Helv 12 Tf 2 8 Td (Budi) Tj ET EMC", 200, 30))} 0 R>>").With(TextField, "M", "(D:20261122101500+08'00')");

    private static void Store(Update u) => u.With(Catalog, "DSS", $"{u.New($"<</Type/DSS/Certs[{u.New(Attacker.Stream("x"))} 0 R]/CRLs[{u.New(Attacker.Stream("y"))} 0 R]>>")} 0 R");

    private static string Highlighter() => Attacker.Stream("/G gs 1 1 0 rg 0 0 202 20 re f", "/Type/XObject/Subtype/Form/BBox[0 0 202 20]/Resources<</ExtGState<</G<</BM/Multiply>>>>>>");
}
