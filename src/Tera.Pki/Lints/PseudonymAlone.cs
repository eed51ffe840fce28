using Tera.Pki.Asn1;

namespace Tera.Pki.Lints;

/// <summary>A pseudonym does not stand beside the names it hides.</summary>
public sealed class PseudonymAlone : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "en319412-2.pseudonym-alone";

    /// <inheritdoc/>
    public override string Citation => "EN 319 412-2 4.2.4; pkilint nat-4.2.4-4";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2014, 1, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.Subject.Values(Oids.Pseudonym).Any() && subject.Certificate.Subject.Attributes.Any(a => a.Oid is Oids.GivenName or Oids.Surname)
            ? "a pseudonym stands beside names"
            : null;
}
