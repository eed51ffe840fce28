namespace Tera.Pki.Lints;

/// <summary>The issuer has a name.</summary>
public sealed class IssuerNotEmpty : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc5280.issuer-not-empty";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 4.1.2.4; zlint e_issuer_field_empty";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.Issuer.IsEmpty ? "the issuer is empty" : null;
}
