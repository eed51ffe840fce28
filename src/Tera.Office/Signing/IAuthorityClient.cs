using Tera.Office.Cases;

namespace Tera.Office.Signing;

/// <summary>
/// The office's only way to the vault: CSC v2, RFC 3161 and the enrolment API over HTTP. An agency may put BSrE or any CSC v2 provider there.
/// Only digests travel.
/// </summary>
public interface IAuthorityClient
{
    /// <summary>The active signing credential of a person, or null when there is none that may sign.</summary>
    Task<Credential?> FindCredentialAsync(Guid personId, CancellationToken cancellation);

    /// <summary>Makes key and certificate for a person under a passphrase only they know.</summary>
    Task<EnrolmentAnswer> EnrolAsync(EnrolmentSubject subject, SecretText passphrase, string idempotencyKey, CancellationToken cancellation);

    /// <summary>Opens an activation for exactly these digests and has them signed, in their order.</summary>
    Task<SignatureAnswer> SignDigestsAsync(Credential credential, IReadOnlyList<byte[]> digests, SecretText passphrase, string description, CancellationToken cancellation);

    /// <summary>Certificates (DER) of the authority's roots: the office's trust anchors.</summary>
    Task<IReadOnlyList<byte[]>> TrustAnchorsAsync(CancellationToken cancellation);
}

/// <param name="Chain">DER, the signer's certificate first, then the issuing CA.</param>
public sealed record Credential(string Id, IReadOnlyList<byte[]> Chain, string SignAlgorithmOid, string HashAlgorithmOid, string SubjectName, DateTimeOffset ValidTo);

public sealed record EnrolmentSubject(Guid PersonId, string CommonName, string Organization, string? OrganizationalUnit, string? Title, string? Email);

public abstract record EnrolmentAnswer
{
    private EnrolmentAnswer() { }

    public sealed record Issued(Credential Credential) : EnrolmentAnswer;

    public sealed record Refused(string Message) : EnrolmentAnswer;
}

public abstract record SignatureAnswer
{
    private SignatureAnswer() { }

    public sealed record Signed(IReadOnlyList<byte[]> Values) : SignatureAnswer;

    public sealed record WrongPassphrase(int? RemainingAttempts) : SignatureAnswer;

    public sealed record Locked(DateTimeOffset? Until) : SignatureAnswer;

    public sealed record NotActive(string Message) : SignatureAnswer;

    public sealed record Unavailable(string Message) : SignatureAnswer;
}
