using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;

namespace Tera.Pki.Online;

/// <summary>The forms in which certificates are published: one DER certificate, a "certs-only" CMS message (RFC 5280 4.2.2.1, RFC 2797), or PEM, which is met as well.</summary>
internal static class CertificateBundle
{
    internal const int MaximumCertificates = 32;

    internal static IReadOnlyList<Certificate> Read(ReadOnlyMemory<byte> bytes)
    {
        if (Certificate.TryDecode(bytes, out var single, out _))
        {
            return [single];
        }
        return bytes.Span.IndexOf("-----BEGIN "u8) >= 0 ? ReadPem(Encoding.Latin1.GetString(bytes.Span)) : ReadCms(bytes);
    }

    private static IReadOnlyList<Certificate> ReadPem(string text)
    {
        try
        {
            return [.. Certificate.DecodePem(text).Take(MaximumCertificates)];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    private static List<Certificate> ReadCms(ReadOnlyMemory<byte> bytes)
    {
        var found = new List<Certificate>();
        try
        {
            var contentInfo = new AsnReader(bytes, AsnEncodingRules.BER).ReadSequence();
            if (contentInfo.ReadObjectIdentifier() != Oids.SignedData)
            {
                return found;
            }
            var signedData = contentInfo.ReadSequence(Der.Context(0, constructed: true)).ReadSequence();
            signedData.ReadInteger();
            signedData.ReadSetOf(skipSortOrderValidation: true);
            signedData.ReadSequence();
            if (!signedData.IsContext(0))
            {
                return found;
            }
            var certificates = signedData.ReadSetOf(skipSortOrderValidation: true, Der.Context(0, constructed: true));
            while (certificates.HasData && found.Count < MaximumCertificates)
            {
                if (Certificate.TryDecode(certificates.ReadEncodedValue(), out var certificate, out _))
                {
                    found.Add(certificate);
                }
            }
        }
        catch (AsnContentException)
        {
            return found;
        }
        return found;
    }
}
