using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;
using Tera.Pki.TimeStamping;

namespace Tera.Pki.Tests.TimeStamping;

/// <summary>A root and a time-stamping unit made with the platform's own certificate builder, so that Tera's builder is not its own judge.</summary>
internal sealed class TimeStampFixture : IDisposable
{
    internal const string Policy = "1.3.6.1.4.1.99999.2.1";
    internal const string OtherPolicy = "1.3.6.1.4.1.99999.2.2";

    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal TimeStampFixture(SignatureAlgorithm? algorithm = null, string purpose = "1.3.6.1.5.5.7.3.8", bool criticalPurpose = true)
    {
        var now = DateTimeOffset.UtcNow;
        var rootRequest = new CertificateRequest("C=ID,O=Contoh,CN=Akar Uji", _rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        rootRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        rootRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(rootRequest.PublicKey, critical: false));
        using var root = rootRequest.CreateSelfSigned(now.AddDays(-2), now.AddDays(100));
        Root = Certificate.Decode(root.RawData);

        Signer = KeyPairs.Create(algorithm ?? SignatureAlgorithm.EcdsaP256Sha256, rsaBits: 2048);
        var unitKey = System.Security.Cryptography.X509Certificates.PublicKey.CreateFromSubjectPublicKeyInfo(Signer.SubjectPublicKeyInfo.Span, out _);
        var request = new CertificateRequest(new X500DistinguishedName("C=ID,O=Contoh,CN=Penanda Waktu Uji"), unitKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], criticalPurpose));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var unit = request.Create(root.SubjectName, X509SignatureGenerator.CreateForECDsa(_rootKey), now.AddDays(-1), now.AddDays(50), [0x40, 0x11, 0x22]);
        Unit = Certificate.Decode(unit.RawData);
    }

    internal Certificate Root { get; }

    internal Certificate Unit { get; }

    internal SoftwareSigner Signer { get; }

    public void Dispose()
    {
        _rootKey.Dispose();
        Signer.Dispose();
    }

    internal TimeStampResponder Responder(ITimeStampClock? clock = null, Func<TimeStampResponderOptions, TimeStampResponderOptions>? change = null)
    {
        var options = new TimeStampResponderOptions { DefaultPolicy = Policy, OtherPolicies = [OtherPolicy] };
        return new TimeStampResponder(
            Signer, Unit, [Root], change?.Invoke(options) ?? options,
            clock ?? new TrustingTimeStampClock(TimeProvider.System, TimeSpan.FromMilliseconds(1500)),
            new RandomTimeStampSerials(RandomNumberGenerator.Create()));
    }
}
