using Tera.Pki.Asn1;

namespace Tera.Pki.Lints;

/// <summary>All but a root name their issuer's key, not critically.</summary>
public sealed class AuthorityKeyIdentifierPresent : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc5280.authority-key-identifier";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 4.2.1.1; zlint e_ext_authority_key_identifier_missing; EN 319 412-2 4.3.1";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.IsSelfIssued || (subject.Certificate.Constraints.AuthorityKeyIdentifier is not null && subject.Certificate.Find(Oids.AuthorityKeyIdentifier) is { IsCritical: false })
            ? null
            : "authorityKeyIdentifier is absent, without keyIdentifier, or critical";
}
