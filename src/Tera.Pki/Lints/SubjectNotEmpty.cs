namespace Tera.Pki.Lints;

/// <summary>The subject has a name; Tera issues none that only has alternative names.</summary>
public sealed class SubjectNotEmpty : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc5280.subject-not-empty";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 4.1.2.6; zlint e_ca_subject_field_empty";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.Subject.IsEmpty ? "the subject is empty" : null;
}
