using Tera.Pki.Certificates;
using Tera.Pki.Revocation;

namespace Tera.Pki.Paths;

/// <summary>
/// What one piece of evidence, signed by somebody entitled, says about a certificate. Whether it is fresh, and whether its signer
/// was good at the time, is for the reader to judge.
/// </summary>
/// <param name="Certificate">The certificate spoken of.</param>
/// <param name="Status">Good or revoked.</param>
/// <param name="ThisUpdate">Of when the knowledge is.</param>
/// <param name="NextUpdate">When there is newer knowledge at the latest; null when it does not say.</param>
/// <param name="ProducedAt">When it was signed.</param>
/// <param name="Signer">Who signed.</param>
/// <param name="IsOcsp">Whether it is an OCSP response, and not a CRL.</param>
/// <param name="SignatureAlgorithmIdentifier">The DER AlgorithmIdentifier of its signature.</param>
/// <param name="Encoded">The DER CRL or OCSP response.</param>
/// <param name="KnowsEnded">Whether it would know the certificate as revoked: it is no newer than the certificate's end, or keeps ended ones that long.</param>
public sealed record RevocationStatement(
    Certificate Certificate,
    CertificateStatus Status,
    DateTimeOffset ThisUpdate,
    DateTimeOffset? NextUpdate,
    DateTimeOffset ProducedAt,
    Certificate Signer,
    bool IsOcsp,
    ReadOnlyMemory<byte> SignatureAlgorithmIdentifier,
    ReadOnlyMemory<byte> Encoded,
    bool KnowsEnded);
