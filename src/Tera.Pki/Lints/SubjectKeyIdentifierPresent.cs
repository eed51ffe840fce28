using Tera.Pki.Asn1;

namespace Tera.Pki.Lints;

/// <summary>Every certificate names its key, not critically.</summary>
public sealed class SubjectKeyIdentifierPresent : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc5280.subject-key-identifier";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 4.2.1.2; zlint e_ext_subject_key_identifier_missing_ca, w_ext_subject_key_identifier_missing_sub_cert";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.Constraints.SubjectKeyIdentifier is not null && subject.Certificate.Find(Oids.SubjectKeyIdentifier) is { IsCritical: false }
            ? null
            : "subjectKeyIdentifier is absent or critical";
}
