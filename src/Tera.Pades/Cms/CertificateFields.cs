using System.Formats.Asn1;

namespace Tera.Pades.Cms;

/// <summary>
/// The few fields of a certificate that are needed to find the signer and to check the value, read tolerantly:
/// a certificate that path validation will refuse may still have made the signature.
/// </summary>
internal sealed class CertificateFields
{
    private const string SubjectKeyIdentifierOid = "2.5.29.14";

    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Context3 = new(TagClass.ContextSpecific, 3, isConstructed: true);

    private CertificateFields(ReadOnlyMemory<byte> encoded, ReadOnlyMemory<byte> issuer, ReadOnlyMemory<byte> serial, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> keyIdentifier)
    {
        Encoded = encoded;
        Issuer = issuer;
        SerialNumber = serial;
        SubjectPublicKeyInfo = key;
        KeyIdentifier = keyIdentifier;
    }

    public ReadOnlyMemory<byte> Encoded { get; }

    public ReadOnlyMemory<byte> Issuer { get; }

    public ReadOnlyMemory<byte> SerialNumber { get; }

    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    public ReadOnlyMemory<byte> KeyIdentifier { get; }

    /// <summary>The certificate among these that a signer names; where issuer and serial number are written in another way, the serial number decides.</summary>
    public static CertificateFields? Find(SignerInfo signer, IEnumerable<ReadOnlyMemory<byte>> certificates)
    {
        CertificateFields? likely = null;
        foreach (var encoded in certificates)
        {
            if (Read(encoded) is not { } certificate)
                continue;
            if (signer.SubjectKeyIdentifier.IsEmpty)
            {
                if (!certificate.SerialNumber.Span.SequenceEqual(signer.SerialNumber.Span))
                    continue;
                if (certificate.Issuer.Span.SequenceEqual(signer.Issuer.Span))
                    return certificate;
                likely ??= certificate;
            }
            else if (certificate.KeyIdentifier.Span.SequenceEqual(signer.SubjectKeyIdentifier.Span))
            {
                return certificate;
            }
        }
        return likely;
    }

    public static CertificateFields? Read(ReadOnlyMemory<byte> encoded)
    {
        try
        {
            var tbs = new AsnReader(encoded, AsnEncodingRules.BER).ReadSequence().ReadSequence();
            if (tbs.PeekTag().HasSameClassAndValue(Context0))
                tbs.ReadEncodedValue();
            var serial = tbs.ReadIntegerBytes();
            tbs.ReadSequence();
            var issuer = tbs.ReadEncodedValue();
            tbs.ReadSequence();
            tbs.ReadEncodedValue();
            var key = tbs.ReadEncodedValue();
            ReadOnlyMemory<byte> keyIdentifier = default;
            while (tbs.HasData && keyIdentifier.IsEmpty)
            {
                if (tbs.PeekTag().HasSameClassAndValue(Context3))
                    keyIdentifier = ReadKeyIdentifier(tbs.ReadSequence(Context3).ReadSequence());
                else
                    tbs.ReadEncodedValue();
            }
            return new CertificateFields(encoded, issuer, serial, key, keyIdentifier);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static ReadOnlyMemory<byte> ReadKeyIdentifier(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            if (extension.ReadObjectIdentifier() != SubjectKeyIdentifierOid)
                continue;
            if (extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean))
                extension.ReadBoolean();
            return new AsnReader(extension.ReadOctetString(), AsnEncodingRules.BER).ReadOctetString();
        }
        return default;
    }
}
