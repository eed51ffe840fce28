using Tera.Pki.Asn1;

namespace Tera.Pki.Lints;

/// <summary>authorityInfoAccess is not critical.</summary>
public sealed class AccessInformationNotCritical : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc5280.access-information-not-critical";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 4.2.2.1; zlint e_ext_aia_marked_critical";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.Find(Oids.AuthorityInfoAccess) is { IsCritical: true } ? "authorityInfoAccess is critical" : null;
}
