using Tera.Pki.Certificates;

namespace Tera.Pki.Revocation.Crl;

/// <summary>A revoked certificate on a CRL.</summary>
/// <param name="SerialNumber">Its serial number.</param>
/// <param name="RevokedAt">When it was revoked, in whole seconds.</param>
/// <param name="Reason">Why.</param>
/// <param name="InvalidSince">When the key was, or may have been, lost before the revocation; null when not known.</param>
public readonly record struct RevokedEntry(
    SerialNumber SerialNumber, DateTimeOffset RevokedAt, RevocationReason Reason = RevocationReason.Unspecified, DateTimeOffset? InvalidSince = null);
