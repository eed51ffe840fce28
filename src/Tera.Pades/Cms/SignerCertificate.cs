using System.Formats.Asn1;

namespace Tera.Pades.Cms;

/// <summary>What a signature says of its signer's certificate: issuer, serial number and key, as encoded in it (RFC 5280 4.1).</summary>
internal sealed record SignerCertificate(ReadOnlyMemory<byte> Encoded, ReadOnlyMemory<byte> Issuer, ReadOnlyMemory<byte> SerialNumber, ReadOnlyMemory<byte> SubjectPublicKeyInfo)
{
    public static SignerCertificate? TryRead(ReadOnlyMemory<byte> der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var tbs = outer.ReadSequence().ReadSequence();
            outer.ThrowIfNotEmpty();
            if (tbs.PeekTag() == new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true))
                tbs.ReadEncodedValue();
            var serial = tbs.PeekTag() == Asn1Tag.Integer ? tbs.ReadEncodedValue() : default;
            tbs.ReadEncodedValue();
            var issuer = tbs.ReadEncodedValue();
            tbs.ReadEncodedValue();
            tbs.ReadEncodedValue();
            return serial.IsEmpty ? null : new SignerCertificate(der, issuer, serial, tbs.ReadEncodedValue());
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
