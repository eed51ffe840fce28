using Tera.Pades.Signing;
using Tera.Pades.Tests.Changes.Attacks;
using Tera.Pades.Tests.Validation;
using static Tera.Pades.Tests.Changes.Letter;

namespace Tera.Pades.Tests.Changes;

/// <summary>The answer names the objects and what a reader would see change, with page and place.</summary>
public sealed class ChangeSentenceTests
{
    [Theory]
    [InlineData("fill", 0, "The form field Nama on page 1 at [72 600 272 630] is filled in: \"Sari\" before, \"Budi\" now.")]
    [InlineData("fill", 1, "The form field Nama on page 1 at [72 600 272 630] is filled in: \"Sari\" before, \"Budi\" now. The document permits changes of level 1 only.")]
    [InlineData("contradiction", 0, "The form field Nama on page 1 at [72 600 272 630] has the value \"Budi\" and shows \"Rp 9.000.000\". No rule permits this after a signature.")]
    [InlineData("move", 0, "The form field Nama is moved on page 1 at [72 670 272 700]. No rule permits this after a signature.")]
    [InlineData("content", 0, "Object 4, a stream of page 1, is replaced: a reader would see something else than was signed. No rule permits this after a signature.")]
    [InlineData("font", 0, "Object 8, a Font of page 1, is replaced: a reader would see something else than was signed. No rule permits this after a signature.")]
    [InlineData("turn", 0, "Page 1 (object 3) gets another /Rotate: it is turned. No rule permits this after a signature.")]
    [InlineData("cover", 0, "Page 1 gets a new annotation (Square) at [70 675 200 695] (object 2000). It hides a part of what was signed, or writes over it.")]
    [InlineData("remark", 0, "Page 1 gets a new annotation (Text) at [40 40 58 58] (object 2000).")]
    [InlineData("remark", 2, "Page 1 gets a new annotation (Text) at [40 40 58 58] (object 2000). The document permits changes of level 2 only.")]
    [InlineData("script", 3, "Page 1 gets a new annotation (Link) at [70 675 200 695] (object 2000); it makes the reader program do something. No rule permits this after a signature.")]
    [InlineData("reason", 0, "is replaced: a reader would be told something else of signer, reason or time. No rule permits this after a signature.")]
    public void A_change_is_told_in_plain_words(string change, int level, string sentence)
    {
        var signed = Signed(level == 0 ? null : (DocMdpPermission)level);
        var changed = Attack.Apply(signed, u => Make(u, change), XrefStyle.Table);
        var told = SignedForm.Judge(changed).Signatures[0].Changes;
        Assert.True(told.Any(t => t.EndsWith(sentence, StringComparison.Ordinal)), string.Join('\n', told));
    }

    [Fact]
    public void A_signature_that_follows_is_told_with_its_place()
    {
        var marked = Forger.SignInOneRevision(Signed(), (u, v) => u.With(EmptyField, "V", $"{v} 0 R").With(EmptyField, "AP", $"<</N {u.New(Picture("BT /Helv 12 Tf 2 8 Td (Sekda) Tj ET", 200, 50))} 0 R>>"));
        var twice = Signer.Sign(marked, "Lain");
        var told = SignedForm.Judge(twice).Signatures[0].Changes;
        Assert.Contains("The field Sekda is signed; it shows the mark of its signer on page 1 at [72 100 272 150].", told);
        Assert.Contains("The field Lain is signed; the pages do not show it.", told);
    }

    private static void Make(Update u, string change)
    {
        switch (change)
        {
            case "fill":
                u.With(TextField, "V", "(Budi)").With(TextField, "AP", $"<</N {u.New(Picture("BT /Helv 12 Tf 2 8 Td (Budi) Tj ET", 200, 30))} 0 R>>");
                break;
            case "contradiction":
                u.With(TextField, "V", "(Budi)").With(TextField, "AP", $"<</N {u.New(Picture(FormAttacks.White, 200, 30))} 0 R>>");
                break;
            case "move":
                u.With(TextField, "Rect", "[72 670 272 700]");
                break;
            case "content":
                u.Set(Content1, Attacker.Stream(IncrementalSavingAttacks.Forged));
                break;
            case "font":
                u.Set(Font, "<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>");
                break;
            case "turn":
                u.With(Page1, "Rotate", "180");
                break;
            case "cover":
                u.Set(2000, "<</Type/Annot/Subtype/Square/Rect[70 675 200 695]/IC[1 1 1]/P 3 0 R>>").Append(Annotations1, "2000 0 R");
                break;
            case "remark":
                u.Set(2000, "<</Type/Annot/Subtype/Text/Rect[40 40 58 58]/P 3 0 R>>").Append(Annotations1, "2000 0 R");
                break;
            case "script":
                u.Set(2000, "<</Type/Annot/Subtype/Link/Rect[70 675 200 695]/A<</S/JavaScript/JS(1)>>/P 3 0 R>>").Append(Annotations1, "2000 0 R");
                break;
            default:
                u.With(u.NumberIn(FormAttacks.SignedNumber(u), "V"), "Reason", "(Lain)");
                break;
        }
    }
}
