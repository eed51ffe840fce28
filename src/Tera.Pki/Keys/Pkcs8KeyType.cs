using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Tera.Pki.Keys;

/// <summary>Tells the key type of a PKCS#8 PrivateKeyInfo (RFC 5958) without copying the secret part.</summary>
internal static class Pkcs8KeyType
{
    internal static string Read(ReadOnlySpan<byte> privateKeyInfo)
    {
        try
        {
            AsnDecoder.ReadSequence(privateKeyInfo, AsnEncodingRules.BER, out var offset, out var length, out _);
            var content = privateKeyInfo.Slice(offset, length);
            AsnDecoder.ReadIntegerBytes(content, AsnEncodingRules.BER, out var consumed);
            AsnDecoder.ReadSequence(content[consumed..], AsnEncodingRules.BER, out offset, out length, out _);
            return AsnDecoder.ReadObjectIdentifier(content.Slice(consumed + offset, length), AsnEncodingRules.BER, out _);
        }
        catch (AsnContentException e)
        {
            throw new CryptographicException("The key is not a PKCS#8 PrivateKeyInfo.", e);
        }
    }
}
