using static Tera.Pades.Tests.Changes.Attacks.FormAttacks;
using static Tera.Pades.Tests.Changes.Letter;

namespace Tera.Pades.Tests.Changes.Attacks;

/// <summary>
/// The sneaky signature attack on certified documents (SSA; Mainka and others, S&amp;P 2021): the attacker signs, with a key of his
/// own, and the picture or the field of that signature carries the change.
/// </summary>
internal static class SignatureFieldAttacks
{
    public static IEnumerable<Attack> All =>
    [
        Signing("a visible signature over the amount", (u, v) => Field(u, $"<<{Seal(v)}/Rect[70 660 270 720]/AP<</N {u.New(Picture(White, 200, 30))} 0 R>>>>"), 1, 2, 3),
        Signing("a visible signature over the amount that lets it show through", (u, v) => Field(u, $"<<{Seal(v)}/Rect[70 675 200 695]/AP<</N {u.New(Picture("BT /Helv 12 Tf 0 g 60 4 Td (0) Tj ET", 130, 20))} 0 R>>>>"), 1, 2, 3),
        Signing("a visible signature over the second page's text", (u, v) =>
        {
            var seal = u.New($"<<{Seal(v, 5)}/Rect[70 690 200 720]/AP<</N {u.New(Picture(White, 200, 30))} 0 R>>>>");
            u.Append(Form, "Fields", $"{seal} 0 R").Append(Annotations2, $"{seal} 0 R");
        }, 1, 2, 3),
        Signing("shown in print only", (u, v) => Field(u, $"<<{Seal(v, flags: 36)}/Rect[70 660 270 720]/AP<</N {u.New(Picture(White, 200, 30))} 0 R>>>>"), 1, 2, 3),
        Signing("shown when the mouse is over it", (u, v) => Field(u, $"<<{Seal(v, flags: 288)}/Rect[70 660 270 720]/AP<</N {u.New(Picture(White, 200, 30))} 0 R>>>>"), 1, 2, 3),
        Signing("a field that is free text as well", (u, v) => Field(u, $"<<{Seal(v, subtype: "FreeText")}/DA(/Helv 12 Tf)/Contents(Rp 9.000.000)/C[1 1 1]/Rect[70 660 270 720]>>")),
        Signing("a field with a background", (u, v) => Field(u, $"<<{Seal(v)}/MK<</BG[1 1 1]/CA(Rp 9.000.000)>>/Rect[70 660 270 720]>>"), 1, 2, 3),
        Signing("a field with a script", (u, v) => Field(u, $"<<{Seal(v)}/Rect[0 0 0 0]/AA<</E<</S/JavaScript/JS(1)>>>>>>")),
        Signing("a field with an action", (u, v) => Field(u, $"<<{Seal(v)}/Rect[0 0 0 0]/A<</S/JavaScript/JS(1)>>>>")),
        Signing("seen through one of its widgets", (u, v) =>
        {
            var widget = Shown(u, $"<</Type/Annot/Subtype/Widget/Rect[70 660 270 720]/P 3 0 R/F 4/AP<</N {u.New(Picture(White, 200, 30))} 0 R>>>>");
            u.Append(Form, "Fields", $"{u.New($"<</FT/Sig/T(Lain)/V {v} 0 R/Kids[{widget} 0 R]>>")} 0 R");
        }, 1, 2, 3),
        Signing("one of its widgets has a script", (u, v) =>
        {
            var widget = Shown(u, "<</Type/Annot/Subtype/Widget/Rect[0 0 0 0]/P 3 0 R/F 4/AA<</E<</S/JavaScript/JS(1)>>>>>>");
            u.Append(Form, "Fields", $"{u.New($"<</FT/Sig/T(Lain)/V {v} 0 R/Kids[{widget} 0 R]>>")} 0 R");
        }),
        Signing("its place is written twice", (u, v) => Field(u, $"<<{Seal(v)}/Rect[70 660 270 720]/Rect[0 0 0 0]/AP<</N {u.New(Picture(White, 200, 30))} 0 R>>>>")),
        Signing("a document time stamp with a picture", (u, v) => Field(u.Set(v, u[v]), $"<<{Seal(v)}/Rect[70 660 270 720]/AP<</N {u.New(Picture(White, 200, 30))} 0 R>>>>"), 1),
        Signing("an empty field that moves", (u, v) => u.With(EmptyField, "V", $"{v} 0 R").With(EmptyField, "Rect", "[70 660 270 720]").With(EmptyField, "AP", $"<</N {u.New(Picture(White, 200, 30))} 0 R>>"), 1, 2, 3),
        Signing("an empty field's widget moves", (u, v) => u.With(SplitField, "V", $"{v} 0 R").With(SplitWidget, "Rect", "[70 690 270 720]").With(SplitWidget, "AP", $"<</N {u.New(Picture(White, 200, 30))} 0 R>>"), 1, 2, 3),
        Signing("an empty field gets a second widget", (u, v) =>
        {
            var widget = Shown(u, $"<</Type/Annot/Subtype/Widget/Parent 18 0 R/Rect[70 660 270 720]/P 3 0 R/AP<</N {u.New(Picture(White, 200, 30))} 0 R>>/F 4>>");
            u.With(SplitField, "V", $"{v} 0 R").With(SplitField, "Kids", $"[19 0 R {widget} 0 R]");
        }),
        Signing("an empty field gets a script", (u, v) => u.With(EmptyField, "V", $"{v} 0 R").With(EmptyField, "AA", "<</E<</S/JavaScript/JS(1)>>>>")),
        Signing("an empty field's widget gets a script", (u, v) => u.With(SplitField, "V", $"{v} 0 R").With(SplitWidget, "AA", "<</E<</S/JavaScript/JS(1)>>>>")),
        Signing("other content as an empty field is signed", (u, v) => u.With(EmptyField, "V", $"{v} 0 R").Set(Content1, u[Content2])),
        Signing("another field's picture as an empty field is signed", (u, v) => u.With(EmptyField, "V", $"{v} 0 R").Set(TextPicture, Picture(White, 200, 30))),
        Signing("a second certification that permits all", (u, v) => Field(u.Set(v, u[v][..^2] + "/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P 3/V/1.2>>>>]>>"), $"<<{Seal(v)}/Rect[0 0 0 0]>>"), 1, 2),
        Signing("a signature where none is permitted", (u, v) => Field(u, $"<<{Seal(v)}/Rect[0 0 0 0]>>"), 1),
        new("changed between two signatures", signed => Honest(new Update(Honest(signed, "Satu")).Set(Emblem, Picture("", 1, 1)).Write(), "Dua")),
        Attack.By("an unsigned field with a picture", u => Field(u, $"<</FT/Sig/T(Lain)/Type/Annot/Subtype/Widget/Rect[70 660 270 720]/P 3 0 R/F 4/AP<</N {u.New(Picture(White, 200, 30))} 0 R>>>>")),
        Attack.By("a second field of the same name", u => Field(u, "<</FT/Sig/T(Bupati)/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/P 3 0 R/F 4>>")),
    ];

    /// <summary>The entries of a field that the stranger signs.</summary>
    public static string Seal(int value, int page = 3, int flags = 4, string subtype = "Widget") =>
        $"/FT/Sig/T(Lain)/V {value} 0 R/Type/Annot/Subtype/{subtype}/P {page} 0 R/F {flags}";

    /// <summary>The stranger's signature in an invisible field, and nothing else.</summary>
    public static byte[] Honest(byte[] signed, string field) =>
        Forger.SignInOneRevision(signed, (u, v) => Field(u, $"<</FT/Sig/T({field})/V {v} 0 R/Type/Annot/Subtype/Widget/P 3 0 R/F 132/Rect[0 0 0 0]>>"));

    private static Attack Signing(string name, Action<Update, int> change, params int[] levels) => new(name, signed => Forger.SignInOneRevision(signed, change), levels);
}
