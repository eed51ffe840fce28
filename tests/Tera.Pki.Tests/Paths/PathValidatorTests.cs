using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;
using Tera.Pki.Paths;
using Tera.Pki.Profiles;
using Tera.Pki.Revocation;
using Tera.Pki.Revocation.Crl;
using Tera.Pki.Revocation.Ocsp;

namespace Tera.Pki.Tests.Paths;

public sealed class PathValidatorTests : IDisposable
{
    private static readonly DateTimeOffset Now = TestAuthority.Start.AddDays(20);

    private readonly TestAuthority _authority = new();
    private readonly Certificate _person;

    public PathValidatorTests() => _person = _authority.Person();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void A_chain_to_an_anchor_holds()
    {
        var result = Judge(Request());
        Assert.True(result.IsValid, result.Detail);
        Assert.Equal([_person, _authority.Issuing, _authority.Root], result.Chain);
    }

    [Fact]
    public void Time_counts_to_the_last_second()
    {
        Assert.Equal(PathReason.Valid, Judge(Request() with { At = _person.NotAfter.AddMilliseconds(999) }).Reason);
        Assert.Equal(PathReason.Expired, Judge(Request() with { At = _person.NotAfter.AddSeconds(1) }).Reason);
        Assert.Equal(PathReason.Valid, Judge(Request() with { At = _person.NotBefore }).Reason);
        Assert.Equal(PathReason.NotYetValid, Judge(Request() with { At = _person.NotBefore.AddTicks(-1) }).Reason);
    }

