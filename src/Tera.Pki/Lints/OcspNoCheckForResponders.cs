using Tera.Pki.Asn1;

namespace Tera.Pki.Lints;

/// <summary>Only a responder is exempt from revocation checking.</summary>
public sealed class OcspNoCheckForResponders : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc6960.no-check-for-responders";

    /// <inheritdoc/>
    public override string Citation => "RFC 6960 4.2.2.2.1";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Certificate.Constraints.HasOcspNoCheck && !(subject.Certificate.Constraints.ExtendedKeyUsage?.Contains(Oids.KeyPurposeOcspSigning, StringComparer.Ordinal) ?? false)
            ? "id-pkix-ocsp-nocheck without the purpose OCSPSigning"
            : null;
}
