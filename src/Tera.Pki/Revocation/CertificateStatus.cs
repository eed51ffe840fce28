namespace Tera.Pki.Revocation;

/// <summary>Whether a certificate is revoked: a closed set (RFC 6960 4.2.1, CertStatus).</summary>
public abstract record CertificateStatus
{
    private CertificateStatus()
    {
    }

    /// <summary>Issued and not revoked.</summary>
    public sealed record Good : CertificateStatus;

    /// <summary>Revoked or on hold.</summary>
    /// <param name="At">Since when.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Revoked(DateTimeOffset At, RevocationReason Reason) : CertificateStatus;

    /// <summary>Never issued, as far as is known.</summary>
    public sealed record Unknown : CertificateStatus;
}
