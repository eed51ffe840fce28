using Tera.Pki.Asn1;

namespace Tera.Pki.Lints;

/// <summary>A time-stamping unit has this purpose alone, and critically.</summary>
public sealed class TimeStampingPurposeAlone : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc3161.time-stamping-purpose-alone";

    /// <inheritdoc/>
    public override string Citation => "RFC 3161 2.3";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.Constraints.ExtendedKeyUsage is { } purposes && purposes.Contains(Oids.KeyPurposeTimeStamping, StringComparer.Ordinal)
            && !(purposes.Count == 1 && subject.Certificate.Constraints.ExtendedKeyUsageIsCritical)
            ? "timeStamping stands with other purposes or is not critical"
            : null;
}
