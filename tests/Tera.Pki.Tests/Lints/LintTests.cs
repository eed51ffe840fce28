using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tera.Pki.Certificates;
using Tera.Pki.Lints;
using Tera.Pki.Profiles;

namespace Tera.Pki.Tests.Lints;

/// <summary>Failing examples come from the platform's certificate builder, which lets one make nearly any mistake.</summary>
public sealed class LintTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _authority.Dispose();
        _key.Dispose();
    }

    [Fact]
    public void Every_lint_has_a_name_of_its_own_a_citation_and_a_day()
    {
        Assert.True(LintSet.All.Count >= 30);
        Assert.Equal(LintSet.All.Count, LintSet.All.Select(l => l.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(LintSet.All, l => Assert.True(l.Citation.Length > 7 && l.EffectiveFrom.Year >= 2008));
        Assert.Equal(LintSet.All.Count, typeof(CertificateLint).Assembly.GetTypes().Count(t => t.IsSubclassOf(typeof(CertificateLint))));
    }

    [Fact]
    public void Certificates_of_our_profiles_have_no_findings_beyond_their_waivers()
    {
        foreach (var profile in BuiltInProfiles.All.Where(p => p.BasicConstraints is not { IsCertificateAuthority: true }))
        {
            var key = _authority.Key(profile.Keys.Contains(ProfileKey.EcP256) ? null : Pki.Keys.SignatureAlgorithm.RsaPkcs1Sha256);
            var prepared = _authority.Issuer.Prepare(TestAuthority.RequestOf(profile, key)).MustBeReady();
            Assert.All(prepared.Findings, f => Assert.NotNull(f.Waiver));
            Assert.Equal(profile.Waivers.Keys.Order(), prepared.Findings.Select(f => f.Id).Order());
        }
    }

    [Theory]
    [InlineData("rfc5280.version-three")]
    [InlineData("rfc5280.serial-positive")]
    [InlineData("rfc5280.serial-length")]
    [InlineData("rfc5280.basic-constraints-critical")]
    [InlineData("rfc5280.cert-sign-only-for-authority")]
    [InlineData("rfc5280.path-length-only-for-authority")]
    [InlineData("rfc5280.key-usage-critical")]
    [InlineData("rfc5280.authority-key-identifier")]
    [InlineData("rfc5280.subject-key-identifier")]
    [InlineData("rfc5280.access-information-not-critical")]
    [InlineData("rfc5280.policies-unique")]
    [InlineData("rfc5280.attribute-lengths")]
    [InlineData("rfc5280.country-code")]
    [InlineData("rfc5280.subject-not-empty")]
    [InlineData("rfc5280.extensions-readable")]
    [InlineData("en319412-2.person-name")]
    [InlineData("en319412-2.country-present")]
    [InlineData("en319412-2.pseudonym-alone")]
    [InlineData("en319412-2.key-usage-type")]
    [InlineData("en319412-2.extended-key-usage-not-critical")]
    [InlineData("en319412-2.distribution-point-http")]
    [InlineData("en319412-2.access-information-http")]
    [InlineData("en319412-3.legal-person-name")]
    [InlineData("en319412-5.disclosure-https")]
    [InlineData("tera.secure-device-claim")]
    [InlineData("rfc3161.time-stamping-purpose-alone")]
    [InlineData("rfc6960.no-check-for-responders")]
    [InlineData("tera.no-national-identifier")]
    [InlineData("tera.no-control-characters")]
    [InlineData("tera.serial-entropy")]
    [InlineData("tera.strong-signature-hash")]
    [InlineData("tera.rsa-key-quality")]
    [InlineData("tera.within-issuer-validity")]
    [InlineData("tera.within-profile")]
    public void A_failing_example_is_found(string id)
    {
        var findings = LintSet.Run(FailingExample(id));
        Assert.Contains(findings, f => f.Id == id);
    }

    private LintSubject FailingExample(string id)
    {
        var person = BuiltInProfiles.Person;
        return id switch
        {
            "rfc5280.version-three" => Subject(VersionTwo(), null),
            "rfc5280.serial-positive" => Subject(Make(serial: [0x00]), null),
            "rfc5280.serial-length" => Subject(Make(serial: [.. Enumerable.Repeat((byte)0x11, 21)]), null),
            "rfc5280.basic-constraints-critical" => Subject(Make(extensions: new X509BasicConstraintsExtension(true, false, 0, critical: false)), null),
            "rfc5280.cert-sign-only-for-authority" => Subject(Make(extensions: new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true)), null),
            "rfc5280.path-length-only-for-authority" => Subject(Make(extensions: new X509Extension("2.5.29.19", [0x30, 0x03, 0x02, 0x01, 0x00], true)), null),
            "rfc5280.key-usage-critical" => Subject(Make(extensions: new X509KeyUsageExtension(X509KeyUsageFlags.NonRepudiation, false)), null),
            "rfc5280.authority-key-identifier" or "rfc5280.subject-key-identifier" => Subject(Make(issuer: "CN=Lain"), null),
            "rfc5280.access-information-not-critical" => Subject(Make(extensions: new X509Extension("1.3.6.1.5.5.7.1.1", Access("http://a/"), true)), null),
            "rfc5280.policies-unique" => Subject(Make(extensions: new X509Extension("2.5.29.32", [0x30, 0x0C, 0x30, 0x04, 0x06, 0x02, 0x2A, 0x03, 0x30, 0x04, 0x06, 0x02, 0x2A, 0x03], false)), null),
            "rfc5280.attribute-lengths" => Subject(Make("CN=" + new string('a', 65)), null),
            "rfc5280.country-code" => Subject(Make("C=IDN,CN=a"), null),
            "rfc5280.subject-not-empty" => Subject(Make(""), null),
            "rfc5280.extensions-readable" => Subject(Make(extensions: new X509Extension("2.5.29.15", [0x04, 0x00], true)), null),
            "en319412-2.person-name" or "en319412-2.country-present" or "en319412-2.key-usage-type" => Subject(Make("CN=Siti"), person),
            "en319412-2.pseudonym-alone" => Subject(Make("C=ID,CN=Siti,GN=Siti,2.5.4.65=Rahasia"), person),
            "en319412-2.extended-key-usage-not-critical" => Subject(Make(extensions: new X509EnhancedKeyUsageExtension([new Oid("1.2.840.113583.1.1.5")], true)), person),
            "en319412-2.distribution-point-http" => Subject(Make(extensions: new X509Extension("2.5.29.31", PointAt("https://a/"), false)), person),
            "en319412-2.access-information-http" => Subject(Make(extensions: new X509Extension("1.3.6.1.5.5.7.1.1", Access("ldap://a/"), false)), person),
            "en319412-3.legal-person-name" => Subject(Make("C=ID,O=Contoh,CN=Segel"), BuiltInProfiles.Seal),
            "en319412-5.disclosure-https" => Subject(Make(extensions: new X509Extension("1.3.6.1.5.5.7.1.3", Disclosure("http://a/"), false)), null),
            "tera.secure-device-claim" => Subject(Make(extensions: new X509Extension("1.3.6.1.5.5.7.1.3", [0x30, 0x0A, 0x30, 0x08, 0x06, 0x06, 0x04, 0x00, 0x8E, 0x46, 0x01, 0x04], false)), null),
            "rfc3161.time-stamping-purpose-alone" => Subject(Make(extensions: new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8")], false)), null),
            "rfc6960.no-check-for-responders" => Subject(Make(extensions: new X509Extension("1.3.6.1.5.5.7.48.1.5", [0x05, 0x00], false)), null),
            "tera.no-national-identifier" => Subject(Make("CN=Siti 3174.0123.4567.8901"), null),
            "tera.no-control-characters" => Subject(Make("CN=Si\u200Eti"), null),
            "tera.serial-entropy" => Subject(Make(serial: [1]), null),
            "tera.strong-signature-hash" => Subject(Make(hash: HashAlgorithmName.SHA1), null),
            "tera.rsa-key-quality" => Subject(WeakRsaCertificate(), null),
            "tera.within-issuer-validity" => new LintSubject(Make(years: 40), _authority.Issuing, null),
            "tera.within-profile" => Subject(Make(extensions: new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true)), person),
            _ => throw new ArgumentOutOfRangeException(nameof(id), id, "no example"),
        };
    }

    private static LintSubject Subject(Certificate certificate, CertificateProfile? profile) => new(certificate, null, profile);

    private Certificate Make(string subject = "C=ID,CN=a", byte[]? serial = null, string? issuer = null, HashAlgorithmName? hash = null, int years = 1, params X509Extension[] extensions)
    {
        var request = new CertificateRequest(new X500DistinguishedName(subject), _key, hash ?? HashAlgorithmName.SHA256);
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }
        var name = new X500DistinguishedName(issuer ?? "CN=Uji");
        using var made = request.Create(name, new AnyHash(_key), TestAuthority.Start, TestAuthority.Start.AddYears(years), serial ?? [1, 2, 3]);
        return Certificate.Decode(made.RawData);
    }

    private Certificate VersionTwo()
    {
        var encoded = Make().Encoded.ToArray();
        encoded[encoded.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xA0, 0x03, 0x02, 0x01, 0x02]) + 4] = 1;
        return Certificate.Decode(encoded);
    }

    /// <summary>A modulus of two neighbouring factors: it has small factors, or else its factors are found at once.</summary>
    private Certificate WeakRsaCertificate()
    {
        var prime = System.Numerics.BigInteger.Pow(2, 1023) + 1155;
        var modulus = (prime * (prime + 2)).ToByteArray(isUnsigned: true, isBigEndian: true);
        using var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = [1, 0, 1] });
        var request = new CertificateRequest(new X500DistinguishedName("CN=a"), rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.Create(new X500DistinguishedName("CN=Uji"), X509SignatureGenerator.CreateForECDsa(_key), TestAuthority.Start, TestAuthority.Start.AddYears(1), [1]);
        return Certificate.Decode(made.RawData);
    }

    private static byte[] Uri(string text) => [0x86, (byte)text.Length, .. System.Text.Encoding.ASCII.GetBytes(text)];

    private static byte[] Wrap(byte tag, params byte[] content) => [tag, (byte)content.Length, .. content];

    private static byte[] PointAt(string text) => Wrap(0x30, Wrap(0x30, Wrap(0xA0, Wrap(0xA0, Uri(text)))));

    private static byte[] Access(string text) => Wrap(0x30, Wrap(0x30, [0x06, 0x08, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, .. Uri(text)]));

    private static byte[] Disclosure(string text)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("0.4.0.1862.1.5");
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, text);
                writer.WriteCharacterString(UniversalTagNumber.PrintableString, "en");
            }
        }
        return writer.Encode();
    }

    /// <summary>The platform's generator refuses SHA-1 nowhere, but names the hash by its own table; this one writes what it is told.</summary>
    private sealed class AnyHash(ECDsa key) : X509SignatureGenerator
    {
        private readonly X509SignatureGenerator _inner = CreateForECDsa(key);

        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => hashAlgorithm == HashAlgorithmName.SHA1
            ? [0x30, 0x09, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x01]
            : _inner.GetSignatureAlgorithmIdentifier(hashAlgorithm);

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, hashAlgorithm, DSASignatureFormat.Rfc3279DerSequence);

        protected override System.Security.Cryptography.X509Certificates.PublicKey BuildPublicKey() => _inner.PublicKey;
    }
}
