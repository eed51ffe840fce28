using Tera.Pki.Profiles;

namespace Tera.Pki.Certificates;

/// <summary>Everything a certificate is made from. Who may ask, and whether the names are true, was settled before.</summary>
public sealed record EnrollmentRequest
{
    /// <summary>The profile.</summary>
    public required CertificateProfile Profile { get; init; }

    /// <summary>The subject's DER SubjectPublicKeyInfo. That the subject has the private key was proved before (see <see cref="CertificationRequest"/>).</summary>
    public required ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; init; }

    /// <summary>The attributes of the subject, in any order; the profile orders them.</summary>
    public required IReadOnlyList<SubjectAttribute> Subject { get; init; }

    /// <summary>The first instant of validity; fractions of a second are cut.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>An earlier end than the profile's, or null.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>E-mail addresses for subjectAltName, where the profile allows them.</summary>
    public IReadOnlyList<string> EmailAddresses { get; init; } = [];
}
