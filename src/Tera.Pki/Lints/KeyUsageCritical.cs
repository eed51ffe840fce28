using Tera.Pki.Asn1;

namespace Tera.Pki.Lints;

/// <summary>keyUsage is there and critical.</summary>
public sealed class KeyUsageCritical : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc5280.key-usage-critical";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 4.2.1.3; zlint w_ext_key_usage_not_critical; EN 319 412-2 4.3.2";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.Find(Oids.KeyUsage) is { IsCritical: true } ? null : "keyUsage is absent or not critical";
}
