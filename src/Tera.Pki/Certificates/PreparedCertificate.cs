using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Keys;
using Tera.Pki.Lints;
using Tera.Pki.Profiles;

namespace Tera.Pki.Certificates;

/// <summary>
/// A certificate whose bytes are fixed and linted, but not signed. Store <see cref="SerialNumber"/> and <see cref="ToBeSigned"/>
/// before <see cref="IssueAsync"/>, so that a crash never leaves a certificate nobody knows of. It is spent on issuing.
/// </summary>
public sealed class PreparedCertificate
{
    private readonly ISigner _signer;
    private readonly ReadOnlyMemory<byte> _issuerPublicKeyInfo;
    private int _spent;

    internal PreparedCertificate(CertificateProfile profile, ReadOnlyMemory<byte> toBeSigned, SerialNumber serialNumber, IReadOnlyList<LintFinding> findings, ISigner signer, ReadOnlyMemory<byte> issuerPublicKeyInfo)
    {
        Profile = profile;
        ToBeSigned = toBeSigned;
        SerialNumber = serialNumber;
        Findings = findings;
        _signer = signer;
        _issuerPublicKeyInfo = issuerPublicKeyInfo;
    }

    /// <summary>The profile it was made by.</summary>
    public CertificateProfile Profile { get; }

    /// <summary>The DER TBSCertificate, exactly as it was linted and will be signed.</summary>
    public ReadOnlyMemory<byte> ToBeSigned { get; }

    /// <summary>Its serial number.</summary>
    public SerialNumber SerialNumber { get; }

    /// <summary>What the lints found short of an error: warnings, and errors the profile waives.</summary>
    public IReadOnlyList<LintFinding> Findings { get; }

    /// <summary>Signs the certificate, once.</summary>
    /// <param name="cancellationToken">Cancels the wait for the key; the preparation is spent even so.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="InvalidOperationException">It was issued before.</exception>
    /// <exception cref="CryptographicException">The signature does not verify: nothing was issued.</exception>
    public async ValueTask<IssuedCertificate> IssueAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _spent, 1) != 0)
        {
            throw new InvalidOperationException($"The certificate {SerialNumber} was issued before; prepare another.");
        }
        var signature = await _signer.SignDigestAsync(_signer.Algorithm.Digest(ToBeSigned.Span), cancellationToken);
        var certificate = Certificate.Decode(Assemble(ToBeSigned.Span, _signer.Algorithm, signature));
        // What was linted is what was signed, and the key is the issuer's (pki.md 6, point 8: a faulty or swapped key must not pass).
        if (!certificate.ToBeSigned.Span.SequenceEqual(ToBeSigned.Span) || !certificate.IsSignedBy(_issuerPublicKeyInfo.Span))
        {
            throw new CryptographicException($"The signature of the certificate {SerialNumber} does not verify.");
        }
        return new IssuedCertificate(certificate, Profile);
    }

    internal static byte[] Assemble(ReadOnlySpan<byte> toBeSigned, SignatureAlgorithm algorithm, ReadOnlySpan<byte> signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(toBeSigned);
            writer.WriteEncodedValue(algorithm.AlgorithmIdentifier.Span);
            writer.WriteBitString(signature);
        }
        return writer.Encode();
    }
}

/// <summary>A certificate that was signed.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Profile">The profile it was made by.</param>
public sealed record IssuedCertificate(Certificate Certificate, CertificateProfile Profile);
