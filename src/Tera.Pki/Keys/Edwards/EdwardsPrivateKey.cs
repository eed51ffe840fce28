using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;

namespace Tera.Pki.Keys.Edwards;

/// <summary>The two encodings of an Ed25519 key that others read: PrivateKeyInfo and SubjectPublicKeyInfo (RFC 8410 4 and 7).</summary>
internal static class EdwardsPrivateKey
{
    private const int SeedLength = 32;

    public static EvpKey Create()
    {
        Span<byte> seed = stackalloc byte[SeedLength];
        RandomNumberGenerator.Fill(seed);
        try
        {
            return EvpKey.OpenPrivate(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <exception cref="CryptographicException">It is no Ed25519 PrivateKeyInfo.</exception>
    public static EvpKey FromPkcs8(ReadOnlySpan<byte> privateKeyInfo)
    {
        try
        {
            AsnDecoder.ReadSequence(privateKeyInfo, AsnEncodingRules.BER, out var offset, out var length, out _);
            var content = privateKeyInfo.Slice(offset, length);
            AsnDecoder.ReadIntegerBytes(content, AsnEncodingRules.BER, out var consumed);
            content = content[consumed..];
            AsnDecoder.ReadSequence(content, AsnEncodingRules.BER, out _, out _, out consumed);
            // CurvePrivateKey ::= OCTET STRING, inside the OCTET STRING privateKey.
            if (!AsnDecoder.TryReadPrimitiveOctetString(content[consumed..], AsnEncodingRules.BER, out var outer, out _) ||
                !AsnDecoder.TryReadPrimitiveOctetString(outer, AsnEncodingRules.BER, out var seed, out _))
            {
                throw new CryptographicException("The Ed25519 key is not in one piece.");
            }
            return EvpKey.OpenPrivate(seed);
        }
        catch (AsnContentException e)
        {
            throw new CryptographicException("The key is not a PKCS#8 PrivateKeyInfo.", e);
        }
    }

    public static byte[] ToPkcs8(EvpKey key)
    {
        var seed = key.ExportSeed();
        var inner = new byte[2 + SeedLength];
        try
        {
            (inner[0], inner[1]) = (0x04, SeedLength);
            seed.CopyTo(inner, 2);
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                writer.WriteInteger(0);
                WriteAlgorithm(writer);
                writer.WriteOctetString(inner);
            }
            return writer.Encode();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
            CryptographicOperations.ZeroMemory(inner);
        }
    }

    public static byte[] ToSubjectPublicKeyInfo(EvpKey key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteAlgorithm(writer);
            writer.WriteBitString(key.ExportPublic());
        }
        return writer.Encode();
    }

    private static void WriteAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
            writer.WriteObjectIdentifier(Oids.Ed25519);
    }
}
