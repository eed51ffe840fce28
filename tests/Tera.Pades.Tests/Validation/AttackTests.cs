using System.Text;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Signing;
using Tera.Pades.Validation;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Validation;

/// <summary>The published families of attacks, made anew on documents of our own signer, each with an honest twin that raises no alarm.</summary>
public sealed class AttackTests
{
    private const string Other = "0 g 72 500 400 50 re f";

    [Fact]
    public void An_untouched_signature_passes()
    {
        var report = SignedForm.Judge(SignedForm.Make());
        Assert.True(report.Verdict == FileVerdict.TotalPassed, report.Reason);
        var signature = Assert.Single(report.Signatures);
        Assert.True(signature.Intact);
        Assert.True(signature.CoversWholeRevision);
        Assert.Equal(ChangesAfter.None, signature.ChangesAfter);
        Assert.Equal("PAdES-B-B", signature.Level);
        Assert.Contains("Sari Uji Coba", signature.Signer, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_root_it_is_indeterminate_and_intact()
    {
        var report = SignedForm.Judge(SignedForm.Make(), trusted: false);
        Assert.Equal(FileVerdict.Indeterminate, report.Verdict);
        Assert.Equal(SubIndication.NoCertificateChainFound, report.Signatures[0].SubIndication);
        Assert.True(report.Signatures[0].Intact);
    }

    [Fact]
    public void A_changed_byte_is_a_hash_failure()
    {
        var report = SignedForm.Judge(Attacker.Replace(SignedForm.Make(), "0.5 g 72 700", "0.5 g 72 701"));
        Assert.Equal(FileVerdict.TotalFailed, report.Verdict);
        Assert.Equal(SubIndication.HashFailure, report.Signatures[0].SubIndication);
    }

    [Theory]
    [InlineData("the content stream is another one")]
    [InlineData("the page has another content")]
    [InlineData("the field shows another picture")]
    [InlineData("the field has another place")]
    [InlineData("a field is added")]
    [InlineData("the catalog opens with an action")]
    [InlineData("the page tree is another one")]
    [InlineData("an overlay is added")]
    [InlineData("an unsigned signature field with a picture is added")]
    [InlineData("the form is taken away")]
    public void A_later_revision_is_caught_when(string attack)
    {
        var pdf = SignedForm.Make();
        var form = PdfFile.Open(pdf).Latest;
        var fields = (PdfArray)form.Resolve(form.GetDictionary(form.Catalog, "AcroForm")!["Fields"]);
        var fieldList = string.Join(' ', fields.Select(f => f.ToString()));
        var objects = attack switch
        {
            "the content stream is another one" => Objects((4, Attacker.Stream(Other))),
            "the page has another content" => Objects((3, "<</Type/Page/Parent 2 0 R/Contents 200 0 R/Resources<<>>/Annots 103 0 R>>"), (200, Attacker.Stream(Other))),
            "the field shows another picture" => Objects((102, Attacker.Stream("BT (Budi) Tj ET", "/Type/XObject/Subtype/Form/BBox[0 0 200 30]"))),
            "the field has another place" => Objects((100, "<</Type/Annot/Subtype/Widget/FT/Tx/T(Nama)/V(Sari)/Rect[72 100 272 130]/P 3 0 R/AP<</N 102 0 R>>/F 4>>")),
            "a field is added" => Objects((1, $"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[{fieldList} 200 0 R]/SigFlags 3>>>>"), (200, "<</FT/Tx/T(Baru)/Type/Annot/Subtype/Widget/Rect[0 0 9 9]/P 3 0 R>>")),
            "the catalog opens with an action" => Objects((1, $"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[{fieldList}]/SigFlags 3>>/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>")),
            "the page tree is another one" => Objects((2, "<</Type/Pages/Kids[200 0 R]/Count 1/MediaBox[0 0 595 842]>>"), (200, "<</Type/Page/Parent 2 0 R/Contents 201 0 R/Resources<<>>>>"), (201, Attacker.Stream(Other))),
            "an overlay is added" => Objects((103, SignedForm.AnnotationsAnd(pdf, 200)), (200, "<</Type/Annot/Subtype/Stamp/Rect[72 600 400 700]/AP<</N 201 0 R>>/P 3 0 R>>"), (201, Attacker.Stream("1 g 0 0 400 400 re f", "/Type/XObject/Subtype/Form/BBox[0 0 400 400]"))),
            "an unsigned signature field with a picture is added" => Objects(
                (1, $"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[{fieldList} 200 0 R]/SigFlags 3>>>>"), (103, SignedForm.AnnotationsAnd(pdf, 200)),
                (200, "<</FT/Sig/T(Palsu)/Type/Annot/Subtype/Widget/Rect[72 600 400 700]/AP<</N 201 0 R>>/P 3 0 R>>"), (201, Attacker.Stream("1 g 0 0 400 400 re f", "/Type/XObject/Subtype/Form/BBox[0 0 400 400]"))),
            _ => Objects((1, "<</Type/Catalog/Pages 2 0 R>>")),
        };
        var report = SignedForm.Judge(Attacker.Append(pdf, objects));
        Assert.True(report.Verdict == FileVerdict.TotalFailed, attack + ": " + report.Reason);
        Assert.True(report.Signatures[0].ChangesAfter == ChangesAfter.Forbidden || !report.Signatures[0].Intact);
        Assert.NotEmpty(report.Reason);
    }

    [Fact]
    public void A_number_that_the_content_refers_to_gets_no_meaning_later()
    {
        // The shadow attack's "hide": the page refers to object 9, which nobody has defined yet.
        var signed = SignedForm.Signer.Sign(SignedForm.Unsigned("9 0 R"), "Bupati");
        Assert.Equal(FileVerdict.TotalPassed, SignedForm.Judge(signed).Verdict);
        var report = SignedForm.Judge(Attacker.Append(signed, Objects((9, Attacker.Stream(Other)))));
        Assert.Equal(ChangesAfter.Forbidden, report.Signatures[0].ChangesAfter);
        Assert.Contains("Object 9", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_that_forgets_the_signed_revision_is_caught()
    {
        var pdf = SignedForm.Make();
        var whole = Attacker.Append(pdf, Objects(
            (1, "<</Type/Catalog/Pages 2 0 R>>"), (2, "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>"),
            (3, "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<>>>>"), (4, Attacker.Stream(Other))), keepsPrevious: false);
        Assert.NotEqual(FileVerdict.TotalPassed, SignedForm.Judge(whole).Verdict);
    }

    [Theory]
    [InlineData("\n4 0 obj\n<</Length 2>>\nstream\nq \nendstream\nendobj\n")]
    [InlineData("trailing words")]
    public void Bytes_that_belong_to_no_revision_are_caught(string junk)
    {
        var report = SignedForm.Judge([.. SignedForm.Make(), .. Encoding.ASCII.GetBytes(junk)]);
        Assert.True(report.Verdict == FileVerdict.TotalFailed, report.Reason);
    }

    [Theory]
    [InlineData("/ByteRange", "/ByteRamge")]
    [InlineData("/Contents <", "/Contemts <")]
    [InlineData("/SubFilter", "/SubFilten")]
    [InlineData("[0 ", "[1 ")]
    public void A_forged_dictionary_is_caught(string what, string by)
    {
        Assert.NotEqual(FileVerdict.TotalPassed, SignedForm.Judge(Attacker.Replace(SignedForm.Make(), what, by)).Verdict);
    }

    [Fact]
    public void Filling_in_is_allowed_and_told()
    {
        var report = SignedForm.Judge(Attacker.Append(SignedForm.Make(), FilledIn()));
        Assert.True(report.Verdict == FileVerdict.TotalPassed, report.Reason);
        Assert.Equal(ChangesAfter.Allowed, report.Signatures[0].ChangesAfter);
        Assert.Contains(report.Signatures[0].Changes, c => c.Contains("Nama", StringComparison.Ordinal));
    }

    [Fact]
    public void Filling_in_is_forbidden_when_certified_against_all_changes()
    {
        var report = SignedForm.Judge(Attacker.Append(SignedForm.Make(DocMdpPermission.NoChanges), FilledIn()));
        Assert.Equal(ChangesAfter.Forbidden, report.Signatures[0].ChangesAfter);
    }

    [Fact]
    public void Many_signatures_leave_each_other_whole()
    {
        var pdf = SignedForm.Make();
        for (var i = 0; i < 5; i++)
            pdf = SignedForm.Signer.Sign(pdf, "Paraf " + i);
        var report = SignedForm.Judge(pdf);
        Assert.True(report.Verdict == FileVerdict.TotalPassed, report.Reason);
        Assert.Equal(6, report.Signatures.Count);
        Assert.All(report.Signatures.Take(5), s => Assert.Equal(ChangesAfter.Allowed, s.ChangesAfter));
    }

    [Fact]
    public void Rewriting_what_is_the_same_changes_nothing()
    {
        var pdf = Attacker.Append(SignedForm.Make(), Objects((102, Attacker.Stream("BT /F1 12 Tf (Sari) Tj ET", "/Type/XObject/Subtype/Form/BBox[0 0 200 30]"))));
        Assert.Equal(FileVerdict.TotalPassed, SignedForm.Judge(pdf).Verdict);
    }

    [Fact]
    public void The_evil_annotation_is_caught_and_the_remark_is_not()
    {
        var pdf = SignedForm.Make(DocMdpPermission.FormFillingAndAnnotations);
        var remark = Attacker.Append(pdf, Objects((103, SignedForm.AnnotationsAnd(pdf, 200)), (200, "<</Type/Annot/Subtype/Text/Rect[40 40 58 58]/Contents(Baru)/P 3 0 R>>")));
        Assert.Equal(ChangesAfter.Allowed, SignedForm.Judge(remark).Signatures[0].ChangesAfter);

        var evil = Attacker.Append(pdf, Objects(
            (103, SignedForm.AnnotationsAnd(pdf, 200)), (200, "<</Type/Annot/Subtype/FreeText/Rect[72 600 400 700]/DA(/F1 9 Tf)/AP<</N 201 0 R>>/P 3 0 R>>"),
            (201, Attacker.Stream("1 g 0 0 400 400 re f BT (Rp 1) Tj ET", "/Type/XObject/Subtype/Form/BBox[0 0 400 400]"))));
        Assert.Equal(ChangesAfter.Forbidden, SignedForm.Judge(evil).Signatures[0].ChangesAfter);
    }

    [Fact]
    public void An_invisible_signature_in_a_new_field_is_no_change_where_forms_are_filled_in()
    {
        var pdf = SignedForm.Make(DocMdpPermission.FormFilling);
        var other = Identity.Of(SignatureAlgorithm.RsaPkcs1Sha256);
        // The visible one, which our own signer would refuse to make, is among Changes/Attacks/SignatureFieldAttacks.
        Assert.Equal(ChangesAfter.Allowed, SignedForm.Judge(other.Sign(pdf, "Lain")).Signatures[0].ChangesAfter);
    }

    [Fact]
    public void Mutated_files_neither_crash_nor_hang()
    {
        var random = new Random(20261122);
        byte[][] seeds = [SignedForm.Make(), Attacker.Append(SignedForm.Make(), FilledIn()), SignedForm.Signer.Sign(SignedForm.Make(DocMdpPermission.FormFilling), "Lain")];
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var runs = 0;
        for (; watch.Elapsed < TimeSpan.FromSeconds(12) && runs < 20_000; runs++)
        {
            var bytes = Mutate((byte[])seeds[runs % seeds.Length].Clone(), random);
            var one = System.Diagnostics.Stopwatch.StartNew();
            var report = SignedForm.Judge(bytes);
            Assert.True(one.Elapsed < TimeSpan.FromSeconds(5), $"run {runs} took {one.Elapsed}");
            Assert.NotEmpty(report.Reason);
        }
        Assert.True(runs > 50, $"only {runs} runs");
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes = bytes[..Math.Max(1, at)];
                    break;
                case 3:
                    var length = Math.Min(random.Next(1, 200), bytes.Length - at);
                    bytes = [.. bytes[..at], .. bytes.AsSpan(at, length), .. bytes[at..]];
                    break;
                default:
                    // Digits: offsets, lengths, object numbers.
                    var digit = bytes.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
                    if (digit >= 0)
                        bytes[at + digit] = (byte)('0' + random.Next(10));
                    break;
            }
        }
        return bytes;
    }

    private static Dictionary<int, string?> FilledIn() => Objects(
        (100, "<</Type/Annot/Subtype/Widget/FT/Tx/T(Nama)/V(Budi)/Rect[72 600 272 630]/P 3 0 R/AP<</N 200 0 R>>/F 4>>"),
        (200, Attacker.Stream("BT /F1 12 Tf (Budi) Tj ET", "/Type/XObject/Subtype/Form/BBox[0 0 200 30]")));

    private static Dictionary<int, string?> Objects(params (int Number, string? Text)[] objects) => objects.ToDictionary(o => o.Number, o => o.Text);
}
