using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tera.Pades.Signing;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Signing;

/// <summary>A made-up signer with a certificate from a made-up authority.</summary>
internal sealed record Identity(SoftwareSigner Signer, IReadOnlyList<ReadOnlyMemory<byte>> Chain)
{
    private static readonly Dictionary<string, Identity> Known = new(StringComparer.Ordinal);

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 15, 0, TimeSpan.FromHours(8));

    public static Identity Of(SignatureAlgorithm algorithm)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(algorithm.Name, out var identity))
                Known[algorithm.Name] = identity = Create(algorithm);
            return identity;
        }
    }

    public SignatureRequest Request(string field) => new()
    {
        FieldName = field,
        SigningTime = Now,
        Chain = Chain,
        Algorithm = Signer.Algorithm,
        Reason = "Dokumen telah disetujui",
        Location = "Nanga Bulik",
        SignerName = "Sari Uji Coba",
    };

    public SignedPdf Sign(Tera.Pades.Pdf.PdfFile file, SignatureRequest request, Stream output)
    {
        var prepared = DocumentToSign.Prepare(file, request, output);
        return prepared.Complete(Signer.SignDigest(prepared.HashToSign.Span));
    }

    public byte[] Sign(byte[] pdf, string field, Func<SignatureRequest, SignatureRequest>? change = null)
    {
        var output = new MemoryStream();
        Sign(Tera.Pades.Pdf.PdfFile.Open(pdf), (change ?? (r => r))(Request(field)), output);
        return output.ToArray();
    }

    private static Identity Create(SignatureAlgorithm algorithm)
    {
        var signer = KeyPairs.Create(algorithm, rsaBits: 2048);
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=Otoritas Uji", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = rootRequest.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(9));
        var key = System.Security.Cryptography.X509Certificates.PublicKey.CreateFromSubjectPublicKeyInfo(signer.SubjectPublicKeyInfo.Span, out _);
        var request = new CertificateRequest(new X500DistinguishedName("CN=Sari Uji Coba, C=ID"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, true));
        using var leaf = request.Create(root.SubjectName, X509SignatureGenerator.CreateForECDsa(rootKey), Now.AddDays(-1), Now.AddYears(2), [1, 2, 3, 4, 5]);
        return new Identity(signer, [leaf.RawData, root.RawData]);
    }
}
