using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tera.Pades.Tests.Signing;
using Tera.Pki.Keys;

namespace Tera.Fuzz.Hostile;

/// <summary>Certificates and lists that make a search of paths branch.</summary>
internal static class FanOutAuthorities
{
    /// <summary>All keys are one and all names of a layer are one, so that every certificate verifies below every one of the next layer, and none is a root.</summary>
    public static List<byte[]> Make(int layers, int each, out Identity signer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var generator = X509SignatureGenerator.CreateForECDsa(key);
        var certificates = new List<byte[]>();
        for (var layer = 0; layer < layers; layer++)
        {
            for (var i = 0; i < each; i++)
            {
                var request = new CertificateRequest($"CN=Lapis {layer}", key, HashAlgorithmName.SHA256);
                request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
                using var made = request.Create(new X500DistinguishedName($"CN=Lapis {layer + 1}"), generator, Identity.Now.AddYears(-1), Identity.Now.AddYears(5), [1, (byte)layer, (byte)i]);
                certificates.Add(made.RawData);
            }
        }
        var software = KeyPairs.Create(SignatureAlgorithm.EcdsaP256Sha256);
        var leaf = new CertificateRequest(new X500DistinguishedName("CN=Sari Uji Coba"), System.Security.Cryptography.X509Certificates.PublicKey.CreateFromSubjectPublicKeyInfo(software.SubjectPublicKeyInfo.Span, out _), HashAlgorithmName.SHA256);
        using var issued = leaf.Create(new X500DistinguishedName("CN=Lapis 0"), generator, Identity.Now.AddDays(-1), Identity.Now.AddYears(1), [9, 9]);
        signer = new Identity(software, [issued.RawData]);
        return certificates;
    }

    public static byte[] Crl(int count)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                Algorithm(writer);
                using (writer.PushSequence())
                {
                }
                writer.WriteUtcTime(Identity.Now.AddDays(-1));
                writer.WriteUtcTime(Identity.Now.AddDays(7));
                using (writer.PushSequence())
                {
                    for (var i = 0; i < count; i++)
                    {
                        using (writer.PushSequence())
                        {
                            writer.WriteInteger(new BigInteger(i + 1));
                            writer.WriteUtcTime(Identity.Now.AddDays(-2));
                        }
                    }
                }
            }
            Algorithm(writer);
            writer.WriteBitString(new byte[64]);
        }
        return writer.Encode();
    }

    private static void Algorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
            writer.WriteObjectIdentifier("1.2.840.10045.4.3.2");
    }
}
