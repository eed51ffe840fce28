using Tera.Pki.Certificates;
using Tera.Pki.Profiles;

namespace Tera.Pki.Lints;

/// <summary>A signature key does nothing but sign: nonRepudiation alone.</summary>
public sealed class KeyUsageType : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "en319412-2.key-usage-type";

    /// <inheritdoc/>
    public override string Citation => "EN 319 412-2 4.3.2, type A; pkilint nat-4.3.2-1";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2014, 1, 1);

    /// <inheritdoc/>
    public override LintSeverity Severity => LintSeverity.Warning;

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Profile?.Names is NameRule.NaturalPerson or NameRule.LegalPerson && subject.Certificate.Constraints.KeyUsage is not KeyUsages.NonRepudiation
            ? $"keyUsage is {subject.Certificate.Constraints.KeyUsage}, not nonRepudiation alone"
            : null;
}
