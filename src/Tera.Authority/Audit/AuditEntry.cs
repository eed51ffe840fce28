namespace Tera.Authority.Audit;

/// <summary>The acts that are logged; the names are stored and never change their meaning.</summary>
public enum AuditAct
{
    ConfigurationStarted,
    AuthorityKeyMade,
    TokenIssued,
    CertificatePrepared,
    CertificateIssued,
    CertificateAbandoned,
    CredentialEnrolled,
    CredentialSuspended,
    CredentialReleased,
    CredentialRevoked,
    PassphraseChanged,
    PassphraseWrong,
    CredentialPaused,
    CredentialLocked,
    ActivationOpened,
    ActivationWithdrawn,
    SigningReserved,
    SigningCompleted,
    SigningFailed,
    SigningRefused,
    CrlPublished,
}

/// <summary>One act as it is written: who, on what, and what a reader needs beside. No secret, no personal data, only references.</summary>
public sealed record AuditEntry(AuditAct Act, string Actor, string Subject, string Detail = "")
{
    /// <summary>The actor of what nobody asked for: start, schedule.</summary>
    public const string Itself = "authority";
}
