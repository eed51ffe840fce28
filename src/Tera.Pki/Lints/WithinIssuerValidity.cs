namespace Tera.Pki.Lints;

/// <summary>A certificate lives within the life of its issuer.</summary>
public sealed class WithinIssuerValidity : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "tera.within-issuer-validity";

    /// <inheritdoc/>
    public override string Citation => "EN 319 411-1 6.3.3; RFC 5280 6.1: a path is valid only while each certificate is";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2026, 1, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Issuer is { } issuer && (subject.Certificate.NotBefore < issuer.NotBefore || subject.Certificate.NotAfter > issuer.NotAfter)
            ? $"the certificate lives outside its issuer's {issuer.NotBefore:u} to {issuer.NotAfter:u}"
            : null;
}
