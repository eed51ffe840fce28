using System.Formats.Asn1;
using Tera.Pades.Cms;

namespace Tera.Pades.Pdf.Encryption;

/// <summary>
/// The integrity code of ISO/TS 32004 as it is written: an AuthenticatedData (RFC 5652 9) over the digests of the file and, where it
/// belongs to a signature, of the signature value. Its key is wrapped with one that only the file's password gives.
/// </summary>
internal sealed class IntegrityToken
{
    /// <summary>id-pdfMacIntegrityInfo, the content type.</summary>
    private const string IntegrityInfo = "1.0.32004.1.0";

    /// <summary>id-pdfMacWrapKdf, how the wrapping key is derived.</summary>
    private const string WrapKdf = "1.0.32004.1.1";

    /// <summary>id-attr-pdfMacData, the unsigned attribute of a signature that holds the code.</summary>
    public const string Attribute = "1.0.32004.1.2";

    private const string AuthenticatedData = "1.2.840.113549.1.9.16.1.2";
    private const string Aes256Wrap = "2.16.840.1.101.3.4.1.45";
    private const string HmacSha256 = "1.2.840.113549.2.9";

    private IntegrityToken()
    {
    }

    /// <summary>The algorithm of all digests in the token.</summary>
    public AlgorithmId DigestAlgorithm { get; private init; }

    public byte[] WrappedKey { get; private init; } = [];

    /// <summary>The encoded PdfMacIntegrityInfo, of which the message-digest attribute has the digest.</summary>
    public byte[] Content { get; private init; } = [];

    public byte[] DocumentDigest { get; private init; } = [];

    /// <summary>The digest of the signature value; null in a code of its own.</summary>
    public byte[]? SignatureDigest { get; private init; }

    /// <summary>The authenticated attributes as the SET OF that the code covers.</summary>
    public byte[] Attributes { get; private init; } = [];

    /// <summary>The message-digest attribute; empty where there is not exactly one.</summary>
    public byte[] MessageDigest { get; private init; } = [];

    public byte[] Mac { get; private init; } = [];

    /// <summary>Reads a token; null where it is not one that ISO/TS 32004 knows. Zeros behind it are the rest of its place.</summary>
    public static IntegrityToken? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return ReadToken(bytes);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>The attributes to be authenticated (RFC 5652 9.3 and 11, RFC 6211), as a SET OF.</summary>
    public static byte[] EncodeAttributes(string digestOid, ReadOnlySpan<byte> messageDigest)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(CmsOids.ContentType);
                using (writer.PushSetOf())
                    writer.WriteObjectIdentifier(IntegrityInfo);
            }
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(CmsOids.MessageDigest);
                using (writer.PushSetOf())
                    writer.WriteOctetString(messageDigest);
            }
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(CmsOids.AlgorithmProtection);
                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    WriteAlgorithm(writer, digestOid, Asn1Tag.Sequence);
                    WriteAlgorithm(writer, HmacSha256, Context(2));
                }
            }
        }
        return writer.Encode();
    }

    /// <summary>PdfMacIntegrityInfo.</summary>
    public static byte[] EncodeContent(ReadOnlySpan<byte> documentDigest, ReadOnlySpan<byte> signatureDigest)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            writer.WriteOctetString(documentDigest);
            if (!signatureDigest.IsEmpty)
                writer.WriteOctetString(signatureDigest, new Asn1Tag(TagClass.ContextSpecific, 0));
        }
        return writer.Encode();
    }

    public static byte[] Encode(string digestOid, ReadOnlySpan<byte> wrappedKey, ReadOnlySpan<byte> content, ReadOnlySpan<byte> attributes, ReadOnlySpan<byte> mac)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(AuthenticatedData);
            using (writer.PushSequence(Context(0)))
            using (writer.PushSequence())
            {
                writer.WriteInteger(0);
                using (writer.PushSetOf())
                using (writer.PushSequence(Context(3)))
                {
                    writer.WriteInteger(0);
                    WriteAlgorithm(writer, WrapKdf, Context(0));
                    WriteAlgorithm(writer, Aes256Wrap, Asn1Tag.Sequence);
                    writer.WriteOctetString(wrappedKey);
                }
                WriteAlgorithm(writer, HmacSha256, Asn1Tag.Sequence);
                WriteAlgorithm(writer, digestOid, Context(1));
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(IntegrityInfo);
                    using (writer.PushSequence(Context(0)))
                        writer.WriteOctetString(content);
                }
                writer.WriteEncodedValue([0xA2, .. attributes[1..]]);
                writer.WriteOctetString(mac);
            }
        }
        return writer.Encode();
    }

    private static IntegrityToken? ReadToken(ReadOnlyMemory<byte> bytes)
    {
        var outer = new AsnReader(bytes, AsnEncodingRules.BER).ReadSequence();
        if (outer.ReadObjectIdentifier() != AuthenticatedData)
            return null;
        var data = outer.ReadSequence(Context(0)).ReadSequence();
        data.ReadInteger();
        var recipients = data.ReadSetOf();
        var recipient = recipients.ReadSequence(Context(3));
        recipient.ReadInteger();
        var derivation = recipient.ReadSequence(Context(0)).ReadObjectIdentifier();
        var wrapping = AlgorithmId.Read(recipient);
        var wrapped = recipient.ReadOctetString();
        var mac = AlgorithmId.Read(data);
        var digest = data.ReadSequence(Context(1));
        var digestOid = digest.ReadObjectIdentifier();
        var encapsulated = data.ReadSequence();
        var contentType = encapsulated.ReadObjectIdentifier();
        var content = encapsulated.ReadSequence(Context(0)).ReadOctetString();
        var attributes = data.PeekEncodedValue().ToArray();
        var messageDigest = MessageDigestOf(data.ReadSetOf(Context(2)));
        var value = data.ReadOctetString();
        if (recipients.HasData || derivation != WrapKdf || wrapping.Oid != Aes256Wrap || mac.Oid != HmacSha256 || contentType != IntegrityInfo)
            return null;

        var info = new AsnReader(content, AsnEncodingRules.BER).ReadSequence();
        info.ReadInteger();
        var documentDigest = info.ReadOctetString();
        attributes[0] = 0x31;
        return new IntegrityToken
        {
            // Absent and NULL parameters mean the same for every hash (RFC 5754 2).
            DigestAlgorithm = new AlgorithmId(digestOid, default),
            WrappedKey = wrapped,
            Content = content,
            DocumentDigest = documentDigest,
            SignatureDigest = info.HasData ? info.ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 0)) : null,
            Attributes = attributes,
            MessageDigest = messageDigest,
            Mac = value,
        };
    }

    private static byte[] MessageDigestOf(AsnReader attributes)
    {
        byte[]? found = null;
        while (attributes.HasData)
        {
            var attribute = attributes.ReadSequence();
            if (attribute.ReadObjectIdentifier() != CmsOids.MessageDigest)
                continue;
            if (found is not null)
                return [];
            found = attribute.ReadSetOf().ReadOctetString();
        }
        return found ?? [];
    }

    private static void WriteAlgorithm(AsnWriter writer, string oid, Asn1Tag tag)
    {
        using (writer.PushSequence(tag))
            writer.WriteObjectIdentifier(oid);
    }

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);
}
