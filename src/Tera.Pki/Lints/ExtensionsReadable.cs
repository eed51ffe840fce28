namespace Tera.Pki.Lints;

/// <summary>The extensions that others must process can be read.</summary>
public sealed class ExtensionsReadable : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc5280.extensions-readable";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 4.2";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.Constraints.Malformed is [var oid, ..] ? $"the extension {oid} cannot be read" : null;
}
