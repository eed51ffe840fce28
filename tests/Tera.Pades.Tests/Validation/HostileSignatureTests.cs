using System.Text;
using Tera.Pades.Changes;
using Tera.Pades.Pdf;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing;
using Tera.Pades.Validation;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Validation;

/// <summary>Files that fuzzing found to break a promise, each written again by hand.</summary>
public sealed class HostileSignatureTests
{
    private static readonly Identity Signer = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);

    [Fact]
    public void A_dictionary_of_rubbish_does_not_spoil_a_signature_beside_it()
    {
        // The claimed hole reaches over the place of every signature to come, and is nobody's /Contents.
        var pdf = SmallPdf.Make(catalogExtra: "/AcroForm<</Fields[100 0 R]/SigFlags 3>>", more:
        [
            "<</FT/Sig/T(Lama)/V 101 0 R>>",
            "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 100 99999 1]/Contents<00>>>",
        ]);
        var evidence = PadesValidator.Collect(PdfBytes.From(Signer.Sign(pdf, "Bupati")));
        Assert.Contains(StructureDefect.ByteRangeOutsideFile, Of(evidence, "Lama").Defects);
        Assert.True(Of(evidence, "Bupati").IsIntact);
    }

    [Fact]
    public void A_page_that_gets_a_parent_it_did_not_have_is_an_unexplained_change()
    {
        var orphan = Attacker.Replace(SmallPdf.Make(), "/Parent 2 0 R", "             ");
        var signed = Signer.Sign(orphan, "Bupati");
        var page = Encoding.Latin1.GetString(signed);
        var attacked = Attacker.Append(signed, new Dictionary<int, string?> { [3] = "<</Type/Page/Parent 1 0 R/Contents 4 0 R/Resources<<>>>>" });
        Assert.Contains("/Type/Page ", page, StringComparison.Ordinal);
        Assert.Contains(PadesValidator.Collect(PdfBytes.From(attacked)).Changes, c => c.Kind == ChangeKind.Unexplained && c.Text.Contains("page tree", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("classic")]
    [InlineData("object streams")]
    public void An_object_too_deep_to_be_read_is_not_unchanged_for_that(string kind)
    {
        // Other readers go deeper: prepared before signing, such a page's content is put in another's place behind our back.
        var deep = new string('[', 200) + new string(']', 200);
        var signed = Signer.Sign(SmallPdf.Make(kind, pageExtra: "/Extra 100 0 R", more: [$"<</Shown(Rp 1)/Deep {deep}>>"]), "Bupati");
        Assert.Empty(PadesValidator.Collect(PdfBytes.From(signed)).Changes);
        var attacked = Attacker.Append(signed, new Dictionary<int, string?> { [100] = $"<</Shown(Rp 9)/Deep {deep}>>" });
        Assert.Contains(PadesValidator.Collect(PdfBytes.From(attacked)).Changes, c => c.Kind == ChangeKind.Unexplained && c.Object == 100);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(500)]
    public void A_picture_that_fields_share_is_not_replaced_unseen_however_many_they_are(int count)
    {
        var fields = Enumerable.Range(101, count).Select(i => $"<</FT/Tx/T(f{i})/AP<</N 100 0 R>>>>");
        var kids = string.Join(' ', Enumerable.Range(101, count).Select(i => $"{i} 0 R"));
        var signed = Signer.Sign(SmallPdf.Make(catalogExtra: $"/AcroForm<</Fields[{kids}]>>", more: ["<</Looks 1>>", .. fields]), "Bupati");
        var attacked = Attacker.Append(signed, new Dictionary<int, string?> { [100] = "<</Looks 2>>" });
        Assert.Contains(PadesValidator.Collect(PdfBytes.From(attacked)).Changes, c => c.Kind == ChangeKind.Unexplained && c.Object == 100);
    }

    [Fact]
    public void An_object_that_reaches_beyond_the_end_marker_is_an_unexplained_change()
    {
        // To the object the marker is a comment; to who looks for the end of the revision it is the end.
        var signed = Signer.Sign(SmallPdf.Make(), "Bupati");
        var previous = PdfFile.Open(signed).Revisions[^1].XrefOffset;
        string Section(int offset) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"xref\n0 1\n0000000000 65535 f \n100 1\n{offset:D10} 00000 n \ntrailer\n<</Size 200/Root 1 0 R/Prev {previous}>>\n");
        var text = Section(signed.Length + Section(0).Length) + $"100 0 obj\n<</A 1\n%%EOF\n/B 2>>\nendobj\nstartxref\n{signed.Length}\n%%EOF\n";
        var evidence = PadesValidator.Collect(PdfBytes.From((byte[])[.. signed, .. Encoding.ASCII.GetBytes(text)]));
        Assert.Contains(evidence.Changes, c => c.Kind == ChangeKind.Unexplained);
    }

    private static SignatureEvidence Of(Evidence evidence, string field) => Assert.Single(evidence.Signatures, s => s.Field == field);
}
