using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Keys;
using Tera.Pki.Lints;
using Tera.Pki.Profiles;

namespace Tera.Pki.Certificates;

/// <summary>
/// A CA: prepares certificates by profile, lints them, and hands out what can then be issued. There is no way around the lints:
/// only a <see cref="PreparedCertificate"/> can be issued, and only this class makes one. Safe for several threads.
/// </summary>
public sealed class CertificateIssuer
{
    private readonly ISigner _signer;
    private readonly IssuerLocations _locations;
    private readonly RandomNumberGenerator _random;

    /// <summary>Opens a CA.</summary>
    /// <param name="signer">The CA's key.</param>
    /// <param name="certificate">The CA's certificate.</param>
    /// <param name="locations">Where its certificate, CRLs and OCSP responder are.</param>
    /// <param name="random">The source of serial numbers; it must be unpredictable.</param>
    /// <exception cref="ArgumentException">The certificate is none of a CA, or not of this key.</exception>
    public CertificateIssuer(ISigner signer, Certificate certificate, IssuerLocations locations, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(certificate);
        if (!certificate.Constraints.IsCertificateAuthority || !certificate.Constraints.Allows(KeyUsages.KeyCertSign))
        {
            throw new ArgumentException($"{certificate} is not the certificate of a CA.", nameof(certificate));
        }
        if (!certificate.SubjectPublicKeyInfo.Span.SequenceEqual(signer.SubjectPublicKeyInfo.Span))
        {
            throw new ArgumentException($"{certificate} is not a certificate of the key.", nameof(certificate));
        }
        Certificate = certificate;
        _signer = signer;
        _locations = locations;
        _random = random;
    }

    /// <summary>The CA's certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>Prepares a root: its subject is its issuer, and its key signs it.</summary>
    /// <param name="signer">The root's key.</param>
    /// <param name="request">The request; its key must be the signer's and its profile self-signed.</param>
    /// <param name="random">The source of the serial number.</param>
    /// <returns>The prepared certificate, or why not.</returns>
    public static Preparation PrepareRoot(ISigner signer, EnrollmentRequest request, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(request);
        if (!request.Profile.IsSelfSigned)
        {
            return Refuse("tera.profile-self-signed", $"the profile {request.Profile.Id} is not self-signed");
        }
        return request.SubjectPublicKeyInfo.Span.SequenceEqual(signer.SubjectPublicKeyInfo.Span)
            ? Prepare(signer, issuer: null, request, IssuerLocations.None, random)
            : Refuse("tera.profile-self-signed", "the subject's key is not the key that signs");
    }

    /// <summary>Prepares a certificate: names and extensions by its profile, a new serial number, every lint run over the exact bytes to be signed.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The prepared certificate, or why not.</returns>
    public Preparation Prepare(EnrollmentRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Profile.IsSelfSigned
            ? Refuse("tera.profile-self-signed", $"the profile {request.Profile.Id} is self-signed")
            : Prepare(_signer, Certificate, request, _locations, _random);
    }

    private static Preparation Prepare(ISigner signer, Certificate? issuer, EnrollmentRequest request, IssuerLocations locations, RandomNumberGenerator random)
    {
        if (RequestCheck.FirstProblem(request) is { } problem)
        {
            return new Preparation.Refused([problem]);
        }
        var serialNumber = SerialNumber.Create(random);
        var ordered = request.Profile.Subject.SelectMany(a => request.Subject.Where(s => s.Type == a.Type).Select(s => (s.Oid!, s.Value)));
        byte[] toBeSigned;
        try
        {
            var subject = DistinguishedName.Create(ordered);
            toBeSigned = EncodeToBeSigned(signer.Algorithm, issuer, subject, serialNumber, request, locations);
        }
        catch (Exception e) when (e is ArgumentException or AsnContentException or System.Text.EncoderFallbackException)
        {
            return Refuse("tera.request-encodable", $"the request cannot be encoded: {e.Message}");
        }
        // The lint certificate: the very bytes, with a signature of zeros that no key ever made.
        var draft = Certificate.Decode(PreparedCertificate.Assemble(toBeSigned, signer.Algorithm, new byte[64]));
        var findings = LintSet.Run(new LintSubject(draft, issuer, request.Profile));
        if (findings.Any(f => f.Blocks))
        {
            return new Preparation.Refused([.. findings.Where(f => f.Blocks)]);
        }
        return new Preparation.Ready(new PreparedCertificate(request.Profile, toBeSigned, serialNumber, findings, signer, signer.SubjectPublicKeyInfo));
    }

    private static byte[] EncodeToBeSigned(SignatureAlgorithm algorithm, Certificate? issuer, DistinguishedName subject, SerialNumber serialNumber, EnrollmentRequest request, IssuerLocations locations)
    {
        var issuerKeyIdentifier = issuer is null
            ? ReadOnlyMemory<byte>.Empty
            : issuer.Constraints.SubjectKeyIdentifier ?? ExtensionWriter.KeyIdentifierOf(issuer.SubjectPublicKeyInfo);
        var notBefore = CutToSeconds(request.NotBefore);
        var notAfter = request.Profile.Lifetime.EndOf(notBefore);
        if (request.NotAfter is { } earlier && earlier < notAfter)
        {
            notAfter = CutToSeconds(earlier);
        }
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(Der.Context(0, constructed: true)))
            {
                writer.WriteInteger(2);
            }
            writer.WriteInteger(serialNumber.Octets.Span);
            writer.WriteEncodedValue(algorithm.AlgorithmIdentifier.Span);
            writer.WriteEncodedValue((issuer?.Subject ?? subject).Encoded.Span);
            using (writer.PushSequence())
            {
                Der.WriteTime(writer, notBefore);
                Der.WriteTime(writer, notAfter);
            }
            writer.WriteEncodedValue(subject.Encoded.Span);
            writer.WriteEncodedValue(request.SubjectPublicKeyInfo.Span);
            using (writer.PushSequence(Der.Context(3, constructed: true)))
            {
                CertificateExtension.WriteAll(writer, ExtensionWriter.Write(request with { NotBefore = notBefore }, serialNumber, issuerKeyIdentifier, locations));
            }
        }
        return writer.Encode();
    }

    private static DateTimeOffset CutToSeconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    private static Preparation.Refused Refuse(string id, string text) => new([new LintFinding(id, LintSeverity.Error, text)]);
}
