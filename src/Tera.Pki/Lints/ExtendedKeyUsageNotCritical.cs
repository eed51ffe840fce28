using Tera.Pki.Profiles;

namespace Tera.Pki.Lints;

/// <summary>extendedKeyUsage of a person or an organisation is not critical.</summary>
public sealed class ExtendedKeyUsageNotCritical : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "en319412-2.extended-key-usage-not-critical";

    /// <inheritdoc/>
    public override string Citation => "EN 319 412-2 4.3.10; pkilint gen-4.3.10-1";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2014, 1, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Profile?.Names is NameRule.NaturalPerson or NameRule.LegalPerson && subject.Certificate.Constraints.ExtendedKeyUsageIsCritical
            ? "extendedKeyUsage is critical"
            : null;
}
