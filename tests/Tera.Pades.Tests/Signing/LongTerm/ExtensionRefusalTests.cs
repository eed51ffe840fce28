using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Signing.LongTerm;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Validation;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;
using Tera.Pki.Revocation.Crl;
using Tera.Pki.TimeStamping;

namespace Tera.Pades.Tests.Signing.LongTerm;

/// <summary>An authority that misbehaves: what helps all the same, and what is refused with which words.</summary>
public sealed class ExtensionRefusalTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly LiveAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_revoked_signer_is_refused()
    {
        var signed = await SignAsync();
        _authority.Revoke(_authority.Person, LiveAuthority.Now.AddDays(-1));
        var refused = await RefusalAsync(signed, PadesLevel.Lt);
        Assert.Equal(ExtensionRefusal.CertificateRevoked, refused.Refusal);
        Assert.Contains("Siti Contoh", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_time_stamping_unit_is_refused()
    {
        var signed = await SignAsync();
        _authority.Revoke(_authority.Unit, LiveAuthority.Now.AddDays(-1));
        var refused = await RefusalAsync(signed, PadesLevel.Lt);
        Assert.Equal(ExtensionRefusal.CertificateRevoked, refused.Refusal);
        Assert.Contains("Penanda Waktu", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signer_revoked_after_the_time_stamp_was_good_then()
    {
        var signed = await SignAsync();
        await Task.Delay(TimeSpan.FromSeconds(2.2), Cancel);
        _authority.Revoke(_authority.Person, TimeProvider.System.GetUtcNow().AddSeconds(-1));
        Assert.NotEmpty(await ExtendAsync(signed, PadesLevel.Lt));
    }

    [Fact]
    public async Task Where_the_responder_is_away_the_crl_serves()
    {
        var signed = await SignAsync();
        _authority.Server.OnStatus("/ocsp/issuing", 503);
        var evidence = PadesValidator.Collect(PdfBytes.From(await ExtendAsync(signed, PadesLevel.Lt)));
        Assert.Empty(evidence.StoredOcspResponses);
        Assert.Equal(2, evidence.StoredCrls.Select(IssuerOf).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Where_both_are_away_each_address_is_named()
    {
        var signed = await SignAsync();
        _authority.Server.OnStatus("/ocsp/issuing", 503);
        _authority.Server.OnStatus("/issuing.crl", 404);
        var refused = await RefusalAsync(signed, PadesLevel.Lt);
        Assert.Equal(ExtensionRefusal.RevocationUnknown, refused.Refusal);
        Assert.Contains("Siti Contoh", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{_authority.Server.Address}/ocsp/issuing: it answered HTTP 503", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{_authority.Server.Address}/issuing.crl: it answered HTTP 404", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_that_does_not_cover_is_refused_with_its_fault()
    {
        var signed = await SignAsync();
        // A response that was changed after it was signed, and a list that ended a month ago.
        var responder = _authority.Responder(ResponderWithoutNoCheck(out var key), key);
        _authority.Server.On("/ocsp/issuing", async body =>
        {
            var answer = await responder(body);
            // The last digit of producedAt, the first GeneralizedTime.
            answer[answer.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x18, 0x0F]) + 15] ^= 1;
            return answer;
        });
        _authority.Server.On("/issuing.crl", _authority.Crl(_authority.IssuingKey, _authority.Issuing, TimeSpan.FromDays(30)));
        var refused = await RefusalAsync(signed, PadesLevel.Lt);
        Assert.Equal(ExtensionRefusal.RevocationUnknown, refused.Refusal);
        Assert.Contains("nobody whom the issuer entitled", refused.Message, StringComparison.Ordinal);
        Assert.Contains("the CRL of", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_that_is_not_to_be_had_is_named_with_its_address()
    {
        var signed = await SignAsync(withTimeStamp: false);
        _authority.Server.OnStatus("/issuing.cer", 500);
        _authority.Server.OnStatus("/tsa", 500);
        await Assert.ThrowsAsync<TimeStampException>(() => ExtendAsync(signed, PadesLevel.T));
        using var other = new LiveAuthority();
        var refused = await RefusalAsync(signed, other.To(PadesLevel.Lt));
        Assert.Equal(ExtensionRefusal.IssuerUnknown, refused.Refusal);
        Assert.Contains($"{_authority.Server.Address}/issuing.cer: it answered HTTP 500", refused.Message, StringComparison.Ordinal);
        // Known beforehand, it need not be fetched.
        Assert.NotEmpty(await ExtendAsync(signed, other.To(PadesLevel.Lt) with { KnownCertificates = [_authority.Issuing, _authority.Root] }));
    }

    [Fact]
    public async Task A_signature_that_does_not_hold_is_not_extended()
    {
        var signed = await SignAsync();
        signed[signed.AsSpan().IndexOf("72 700"u8)] = (byte)'8';
        Assert.Equal(ExtensionRefusal.SignatureDoesNotHold, (await RefusalAsync(signed, PadesLevel.T)).Refusal);
        Assert.Equal(ExtensionRefusal.NoSignature, (await RefusalAsync(SmallPdf.Make(), PadesLevel.T)).Refusal);
    }

    [Fact]
    public async Task One_field_can_be_extended_where_another_cannot()
    {
        var signed = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(await SignAsync(), "Lain");
        _authority.Server.OnStatus("/ocsp/issuing", 503);
        _authority.Server.OnStatus("/issuing.crl", 404);
        Assert.Equal(ExtensionRefusal.RevocationUnknown, (await RefusalAsync(signed, PadesLevel.Lt)).Refusal);
        using var other = new LiveAuthority();
        Assert.NotEmpty(await ExtendAsync(signed, other.To(PadesLevel.Lt) with { Fields = ["Lain"], Anchors = [Certificate.Decode(Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Chain[0])] }));
        Assert.Equal(ExtensionRefusal.NoSignature, (await RefusalAsync(signed, other.To(PadesLevel.Lt) with { Fields = ["Bukan"] })).Refusal);
    }

    [Fact]
    public async Task Without_an_authority_only_what_needs_none_is_done()
    {
        var request = _authority.To(PadesLevel.Lt) with { TimeStamps = null };
        Assert.NotEmpty(await ExtendAsync(await SignAsync(), request));
        Assert.Equal(ExtensionRefusal.NoTimeStampAuthority, (await RefusalAsync(await SignAsync(withTimeStamp: false), request)).Refusal);
        Assert.Equal(ExtensionRefusal.NoTimeStampAuthority, (await RefusalAsync(await SignAsync(), request with { Level = PadesLevel.Lta })).Refusal);
    }

    [Fact]
    public async Task A_responder_without_nocheck_is_proven_as_well()
    {
        var signed = await SignAsync();
        var responder = ResponderWithoutNoCheck(out var key);
        _authority.Server.On("/ocsp/issuing", _authority.Responder(responder, key));
        var extended = await ExtendAsync(signed, PadesLevel.Lt);
        var evidence = PadesValidator.Collect(PdfBytes.From(extended));
        Assert.Contains(evidence.StoredCertificates, c => c.Encoded.AsSpan().SequenceEqual(responder.Encoded.Span));
        // The root's list for the CA, the CA's list for the responder.
        Assert.Equal(2, evidence.StoredCrls.Select(IssuerOf).Distinct(StringComparer.Ordinal).Count());
        Assert.NotEmpty(evidence.StoredOcspResponses);
        Assert.Equal(Indication.TotalPassed, LongTermSigningTests.Validate(extended, _authority).Signatures[0].Indication);

        // Without the list nothing proves the responder, so its answers do not count.
        _authority.Server.OnStatus("/issuing.crl", 404);
        Assert.Equal(ExtensionRefusal.RevocationUnknown, (await RefusalAsync(signed, PadesLevel.Lt)).Refusal);
    }

    private static string IssuerOf(StoredValue list) =>
        CertificateRevocationList.TryDecode(list.Encoded, out var decoded, out _) ? decoded.Issuer.ToString() : "";

    private Certificate ResponderWithoutNoCheck(out SoftwareSigner key)
    {
        key = _authority.Key(SignatureAlgorithm.EcdsaP256Sha256);
        using var issuerKey = ECDsa.Create();
        issuerKey.ImportPkcs8PrivateKey(_authority.IssuingKey.ExportPkcs8(), out _);
        var publicKey = System.Security.Cryptography.X509Certificates.PublicKey.CreateFromSubjectPublicKeyInfo(key.SubjectPublicKeyInfo.Span, out _);
        var request = new CertificateRequest(new X500DistinguishedName("CN=Penjawab tanpa nocheck"), publicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.9")], critical: false));
        request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([_authority.Server.Address + "/issuing.crl"]));
        using var made = request.Create(
            new X500DistinguishedName(_authority.Issuing.Subject.Encoded.ToArray()), X509SignatureGenerator.CreateForECDsa(issuerKey),
            LiveAuthority.Now.AddDays(-1), LiveAuthority.Now.AddDays(1), [0x31, 0x41, 0x59]);
        return Certificate.Decode(made.RawData);
    }

    private async Task<byte[]> SignAsync(bool withTimeStamp = true)
    {
        var output = new MemoryStream();
        await PadesSigner.SignAsync(
            PdfFile.Open(SmallPdf.Make()), output, _authority.PersonKey, _authority.SignatureRequest("Bupati"), withTimeStamp ? _authority.TimeStamps : null, Cancel);
        return output.ToArray();
    }

    private Task<byte[]> ExtendAsync(byte[] pdf, PadesLevel level) => ExtendAsync(pdf, _authority.To(level));

    private static async Task<byte[]> ExtendAsync(byte[] pdf, ExtensionRequest request)
    {
        var output = new MemoryStream();
        await PadesExtender.ExtendAsync(PdfFile.Open(pdf), output, request, Cancel);
        return output.ToArray();
    }

    private Task<ExtensionException> RefusalAsync(byte[] pdf, PadesLevel level) => RefusalAsync(pdf, _authority.To(level));

    private static Task<ExtensionException> RefusalAsync(byte[] pdf, ExtensionRequest request) =>
        Assert.ThrowsAsync<ExtensionException>(() => ExtendAsync(pdf, request));
}
