using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Tera.Authority.Access;
using Tera.Authority.Audit;
using Tera.Authority.Databases;
using Tera.Authority.Issuance;
using Tera.Authority.Requests;
using Tera.Authority.Vault;
using Tera.Pki.Keys;

namespace Tera.Authority.RemoteSigning;

internal sealed record AuthorizeRequest(string CredentialId, int NumSignatures, IReadOnlyList<byte[]> Hashes, string HashAlgorithmOid, string? Description);

internal sealed record SignHashRequest(string CredentialId, string Sad, IReadOnlyList<byte[]> Hashes, string? HashAlgorithmOid, string SignAlgo);

/// <summary>In the order of the hashes.</summary>
internal sealed record Signatures(IReadOnlyList<byte[]> Values);

internal sealed record Activation(string Sad, TimeSpan ExpiresIn);

/// <summary>
/// Signing in three transactions: reserve the listed hashes, sign without one, complete. The SAD is an opaque handle; each
/// occurrence of a hash is one row that goes AUTHORIZED -> RESERVED -> CONSUMED or RELEASED, and never back.
/// A crash between the steps leaves a row reserved for ever: the hash is not signed twice.
/// </summary>
internal sealed class Activations(
    IDbContextFactory<AuthorityDb> databases,
    KeyVault vault,
    OpenKeys openKeys,
    AuditLog audit,
    AuthorityOptions options,
    TimeProvider time,
    ILogger<Activations> log)
{
    private const int SadLength = 32;
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    public async Task<Answer<Activation>> AuthorizeAsync(Caller caller, AuthorizeRequest request, Passphrase passphrase, CancellationToken cancellation)
    {
        if (await FindCredentialAsync(caller, request.CredentialId, cancellation) is not { } credential)
        {
            return UnknownCredential();
        }

        if (RefuseHashes(credential, request.Hashes, request.HashAlgorithmOid) is { } refusal)
        {
            return refusal;
        }

        if (request.NumSignatures != request.Hashes.Count)
        {
            return new Refusal(RefusalReason.InvalidRequest, $"numSignatures is {request.NumSignatures}, but there are {request.Hashes.Count} hashes");
        }

        if (openKeys.IsFull)
        {
            return new Refusal(RefusalReason.ServerBusy, RetryAfter: TimeSpan.FromSeconds(5));
        }

        var unlocked = await vault.UnlockAsync(credential, passphrase, caller.ClientId, cancellation);
        return unlocked.Refusal is { } no ? no : await OpenAsync(caller, request, unlocked.Value);
    }

    public async Task<Answer<Signatures>> SignAsync(Caller caller, SignHashRequest request, CancellationToken cancellation)
    {
        var handleHash = HashOf(request.Sad);
        var reserved = await ReserveAsync(caller, request, handleHash, cancellation);
        if (reserved.Refusal is { } refusal)
        {
            return refusal;
        }

        // What is reserved is brought to its end, whether or not the caller still waits.
        var reservation = reserved.Value;
        using var certified = PublicKey.Import(reservation.SubjectPublicKeyInfo)
            ?? throw new CryptographicException("A certificate of this authority has an unreadable key.");
        var outcome = openKeys.Sign(handleHash, request.Hashes, certified);
        var done = outcome is { Faulty: false };
        if (await CompleteAsync(caller, request.CredentialId, handleHash, reservation.Number, done) == 0)
        {
            openKeys.Close(handleHash);
        }

        if (outcome is null)
        {
            return new Refusal(RefusalReason.SadKeyGone);
        }

        if (outcome.Faulty)
        {
            log.SignatureFaulty(request.CredentialId);
            return new Refusal(RefusalReason.ServerError);
        }

        return new Signatures(outcome.Signatures);
    }

    private async Task<Activation> OpenAsync(Caller caller, AuthorizeRequest request, SoftwareSigner key)
    {
        var sad = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SadLength));
        var handleHash = HashOf(sad);
        var expiresAt = time.GetUtcNow() + options.Activations.Lifetime;
        var handedOver = false;
        try
        {
            await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Activations.Add(new ActivationRow
            {
                HandleHash = handleHash,
                CredentialId = request.CredentialId,
                ClientId = caller.ClientId,
                HashAlgorithmOid = request.HashAlgorithmOid,
                ExpiresAt = expiresAt,
            });
            db.AuthorisedHashes.AddRange(request.Hashes.Select((hash, ordinal) =>
                new AuthorisedHashRow { HandleHash = handleHash, Ordinal = ordinal, Hash = Convert.ToHexStringLower(hash) }));
            await audit.AppendAsync(db, [new AuditEntry(AuditAct.ActivationOpened, caller.ClientId, request.CredentialId, Describe(handleHash, request))], CancellationToken.None);
            await transaction.CommitAsync();
            openKeys.Add(handleHash, request.CredentialId, key, expiresAt);
            handedOver = true;
        }
        finally
        {
            if (!handedOver)
            {
                key.Dispose();
            }
        }

        return new Activation(sad, options.Activations.Lifetime);
    }

    /// <summary>First transaction: everything is checked and all listed hashes are taken, or none.</summary>
    private async Task<Answer<Reservation>> ReserveAsync(Caller caller, SignHashRequest request, string handleHash, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Locks the row, so that parallel calls with one SAD stand in line.
        await db.Activations.Where(x => x.HandleHash == handleHash)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Reservations, x => x.Reservations + 1), cancellation);
        var activation = await db.Activations.AsNoTracking().SingleOrDefaultAsync(x => x.HandleHash == handleHash, cancellation);
        var credential = await FindCredentialAsync(db, caller, request.CredentialId, cancellation);
        var taken = credential is null
            ? UnknownCredential()
            : await TakeAsync(db, caller, request, activation, credential, cancellation);
        if (taken.Refusal is { Reason: RefusalReason.SadInvalid or RefusalReason.HashNotAuthorized or RefusalReason.HashAlreadySigned } attack)
        {
            await transaction.RollbackAsync(cancellation);
            await audit.AppendAsync(new AuditEntry(AuditAct.SigningRefused, caller.ClientId, request.CredentialId, attack.Reason.ToString()), cancellation);
        }

        if (taken.Refusal is { } refusal)
        {
            return refusal;
        }

        await audit.AppendAsync(
            db, [new AuditEntry(AuditAct.SigningReserved, caller.ClientId, request.CredentialId, Describe(handleHash, request.Hashes))], cancellation);
        await transaction.CommitAsync(cancellation);
        return taken;
    }

    private async Task<Answer<Reservation>> TakeAsync(
        AuthorityDb db, Caller caller, SignHashRequest request, ActivationRow? activation, CredentialRow credential, CancellationToken cancellation)
    {
        if (activation is null
            || !string.Equals(activation.ClientId, caller.ClientId, StringComparison.Ordinal)
            || !string.Equals(activation.CredentialId, credential.Id, StringComparison.Ordinal))
        {
            return new Refusal(RefusalReason.SadInvalid);
        }

        if ((vault.RefuseStanding(credential) ?? RefuseActivation(activation)
            ?? RefuseHashes(credential, request.Hashes, request.HashAlgorithmOid ?? activation.HashAlgorithmOid)
            ?? RefuseSignAlgo(credential, request.SignAlgo)) is { } refusal)
        {
            return refusal;
        }

        // One parameter for the whole list, so that the statement is the same for every length.
        var wanted = request.Hashes.Select(Convert.ToHexStringLower).ToList();
        var rows = await db.AuthorisedHashes.AsNoTracking()
            .Where(x => x.HandleHash == activation.HandleHash && EF.Parameter(wanted).Contains(x.Hash))
            .OrderBy(x => x.Ordinal)
            .ToListAsync(cancellation);
        var listed = rows.Select(x => x.Hash).ToHashSet(StringComparer.Ordinal);
        if (!wanted.TrueForAll(listed.Contains))
        {
            return new Refusal(RefusalReason.HashNotAuthorized);
        }

        var free = rows.Where(x => x.State == AuthorisedHashState.Authorized)
            .GroupBy(x => x.Hash, StringComparer.Ordinal)
            .ToDictionary(x => x.Key, x => new Queue<int>(x.Select(row => row.Ordinal)), StringComparer.Ordinal);
        var ordinals = new List<int>(wanted.Count);
        foreach (var hash in wanted)
        {
            if (!free.TryGetValue(hash, out var occurrences) || !occurrences.TryDequeue(out var ordinal))
            {
                return new Refusal(RefusalReason.HashAlreadySigned);
            }

            ordinals.Add(ordinal);
        }

        // A spent list says so before a missing key does: both are true after the last hash.
        if (!openKeys.Contains(activation.HandleHash))
        {
            return new Refusal(RefusalReason.SadKeyGone);
        }

        var number = activation.Reservations;
        await db.AuthorisedHashes
            .Where(x => x.HandleHash == activation.HandleHash && EF.Parameter(ordinals).Contains(x.Ordinal) && x.State == AuthorisedHashState.Authorized)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, AuthorisedHashState.Reserved).SetProperty(x => x.Reservation, number), cancellation);
        return new Reservation(number, SubjectPublicKeyInfoOf(credential));
    }

    /// <summary>Third transaction; how many hashes of the activation may still be signed.</summary>
    private async Task<int> CompleteAsync(Caller caller, string credentialId, string handleHash, int number, bool done)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var state = done ? AuthorisedHashState.Consumed : AuthorisedHashState.Released;
        var count = await db.AuthorisedHashes
            .Where(x => x.HandleHash == handleHash && x.Reservation == number && x.State == AuthorisedHashState.Reserved)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, state));
        var act = done ? AuditAct.SigningCompleted : AuditAct.SigningFailed;
        await audit.AppendAsync(db, [new AuditEntry(act, caller.ClientId, credentialId, $"{handleHash[..16]} reservation {number}: {count}")], CancellationToken.None);
        var left = await db.AuthorisedHashes.CountAsync(
            x => x.HandleHash == handleHash && (x.State == AuthorisedHashState.Authorized || x.State == AuthorisedHashState.Reserved));
        await transaction.CommitAsync();
        return left;
    }

    private Refusal? RefuseActivation(ActivationRow activation)
    {
        if (activation.Withdrawn)
        {
            return new Refusal(RefusalReason.SadInvalid);
        }

        return activation.ExpiresAt <= time.GetUtcNow() ? new Refusal(RefusalReason.SadExpired) : null;
    }

    private static Refusal? RefuseHashes(CredentialRow credential, IReadOnlyList<byte[]> hashes, string oid)
    {
        var algorithm = AlgorithmOf(credential);
        if (!string.Equals(HashAlgorithms.OidOf(algorithm.Hash), oid, StringComparison.Ordinal))
        {
            return new Refusal(RefusalReason.InvalidRequest, $"hashAlgorithmOID: this credential signs hashes of {HashAlgorithms.OidOf(algorithm.Hash)} only");
        }

        for (var i = 0; i < hashes.Count; i++)
        {
            if (!algorithm.AcceptsDigest(hashes[i].Length))
            {
                return new Refusal(RefusalReason.InvalidRequest, $"hashes[{i}]: {hashes[i].Length} bytes, but {oid} has {algorithm.DigestLength}");
            }
        }

        return null;
    }

    private static Refusal? RefuseSignAlgo(CredentialRow credential, string signAlgo)
    {
        var algorithm = AlgorithmOf(credential);
        var bare = algorithm.Scheme == SignatureScheme.Ecdsa ? EcPublicKey : RsaEncryption;
        return string.Equals(signAlgo, algorithm.Oid, StringComparison.Ordinal) || string.Equals(signAlgo, bare, StringComparison.Ordinal)
            ? null
            : new Refusal(RefusalReason.InvalidRequest, $"signAlgo: this credential signs with {algorithm.Oid} only");
    }

    private Task<CredentialRow?> FindCredentialAsync(Caller caller, string credentialId, CancellationToken cancellation) =>
        Credentials.FindAsync(databases, caller.ClientId, credentialId, cancellation);

    private static Task<CredentialRow?> FindCredentialAsync(AuthorityDb db, Caller caller, string credentialId, CancellationToken cancellation) =>
        Credentials.FindAsync(db, caller.ClientId, credentialId, cancellation);

    private static SignatureAlgorithm AlgorithmOf(CredentialRow credential) => Credentials.AlgorithmOf(credential);

    private static byte[] SubjectPublicKeyInfoOf(CredentialRow credential) => Credentials.SubjectPublicKeyInfoOf(credential);

    private static Refusal UnknownCredential() => new(RefusalReason.InvalidRequest, "credentialID: there is no such credential");

    private static string HashOf(string sad) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sad)));

    /// <summary>The log has the hash of what was signed, and of what the person was told it is; neither tells a stranger anything.</summary>
    private static string Describe(string handleHash, AuthorizeRequest request) => request.Description is { } description
        ? $"{Describe(handleHash, request.Hashes)} description {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(description)))}"
        : Describe(handleHash, request.Hashes);

    private static string Describe(string handleHash, IReadOnlyList<byte[]> hashes)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var hash in hashes)
        {
            all.AppendData(hash);
        }

        return $"{handleHash[..16]} hashes {hashes.Count} sha256 {Convert.ToHexStringLower(all.GetHashAndReset())}";
    }

    private sealed record Reservation(int Number, byte[] SubjectPublicKeyInfo);
}
