using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pki.Revocation.Ocsp;

/// <summary>OCSPResponse of RFC 6960 4.2.1 as read from its bytes. Nothing is trusted until <see cref="FindSigner"/> named who signed.</summary>
public sealed class OcspResponse
{
    /// <summary>Longer responses are refused: one with a chain has some 6 KiB.</summary>
    public const int MaximumLength = 512 * 1024;

    private const int MaximumCertificates = 32;

    private readonly ReadOnlyMemory<byte> _toBeSigned;
    private readonly ReadOnlyMemory<byte> _algorithm;
    private readonly ReadOnlyMemory<byte> _signature;
    private readonly DistinguishedName? _responderName;
    private readonly ReadOnlyMemory<byte>? _responderKeyHash;

    private OcspResponse(ReadOnlyMemory<byte> encoded)
    {
        Encoded = encoded;
        var outer = new AsnReader(encoded, AsnEncodingRules.BER);
        var response = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        Status = (OcspResponseStatus)response.ReadEnumeratedBytes().Span[0];
        Responses = [];
        Certificates = [];
        if (Status != OcspResponseStatus.Successful)
        {
            return;
        }
        var bytes = response.ReadSequence(Der.Context(0, constructed: true)).ReadSequence();
        if (bytes.ReadObjectIdentifier() != Oids.OcspBasic)
        {
            throw new AsnContentException("the response is not id-pkix-ocsp-basic");
        }
        var basicOuter = new AsnReader(bytes.ReadOctetString(), AsnEncodingRules.BER);
        var basic = basicOuter.ReadSequence();
        basicOuter.ThrowIfNotEmpty();
        _toBeSigned = basic.PeekEncodedValue();
        var data = basic.ReadSequence();
        _algorithm = Der.ReadAlgorithmIdentifier(basic);
        _signature = Der.ReadBitString(basic);
        Certificates = basic.IsContext(0) ? ReadCertificates(basic.ReadSequence(Der.Context(0, constructed: true)).ReadSequence()) : [];
        basic.ThrowIfNotEmpty();

        if (data.IsContext(0) && !(data.ReadSequence(Der.Context(0, constructed: true)).TryReadInt32(out var version) && version == 0))
        {
            throw new AsnContentException("the version is not 1");
        }
        if (data.IsContext(1))
        {
            _responderName = DistinguishedName.Read(data.ReadSequence(Der.Context(1, constructed: true)));
        }
        else
        {
            _responderKeyHash = data.ReadSequence(Der.Context(2, constructed: true)).ReadOctetString();
        }
        ProducedAt = data.ReadGeneralizedTime();
        Responses = ReadResponses(data.ReadSequence());
        Extensions = data.IsContext(1) ? CertificateExtension.ReadAll(data.ReadSequence(Der.Context(1, constructed: true)).ReadSequence()) : [];
        data.ThrowIfNotEmpty();
        if (Extensions.FirstOrDefault(e => e.Oid == Oids.OcspNonce) is { } nonce)
        {
            Nonce = OcspRequest.ReadNonce(nonce.Value);
        }
    }

    /// <summary>The encoded response.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Whether there is an answer.</summary>
    public OcspResponseStatus Status { get; }

    /// <summary>When the answer was signed.</summary>
    public DateTimeOffset ProducedAt { get; }

    /// <summary>The statuses.</summary>
    public IReadOnlyList<OcspSingleResponse> Responses { get; }

    /// <summary>The certificates that came along.</summary>
    public IReadOnlyList<Certificate> Certificates { get; }

    /// <summary>The extensions of the answer.</summary>
    public IReadOnlyList<CertificateExtension> Extensions { get; } = [];

    /// <summary>The DER AlgorithmIdentifier of the signature; empty when there is no answer.</summary>
    public ReadOnlyMemory<byte> SignatureAlgorithmIdentifier => _algorithm;

