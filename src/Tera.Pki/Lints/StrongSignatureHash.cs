using Tera.Pki.Keys;

namespace Tera.Pki.Lints;

/// <summary>Signed with SHA-256 or stronger.</summary>
public sealed class StrongSignatureHash : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "tera.strong-signature-hash";

    /// <inheritdoc/>
    public override string Citation => "ETSI TS 119 312; zlint e_sub_cert_or_sub_ca_using_sha1";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2026, 1, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        SignatureAlgorithm.Find(subject.Certificate.SignatureAlgorithmIdentifier) is { IsLegacy: false } ? null : "the signature algorithm is not one Tera signs with";
}
