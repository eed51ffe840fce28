using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Tera.Authority.Audit;
using Tera.Authority.Databases;
using Tera.Authority.Requests;
using Tera.Pki.Keys;

namespace Tera.Authority.Vault;

/// <summary>Seals people's keys and unlocks them: the only place where a passphrase meets a blob.</summary>
internal sealed class KeyVault(
    IDbContextFactory<AuthorityDb> databases,
    PlatformKey platform,
    KdfQueue queue,
    Attempts attempts,
    AuditLog audit,
    AuthorityOptions options,
    TimeProvider time,
    ILogger<KeyVault> log)
{
    /// <summary>Null when the queue is full.</summary>
    public async Task<SealedKey?> SealAsync(SoftwareSigner key, KeyOwner owner, Passphrase passphrase, CancellationToken cancellation)
    {
        using var place = await queue.EnterAsync(cancellation);
        if (place is null)
        {
            return null;
        }

        var pkcs8 = key.ExportPkcs8();
        try
        {
            return await place.RunAsync(() => SealedKey.Seal(pkcs8, owner, passphrase, options.Kdf, platform));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <summary>The key, open in memory; the caller disposes it. Every check that costs nothing comes before the derivation.</summary>
    public async Task<Answer<SoftwareSigner>> UnlockAsync(CredentialRow credential, Passphrase passphrase, string actor, CancellationToken cancellation)
    {
        var opened = await OpenAsync(credential, passphrase, actor, newPassphrase: null, cancellation);
        if (opened.Refusal is { } refusal)
        {
            return refusal;
        }

        try
        {
            return SoftwareSigner.FromPkcs8(opened.Value);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(opened.Value);
        }
    }

    /// <summary>Seals the same key anew; who does not know the old passphrase cannot.</summary>
    public async Task<Refusal?> ChangePassphraseAsync(
        CredentialRow credential, Passphrase old, Passphrase replacement, string actor, CancellationToken cancellation)
    {
        var opened = await OpenAsync(credential, old, actor, replacement, cancellation);
        if (opened.Refusal is null)
        {
            CryptographicOperations.ZeroMemory(opened.Value);
        }

        return opened.Refusal;
    }

    /// <summary>Whether the credential may be used at all now.</summary>
    public Refusal? RefuseStanding(CredentialRow credential)
    {
        var now = time.GetUtcNow();
        return credential.Certificate.Standing switch
        {
            CertificateStanding.Revoked => new Refusal(RefusalReason.CredentialRevoked),
            CertificateStanding.Suspended => new Refusal(RefusalReason.CredentialSuspended),
            _ when now < credential.Certificate.NotBefore || now > credential.Certificate.NotAfter => new Refusal(RefusalReason.CredentialExpired),
            _ => null,
        };
    }

    private async Task<Answer<byte[]>> OpenAsync(
        CredentialRow credential, Passphrase passphrase, string actor, Passphrase? newPassphrase, CancellationToken cancellation)
    {
        if ((RefuseStanding(credential) ?? attempts.Refuse(credential)) is { } refusal)
        {
            return refusal;
        }

        var sealedKey = new SealedKey(credential.KdfSalt, credential.Kdf, credential.SealedKey ?? []);
        if (!sealedKey.IsIntact(credential.Owner, platform))
        {
            log.SealBroken(credential.Id);
            throw new CryptographicException("A sealed key is damaged.");
        }

        using var place = await queue.EnterAsync(cancellation);
        if (place is null)
        {
            return new Refusal(RefusalReason.ServerBusy, RetryAfter: TimeSpan.FromSeconds(2));
        }

        var attempt = await attempts.ReserveAsync(credential.Id, cancellation);
        if (attempt.Refusal is { } locked)
        {
            return locked;
        }

        // From here on nothing is cancelled: an attempt that was taken is settled.
        var pkcs8 = await place.RunAsync(() => sealedKey.Open(credential.Owner, passphrase, platform));
        if (pkcs8 is null)
        {
            return await attempts.SettleWrongAsync(credential.Id, actor, attempt.Value);
        }

        await attempts.SettleRightAsync(credential.Id);
        if (newPassphrase is not null || credential.Kdf.IsWeakerThan(options.Kdf))
        {
            await SealAnewAsync(credential, pkcs8, newPassphrase ?? passphrase, place, actor);
        }

        return pkcs8;
    }

    /// <summary>Also the way in which a key from times of cheaper derivation gets today's cost.</summary>
    private async Task SealAnewAsync(CredentialRow credential, byte[] pkcs8, Passphrase passphrase, KdfQueue.Place place, string actor)
    {
        var anew = await place.RunAsync(() => SealedKey.Seal(pkcs8, credential.Owner, passphrase, options.Kdf, platform));
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync();
        // Only over the blob that was opened: a revocation in between has destroyed it and must not be undone.
        var former = credential.SealedKey;
        var replaced = await db.Credentials.Where(x => x.Id == credential.Id && x.SealedKey == former).ExecuteUpdateAsync(set => set
            .SetProperty(x => x.SealedKey, anew.Blob)
            .SetProperty(x => x.KdfSalt, anew.Salt)
            .SetProperty(x => x.KdfIterations, anew.Kdf.Iterations)
            .SetProperty(x => x.KdfMemoryKiB, anew.Kdf.MemoryKiB)
            .SetProperty(x => x.KdfLanes, anew.Kdf.Lanes));
        if (replaced != 1)
        {
            throw new DbUpdateConcurrencyException("The sealed key changed while its passphrase was being changed.");
        }

        await audit.AppendAsync(db, [new AuditEntry(AuditAct.PassphraseChanged, actor, credential.Id, anew.Kdf.ToString())], CancellationToken.None);
        await transaction.CommitAsync();
    }
}
