namespace Tera.Pki.Lints;

/// <summary>Only a CA has a pathLenConstraint.</summary>
public sealed class PathLengthOnlyForAuthority : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc5280.path-length-only-for-authority";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 4.2.1.9; zlint e_path_len_constraint_improperly_included";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.Constraints is { PathLength: not null, IsCertificateAuthority: false } ? "pathLenConstraint without a CA" : null;
}
