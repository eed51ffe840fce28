using Tera.Pki.Certificates;

namespace Tera.Pki.Lints;

/// <summary>keyCertSign and a CA belong together, both ways.</summary>
public sealed class CertSignOnlyForAuthority : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc5280.cert-sign-only-for-authority";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 4.2.1.3, 4.2.1.9; zlint e_ca_key_cert_sign_not_set, e_sub_cert_key_usage_cert_sign_bit_set";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.Constraints.IsCertificateAuthority == ((subject.Certificate.Constraints.KeyUsage ?? KeyUsages.None) & KeyUsages.KeyCertSign) is not KeyUsages.None
            ? null
            : "keyCertSign and basicConstraints contradict each other";
}
