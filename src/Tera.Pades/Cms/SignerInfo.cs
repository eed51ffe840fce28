using System.Formats.Asn1;

namespace Tera.Pades.Cms;

/// <summary>One signature within a SignedData (RFC 5652 5.3).</summary>
public sealed class SignerInfo
{
    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Context1 = new(TagClass.ContextSpecific, 1);

    private SignerInfo()
    {
    }

    /// <summary>The encoded issuer name of the signer's certificate, empty where the signer is named by key identifier.</summary>
    public ReadOnlyMemory<byte> Issuer { get; private init; }

    /// <summary>The serial number (content bytes) of the signer's certificate, empty where the signer is named by key identifier.</summary>
    public ReadOnlyMemory<byte> SerialNumber { get; private init; }

    /// <summary>The subject key identifier that names the signer, empty where issuer and serial number do.</summary>
    public ReadOnlyMemory<byte> SubjectKeyIdentifier { get; private init; }

    /// <summary>The hash of the content.</summary>
    public AlgorithmId DigestAlgorithm { get; private init; }

    /// <summary>The algorithm of <see cref="Signature"/>.</summary>
    public AlgorithmId SignatureAlgorithm { get; private init; }

    /// <summary>The signature value.</summary>
    public ReadOnlyMemory<byte> Signature { get; private init; }

    /// <summary>The signed attributes, in the order of the file; empty where there are none.</summary>
    public IReadOnlyList<CmsAttribute> SignedAttributes { get; private init; } = [];

    /// <summary>The unsigned attributes, in the order of the file.</summary>
    public IReadOnlyList<CmsAttribute> UnsignedAttributes { get; private init; } = [];

    /// <summary>
    /// What the signature value covers where there are signed attributes: their bytes as they stand in the file under the tag
    /// of a SET OF (RFC 5652 5.4); null where there are none and the value covers the content itself.
    /// </summary>
    public ReadOnlyMemory<byte>? SignedAttributeBytes { get; private init; }

    /// <summary>
    /// Whether the signed attributes stand in DER order. RFC 5652 5.4 wants them signed in DER; a value over another order verifies
    /// for a reader that takes the bytes as they are and fails for one that encodes anew.
    /// </summary>
    public bool SignedAttributesAreDer { get; private init; } = true;

    /// <summary>The values of the only signed attribute of a type, or null where it is absent, repeated or has not exactly one value.</summary>
    /// <param name="oid">The type.</param>
    /// <returns>The encoded value, or null.</returns>
    public ReadOnlyMemory<byte>? SignedValue(string oid)
    {
        ReadOnlyMemory<byte>? found = null;
        foreach (var attribute in SignedAttributes)
        {
            if (attribute.Oid != oid)
                continue;
            if (found is not null || attribute.Values.Count != 1)
                return null;
            found = attribute.Values[0];
        }
        return found;
    }

    /// <summary>The message-digest attribute (RFC 5652 11.2), or null.</summary>
    public ReadOnlyMemory<byte>? MessageDigest =>
        SignedValue(CmsOids.MessageDigest) is { } value ? Tolerant(value, r => (ReadOnlyMemory<byte>)r.ReadOctetString()) : null;

    /// <summary>The content-type attribute (RFC 5652 11.1), or null.</summary>
    public string? ContentType =>
        SignedValue(CmsOids.ContentType) is { } value ? TolerantText(value, r => r.ReadObjectIdentifier()) : null;

    /// <summary>The signing-time attribute (RFC 5652 11.3), a claim of the signer, or null.</summary>
    public DateTimeOffset? SigningTime =>
        SignedValue(CmsOids.SigningTime) is { } value
            ? Tolerant(value, r => r.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? r.ReadUtcTime() : r.ReadGeneralizedTime())
            : null;

