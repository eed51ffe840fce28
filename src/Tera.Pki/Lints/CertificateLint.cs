using Tera.Pki.Certificates;
using Tera.Pki.Profiles;

namespace Tera.Pki.Lints;

/// <summary>How serious a finding is.</summary>
public enum LintSeverity
{
    /// <summary>The text says SHOULD: issued all the same, and recorded.</summary>
    Warning,

    /// <summary>The text says MUST: not issued, unless the profile waives it with a reason.</summary>
    Error,
}

/// <summary>What a lint found.</summary>
/// <param name="Id">The lint.</param>
/// <param name="Severity">How serious it is.</param>
/// <param name="Text">What was found.</param>
/// <param name="Waiver">Why the profile accepts it, or null.</param>
public sealed record LintFinding(string Id, LintSeverity Severity, string Text, string? Waiver = null)
{
    /// <summary>True when the certificate must not be issued.</summary>
    public bool Blocks => Severity == LintSeverity.Error && Waiver is null;

    /// <summary>Id and text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Id}: {Text}";
}

/// <summary>What lints look at.</summary>
/// <param name="Certificate">The certificate as it would be issued; its signature means nothing.</param>
/// <param name="Issuer">The issuer's certificate, null for a root.</param>
/// <param name="Profile">The profile, null for a certificate from elsewhere.</param>
public sealed record LintSubject(Certificate Certificate, Certificate? Issuer, CertificateProfile? Profile);

/// <summary>One rule that a certificate is held against: one file a rule.</summary>
public abstract class CertificateLint
{
    /// <summary>A stable name: source and rule, for example <c>rfc5280.serial-positive</c>.</summary>
    public abstract string Id { get; }

    /// <summary>The clause the rule comes from, and the code of the same rule in zlint or pkilint where there is one.</summary>
    public abstract string Citation { get; }

    /// <summary>The day from which the rule holds for new certificates.</summary>
    public abstract DateOnly EffectiveFrom { get; }

    /// <summary>How serious a breach is.</summary>
    public virtual LintSeverity Severity => LintSeverity.Error;

    /// <summary>Judges a certificate.</summary>
    /// <param name="subject">The certificate and what belongs to it.</param>
    /// <returns>What is wrong, or null when the rule is kept or does not apply.</returns>
    public abstract string? Check(LintSubject subject);
}