    [Fact]
    public void A_certificate_without_an_end_does_not_end()
    {
        // RFC 5280 4.1.2.5: 99991231235959Z, which is the last second that there is.
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=Tanpa Akhir", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(TestAuthority.Start, new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero));
        var endless = Certificate.Decode(made.RawData);
        Assert.Equal(PathReason.Valid, Judge(Request() with { Leaf = endless, Anchors = [endless], At = TestAuthority.Start.AddYears(5) }).Reason);
        Assert.False(endless.HasEndedAt(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void Without_the_issuer_or_with_a_strange_root_there_is_no_path()
    {
        using var other = new TestAuthority();
        Assert.Equal(PathReason.NoPathToAnchor, Judge(Request() with { Intermediates = [] }).Reason);
        Assert.Equal(PathReason.SignatureInvalid, Judge(Request() with { Anchors = [other.Root] }).Reason);
        Assert.Equal(PathReason.NoPathToAnchor, Judge(Request() with { Anchors = [] }).Reason);
    }

    [Fact]
    public void A_changed_certificate_does_not_verify()
    {
        var changed = _person.Encoded.ToArray();
        changed[^1] ^= 1;
        Assert.Equal(PathReason.SignatureInvalid, Judge(Request() with { Leaf = Certificate.Decode(changed) }).Reason);
    }

    [Fact]
    public void A_person_issues_nothing()
    {
        // A person's key signs a certificate as if it were a CA; names and signature fit, the rest does not.
        var key = _authority.Key();
        var person = _authority.Person(key);
        using var ec = ECDsa.Create();
        ec.ImportPkcs8PrivateKey(key.ExportPkcs8(), out _);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=Palsu", ec, HashAlgorithmName.SHA256);
        using var made = request.Create(
            new System.Security.Cryptography.X509Certificates.X500DistinguishedName(person.Subject.Encoded.Span),
            System.Security.Cryptography.X509Certificates.X509SignatureGenerator.CreateForECDsa(ec), TestAuthority.Start, Now.AddDays(1), [1]);
        var result = Judge(Request() with { Leaf = Certificate.Decode(made.RawData), Intermediates = [person, _authority.Issuing] });
        Assert.Equal(PathReason.IssuerIsNoAuthority, result.Reason);
    }

    [Fact]
    public void Usage_and_purpose_are_checked_on_request()
    {
        Assert.True(Judge(Request() with { Usage = KeyUsages.NonRepudiation, Purposes = [Oids.KeyPurposeDocumentSigning] }).IsValid);
        Assert.Equal(PathReason.KeyUsageForbids, Judge(Request() with { Usage = KeyUsages.KeyEncipherment }).Reason);
        Assert.Equal(PathReason.PurposeForbids, Judge(Request() with { Purposes = [Oids.KeyPurposeTimeStamping] }).Reason);
    }

    [Fact]
    public void Policies_are_checked_on_request()
    {
        Assert.True(Judge(Request() with { ExplicitPolicy = true, Policies = ["1.3.6.1.4.1.99999.1.2.1"] }).IsValid);
        Assert.Equal(PathReason.PolicyNotAccepted, Judge(Request() with { ExplicitPolicy = true, Policies = ["1.2.3"] }).Reason);
        Assert.Equal(PathReason.PolicyNotAccepted, Judge(Request() with { ExplicitPolicy = true, InhibitAnyPolicy = true }).Reason);
    }

    [Fact]
    public void A_search_among_many_issuers_of_one_name_stops_at_its_limit()
    {
        // Anyone can make certificates with a CA's name: each costs a verification, and there is an end to that.
        using var random = RandomNumberGenerator.Create();
        var impostors = Enumerable.Range(0, 20).Select(_ =>
        {
            var key = _authority.Key(SignatureAlgorithm.EcdsaP384Sha384);
            return TestAuthority.Issue(CertificateIssuer.PrepareRoot(key, TestAuthority.Request(
                BuiltInProfiles.Root, key, TestAuthority.Start.AddYears(-1), ("C", "ID"), ("O", "Contoh"), ("CN", "CA Penerbit Contoh")), random));
        }).ToList();
        var request = Request() with { Intermediates = impostors, Limits = new PathLimits { Signatures = 10 } };
        Assert.Equal(PathReason.TooComplex, Judge(request).Reason);
        Assert.True(Judge(request with { Intermediates = [.. impostors, _authority.Issuing] }).IsValid);
    }

    [Fact]
    public async Task A_crl_tells_good_from_revoked_and_an_old_one_tells_nothing()
    {
        var root = await Crl(_authority.RootKey, _authority.Root, Now);
        var good = await Crl(_authority.IssuingKey, _authority.Issuing, Now);
        var revoked = await Crl(_authority.IssuingKey, _authority.Issuing, Now, new RevokedEntry(_person.SerialNumber, Now.AddDays(-2), RevocationReason.KeyCompromise));
        var onHold = await Crl(_authority.IssuingKey, _authority.Issuing, Now, new RevokedEntry(_person.SerialNumber, Now.AddDays(-2), RevocationReason.CertificateHold));
        var old = await Crl(_authority.IssuingKey, _authority.Issuing, Now.AddDays(-10));

        Assert.Equal(PathReason.Valid, JudgeWith([root, good]).Reason);
        Assert.Equal(PathReason.Revoked, JudgeWith([root, revoked]).Reason);
        Assert.Equal(Now.AddDays(-2), JudgeWith([root, revoked]).RevokedAt);
        Assert.Equal(PathReason.Revoked, JudgeWith([root, good, revoked]).Reason);
        Assert.Equal(PathReason.OnHold, JudgeWith([root, onHold]).Reason);
        Assert.Equal(PathReason.RevocationUnknown, JudgeWith([root, old]).Reason);
        Assert.Equal(PathReason.RevocationUnknown, JudgeWith([good]).Reason);
        Assert.Equal(PathReason.RevocationUnknown, JudgeWith([]).Reason);
    }

    [Fact]
    public async Task A_shard_for_other_certificates_tells_nothing()
    {
        var root = await Crl(_authority.RootKey, _authority.Root, Now);
        var content = new CrlContent { Number = 1, ThisUpdate = Now, NextUpdate = Now.AddDays(1), Entries = [], Scope = new CrlScope { Addresses = ["http://pki.contoh.go.id/penerbit.crl"] } };
        var right = await Sign(_authority.IssuingKey, _authority.Issuing, content);
        var wrong = await Sign(_authority.IssuingKey, _authority.Issuing, content with { Scope = new CrlScope { Addresses = ["http://pki.contoh.go.id/lain.crl"] } });
        var authorities = await Sign(_authority.IssuingKey, _authority.Issuing, content with { Scope = new CrlScope { OnlyAuthorityCertificates = true } });
        Assert.Equal(PathReason.Valid, JudgeWith([root, right]).Reason);
        Assert.Equal(PathReason.RevocationUnknown, JudgeWith([root, wrong]).Reason);
        Assert.Equal(PathReason.RevocationUnknown, JudgeWith([root, authorities]).Reason);
    }

    [Fact]
    public async Task A_crl_signed_by_another_key_of_that_name_tells_nothing()
    {
        using var other = new TestAuthority();
        var root = await Crl(_authority.RootKey, _authority.Root, Now);
        var forged = await Crl(other.IssuingKey, other.Issuing, Now);
        var request = Request() with { Intermediates = [_authority.Issuing, other.Issuing], Revocation = new RevocationEvidence { Crls = [root, forged] } };
        Assert.Equal(PathReason.RevocationUnknown, Judge(request).Reason);
    }

    [Fact]
    public async Task Later_evidence_counts_only_when_asked_for_and_a_later_revocation_then_does_not()
    {
        var later = Now.AddDays(100);
        var root = await Crl(_authority.RootKey, _authority.Root, later);
        var list = await Crl(_authority.IssuingKey, _authority.Issuing, later, new RevokedEntry(_person.SerialNumber, Now.AddDays(50), RevocationReason.Superseded));
        var evidence = new RevocationEvidence { Crls = [root, list] };
        Assert.Equal(PathReason.RevocationUnknown, Judge(Request() with { Revocation = evidence }).Reason);
        Assert.Equal(PathReason.Valid, Judge(Request() with { Revocation = evidence with { AcceptsLaterEvidence = true } }).Reason);
        Assert.Equal(PathReason.Revoked, Judge(Request() with { At = Now.AddDays(60), Revocation = evidence with { AcceptsLaterEvidence = true } }).Reason);
    }

    [Fact]
    public async Task An_ocsp_response_tells_good_from_revoked_and_a_newer_revocation_wins()
    {
        var root = await Crl(_authority.RootKey, _authority.Root, Now);
        var good = await Ocsp(new CertificateStatus.Good(), Now);
        var revoked = await Ocsp(new CertificateStatus.Revoked(Now.AddDays(-1), RevocationReason.Superseded), Now);
        var old = await Ocsp(new CertificateStatus.Good(), Now.AddDays(-3));
        var never = await Ocsp(new CertificateStatus.Unknown(), Now);

        var result = JudgeWith([root], good);
        Assert.Equal(PathReason.Valid, result.Reason);
        Assert.Same(good, result.Revocation.Single(f => f.Certificate.Equals(_person)).OcspResponse);
        Assert.Equal(PathReason.Revoked, JudgeWith([root], revoked).Reason);
        Assert.Equal(PathReason.Revoked, JudgeWith([root], good, revoked).Reason);
        Assert.Equal(PathReason.RevocationUnknown, JudgeWith([root], old).Reason);
        Assert.Equal(PathReason.RevocationUnknown, JudgeWith([root], never).Reason);
    }

    private static PathResult Judge(PathRequest request) => PathValidator.Validate(request);

    private PathRequest Request() => new() { Leaf = _person, Intermediates = [_authority.Issuing], Anchors = [_authority.Root], At = Now };

    private PathResult JudgeWith(IReadOnlyList<CertificateRevocationList> crls, params IReadOnlyList<OcspResponse> responses) =>
        Judge(Request() with { Revocation = new RevocationEvidence { Crls = crls, OcspResponses = responses } });

    private static Task<CertificateRevocationList> Crl(ISigner signer, Certificate issuer, DateTimeOffset at, params RevokedEntry[] entries) =>
        Sign(signer, issuer, new CrlContent { Number = 1, ThisUpdate = at, NextUpdate = at.AddDays(1), Entries = entries });

    private static async Task<CertificateRevocationList> Sign(ISigner signer, Certificate issuer, CrlContent content)
    {
        var encoded = await new CrlIssuer(signer, issuer).IssueAsync(content, CancellationToken.None);
        Assert.True(CertificateRevocationList.TryDecode(encoded, out var list, out var error), error);
        return list;
    }

    private async Task<OcspResponse> Ocsp(CertificateStatus status, DateTimeOffset at)
    {
        var key = _authority.Key();
        var certificate = TestAuthority.Issue(_authority.Issuer.Prepare(TestAuthority.Request(
            BuiltInProfiles.Ocsp, key, at.AddDays(-1), ("C", "ID"), ("O", "Contoh"), ("CN", "Penjawab OCSP"))));
        var responder = new OcspResponder(key, certificate, _authority.Issuing, new Always(status), new FixedTime(at));
        var request = OcspRequest.Create(_person.SerialNumber, _authority.Issuing, HashAlgorithmName.SHA1);
        var answer = await responder.RespondAsync(request.Encoded, CancellationToken.None);
        Assert.True(OcspResponse.TryDecode(answer.Body, out var response, out var error), error);
        return response;
    }

    private sealed class Always(CertificateStatus status) : IOcspStatusSource
    {
        public ValueTask<CertificateStatus> FindAsync(SerialNumber serialNumber, CancellationToken cancellationToken) => ValueTask.FromResult(status);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
