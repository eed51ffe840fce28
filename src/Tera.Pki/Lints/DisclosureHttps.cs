namespace Tera.Pki.Lints;

/// <summary>Disclosure statements are at https addresses.</summary>
public sealed class DisclosureHttps : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "en319412-5.disclosure-https";

    /// <inheritdoc/>
    public override string Citation => "EN 319 412-5 4.3.4; zlint e_qcstatem_pds_must_have_https_only";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2014, 1, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        QcStatementList.DisclosureAddresses(subject.Certificate).FirstOrDefault(a => !a.StartsWith("https://", StringComparison.Ordinal)) is { } address
            ? $"the disclosure statement is at {address}"
            : null;
}
