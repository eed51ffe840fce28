using System.Formats.Asn1;

namespace Tera.Pades.Cms;

/// <summary>Finds revocation lists and OCSP answers in the places where signers put them.</summary>
internal static class RevocationValues
{
    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Context1 = new(TagClass.ContextSpecific, 1, isConstructed: true);

    /// <summary>SignedData.crls: a CRL, or an OCSP answer as another revocation format (RFC 5940 2.1).</summary>
    internal static void ReadSet(AsnReader set, List<ReadOnlyMemory<byte>> crls, List<ReadOnlyMemory<byte>> ocsps)
    {
        while (set.HasData && crls.Count + ocsps.Count < SignedData.MaxItems)
        {
            if (!set.PeekTag().HasSameClassAndValue(Context1))
            {
                crls.Add(set.ReadEncodedValue());
                continue;
            }
            var other = set.ReadSequence(Context1);
            if (other.ReadObjectIdentifier() is CmsOids.OcspResponse or CmsOids.BasicOcspResponse && other.HasData)
                ocsps.Add(other.ReadEncodedValue());
        }
    }

    /// <summary>
    /// adbe-revocationInfoArchival (ISO 32000-1 12.8.3.3.2: [0] CRLs, [1] OCSPResponses) and revocation-values
    /// (RFC 5126 6.3.4: [0] CRLs, [1] BasicOCSPResponses), which have the same shape. What does not read is left out.
    /// </summary>
    internal static void ReadAttribute(CmsAttribute attribute, List<ReadOnlyMemory<byte>> crls, List<ReadOnlyMemory<byte>> ocsps)
    {
        if (attribute.Oid is not (CmsOids.AdobeRevocation or CmsOids.RevocationValues))
            return;
        foreach (var value in attribute.Values)
        {
            try
            {
                var values = new AsnReader(value, AsnEncodingRules.BER).ReadSequence();
                while (values.HasData)
                {
                    var into = values.PeekTag() switch
                    {
                        var tag when tag.HasSameClassAndValue(Context0) => crls,
                        var tag when tag.HasSameClassAndValue(Context1) => ocsps,
                        _ => null,
                    };
                    if (into is null)
                    {
                        values.ReadEncodedValue();
                        continue;
                    }
                    var list = values.ReadSequence(values.PeekTag()).ReadSequence();
                    while (list.HasData && into.Count < SignedData.MaxItems)
                        into.Add(list.ReadEncodedValue());
                }
            }
            catch (AsnContentException)
            {
                // Revocation values are a convenience of the signer: without them the verdict says that none were found.
                continue;
            }
        }
    }
}
