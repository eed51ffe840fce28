using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Keys;

namespace Tera.Pades.Cms;

/// <summary>
/// Builds the CMS signature of a PAdES signature (RFC 5652; EN 319 142-1 6.3): detached, one signer, signed attributes
/// content-type, message-digest and signing-certificate-v2. There is no signing-time: the claimed time stands in /M.
/// </summary>
public sealed class CmsSignatureBuilder
{
    private const string IdData = "1.2.840.113549.1.7.1";
    private const string IdSignedData = "1.2.840.113549.1.7.2";
    private const string IdContentType = "1.2.840.113549.1.9.3";
    private const string IdMessageDigest = "1.2.840.113549.1.9.4";
    private const string IdSigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    private const string IdSignatureTimeStamp = "1.2.840.113549.1.9.16.2.14";

    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _chain;
    private readonly SignerCertificate _signer;
    private readonly SignatureAlgorithm _algorithm;
    private readonly byte[] _signedAttributes;

    private CmsSignatureBuilder(IReadOnlyList<ReadOnlyMemory<byte>> chain, SignerCertificate signer, SignatureAlgorithm algorithm, ReadOnlySpan<byte> messageDigest)
    {
        _chain = chain;
        _signer = signer;
        _algorithm = algorithm;
        _signedAttributes = EncodeSignedAttributes(messageDigest);
        HashToSign = algorithm.Digest(_signedAttributes);
    }

    /// <summary>The DER signed attributes as the SET OF over which the signature is made (RFC 5652 5.4).</summary>
    public ReadOnlyMemory<byte> SignedAttributes => _signedAttributes;

    /// <summary>The digest of the signed attributes: what the key signs.</summary>
    public ReadOnlyMemory<byte> HashToSign { get; }

    /// <summary>Begins a signature; null when the first certificate cannot be read.</summary>
    /// <param name="chain">DER certificates, the signer's first; all of them go into the signature.</param>
    /// <param name="algorithm">The signature algorithm; its hash is that of the document digest too.</param>
    /// <param name="messageDigest">The digest of the document.</param>
    /// <returns>The builder, or null.</returns>
    public static CmsSignatureBuilder? TryCreate(IReadOnlyList<ReadOnlyMemory<byte>> chain, SignatureAlgorithm algorithm, ReadOnlySpan<byte> messageDigest)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(algorithm);
        if (messageDigest.Length != HashAlgorithms.LengthOf(algorithm.Hash))
            throw new ArgumentException("The digest does not have the length of the algorithm's hash.", nameof(messageDigest));
        return chain.Count > 0 && SignerCertificate.TryRead(chain[0]) is { } signer
            ? new CmsSignatureBuilder(chain, signer, algorithm, messageDigest)
            : null;
    }

    /// <summary>Bytes to reserve for a signature with this chain: certificates, the largest RSA signature in use, attributes.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="expectsTimeStamp">Whether a time stamp comes in; tokens with a chain of three certificates were met with 9 KB, the reserve is 16 KiB.</param>
    /// <returns>The number of bytes.</returns>
    public static int Reserve(IReadOnlyList<ReadOnlyMemory<byte>> chain, bool expectsTimeStamp)
    {
        ArgumentNullException.ThrowIfNull(chain);
        return 2048 + chain.Sum(c => c.Length + 8) + (expectsTimeStamp ? 16 * 1024 : 0);
    }

    /// <summary>Whether a signature value verifies over the signed attributes with the signer's key.</summary>
    /// <param name="signatureValue">The value.</param>
    /// <returns>True when it does.</returns>
    public bool Verifies(ReadOnlySpan<byte> signatureValue) =>
        _algorithm.VerifyDigest(_signer.SubjectPublicKeyInfo.Span, HashToSign.Span, signatureValue);

    /// <summary>Whether a public key is that of the signer's certificate.</summary>
    internal bool IsFor(ReadOnlySpan<byte> subjectPublicKeyInfo) => _signer.SubjectPublicKeyInfo.Span.SequenceEqual(subjectPublicKeyInfo);

    /// <summary>The finished ContentInfo.</summary>
    /// <param name="signatureValue">The signature value; ECDSA in the DER form of RFC 3279 2.2.3.</param>
    /// <param name="timeStampToken">A DER time-stamp token over the signature value, or null.</param>
    /// <returns>DER.</returns>
    public byte[] Build(ReadOnlySpan<byte> signatureValue, ReadOnlyMemory<byte>? timeStampToken = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(IdSignedData);
            using (writer.PushSequence(Context(0)))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf())
                    WriteDigestAlgorithm(writer);
                using (writer.PushSequence())
                    writer.WriteObjectIdentifier(IdData);
                using (writer.PushSetOf(Context(0)))
                {
                    foreach (var certificate in _chain)
                        writer.WriteEncodedValue(certificate.Span);
                }
                using (writer.PushSetOf())
                    WriteSignerInfo(writer, signatureValue, timeStampToken);
            }
        }
        return writer.Encode();
    }

    private void WriteSignerInfo(AsnWriter writer, ReadOnlySpan<byte> signatureValue, ReadOnlyMemory<byte>? timeStampToken)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(_signer.Issuer.Span);
                writer.WriteEncodedValue(_signer.SerialNumber.Span);
            }
            WriteDigestAlgorithm(writer);
            // RFC 5652 5.3: [0] IMPLICIT; what is signed has the tag of SET OF instead (5.4).
            byte[] attributes = [0xA0, .. _signedAttributes.AsSpan(1)];
            writer.WriteEncodedValue(attributes);
            writer.WriteEncodedValue(_algorithm.AlgorithmIdentifier.Span);
            writer.WriteOctetString(signatureValue);
            if (timeStampToken is not { } token)
                return;
            using (writer.PushSetOf(Context(1)))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(IdSignatureTimeStamp);
                using (writer.PushSetOf())
                    writer.WriteEncodedValue(token.Span);
            }
        }
    }

    private byte[] EncodeSignedAttributes(ReadOnlySpan<byte> messageDigest)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(IdContentType);
                using (writer.PushSetOf())
                    writer.WriteObjectIdentifier(IdData);
            }
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(IdMessageDigest);
                using (writer.PushSetOf())
                    writer.WriteOctetString(messageDigest);
            }
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(IdSigningCertificateV2);
                using (writer.PushSetOf())
                    WriteSigningCertificate(writer);
            }
        }
        return writer.Encode();
    }

    // RFC 5035 3 and 4: SigningCertificateV2 with one ESSCertIDv2.
    private void WriteSigningCertificate(AsnWriter writer)
    {
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            // DEFAULT id-sha256 is left out in DER.
            if (_algorithm.Hash != HashAlgorithmName.SHA256)
                WriteDigestAlgorithm(writer);
            writer.WriteOctetString(CryptographicOperations.HashData(_algorithm.Hash, _signer.Encoded.Span));
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                using (writer.PushSequence(Context(4)))
                    writer.WriteEncodedValue(_signer.Issuer.Span);
                writer.WriteEncodedValue(_signer.SerialNumber.Span);
            }
        }
    }

    // RFC 5754 2: the parameters of SHA-2 are left out.
    private void WriteDigestAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
            writer.WriteObjectIdentifier(HashAlgorithms.OidOf(_algorithm.Hash));
    }

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);
}
