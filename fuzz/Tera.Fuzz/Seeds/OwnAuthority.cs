using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Tera.Pades.Tests.Signing;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;
using Tera.Pki.Revocation;
using Tera.Pki.Revocation.Crl;
using Tera.Pki.Revocation.Ocsp;
using Tera.Pki.TimeStamping;
using PublicKey = System.Security.Cryptography.X509Certificates.PublicKey;

namespace Tera.Fuzz.Seeds;

/// <summary>A made-up authority with everything an authority gives out: what fuzzing begins with when no foreign files are there.</summary>
internal sealed class OwnAuthority : IOcspStatusSource
{
    private readonly SoftwareSigner _rootKey = KeyPairs.Create(SignatureAlgorithm.EcdsaP256Sha256);
    private readonly SoftwareSigner _leafKey = KeyPairs.Create(SignatureAlgorithm.EcdsaP256Sha256);
    private readonly SoftwareSigner _stampKey = KeyPairs.Create(SignatureAlgorithm.EcdsaP256Sha256);

    public OwnAuthority()
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_rootKey.ExportPkcs8(), out _);
        var request = new CertificateRequest("CN=Otoritas Uji, O=Uji Coba, C=ID", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 3, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign | X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var root = request.CreateSelfSigned(Identity.Now.AddYears(-1), Identity.Now.AddYears(9));
        Root = Certificate.Decode(root.RawData);
        Leaf = Issue(root, key, _leafKey, "CN=Sari Uji Coba, SERIALNUMBER=1234, C=ID", [7, 7, 7], new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, true));
        Stamper = Issue(root, key, _stampKey, "CN=Penanda Waktu Uji, C=ID", [8, 8, 8], new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8")], critical: true));
        Requests = MakeRequests();
        Crls = MakeCrls().ToList();
        Ocsps = MakeOcsps().ToList();
        StampResponses = MakeStamps().ToList();
        Pkcs12 = MakePkcs12();
    }

    public Certificate Root { get; }

    public Certificate Leaf { get; }

    public Certificate Stamper { get; }

    public IReadOnlyList<byte[]> Crls { get; }

    public IReadOnlyList<byte[]> Ocsps { get; }

    /// <summary>OCSP, time-stamp and certification requests.</summary>
    public IReadOnlyList<byte[]> Requests { get; }

    public IReadOnlyList<byte[]> StampResponses { get; }

    public byte[] Pkcs12 { get; }

    public const string Passphrase = "uji";

    public ValueTask<CertificateStatus> FindAsync(SerialNumber serialNumber, CancellationToken cancellationToken) =>
        ValueTask.FromResult<CertificateStatus>(serialNumber.Equals(Leaf.SerialNumber) ? new CertificateStatus.Good() : new CertificateStatus.Revoked(Identity.Now.AddDays(-2), RevocationReason.KeyCompromise));

    private static Certificate Issue(X509Certificate2 root, ECDsa key, SoftwareSigner subject, string name, byte[] serial, X509Extension usage)
    {
        var request = new CertificateRequest(new X500DistinguishedName(name), PublicKey.CreateFromSubjectPublicKeyInfo(subject.SubjectPublicKeyInfo.Span, out _), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(usage);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(["http://contoh.example/ca.crl"]));
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(["http://contoh.example/ocsp"], ["http://contoh.example/ca.cer"]));
        var names = new SubjectAlternativeNameBuilder();
        names.AddEmailAddress("sari@contoh.example");
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(root.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Identity.Now.AddDays(-30), Identity.Now.AddYears(2), serial);
        return Certificate.Decode(issued.RawData);
    }

    private List<byte[]> MakeRequests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return
        [
            OcspRequest.Create(Leaf.SerialNumber, Root, HashAlgorithmName.SHA1, new byte[16]).Encoded.ToArray(),
            OcspRequest.Create(Stamper.SerialNumber, Root, HashAlgorithmName.SHA256).Encoded.ToArray(),
            new TimeStampRequest(HashAlgorithmName.SHA256, new byte[32], new byte[] { 1, 2, 3 }).Encoded.ToArray(),
            new TimeStampRequest(HashAlgorithmName.SHA512, new byte[64], policy: "1.2.3.4", wantsCertificates: false).Encoded.ToArray(),
            new CertificateRequest("CN=Sari Uji Coba, C=ID", key, HashAlgorithmName.SHA256).CreateSigningRequest(),
        ];
    }

    private IEnumerable<byte[]> MakeCrls()
    {
        var issuer = new CrlIssuer(_rootKey, Root);
        foreach (var count in new[] { 0, 1, 20 })
        {
            yield return issuer.IssueAsync(
                new CrlContent
                {
                    Number = count + 1,
                    ThisUpdate = Identity.Now.AddHours(-1),
                    NextUpdate = Identity.Now.AddDays(7),
                    Entries = Enumerable.Range(1, count).Select(i => new RevokedEntry(SerialNumber.FromOctets([(byte)i, 9]), Identity.Now.AddDays(-i), (RevocationReason)(i % 2), i % 3 == 0 ? Identity.Now.AddDays(-30) : null)).ToList(),
                    Scope = count == 20 ? new CrlScope { Addresses = ["http://contoh.example/ca.crl"], OnlyUserCertificates = true } : null,
                },
                CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
    }

    private IEnumerable<byte[]> MakeOcsps()
    {
        var responder = new OcspResponder(_rootKey, Root, Root, this, new FixedTime());
        foreach (var request in Requests.Take(2))
            yield return responder.RespondAsync(request, CancellationToken.None).AsTask().GetAwaiter().GetResult().Body;
    }

    private IEnumerable<byte[]> MakeStamps()
    {
        var serials = new RandomTimeStampSerials(RandomNumberGenerator.Create());
        var responder = new TimeStampResponder(_stampKey, Stamper, [Root], new TimeStampResponderOptions { DefaultPolicy = "1.2.3.4" }, new TrustingTimeStampClock(new FixedTime(), TimeSpan.FromSeconds(1)), serials);
        foreach (var request in Requests.Skip(2).Take(2))
            yield return responder.RespondAsync(request, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    private byte[] MakePkcs12()
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_leafKey.ExportPkcs8(), out _);
        var protection = new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1);
        var keys = new Pkcs12SafeContents();
        keys.AddShroudedKey(key, Passphrase, protection).Attributes.Add(new Pkcs9LocalKeyId([1]));
        var certificates = new Pkcs12SafeContents();
        using var leaf = X509CertificateLoader.LoadCertificate(Leaf.Encoded.Span);
        using var root = X509CertificateLoader.LoadCertificate(Root.Encoded.Span);
        certificates.AddCertificate(leaf).Attributes.Add(new Pkcs9LocalKeyId([1]));
        certificates.AddCertificate(root);
        var builder = new Pkcs12Builder();
        builder.AddSafeContentsUnencrypted(keys);
        builder.AddSafeContentsEncrypted(certificates, Passphrase, protection);
        builder.SealWithMac(Passphrase, HashAlgorithmName.SHA256, 1);
        return builder.Encode();
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Identity.Now;
    }
}
