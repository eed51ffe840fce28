namespace Tera.Pki.Lints;

/// <summary>A certificate ends after it begins.</summary>
public sealed class ValidityNotReversed : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc5280.validity-not-reversed";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 4.1.2.5; zlint e_validity_time_not_positive";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.NotAfter > subject.Certificate.NotBefore ? null : "the certificate ends before it begins";
}
