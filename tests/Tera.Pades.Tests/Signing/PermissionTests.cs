using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Validation;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Signing;

public sealed class PermissionTests
{
    private readonly Identity _signer = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);

    [Fact]
    public void A_document_certified_without_changes_takes_no_further_signature()
    {
        var pdf = _signer.Sign(SmallPdf.Make(), "Bupati", r => r with { Certify = DocMdpPermission.NoChanges });
        Assert.Equal(SigningRefusal.ForbiddenByDocMdp, Refusal(() => _signer.Sign(pdf, "Sekda")));
        Assert.Contains("DocMDP P=1", Assert.Throws<SigningException>(() => _signer.Sign(pdf, "Sekda")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DocMdpPermission.FormFilling)]
    [InlineData(DocMdpPermission.FormFillingAndAnnotations)]
    public void A_document_certified_for_form_filling_is_signed_again(DocMdpPermission permission)
    {
        var pdf = _signer.Sign(SmallPdf.Make(), "Bupati", r => r with { Certify = permission });
        pdf = _signer.Sign(pdf, "Sekda");
        Assert.Equal(2, SignatureField.Read(PdfFile.Open(pdf).Latest).Count(f => f.IsSigned));
    }

    [Fact]
    public void A_new_field_that_shows_something_is_more_than_form_filling()
    {
        var spec = new SignatureFieldSpec("Sekda", 0, new PdfRectangle(20, 20, 100, 40));
        var pdf = _signer.Sign(SmallPdf.Make(), "Bupati", r => r with { Certify = DocMdpPermission.FormFilling });
        Assert.Equal(SigningRefusal.NewFieldForbiddenByDocMdp, Refusal(() => _signer.Sign(pdf, "Sekda", r => r with { NewField = spec })));
        var refused = Assert.Throws<SigningException>(() => SignatureFields.Prepare(PdfFile.Open(pdf), [spec], Stream.Null));
        Assert.Equal(SigningRefusal.NewFieldForbiddenByDocMdp, refused.Refusal);

        // The same field put there before the certification is signed, and nobody is accused.
        var prepared = new MemoryStream();
        SignatureFields.Prepare(PdfFile.Open(SmallPdf.Make()), [spec], prepared);
        pdf = _signer.Sign(_signer.Sign(prepared.ToArray(), "Bupati", r => r with { Certify = DocMdpPermission.FormFilling }), "Sekda");
        var report = PadesValidator.Validate(PdfBytes.From(pdf), new ValidationPolicy { At = Identity.Now });
        Assert.All(report.Signatures, s => Assert.NotEqual(ChangesAfter.Forbidden, s.ChangesAfter));
    }

    [Fact]
    public void A_signed_file_whose_sections_are_damaged_is_left_alone()
    {
        var pdf = _signer.Sign(SmallPdf.Make(), "Bupati");
        var start = pdf.AsSpan().LastIndexOf("startxref"u8);
        "startxref\n1\n%%EOF\n"u8.CopyTo(pdf.AsSpan(start));
        pdf.AsSpan(start + 18).Fill((byte)'\n');
        Assert.True(PdfFile.Open(pdf).WasRepaired);
        Assert.Equal(SigningRefusal.DamagedAndSigned, Refusal(() => _signer.Sign(pdf, "Sekda")));
    }

    [Fact]
    public void Only_the_first_signature_certifies()
    {
        var pdf = _signer.Sign(SmallPdf.Make(), "Bupati");
        Assert.Equal(SigningRefusal.CertificationNotFirst, Refusal(() => _signer.Sign(pdf, "Sekda", r => r with { Certify = DocMdpPermission.FormFilling })));
    }

    [Fact]
    public void A_locked_field_is_not_signed_and_another_is()
    {
        var prepared = new MemoryStream();
        SignatureFields.Prepare(PdfFile.Open(SmallPdf.Make()),
            [new("Bupati", Lock: new FieldLock(FieldLockAction.Include, ["Sekda"])), new("Sekda"), new("Kabag")], prepared);
        var pdf = _signer.Sign(prepared.ToArray(), "Bupati");

        Assert.Equal(SigningRefusal.ForbiddenByFieldMdp, Refusal(() => _signer.Sign(pdf, "Sekda")));
        pdf = _signer.Sign(pdf, "Kabag");
        Assert.Equal(2, SignatureField.Read(PdfFile.Open(pdf).Latest).Count(f => f.IsSigned));
    }

    [Fact]
    public void A_lock_that_allows_no_change_ends_the_signing()
    {
        var prepared = new MemoryStream();
        SignatureFields.Prepare(PdfFile.Open(SmallPdf.Make()),
            [new("Bupati", Lock: new FieldLock(FieldLockAction.Include, [], DocMdpPermission.NoChanges)), new("Sekda")], prepared);
        var pdf = _signer.Sign(prepared.ToArray(), "Bupati");
        Assert.Equal(SigningRefusal.ForbiddenBySigFieldLock, Refusal(() => _signer.Sign(pdf, "Sekda")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    public void A_name_that_is_no_name_is_refused(string name) =>
        Assert.Equal(SigningRefusal.InvalidFieldName, Refusal(() => _signer.Sign(SmallPdf.Make(), name)));

    [Fact]
    public void A_signed_field_is_not_signed_again()
    {
        var pdf = _signer.Sign(SmallPdf.Make(), "Bupati");
        Assert.Equal(SigningRefusal.FieldAlreadySigned, Refusal(() => _signer.Sign(pdf, "Bupati")));
    }

    [Fact]
    public void A_field_of_another_kind_is_left_alone()
    {
        var pdf = SmallPdf.Make(catalogExtra: "/AcroForm<</Fields[100 0 R]>>", more: ["<</FT/Tx/T(Nama)/V(Sari)>>"]);
        Assert.Equal(SigningRefusal.NotASignatureField, Refusal(() => _signer.Sign(pdf, "Nama")));
        var signed = PdfFile.Open(_signer.Sign(pdf, "Bupati")).Latest;
        Assert.Equal("Sari", signed.GetText((PdfDictionary)signed.Get(new ObjectId(100)), "V"));
        Assert.Equal(2, signed.GetArray(signed.GetDictionary(signed.Catalog, "AcroForm"), "Fields")!.Count);
    }

    [Fact]
    public void A_place_that_is_too_small_is_said_before_anything_is_written_behind()
    {
        var pdf = SmallPdf.Make();
        var output = new MemoryStream();
        var prepared = DocumentToSign.Prepare(PdfFile.Open(pdf), _signer.Request("Bupati") with { ReservedContentsSize = 100 }, output);
        Assert.Equal(SigningRefusal.ContentsTooSmall, Refusal(() => prepared.Complete(_signer.Signer.SignDigest(prepared.HashToSign.Span))));
        Assert.Equal(pdf.Length, output.Length);
    }

    [Fact]
    public void Foreign_documents_are_signed_or_refused_as_their_permissions_say()
    {
        foreach (var row in Corpus.Rows("signed.tsv").Where(r => r["signing"].Length > 0))
        {
            var pdf = File.ReadAllBytes(Corpus.Require(Path.Combine("signed", row["file"])));
            if (row["signing"].StartsWith("allow", StringComparison.Ordinal))
                Assert.NotEmpty(_signer.Sign(pdf, "Tera"));
            else
                Assert.Contains(Refusal(() => _signer.Sign(pdf, "Tera")), Expected(row["signing"]));
            if (row["note"].Contains("certifying again must be refused", StringComparison.Ordinal))
                Assert.Equal(SigningRefusal.CertificationNotFirst, Refusal(() => _signer.Sign(pdf, "Tera", r => r with { Certify = DocMdpPermission.FormFilling })));
        }
    }

    // The one foreign file with a FieldMDP over all fields has a lock with P = 1 as well: both rules forbid.
    private static SigningRefusal[] Expected(string signing) => signing.Contains("DocMDP", StringComparison.Ordinal)
        ? [SigningRefusal.ForbiddenByDocMdp]
        : [SigningRefusal.ForbiddenByFieldMdp, SigningRefusal.ForbiddenBySigFieldLock];

    private static SigningRefusal Refusal(Func<object> act) => Assert.Throws<SigningException>(act).Refusal;
}