    /// <summary>The nonce, or null.</summary>
    public ReadOnlyMemory<byte>? Nonce { get; }

    /// <summary>Reads a response.</summary>
    /// <param name="der">The bytes.</param>
    /// <param name="response">The response.</param>
    /// <param name="error">What is wrong with the bytes.</param>
    /// <returns>False when the bytes are no response.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out OcspResponse? response, [NotNullWhen(false)] out string? error)
    {
        if (der.Length > MaximumLength)
        {
            (response, error) = (null, $"OCSP response: {der.Length} bytes are more than {MaximumLength}");
            return false;
        }
        return Der.TryRead("OCSP response", () => new OcspResponse(der.ToArray()), out response, out error);
    }

    /// <summary>The status of a certificate.</summary>
    /// <param name="serialNumber">Its serial number.</param>
    /// <param name="issuer">Its issuer.</param>
    /// <returns>The answer about it, or null when there is none.</returns>
    public OcspSingleResponse? Find(SerialNumber serialNumber, Certificate issuer) =>
        Responses.FirstOrDefault(r => r.CertId.SerialNumber.Equals(serialNumber) && r.CertId.IsOf(issuer));

    /// <summary>
    /// Finds who signed, and verifies the signature: the issuer itself, or a responder with a certificate that the issuer's key signed for
    /// OCSPSigning (RFC 6960 4.2.2.2). Whether that responder was valid and not revoked at the time is not judged here.
    /// </summary>
    /// <param name="issuer">The issuer of the certificates asked for.</param>
    /// <param name="others">Certificates from elsewhere, for a response that carries none.</param>
    /// <returns>The signer's certificate, or null when nobody entitled signed.</returns>
    public Certificate? FindSigner(Certificate issuer, IEnumerable<Certificate> others)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        if (Status != OcspResponseStatus.Successful || SignatureAlgorithm.Find(_algorithm) is not { } algorithm)
        {
            return null;
        }
        return Certificates.Concat(others).Prepend(issuer)
            .Where(IsNamed)
            .FirstOrDefault(c => IsEntitled(c, issuer) && algorithm.VerifyData(c.SubjectPublicKeyInfo.Span, _toBeSigned.Span, _signature.Span));
    }

    private bool IsNamed(Certificate candidate) => _responderName is { } name
        ? name.Equals(candidate.Subject)
        : _responderKeyHash is { } hash && hash.Span.SequenceEqual(CryptographicOperations.HashData(HashAlgorithmName.SHA1, candidate.SubjectPublicKey.Span));

    internal static bool IsEntitled(Certificate candidate, Certificate issuer) =>
        candidate.SubjectPublicKeyInfo.Span.SequenceEqual(issuer.SubjectPublicKeyInfo.Span)
        || ((candidate.Constraints.ExtendedKeyUsage?.Contains(Oids.KeyPurposeOcspSigning, StringComparer.Ordinal) ?? false)
            && candidate.Constraints.Allows(KeyUsages.DigitalSignature | KeyUsages.NonRepudiation)
            && candidate.Issuer.Equals(issuer.Subject)
            && candidate.IsSignedBy(issuer.SubjectPublicKeyInfo.Span));

    private static List<OcspSingleResponse> ReadResponses(AsnReader list)
    {
        var responses = new List<OcspSingleResponse>();
        while (list.HasData)
        {
            responses.Add(new OcspSingleResponse(list.ReadSequence()));
        }
        return responses;
    }

    private static List<Certificate> ReadCertificates(AsnReader list)
    {
        var certificates = new List<Certificate>();
        while (list.HasData)
        {
            if (Certificate.TryDecode(list.ReadEncodedValue(), out var certificate, out _))
            {
                certificates.Add(certificate);
            }
            if (certificates.Count > MaximumCertificates)
            {
                throw new AsnContentException($"the response has more than {MaximumCertificates} certificates");
            }
        }
        return certificates;
    }
}
