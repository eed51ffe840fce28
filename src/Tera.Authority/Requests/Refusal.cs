using Tera.Authority.Vault;

namespace Tera.Authority.Requests;

/// <summary>Every way in which the authority says no; docs/authority-api.md has the list for readers.</summary>
internal enum RefusalReason
{
    InvalidRequest,
    UnsupportedGrantType,
    InvalidScope,
    InvalidClient,
    InvalidToken,
    InsufficientScope,
    InvalidPin,
    CredentialLocked,
    CredentialSuspended,
    CredentialRevoked,
    CredentialExpired,
    WeakPassphrase,
    SadInvalid,
    SadExpired,
    SadKeyGone,
    HashNotAuthorized,
    HashAlreadySigned,
    NotFound,
    InvalidState,
    IdempotencyConflict,
    PayloadTooLarge,
    RateLimited,
    ServerBusy,
    TimeNotAvailable,
    ServerError,
}

/// <summary>An expected no, as a value.</summary>
/// <param name="Reason">The closed reason.</param>
/// <param name="Detail">What was wrong and where, when the reason alone does not tell; never a secret.</param>
/// <param name="RemainingAttempts">With <see cref="RefusalReason.InvalidPin"/>.</param>
/// <param name="RetryAfter">Null with <see cref="RefusalReason.CredentialLocked"/>: for good.</param>
/// <param name="Weakness">With <see cref="RefusalReason.WeakPassphrase"/>.</param>
internal sealed record Refusal(
    RefusalReason Reason,
    string? Detail = null,
    int? RemainingAttempts = null,
    TimeSpan? RetryAfter = null,
    PassphraseWeakness? Weakness = null);

/// <summary>A value or the refusal in its place.</summary>
internal readonly struct Answer<T>
    where T : notnull
{
    private readonly T? value;

    private Answer(T? value, Refusal? refusal)
    {
        this.value = value;
        Refusal = refusal;
    }

    public Refusal? Refusal { get; }

    public T Value => Refusal is null && value is not null
        ? value
        : throw new InvalidOperationException($"Refused: {Refusal?.Reason}.");

    public static implicit operator Answer<T>(T value) => new(value, null);

    public static implicit operator Answer<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>A request that cannot be read; thrown by the readers at the rim only, and answered there.</summary>
internal sealed class UnreadableRequestException(Refusal refusal) : Exception(refusal.Detail)
{
    public Refusal Refusal { get; } = refusal;

    public static UnreadableRequestException Because(string detail) => new(new Refusal(RefusalReason.InvalidRequest, detail));
}
