using System.Formats.Asn1;
using Tera.Pki.Asn1;

namespace Tera.Pki.Revocation.Crl;

/// <summary>One entry, as spans over the list's bytes.</summary>
internal ref struct CrlEntry
{
    internal ReadOnlySpan<byte> Serial;
    internal DateTimeOffset RevokedAt;
    internal RevocationReason Reason;
    internal DateTimeOffset? InvalidSince;
    internal ReadOnlySpan<byte> CertificateIssuer;
    internal bool HasUnknownCritical;
}

/// <summary>Reads entry after entry without allocating for the ordinary ones.</summary>
internal static class CrlEntryReader
{
    private const AsnEncodingRules Rules = AsnEncodingRules.DER;

    internal static CrlEntry Read(scoped ref ReadOnlySpan<byte> rest)
    {
        var content = ReadSequence(ref rest);
        var entry = new CrlEntry { Serial = AsnDecoder.ReadIntegerBytes(content, Rules, out var consumed) };
        content = content[consumed..];
        entry.RevokedAt = ReadTime(ref content);
        if (!content.IsEmpty)
        {
            ReadExtensions(ReadSequence(ref content), ref entry);
        }
        return content.IsEmpty ? entry : throw new AsnContentException("an entry of the CRL has more than its fields");
    }

    private static void ReadExtensions(ReadOnlySpan<byte> extensions, scoped ref CrlEntry entry)
    {
        while (!extensions.IsEmpty)
        {
            var extension = ReadSequence(ref extensions);
            var oid = AsnDecoder.ReadObjectIdentifier(extension, Rules, out var consumed);
            extension = extension[consumed..];
            var critical = false;
            if (extension is [0x01, ..])
            {
                critical = AsnDecoder.ReadBoolean(extension, Rules, out consumed);
                extension = extension[consumed..];
            }
            var value = AsnDecoder.TryReadPrimitiveOctetString(extension, Rules, out var octets, out _) ? octets : throw new AsnContentException("an extension of an entry is no octet string");
            switch (oid)
            {
                case Oids.CrlReason:
                    entry.Reason = (RevocationReason)ReadReason(value);
                    break;
                case Oids.InvalidityDate:
                    entry.InvalidSince = AsnDecoder.ReadGeneralizedTime(value, Rules, out _);
                    break;
                case Oids.CertificateIssuer:
                    entry.CertificateIssuer = value;
                    break;
                default:
                    entry.HasUnknownCritical |= critical;
                    break;
            }
        }
    }

    private static int ReadReason(ReadOnlySpan<byte> value)
    {
        var reason = AsnDecoder.ReadEnumeratedBytes(value, Rules, out _);
        return reason is [var number] && number is <= 10 and not 7 ? number : throw new AsnContentException("the reason of an entry is none of RFC 5280");
    }

    private static DateTimeOffset ReadTime(scoped ref ReadOnlySpan<byte> content)
    {
        var time = content is [0x17, ..]
            ? AsnDecoder.ReadUtcTime(content, Rules, out var consumed, twoDigitYearMax: 2049)
            : AsnDecoder.ReadGeneralizedTime(content, Rules, out consumed);
        content = content[consumed..];
        return time;
    }

    private static ReadOnlySpan<byte> ReadSequence(scoped ref ReadOnlySpan<byte> source)
    {
        AsnDecoder.ReadSequence(source, Rules, out var offset, out var length, out var consumed);
        var content = source.Slice(offset, length);
        source = source[consumed..];
        return content;
    }
}
