using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pki.TimeStamping;

/// <summary>TimeStampReq of RFC 3161 2.4.1.</summary>
public sealed class TimeStampRequest
{
    /// <summary>Makes a request.</summary>
    /// <param name="hashAlgorithm">The hash that made the imprint.</param>
    /// <param name="messageImprint">The digest to stamp; its length must fit the hash.</param>
    /// <param name="nonce">A number the answer must repeat: content octets of a positive INTEGER; null for none.</param>
    /// <param name="policy">The policy wanted; null for the authority's default.</param>
    /// <param name="wantsCertificates">Whether the token shall carry the signer's certificate (certReq).</param>
    /// <exception cref="ArgumentException">The imprint's length does not fit the hash.</exception>
    public TimeStampRequest(HashAlgorithmName hashAlgorithm, ReadOnlyMemory<byte> messageImprint, ReadOnlyMemory<byte>? nonce = null, string? policy = null, bool wantsCertificates = true)
    {
        if (HashAlgorithms.LengthOf(hashAlgorithm) != messageImprint.Length)
        {
            throw new ArgumentException($"A digest of {messageImprint.Length} bytes is none of {hashAlgorithm.Name}.", nameof(messageImprint));
        }
        HashOid = HashAlgorithms.OidOf(hashAlgorithm);
        MessageImprint = messageImprint;
        Nonce = nonce;
        Policy = policy;
        WantsCertificates = wantsCertificates;
        Version = 1;
        Extensions = [];
        Encoded = Encode();
    }

    private TimeStampRequest(ReadOnlyMemory<byte> encoded)
    {
        Encoded = encoded;
        // BER: some clients do not write DER booleans; nothing here is signed.
        var outer = new AsnReader(encoded, AsnEncodingRules.BER);
        var request = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        Version = request.TryReadInt32(out var version) ? version : 0;
        var imprint = request.ReadSequence();
        HashOid = imprint.ReadSequence().ReadObjectIdentifier();
        MessageImprint = imprint.ReadOctetString();
        imprint.ThrowIfNotEmpty();
        Policy = request.IsUniversal(UniversalTagNumber.ObjectIdentifier) ? request.ReadObjectIdentifier() : null;
        Nonce = request.IsUniversal(UniversalTagNumber.Integer) ? request.ReadIntegerBytes() : (ReadOnlyMemory<byte>?)null;
        WantsCertificates = request.IsUniversal(UniversalTagNumber.Boolean) && request.ReadBoolean();
        Extensions = request.IsContext(0) ? CertificateExtension.ReadAll(request.ReadSequence(Der.Context(0, constructed: true))) : [];
        request.ThrowIfNotEmpty();
    }

    /// <summary>The version; only 1 exists.</summary>
    public int Version { get; }

    /// <summary>The object identifier of the hash.</summary>
    public string HashOid { get; }

    /// <summary>The hash, or null when this library does not know it.</summary>
    public HashAlgorithmName? HashAlgorithm => HashAlgorithms.FromOid(HashOid);

    /// <summary>The digest to stamp.</summary>
    public ReadOnlyMemory<byte> MessageImprint { get; }

    /// <summary>The requested policy, or null.</summary>
    public string? Policy { get; }

    /// <summary>The content octets of the nonce, or null.</summary>
    public ReadOnlyMemory<byte>? Nonce { get; }

    /// <summary>certReq: whether the token shall carry the signer's certificate.</summary>
    public bool WantsCertificates { get; }

    /// <summary>The requested extensions.</summary>
    public IReadOnlyList<CertificateExtension> Extensions { get; }

    /// <summary>The encoded request.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Reads a request.</summary>
    /// <param name="der">The bytes.</param>
    /// <param name="request">The request; its version and hash are not judged yet.</param>
    /// <param name="error">What is wrong with the bytes.</param>
    /// <returns>False when the bytes are no request.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out TimeStampRequest? request, [NotNullWhen(false)] out string? error) =>
        Der.TryRead("time-stamp request", () => new TimeStampRequest(der), out request, out error);

    private byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(Version);
            using (writer.PushSequence())
            {
                // RFC 3161 leaves the parameters open; NULL is what every client sends and every authority takes.
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(HashOid);
                    writer.WriteNull();
                }
                writer.WriteOctetString(MessageImprint.Span);
            }
            if (Policy is not null)
            {
                writer.WriteObjectIdentifier(Policy);
            }
            if (Nonce is { } nonce)
            {
                writer.WriteInteger(nonce.Span);
            }
            if (WantsCertificates)
            {
                writer.WriteBoolean(true);
            }
        }
        return writer.Encode();
    }
}
