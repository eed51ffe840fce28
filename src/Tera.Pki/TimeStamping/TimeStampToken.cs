using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pki.TimeStamping;

/// <summary>
/// A TimeStampToken (RFC 3161 2.4.2): CMS SignedData over a TSTInfo. Reading checks the form;
/// <see cref="Verify"/> checks that the token holds in itself. Whether its signer is trusted is a question for path validation.
/// </summary>
public sealed class TimeStampToken
{
    /// <summary>Longer tokens are refused: one with a whole chain and its revocation data has some 20 KiB.</summary>
    public const int MaximumLength = 1024 * 1024;

    private const int MaximumCertificates = 64;

    private readonly TokenSignerInfo _signer;
    private readonly ReadOnlyMemory<byte> _content;

    private TimeStampToken(ReadOnlyMemory<byte> encoded)
    {
        Encoded = encoded;
        // BER: CMS may be BER outside of its signed parts (RFC 5652 2).
        var outer = new AsnReader(encoded, AsnEncodingRules.BER);
        var contentInfo = outer.ReadSequence();
        if (contentInfo.ReadObjectIdentifier() != Oids.SignedData)
        {
            throw new AsnContentException("the content is no SignedData");
        }
        var signedData = contentInfo.ReadSequence(Der.Context(0, constructed: true)).ReadSequence();
        signedData.ReadInteger();
        signedData.ReadSetOf(skipSortOrderValidation: true);
        var encapsulated = signedData.ReadSequence();
        if (encapsulated.ReadObjectIdentifier() != Oids.TstInfo || !encapsulated.IsContext(0))
        {
            throw new AsnContentException("the signed content is no TSTInfo");
        }
        _content = encapsulated.ReadSequence(Der.Context(0, constructed: true)).ReadOctetString();
        Info = new TimeStampInfo(_content);
        Certificates = signedData.IsContext(0) ? ReadCertificates(signedData.ReadSetOf(skipSortOrderValidation: true, Der.Context(0, constructed: true))) : [];
        if (signedData.IsContext(1))
        {
            signedData.ReadEncodedValue();
        }
        var signers = signedData.ReadSetOf(skipSortOrderValidation: true);
        _signer = new TokenSignerInfo(signers.ReadSequence());
        if (signers.HasData)
        {
            throw new AsnContentException("the token has more than one signature (RFC 3161 2.4.2)");
        }
    }

    /// <summary>The encoded token.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>What the authority states.</summary>
    public TimeStampInfo Info { get; }

    /// <summary>The certificates in the token, as they came.</summary>
    public IReadOnlyList<Certificate> Certificates { get; }

    /// <summary>The hash and the algorithm of the signature, or null when they are not supported.</summary>
    public SignatureAlgorithm? Algorithm => _signer.Algorithm;

    /// <summary>Reads a token.</summary>
    /// <param name="encoded">The bytes; what follows the token (padding in a PDF) must have been cut.</param>
    /// <param name="token">The token.</param>
    /// <param name="error">What is wrong with the bytes.</param>
    /// <returns>False when the bytes are no token.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out TimeStampToken? token, [NotNullWhen(false)] out string? error)
    {
        if (encoded.Length > MaximumLength)
        {
            (token, error) = (null, $"time-stamp token: {encoded.Length} bytes are more than {MaximumLength}");
            return false;
        }
        return Der.TryRead("time-stamp token", () => new TimeStampToken(encoded.ToArray()), out token, out error);
    }

    /// <summary>Finds the signer's certificate, in the token first, then among others.</summary>
    /// <param name="others">Certificates from elsewhere, for a token that carries none.</param>
    /// <returns>The certificate that the signer identifier names, or null.</returns>
    public Certificate? FindSigner(IEnumerable<Certificate> others) => Certificates.Concat(others).FirstOrDefault(_signer.Identifies);

    /// <summary>
    /// Checks the token in itself: signer's certificate there and named by its ESSCertID (RFC 5816), key purpose time stamping alone and critical,
    /// genTime within the certificate's validity, message digest and signature.
    /// </summary>
    /// <param name="others">Certificates from elsewhere, for a token that carries none.</param>
    /// <param name="refusal">Why it does not hold.</param>
    /// <returns>True when it holds.</returns>
    public bool Verify(IEnumerable<Certificate> others, [NotNullWhen(false)] out TimeStampRefusal? refusal)
    {
        refusal = FindSigner(others) is { } signer ? Check(signer) : TimeStampRefusal.SignerCertificateMissing;
        return refusal is null;
    }

    /// <summary>Tells whether the token stamps a digest.</summary>
    /// <param name="hashAlgorithm">The hash that made the digest.</param>
    /// <param name="digest">The digest.</param>
    /// <returns>False for any other digest or hash.</returns>
    public bool Stamps(HashAlgorithmName hashAlgorithm, ReadOnlySpan<byte> digest) =>
        Info.HashAlgorithm == hashAlgorithm && digest.SequenceEqual(Info.MessageImprint.Span);

    private TimeStampRefusal? Check(Certificate signer)
    {
        if (!_signer.NamesCertificate(signer))
        {
            return TimeStampRefusal.SignerCertificateMismatch;
        }
        if (!IsForTimeStampingAlone(signer))
        {
            return TimeStampRefusal.WrongKeyPurpose;
        }
        if (Info.GenerationTime < signer.NotBefore || Info.GenerationTime > signer.NotAfter)
        {
            return TimeStampRefusal.OutsideCertificateValidity;
        }
        return _signer.Verifies(_content.Span, signer) ? null : TimeStampRefusal.SignatureInvalid;
    }

    /// <summary>RFC 3161 2.3: exactly one key purpose, timeStamping, and critical.</summary>
    internal static bool IsForTimeStampingAlone(Certificate signer) =>
        signer.Constraints is { ExtendedKeyUsage: [Oids.KeyPurposeTimeStamping], ExtendedKeyUsageIsCritical: true }
        && signer.Constraints.Allows(KeyUsages.DigitalSignature | KeyUsages.NonRepudiation);

    private static List<Certificate> ReadCertificates(AsnReader set)
    {
        var certificates = new List<Certificate>();
        while (set.HasData)
        {
            // Other choices (attribute certificates) are skipped, and so is a certificate nobody could use.
            var isCertificate = set.IsUniversal(UniversalTagNumber.Sequence);
            var encoded = set.ReadEncodedValue();
            if (isCertificate && Certificate.TryDecode(encoded, out var certificate, out _))
            {
                certificates.Add(certificate);
            }
            if (certificates.Count > MaximumCertificates)
            {
                throw new AsnContentException($"the token has more than {MaximumCertificates} certificates");
            }
        }
        return certificates;
    }
}
