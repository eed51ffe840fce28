using Tera.Pades.Cms;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Validation;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Signing;

public sealed class SigningTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pades");

    public static TheoryData<string, string> KindsAndAlgorithms()
    {
        var data = new TheoryData<string, string>();
        foreach (var kind in SmallPdf.Kinds)
            data.Add(kind, "ECDSA-P256-SHA256");
        data.Add("classic", "RSA-PKCS1-SHA256");
        data.Add("classic", "RSA-PKCS1-SHA512");
        data.Add("xref stream", "ECDSA-P384-SHA384");
        data.Add("classic", "ECDSA-P521-SHA512");
        return data;
    }

    [Theory]
    [MemberData(nameof(KindsAndAlgorithms))]
    public void Pdfsig_and_qpdf_accept_the_signature(string kind, string algorithm)
    {
        var path = Save(Identity.Of(SignatureAlgorithm.FindByName(algorithm)!).Sign(SmallPdf.Make(kind), "Bupati"));

        Assert.Equal(0, ForeignTools.QpdfCheck(path, out var message));
        Assert.True(ForeignTools.ValidSignatures(path) == 1, message + ForeignTools.Pdfsig(path));
        Assert.Contains("Total document signed", ForeignTools.Pdfsig(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RSA-PSS-SHA256")]
    [InlineData("RSA-PSS-SHA384")]
    [InlineData("ECDSA-P256-SHA256")]
    [InlineData("RSA-PKCS1-SHA256")]
    public void Openssl_verifies_the_signature_with_its_signing_certificate(string algorithm)
    {
        var identity = Identity.Of(SignatureAlgorithm.FindByName(algorithm)!);
        var output = new MemoryStream();
        var signed = identity.Sign(PdfFile.Open(SmallPdf.Make()), identity.Request("Bupati"), output);

        var bytes = output.ToArray();
        var content = Save([.. bytes.AsSpan(0, (int)signed.ByteRange.Before), .. bytes.AsSpan((int)signed.ByteRange.BehindStart)], "content");
        var cms = Save(signed.Cms.ToArray(), "cms");
        var root = Save(identity.Chain[1].ToArray(), "root");
        Assert.Equal(0, ForeignTools.Run("openssl", ["x509", "-inform", "DER", "-in", root, "-out", root + ".pem"], out _));
        var code = ForeignTools.Run("openssl", ["cms", "-verify", "-binary", "-cades", "-purpose", "any", "-inform", "DER", "-in", cms, "-content", content, "-CAfile", root + ".pem", "-out", "/dev/null"], out var said);
        Assert.True(code == 0, said);
    }

    [Fact]
    public void An_Ed25519_key_signs_the_attributes_themselves_as_RFC_8419_has_it()
    {
        // The cms command of OpenSSL 3.0 knows no EdDSA, so its pkeyutl looks at the value.
        var identity = Identity.Of(SignatureAlgorithm.Ed25519);
        var output = new MemoryStream();
        var prepared = DocumentToSign.Prepare(PdfFile.Open(SmallPdf.Make()), identity.Request("Bupati"), output);
        var value = identity.Signer.SignDigest(prepared.HashToSign.Span);
        var signed = prepared.Complete(value);

        var (key, attributes, signature) = (Save(identity.Signer.SubjectPublicKeyInfo.ToArray(), "key"), Save(prepared.HashToSign.ToArray(), "attributes"), Save(value, "value"));
        Assert.Equal(0x31, prepared.HashToSign.Span[0]);
        Assert.True(ForeignTools.Run("openssl", ["pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey", key, "-in", attributes, "-sigfile", signature], out var said) == 0, said);
        var cms = SignedData.Read(signed.Cms, out _)!;
        Assert.Equal("2.16.840.1.101.3.4.2.3", cms.Signers[0].DigestAlgorithm.Oid);
        Assert.Equal("1.3.101.112", cms.Signers[0].SignatureAlgorithm.Oid);
        var report = PadesValidator.Validate(PdfBytes.From(output.ToArray()), new ValidationPolicy { At = Identity.Now, TrustAnchors = [identity.Chain[1]] });
        Assert.True(report.Verdict == FileVerdict.TotalPassed, report.Reason);
    }

    [Fact]
    public void A_signature_that_ends_with_a_zero_keeps_it_in_the_facts()
    {
        // One ECDSA value in 256 ends so.
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        for (var tries = 0; tries < 20_000; tries++)
        {
            var output = new MemoryStream();
            var signed = identity.Sign(PdfFile.Open(SmallPdf.Make()), identity.Request("Bupati"), output);
            if (signed.Cms.Span[^1] != 0)
                continue;
            var evidence = PadesValidator.Collect(PdfBytes.From(output.ToArray()));
            Assert.Equal(signed.Cms.ToArray(), Assert.Single(evidence.Signatures).Container);
            return;
        }
        Assert.Fail("no signature ended with a zero");
    }

    [Fact]
    public void A_structure_of_indefinite_length_without_an_end_is_malformed_and_no_crash()
    {
        var pdf = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(SmallPdf.Make(), "Bupati");
        var at = pdf.AsSpan().IndexOf("/Contents <"u8) + 11;
        "3080060930800605"u8.CopyTo(pdf.AsSpan(at));
        var report = PadesValidator.Validate(PdfBytes.From(pdf), new ValidationPolicy { At = Identity.Now });
        Assert.Equal(FileVerdict.TotalFailed, report.Verdict);
        Assert.Equal(SubIndication.FormatFailure, Assert.Single(report.Signatures).SubIndication);
    }

    [Fact]
    public void Five_signatures_one_after_the_other_all_stay_valid()
    {
        var pdf = SmallPdf.Make("xref stream");
        foreach (var algorithm in (SignatureAlgorithm[])[SignatureAlgorithm.EcdsaP256Sha256, SignatureAlgorithm.RsaPkcs1Sha256, SignatureAlgorithm.EcdsaP384Sha384, SignatureAlgorithm.EcdsaP256Sha256, SignatureAlgorithm.RsaPkcs1Sha512])
            pdf = Identity.Of(algorithm).Sign(pdf, $"Paraf {pdf.Length}");
        var path = Save(pdf);

        Assert.Equal(0, ForeignTools.QpdfCheck(path, out _));
        Assert.Equal(5, ForeignTools.ValidSignatures(path));
        Assert.Equal(6, PdfFile.Open(pdf).Revisions.Count);
    }

    [Theory]
    [InlineData("classic")]
    [InlineData("object streams")]
    public void Prepared_fields_are_signed_in_any_order(string kind)
    {
        var prepared = new MemoryStream();
        SignatureFields.Prepare(PdfFile.Open(SmallPdf.Make(kind, pages: 2)),
            [new("Kabag"), new("Sekda", 1, new PdfRectangle(50, 60, 120, 40)), new("Bupati", -1, new PdfRectangle(300, 60, 120, 120))], prepared);
        var pdf = prepared.ToArray();
        foreach (var field in (string[])["Bupati", "Kabag", "Sekda"])
            pdf = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(pdf, field);
        var path = Save(pdf);

        Assert.Equal(0, ForeignTools.QpdfCheck(path, out _));
        Assert.Equal(3, ForeignTools.ValidSignatures(path));
        Assert.All(SignatureField.Read(PdfFile.Open(pdf).Latest), f => Assert.True(f.IsSigned));
        Assert.Equal(3, SignatureField.Read(PdfFile.Open(pdf).Latest).Count);
    }

    [Fact]
    public void No_byte_that_was_there_changes()
    {
        var first = SmallPdf.Make();
        var second = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(first, "Kabag");
        var third = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(second, "Bupati");

        Assert.Equal(first, second[..first.Length]);
        Assert.Equal(second, third[..second.Length]);
    }

    [Fact]
    public void The_kept_hash_state_gives_the_same_file()
    {
        var identity = Identity.Of(SignatureAlgorithm.RsaPkcs1Sha256);
        var output = new MemoryStream();
        var first = identity.Sign(PdfFile.Open(SmallPdf.Make()), identity.Request("Kabag"), output);
        var once = output.ToArray();

        var request = identity.Request("Bupati");
        var appending = DocumentToSign.PrepareAppending(PdfFile.Open(once), request, output, first.Hash);
        var second = appending.Complete(identity.Signer.SignDigest(appending.HashToSign.Span));

        Assert.Equal(identity.Sign(once, "Bupati"), output.ToArray());
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(output.ToArray()), second.Hash.GetDigest());
    }

    [Fact]
    public void The_same_request_gives_the_same_hash_again()
    {
        var request = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Request("Bupati");
        var file = PdfFile.Open(SmallPdf.Make());
        Assert.Equal(
            DocumentToSign.Prepare(file, request, Stream.Null).HashToSign.ToArray(),
            DocumentToSign.Prepare(file, request, Stream.Null).HashToSign.ToArray());
    }

    [Fact]
    public void A_wrong_signature_value_makes_no_document()
    {
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        var pdf = SmallPdf.Make();
        var output = new MemoryStream();
        var prepared = DocumentToSign.Prepare(PdfFile.Open(pdf), identity.Request("Bupati"), output);
        var other = identity.Signer.SignDigest(new byte[32]);

        var refused = Assert.Throws<SigningException>(() => prepared.Complete(other));
        Assert.Equal(SigningRefusal.SignatureDoesNotVerify, refused.Refusal);
        Assert.Equal(pdf.Length, output.Length);
        prepared.Complete(identity.Signer.SignDigest(prepared.HashToSign.Span));
        Assert.Equal(SigningRefusal.AlreadyCompleted, Assert.Throws<SigningException>(() => prepared.Complete(other)).Refusal);
    }

    [Fact]
    public void The_dictionary_is_what_PAdES_asks_for()
    {
        var pdf = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(SmallPdf.Make(), "Bupati");
        var file = PdfFile.Open(pdf);
        var signature = Assert.Single(SignatureField.Read(file.Latest)).Value!;

        Assert.True(signature.Is("SubFilter", "ETSI.CAdES.detached"));
        Assert.Null(signature["Cert"]);
        Assert.Equal(Identity.Now, PdfText.DecodeDate((PdfString)signature["M"]!));
        Assert.Equal("D:20261122101500+08'00'", PdfText.Decode((PdfString)signature["M"]!));
        var range = ((PdfArray)signature["ByteRange"]!).Select(n => ((PdfInteger)n).Value).ToArray();
        var contents = signature["Contents"]!;
        Assert.Equal([0, contents.Start, contents.End, pdf.Length - contents.End], range);
        Assert.Equal(pdf.Length, file.Revisions[^1].End);
        var extension = file.Latest.GetDictionary(file.Latest.GetDictionary(file.Latest.Catalog, "Extensions"), "ESIC");
        Assert.True(extension!.Is("BaseVersion", "1.7"));
        Assert.Equal(3, file.Latest.GetInteger(file.Latest.GetDictionary(file.Latest.Catalog, "AcroForm"), "SigFlags"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Save(byte[] bytes, string name = "signed.pdf")
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
