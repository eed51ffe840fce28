using Microsoft.EntityFrameworkCore;
using Tera.Authority.Audit;
using Tera.Authority.Databases;
using Tera.Authority.Requests;

namespace Tera.Authority.Vault;

/// <summary>
/// The count of wrong passphrases. An attempt is taken from the account before the derivation starts and given back only
/// by a right passphrase, in one statement of the database: parallel guesses and a crash both spend, never save, attempts.
/// </summary>
internal sealed class Attempts(IDbContextFactory<AuthorityDb> databases, AuditLog audit, LockoutLimits limits, TimeProvider time)
{
    /// <summary>The refusal that holds now, if any; costs nothing.</summary>
    public Refusal? Refuse(CredentialRow credential)
    {
        if (credential.Attempts >= limits.WrongUntilLocked)
        {
            return new Refusal(RefusalReason.CredentialLocked);
        }

        var now = time.GetUtcNow();
        return credential.LockedUntil > now ? new Refusal(RefusalReason.CredentialLocked, RetryAfter: credential.LockedUntil - now) : null;
    }

    public bool IsLockedForGood(CredentialRow credential) => credential.Attempts >= limits.WrongUntilLocked;

    /// <summary>Takes one attempt; its ordinal number, or the lock that stands in the way.</summary>
    public async Task<Answer<int>> ReserveAsync(string credentialId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? until = now + limits.Pause;
        var (pause, locked) = (limits.WrongUntilPause, limits.WrongUntilLocked);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var taken = await db.Credentials
            .Where(x => x.Id == credentialId && x.Attempts < locked && (x.LockedUntil == null || x.LockedUntil <= now))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(x => x.LockedUntil, x => (x.Attempts + 1) % pause == 0 ? until : null)
                    .SetProperty(x => x.Attempts, x => x.Attempts + 1),
                cancellation);
        var credential = await db.Credentials.AsNoTracking().SingleAsync(x => x.Id == credentialId, cancellation);
        await transaction.CommitAsync(cancellation);
        return taken == 1 ? credential.Attempts : Refuse(credential) ?? new Refusal(RefusalReason.CredentialLocked, RetryAfter: TimeSpan.FromSeconds(1));
    }

    public async Task SettleRightAsync(string credentialId)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        await db.Credentials.Where(x => x.Id == credentialId).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.Attempts, 0).SetProperty(x => x.LockedUntil, (DateTimeOffset?)null));
    }

    /// <summary>The attempt stays taken; the log tells of it, and of the lock it brought.</summary>
    public async Task<Refusal> SettleWrongAsync(string credentialId, string actor, int attempt)
    {
        List<AuditEntry> entries = [new(AuditAct.PassphraseWrong, actor, credentialId, $"attempt {attempt}")];
        if (attempt >= limits.WrongUntilLocked)
        {
            entries.Add(new AuditEntry(AuditAct.CredentialLocked, AuditEntry.Itself, credentialId));
        }
        else if (attempt % limits.WrongUntilPause == 0)
        {
            entries.Add(new AuditEntry(AuditAct.CredentialPaused, AuditEntry.Itself, credentialId, limits.Pause.ToString()));
        }

        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync();
        await audit.AppendAsync(db, entries, CancellationToken.None);
        await transaction.CommitAsync();
        return new Refusal(RefusalReason.InvalidPin, RemainingAttempts: RemainingAfter(attempt));
    }

    private int RemainingAfter(int attempt)
    {
        var sincePause = attempt % limits.WrongUntilPause;
        var untilPause = sincePause == 0 ? 0 : limits.WrongUntilPause - sincePause;
        return Math.Min(untilPause, Math.Max(0, limits.WrongUntilLocked - attempt));
    }
}
