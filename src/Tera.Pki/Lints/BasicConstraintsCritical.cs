using Tera.Pki.Asn1;

namespace Tera.Pki.Lints;

/// <summary>A CA says so critically.</summary>
public sealed class BasicConstraintsCritical : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc5280.basic-constraints-critical";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 4.2.1.9; zlint e_basic_constraints_not_critical";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.Constraints.IsCertificateAuthority && subject.Certificate.Find(Oids.BasicConstraints) is { IsCritical: false }
            ? "basicConstraints of a CA is not critical"
            : null;
}
