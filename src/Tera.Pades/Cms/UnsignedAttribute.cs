using System.Formats.Asn1;

namespace Tera.Pades.Cms;

/// <summary>Adds an unsigned attribute to a finished CMS signature or time-stamp token; what was signed keeps its bytes.</summary>
internal static class UnsignedAttribute
{
    private static readonly Asn1Tag Unsigned = new(TagClass.ContextSpecific, 1, isConstructed: true);

    /// <summary>The structure with the attribute in its first SignerInfo.</summary>
    /// <param name="container">The ContentInfo with a SignedData.</param>
    /// <param name="oid">The attribute's type.</param>
    /// <param name="value">Its one value, encoded.</param>
    /// <exception cref="AsnContentException">The container is no SignedData.</exception>
    public static byte[] Add(ReadOnlyMemory<byte> container, string oid, ReadOnlySpan<byte> value)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        var content = new AsnReader(container, AsnEncodingRules.BER).ReadSequence();
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(content.ReadObjectIdentifier());
            var explicitTag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
            var signed = content.ReadSequence(explicitTag).ReadSequence();
            using (writer.PushSequence(explicitTag))
            using (writer.PushSequence())
            {
                var last = Copy(signed, writer);
                var signers = new AsnReader(last, AsnEncodingRules.BER).ReadSetOf(skipSortOrderValidation: true);
                using (writer.PushSetOf())
                {
                    AddTo(signers.ReadSequence(), writer, oid, value);
                    while (signers.HasData)
                        writer.WriteEncodedValue(signers.ReadEncodedValue().Span);
                }
            }
        }
        return writer.Encode();
    }

    private static void AddTo(AsnReader signer, AsnWriter writer, string oid, ReadOnlySpan<byte> value)
    {
        using (writer.PushSequence())
        {
            var last = Copy(signer, writer);
            var attributes = new AsnReader(last, AsnEncodingRules.BER);
            var isUnsigned = attributes.PeekTag().HasSameClassAndValue(Unsigned);
            if (!isUnsigned)
                writer.WriteEncodedValue(last.Span);
            using (writer.PushSetOf(Unsigned))
            {
                var there = isUnsigned ? attributes.ReadSetOf(skipSortOrderValidation: true, Unsigned) : null;
                while (there?.HasData == true)
                    writer.WriteEncodedValue(there.ReadEncodedValue().Span);
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(oid);
                    using (writer.PushSetOf())
                        writer.WriteEncodedValue(value);
                }
            }
        }
    }

    // Copies all values but the last, which it answers.
    private static ReadOnlyMemory<byte> Copy(AsnReader from, AsnWriter to)
    {
        while (true)
        {
            var value = from.ReadEncodedValue();
            if (!from.HasData)
                return value;
            to.WriteEncodedValue(value.Span);
        }
    }
}
