using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pki.TimeStamping;

/// <summary>TSTInfo of RFC 3161 2.4.2: what the authority states.</summary>
public sealed class TimeStampInfo
{
    internal TimeStampInfo(ReadOnlyMemory<byte> encoded)
    {
        var outer = new AsnReader(encoded, AsnEncodingRules.BER);
        var info = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        if (!info.TryReadInt32(out var version) || version != 1)
        {
            throw new AsnContentException("the version of TSTInfo is not 1");
        }
        Policy = info.ReadObjectIdentifier();
        var imprint = info.ReadSequence();
        HashOid = imprint.ReadSequence().ReadObjectIdentifier();
        MessageImprint = imprint.ReadOctetString();
        imprint.ThrowIfNotEmpty();
        SerialNumber = info.ReadIntegerBytes();
        GenerationTime = info.ReadGeneralizedTime();
        Accuracy = info.IsUniversal(UniversalTagNumber.Sequence) ? ReadAccuracy(info.ReadSequence()) : null;
        IsOrdering = info.IsUniversal(UniversalTagNumber.Boolean) && info.ReadBoolean();
        Nonce = info.IsUniversal(UniversalTagNumber.Integer) ? info.ReadIntegerBytes() : (ReadOnlyMemory<byte>?)null;
        AuthorityName = info.IsContext(0) ? info.ReadEncodedValue() : (ReadOnlyMemory<byte>?)null;
        Extensions = info.IsContext(1) ? CertificateExtension.ReadAll(info.ReadSequence(Der.Context(1, constructed: true))) : [];
        info.ThrowIfNotEmpty();
    }

    /// <summary>The policy under which the token was made.</summary>
    public string Policy { get; }

    /// <summary>The object identifier of the hash of the imprint.</summary>
    public string HashOid { get; }

    /// <summary>The hash of the imprint, or null when this library does not know it.</summary>
    public HashAlgorithmName? HashAlgorithm => HashAlgorithms.FromOid(HashOid);

    /// <summary>The stamped digest.</summary>
    public ReadOnlyMemory<byte> MessageImprint { get; }

    /// <summary>The content octets of the token's serial number.</summary>
    public ReadOnlyMemory<byte> SerialNumber { get; }

    /// <summary>genTime: the stamped instant.</summary>
    public DateTimeOffset GenerationTime { get; }

    /// <summary>How far genTime may be off, or null when the authority does not say.</summary>
    public TimeSpan? Accuracy { get; }

    /// <summary>True when tokens of this authority can be ordered by genTime alone.</summary>
    public bool IsOrdering { get; }

    /// <summary>The content octets of the nonce, or null.</summary>
    public ReadOnlyMemory<byte>? Nonce { get; }

    /// <summary>The encoded tsa field, or null.</summary>
    public ReadOnlyMemory<byte>? AuthorityName { get; }

    /// <summary>The extensions.</summary>
    public IReadOnlyList<CertificateExtension> Extensions { get; }

    private static TimeSpan ReadAccuracy(AsnReader accuracy)
    {
        var total = TimeSpan.Zero;
        if (accuracy.IsUniversal(UniversalTagNumber.Integer))
        {
            total += accuracy.TryReadInt32(out var seconds) && seconds >= 0
                ? TimeSpan.FromSeconds(seconds)
                : throw new AsnContentException("the seconds of the accuracy are negative or too great");
        }
        for (var number = 0; number <= 1; number++)
        {
            if (!accuracy.IsContext(number))
            {
                continue;
            }
            if (!accuracy.TryReadInt32(out var fraction, Der.Context(number)) || fraction is < 1 or > 999)
            {
                throw new AsnContentException("a fraction of the accuracy is not 1 to 999");
            }
            total += number == 0 ? TimeSpan.FromMilliseconds(fraction) : TimeSpan.FromMicroseconds(fraction);
        }
        accuracy.ThrowIfNotEmpty();
        return total;
    }
}
