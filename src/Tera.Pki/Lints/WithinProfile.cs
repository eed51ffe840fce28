using Tera.Pki.Certificates;

namespace Tera.Pki.Lints;

/// <summary>What was encoded is what the profile says: CA or not, key usage, purposes, lifetime.</summary>
public sealed class WithinProfile : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "tera.within-profile";

    /// <inheritdoc/>
    public override string Citation => "pki.md 7, attack 12: the profile wins over the request";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2026, 1, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject)
    {
        if (subject.Profile is not { } profile)
        {
            return null;
        }
        var constraints = subject.Certificate.Constraints;
        if (constraints.IsCertificateAuthority != (profile.BasicConstraints?.IsCertificateAuthority ?? false) || constraints.PathLength != profile.BasicConstraints?.PathLength)
        {
            return "basicConstraints is not the profile's";
        }
        if (constraints.KeyUsage != profile.KeyUsage.Aggregate(KeyUsages.None, (all, one) => all | one))
        {
            return "keyUsage is not the profile's";
        }
        if (!(constraints.ExtendedKeyUsage ?? []).SequenceEqual(profile.ExtendedKeyUsage?.Purposes ?? [], StringComparer.Ordinal))
        {
            return "extendedKeyUsage is not the profile's";
        }
        return subject.Certificate.NotAfter > profile.Lifetime.EndOf(subject.Certificate.NotBefore) ? "the certificate lives longer than the profile allows" : null;
    }
}
