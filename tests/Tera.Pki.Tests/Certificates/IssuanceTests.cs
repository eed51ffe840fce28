using System.Security.Cryptography;
using System.Text;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;
using Tera.Pki.Lints;
using Tera.Pki.Profiles;

namespace Tera.Pki.Tests.Certificates;

public sealed class IssuanceTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public static TheoryData<string> EndProfiles => [.. BuiltInProfiles.All.Where(p => p.BasicConstraints is not { IsCertificateAuthority: true }).Select(p => p.Id)];

    public void Dispose() => _authority.Dispose();

    [Theory]
    [MemberData(nameof(EndProfiles))]
    public void Openssl_verifies_a_certificate_of_each_profile_strictly(string id)
    {
        var profile = BuiltInProfiles.All.Single(p => p.Id == id);
        using var folder = new TemporaryFolder();
        var key = _authority.Key(profile.Keys.Contains(ProfileKey.EcP256) ? null : SignatureAlgorithm.RsaPkcs1Sha256);
        var certificate = TestAuthority.Issue(_authority.Issuer.Prepare(TestAuthority.RequestOf(profile, key)));

        var root = folder.Write("root.pem", Encoding.ASCII.GetBytes(_authority.Root.ToPem()));
        var issuing = folder.Write("ica.pem", Encoding.ASCII.GetBytes(_authority.Issuing.ToPem()));
        var leaf = folder.Write("leaf.pem", Encoding.ASCII.GetBytes(certificate.ToPem()));
        string[] purpose = id == "tsa" ? ["-purpose", "timestampsign"] : [];
        // BSrE's critical extendedKeyUsage is Adobe's alone; openssl knows the extension and minds no purpose unless asked.
        var at = TestAuthority.Start.AddDays(1).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        OpenSsl.Run(["verify", "-x509_strict", "-policy_check", "-attime", at, .. purpose, "-CAfile", root, "-untrusted", issuing, leaf]).MustSucceed();
    }

    [Fact]
    public void A_person_certificate_reads_as_its_profile_says()
    {
        using var folder = new TemporaryFolder();
        var person = _authority.Person();
        var text = OpenSsl.Run(["x509", "-in", folder.Write("p.pem", Encoding.ASCII.GetBytes(person.ToPem())), "-noout", "-text"]).MustSucceed().Output;
        Assert.Contains("X509v3 Key Usage: critical\n                Non Repudiation", text, StringComparison.Ordinal);
        Assert.Contains("Subject: C = ID, O = Kabupaten Contoh, SN = Contoh, GN = Siti, serialNumber = T-4711, CN = Siti Contoh", text, StringComparison.Ordinal);
        Assert.Contains("OCSP - URI:http://ocsp.contoh.go.id", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Basic Constraints", text, StringComparison.Ordinal);
        Assert.Equal(TestAuthority.Start.AddYears(2).AddSeconds(-1), person.NotAfter);
        Assert.Equal(20, person.SerialNumber.Octets.Length);
        Assert.True(person.IsSignedBy(_authority.Issuing.SubjectPublicKeyInfo.Span));
    }

    [Fact]
    public async Task A_prepared_certificate_is_issued_once()
    {
        var prepared = _authority.Issuer.Prepare(TestAuthority.PersonRequest(_authority.Key())).MustBeReady();
        var issued = await prepared.IssueAsync(CancellationToken.None);
        Assert.Equal(prepared.ToBeSigned.ToArray(), issued.Certificate.ToBeSigned.ToArray());
        await Assert.ThrowsAsync<InvalidOperationException>(() => prepared.IssueAsync(CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task A_key_that_signs_wrongly_issues_nothing()
    {
        var issuer = new CertificateIssuer(new WrongSigner(_authority.IssuingKey), _authority.Issuing, IssuerLocations.None with
        {
            CaIssuers = "http://a.example/a", Ocsp = "http://a.example/o", CrlsOf = _ => ["http://a.example/c"],
        }, RandomNumberGenerator.Create());
        var prepared = issuer.Prepare(TestAuthority.PersonRequest(_authority.Key())).MustBeReady();
        await Assert.ThrowsAsync<CryptographicException>(() => prepared.IssueAsync(CancellationToken.None).AsTask());
    }

    [Theory]
    [InlineData("serialNumber", "3174012345678901", "tera.no-national-identifier")]
    [InlineData("CN", "198501012010011001 Siti", "tera.no-national-identifier")]
    [InlineData("CN", "3174-0123-4567-8901", "tera.no-national-identifier")]
    [InlineData("CN", "Siti\u202Ehotnoc", "tera.no-control-characters")]
    [InlineData("CN", "Siti\0Contoh", "tera.no-control-characters")]
    [InlineData("C", "id", "rfc5280.country-code")]
    [InlineData("title", "Kepala", "tera.profile-subject")]
    [InlineData("pseudonym", "Rahasia", "en319412-2.pseudonym-alone")]
    public void A_request_that_policy_forbids_is_refused(string type, string value, string id)
    {
        var request = TestAuthority.PersonRequest(_authority.Key());
        var subject = request.Subject.Where(s => s.Type != type).Append(new SubjectAttribute(type, value)).ToList();
        var refused = Assert.IsType<Preparation.Refused>(_authority.Issuer.Prepare(request with { Subject = subject }));
        Assert.Contains(refused.Findings, f => f.Id == id);
        Assert.DoesNotContain(refused.Findings, f => f.Text.Contains("3174", StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_outside_the_profile_is_refused()
    {
        var refused = Assert.IsType<Preparation.Refused>(_authority.Issuer.Prepare(TestAuthority.PersonRequest(_authority.Key(SignatureAlgorithm.EcdsaP521Sha512))));
        Assert.Equal("tera.profile-key", refused.Findings[0].Id);
    }

    [Fact]
    public void Serial_numbers_are_positive_and_of_one_length()
    {
        using var random = RandomNumberGenerator.Create();
        var serials = Enumerable.Range(0, 100_000).Select(_ => SerialNumber.Create(random)).ToHashSet();
        Assert.Equal(100_000, serials.Count);
        Assert.All(serials, s => Assert.True(s.IsPositive && s.Octets.Length == 20 && s.Octets.Span[0] >> 6 == 1));
    }

    [Fact]
    public void A_certification_request_of_openssl_proves_possession_and_a_changed_one_does_not()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Path("r.der");
        OpenSsl.Run(["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", folder.Path("k"), "-subj", "/CN=Siti", "-outform", "DER", "-out", file]).MustSucceed();
        var bytes = File.ReadAllBytes(file);
        Assert.True(CertificationRequest.TryDecode(bytes, out var request, out var error), error);
        Assert.Equal("CN=Siti", request.Subject.ToString());
        bytes[^1] ^= 1;
        Assert.False(CertificationRequest.TryDecode(bytes, out _, out _));
    }

    private sealed class WrongSigner(ISigner inner) : ISigner
    {
        public SignatureAlgorithm Algorithm => inner.Algorithm;

        public ReadOnlyMemory<byte> SubjectPublicKeyInfo => inner.SubjectPublicKeyInfo;

        public ValueTask<byte[]> SignDigestAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken)
        {
            var other = digest.ToArray();
            other[0] ^= 1;
            return inner.SignDigestAsync(other, cancellationToken);
        }
    }
}
