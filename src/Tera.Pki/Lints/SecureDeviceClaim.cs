using Tera.Pki.Asn1;

namespace Tera.Pki.Lints;

/// <summary>Nobody claims a secure device or qualification that Tera cannot prove.</summary>
public sealed class SecureDeviceClaim : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "tera.secure-device-claim";

    /// <inheritdoc/>
    public override string Citation => "EN 319 412-5 4.2.1, 4.2.2; pki.md 3.1: no QcCompliance or QcSSCD without a legislation statement and a certified device";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2026, 1, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        QcStatementList.Read(subject.Certificate).Any(s => s.Oid is Oids.QcCompliance or Oids.QcSscd) ? "QcCompliance or QcSSCD is claimed" : null;
}