    /// <summary>The certificate reference of signing-certificate-v2 or signing-certificate, or null where neither is there or it cannot be read.</summary>
    public SigningCertificateReference? SigningCertificate
    {
        get
        {
            var attribute = SignedAttributes.FirstOrDefault(a => a.Oid == CmsOids.SigningCertificateV2)
                ?? SignedAttributes.FirstOrDefault(a => a.Oid == CmsOids.SigningCertificate);
            if (attribute is null)
                return null;
            try
            {
                return SigningCertificateReference.Read(attribute);
            }
            catch (AsnContentException)
            {
                return null;
            }
        }
    }

    /// <summary>Whether a signing-certificate attribute of either version is there.</summary>
    public bool HasSigningCertificate =>
        SignedAttributes.Any(a => a.Oid is CmsOids.SigningCertificateV2 or CmsOids.SigningCertificate);

    /// <summary>The encoded time-stamp tokens over the signature value (RFC 3161 appendix A).</summary>
    public IEnumerable<ReadOnlyMemory<byte>> SignatureTimeStamps =>
        UnsignedAttributes.Where(a => a.Oid == CmsOids.SignatureTimeStamp).SelectMany(a => a.Values);

    internal static SignerInfo Read(AsnReader reader)
    {
        var info = reader.ReadSequence();
        info.ReadInteger();
        ReadOnlyMemory<byte> issuer = default, serial = default, key = default;
        if (info.PeekTag().HasSameClassAndValue(Context0))
        {
            key = info.ReadOctetString(Context0);
        }
        else
        {
            var id = info.ReadSequence();
            issuer = id.ReadEncodedValue();
            serial = id.ReadIntegerBytes();
        }
        var digest = AlgorithmId.Read(info);
        ReadOnlyMemory<byte>? covered = null;
        IReadOnlyList<CmsAttribute> signed = [];
        var der = true;
        if (info.HasData && info.PeekTag().HasSameClassAndValue(Context0))
        {
            var encoded = info.PeekEncodedValue();
            signed = ReadAttributes(info.ReadSetOf(skipSortOrderValidation: true, Context0));
            var retagged = encoded.ToArray();
            retagged[0] = 0x31;
            covered = retagged;
            der = IsDer(retagged);
        }
        var signatureAlgorithm = AlgorithmId.Read(info);
        var signature = info.ReadOctetString();
        IReadOnlyList<CmsAttribute> unsigned = [];
        if (info.HasData && info.PeekTag().HasSameClassAndValue(Context1))
            unsigned = ReadAttributes(info.ReadSetOf(skipSortOrderValidation: true, Context1));
        return new SignerInfo
        {
            Issuer = issuer,
            SerialNumber = serial,
            SubjectKeyIdentifier = key,
            DigestAlgorithm = digest,
            SignatureAlgorithm = signatureAlgorithm,
            Signature = signature,
            SignedAttributes = signed,
            UnsignedAttributes = unsigned,
            SignedAttributeBytes = covered,
            SignedAttributesAreDer = der,
        };
    }

    private static List<CmsAttribute> ReadAttributes(AsnReader set)
    {
        var attributes = new List<CmsAttribute>();
        while (set.HasData)
        {
            var attribute = set.ReadSequence();
            var oid = attribute.ReadObjectIdentifier();
            var values = new List<ReadOnlyMemory<byte>>();
            var valueSet = attribute.ReadSetOf(skipSortOrderValidation: true);
            while (valueSet.HasData)
                values.Add(valueSet.ReadEncodedValue());
            attributes.Add(new CmsAttribute(oid, values));
        }
        return attributes;
    }

    private static bool IsDer(ReadOnlyMemory<byte> set)
    {
        try
        {
            var attributes = new AsnReader(set, AsnEncodingRules.DER).ReadSetOf();
            while (attributes.HasData)
                attributes.ReadEncodedValue();
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static T? Tolerant<T>(ReadOnlyMemory<byte> value, Func<AsnReader, T> read)
        where T : struct
    {
        try
        {
            return read(new AsnReader(value, AsnEncodingRules.BER));
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static string? TolerantText(ReadOnlyMemory<byte> value, Func<AsnReader, string> read)
    {
        try
        {
            return read(new AsnReader(value, AsnEncodingRules.BER));
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
