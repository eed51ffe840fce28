namespace Tera.Pki.Lints;

/// <summary>Extensions need version 3.</summary>
public sealed class VersionThree : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc5280.version-three";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 4.1.2.1; zlint e_cert_extensions_version_not_3";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.Version == 3 ? null : $"the version is {subject.Certificate.Version}";
}
