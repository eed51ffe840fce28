using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tera.Pades.Signing;
using Tera.Pki.Keys;

namespace Tera.Bench;

/// <summary>A made-up signer with its chain of three certificates: signer, authority, root.</summary>
internal sealed record SigningKey(SoftwareSigner Signer, IReadOnlyList<ReadOnlyMemory<byte>> Chain)
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 15, 0, TimeSpan.FromHours(7));

    public ReadOnlyMemory<byte> Root => Chain[^1];

    /// <summary>"rsa" (2048 bits) or "ec" (P-256), the authorities' keys of the same kind.</summary>
    public static SigningKey Create(string kind)
    {
        var algorithm = kind == "rsa" ? SignatureAlgorithm.RsaPkcs1Sha256 : SignatureAlgorithm.EcdsaP256Sha256;
        var root = KeyPairs.Create(algorithm, rsaBits: 2048);
        var authority = KeyPairs.Create(algorithm, rsaBits: 2048);
        var signer = KeyPairs.Create(algorithm, rsaBits: 2048);
        var rootCertificate = Certify("CN=Root Uji, O=Uji, C=ID", root, "CN=Root Uji, O=Uji, C=ID", root, isAuthority: true, 1);
        var authorityCertificate = Certify("CN=Otoritas Uji, O=Uji, C=ID", authority, "CN=Root Uji, O=Uji, C=ID", root, isAuthority: true, 2);
        var certificate = Certify("CN=Sari Uji Coba, O=Uji, C=ID", signer, "CN=Otoritas Uji, O=Uji, C=ID", authority, isAuthority: false, 3);
        return new SigningKey(signer, [certificate, authorityCertificate, rootCertificate]);
    }

    /// <summary>Opens a PKCS#12 file, the signer's certificate first and its issuers behind it.</summary>
    public static SigningKey Open(string file, string passphrase)
    {
        var identity = Pkcs12Identity.Open(File.ReadAllBytes(file), passphrase);
        var others = identity.OtherCertificates.Select(c => X509CertificateLoader.LoadCertificate(c.Span)).ToList();
        var chain = new List<X509Certificate2> { X509CertificateLoader.LoadCertificate(identity.Certificate.Span) };
        while (others.Find(c => c.Subject == chain[^1].Issuer && !chain.Exists(known => known.Subject == c.Subject)) is { } issuer)
            chain.Add(issuer);
        return new SigningKey(identity.Signer, [.. chain.Select(c => (ReadOnlyMemory<byte>)c.RawData)]);
    }

    public SignatureRequest Request(string field) => new()
    {
        FieldName = field,
        SigningTime = Now,
        Chain = Chain,
        Algorithm = Signer.Algorithm,
    };

    private static byte[] Certify(string subject, SoftwareSigner key, string issuer, SoftwareSigner issuerKey, bool isAuthority, byte serial)
    {
        var publicKey = System.Security.Cryptography.X509Certificates.PublicKey.CreateFromSubjectPublicKeyInfo(key.SubjectPublicKeyInfo.Span, out _);
        var request = new CertificateRequest(new X500DistinguishedName(subject), publicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            isAuthority ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign : X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(publicKey, critical: false));
        using var rsa = RSA.Create();
        using var ec = ECDsa.Create();
        X509SignatureGenerator generator;
        if (issuerKey.Algorithm.Scheme == SignatureScheme.Ecdsa)
        {
            ec.ImportPkcs8PrivateKey(issuerKey.ExportPkcs8(), out _);
            generator = X509SignatureGenerator.CreateForECDsa(ec);
        }
        else
        {
            rsa.ImportPkcs8PrivateKey(issuerKey.ExportPkcs8(), out _);
            generator = X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1);
        }
        using var certificate = request.Create(new X500DistinguishedName(issuer), generator, Now.AddYears(-1), Now.AddYears(5), [serial, 2, 3, 4, 5, 6, 7, 8]);
        return certificate.RawData;
    }
}
