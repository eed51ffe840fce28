using Tera.Authority.Vault;

namespace Tera.Authority.Databases;

internal enum CertificateState
{
    /// <summary>Serial and to-be-signed bytes are stored; the signature may or may not have been made.</summary>
    Prepared,
    Issued,
}

internal enum CertificateStanding
{
    Good,
    Suspended,
    Revoked,
}

/// <summary>A certificate of this authority: people's, and its own. The serial is stored before anything is signed.</summary>
internal sealed class CertificateRow
{
    /// <summary>Lower-case hexadecimal, unique over both issuers.</summary>
    public required string SerialNumber { get; set; }

    /// <summary><see cref="Issuance.IssuerNames"/>.</summary>
    public required string Issuer { get; set; }

    public required string Profile { get; set; }

    public required byte[] TbsSha256 { get; set; }

    public byte[]? Der { get; set; }

    public CertificateState State { get; set; }

    public CertificateStanding Standing { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>RFC 5280 5.3.1, the number of CRLReason.</summary>
    public int? RevocationReason { get; set; }

    public DateTimeOffset NotBefore { get; set; }

    public DateTimeOffset NotAfter { get; set; }
}

/// <summary>A key of the authority itself (root, issuing, ocsp, tsa), sealed under the platform key. Several of one role over time.</summary>
internal sealed class AuthorityKeyRow
{
    public required string SerialNumber { get; set; }

    public required string Role { get; set; }

    public required byte[] SealedKey { get; set; }

    public DateTimeOffset NotAfter { get; set; }
}

/// <summary>A person's key and certificate. The blob is null once the certificate is revoked: destroyed.</summary>
internal sealed class CredentialRow
{
    public required string Id { get; set; }

    public required string ClientId { get; set; }

    public required string SubjectId { get; set; }

    public required string SerialNumber { get; set; }

    public required byte[] SpkiSha256 { get; set; }

    public byte[]? SealedKey { get; set; }

    public required byte[] KdfSalt { get; set; }

    public int KdfIterations { get; set; }

    public int KdfMemoryKiB { get; set; }

    public int KdfLanes { get; set; }

    /// <summary>Passphrases tried since the last right one, those under way included.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public required string IdempotencyKey { get; set; }

    /// <summary>SHA-256 of the enrolment request without the passphrase: a hash of that would be a second, cheap oracle.</summary>
    public required byte[] RequestSha256 { get; set; }

    public CertificateRow Certificate { get; set; } = null!;

    public KdfParameters Kdf => new(KdfIterations, KdfMemoryKiB, KdfLanes);

    public KeyOwner Owner => new(Id, SubjectId, SerialNumber, SpkiSha256);
}

/// <summary>One unlocking: SAD handle, credential, client, and until when.</summary>
internal sealed class ActivationRow
{
    /// <summary>SHA-256 of the SAD in hexadecimal; the SAD itself is with the client only.</summary>
    public required string HandleHash { get; set; }

    public required string CredentialId { get; set; }

    public required string ClientId { get; set; }

    public required string HashAlgorithmOid { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public bool Withdrawn { get; set; }

    /// <summary>Raised by every reservation: the row is the lock that puts them in line.</summary>
    public int Reservations { get; set; }
}

internal enum AuthorisedHashState
{
    Authorized,
    Reserved,
    Consumed,
    Released,
}

/// <summary>One occurrence of one hash that the owner has allowed to be signed once.</summary>
internal sealed class AuthorisedHashRow
{
    public required string HandleHash { get; set; }

    public int Ordinal { get; set; }

    /// <summary>Hexadecimal.</summary>
    public required string Hash { get; set; }

    public AuthorisedHashState State { get; set; }

    /// <summary>Which call of signHash took it.</summary>
    public int? Reservation { get; set; }
}

internal sealed class AccessTokenRow
{
    public required string TokenHash { get; set; }

    public required string ClientId { get; set; }

    public required string Scope { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}

/// <summary>A counter that only rises and is handed out in blocks, so that a crash loses numbers but never repeats one.</summary>
internal sealed class CounterRow
{
    public required string Name { get; set; }

    public long Next { get; set; }
}

internal sealed class CrlRow
{
    public required string Issuer { get; set; }

    public long Number { get; set; }

    public required byte[] Der { get; set; }

    public DateTimeOffset ThisUpdate { get; set; }

    public DateTimeOffset NextUpdate { get; set; }
}

/// <summary>One act; <see cref="Audit.AuditLog"/> tells how the entries hang together.</summary>
internal sealed class AuditRow
{
    public long Sequence { get; set; }

    public DateTimeOffset At { get; set; }

    public required string Act { get; set; }

    public required string Actor { get; set; }

    public required string Subject { get; set; }

    public required string Detail { get; set; }

    public required byte[] PreviousHash { get; set; }

    public required byte[] Hash { get; set; }
}

/// <summary>The last entry's number and hash, sealed; one row.</summary>
internal sealed class AuditHeadRow
{
    public int Id { get; set; }

    public long Sequence { get; set; }

    public required byte[] Hash { get; set; }

    public required byte[] Seal { get; set; }
}
