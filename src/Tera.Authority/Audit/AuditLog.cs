using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tera.Authority.Databases;
using Tera.Authority.Vault;

namespace Tera.Authority.Audit;

/// <summary>What a check of the log found; <paramref name="Sequence"/> is the first entry that does not hold.</summary>
public sealed record AuditVerdict(bool Holds, long Entries, long? Sequence, string Finding);

/// <summary>A sealed statement "the log had entry N with hash H", kept outside the database: it proves a cut or a restored backup.</summary>
public sealed record AuditCheckpoint(long Sequence, string Hash, string Seal);

/// <summary>
/// The append-only log: each entry's hash covers its content and the hash before it; the head (last number and hash) is
/// sealed under a key of the platform, so that whoever holds the database alone can neither rewrite nor shorten it.
/// Entries are appended in the transaction of the act they tell of, so neither exists without the other.
/// </summary>
public sealed class AuditLog
{
    private const string HeadPurpose = "tera audit head v1";
    private const int HeadId = 1;
    private static readonly byte[] Origin = SHA256.HashData("tera audit log v1"u8);
    private readonly IDbContextFactory<AuthorityDb> databases;
    private readonly PlatformKey platform;
    private readonly TimeProvider time;

    internal AuditLog(IDbContextFactory<AuthorityDb> databases, PlatformKey platform, TimeProvider time)
    {
        this.databases = databases;
        this.platform = platform;
        this.time = time;
    }

    /// <summary>Walks the whole log, then the head, then the checkpoint if there is one.</summary>
    public async Task<AuditVerdict> VerifyAsync(AuditCheckpoint? checkpoint, CancellationToken cancellation)
    {
        if (checkpoint is not null && !SealHolds(checkpoint.Sequence, checkpoint.Hash, Convert.FromHexString(checkpoint.Seal)))
        {
            return new AuditVerdict(false, 0, checkpoint.Sequence, "the seal of the checkpoint does not hold");
        }

        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var snapshot = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var head = await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync(x => x.Id == HeadId, cancellation);
        var hash = Origin;
        var sequence = 0L;
        var checkpointMet = checkpoint is null;
        await foreach (var row in db.Audit.AsNoTracking().OrderBy(x => x.Sequence).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            sequence++;
            if (row.Sequence != sequence)
            {
                return new AuditVerdict(false, sequence - 1, sequence, "an entry is missing");
            }

            if (!row.PreviousHash.AsSpan().SequenceEqual(hash) || !row.Hash.AsSpan().SequenceEqual(HashOf(row)))
            {
                return new AuditVerdict(false, sequence - 1, sequence, "an entry was altered, put in or moved");
            }

            hash = row.Hash;
            checkpointMet |= checkpoint is not null && row.Sequence == checkpoint.Sequence
                && string.Equals(Convert.ToHexStringLower(hash), checkpoint.Hash, StringComparison.Ordinal);
        }

        if (head is null || !SealHolds(head.Sequence, Convert.ToHexStringLower(head.Hash), head.Seal))
        {
            return new AuditVerdict(false, sequence, sequence, "the sealed head is missing or does not hold");
        }

        if (head.Sequence != sequence || !head.Hash.AsSpan().SequenceEqual(hash))
        {
            return new AuditVerdict(false, sequence, sequence, $"the log ends at {sequence}, but the sealed head is at {head.Sequence}");
        }

        return checkpointMet
            ? new AuditVerdict(true, sequence, null, "every entry holds")
            : new AuditVerdict(false, sequence, checkpoint!.Sequence, "the log does not contain the entry of the checkpoint: it was cut or put back to an older state");
    }

    /// <summary>The present head, to be kept where the database's operator cannot reach. Null on an empty log.</summary>
    public async Task<AuditCheckpoint?> CheckpointAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync(x => x.Id == HeadId, cancellation) is { } head
            ? new AuditCheckpoint(head.Sequence, Convert.ToHexStringLower(head.Hash), Convert.ToHexStringLower(head.Seal))
            : null;
    }

    /// <summary>Whether the log still has the entry of a checkpoint; one look instead of a walk through the whole log.</summary>
    internal async Task<bool> ContainsAsync(AuditCheckpoint checkpoint, CancellationToken cancellation)
    {
        if (!SealHolds(checkpoint.Sequence, checkpoint.Hash, Convert.FromHexString(checkpoint.Seal)))
        {
            return false;
        }

        if (checkpoint.Sequence == 0)
        {
            return true;
        }

        await using var db = await databases.CreateDbContextAsync(cancellation);
        var hash = await db.Audit.Where(x => x.Sequence == checkpoint.Sequence).Select(x => x.Hash).SingleOrDefaultAsync(cancellation);
        return hash is not null && string.Equals(Convert.ToHexStringLower(hash), checkpoint.Hash, StringComparison.Ordinal);
    }

    /// <summary>In a transaction of its own.</summary>
    internal async Task AppendAsync(AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await AppendAsync(db, [entry], cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>
    /// In the caller's transaction, as its last step: the head row is the lock that puts all writers in line, and it is
    /// held until the commit.
    /// </summary>
    internal async Task AppendAsync(AuthorityDb db, IReadOnlyList<AuditEntry> entries, CancellationToken cancellation)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("An audit entry is written in the transaction of its act.");
        }

        await db.AuditHeads.Where(x => x.Id == HeadId).ExecuteUpdateAsync(set => set.SetProperty(x => x.Sequence, x => x.Sequence), cancellation);
        var head = await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync(x => x.Id == HeadId, cancellation)
            ?? throw new InvalidOperationException("The audit log has no head; the authority was not initialised.");
        var (sequence, hash) = (head.Sequence, head.Hash);
        foreach (var entry in entries)
        {
            var row = new AuditRow
            {
                Sequence = ++sequence,
                At = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()),
                Act = entry.Act.ToString(),
                Actor = entry.Actor,
                Subject = entry.Subject,
                Detail = entry.Detail,
                PreviousHash = hash,
                Hash = [],
            };
            row.Hash = hash = HashOf(row);
            db.Audit.Add(row);
        }

        await db.SaveChangesAsync(cancellation);
        var seal = SealOf(sequence, Convert.ToHexStringLower(hash));
        await db.AuditHeads.Where(x => x.Id == HeadId).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.Sequence, sequence).SetProperty(x => x.Hash, hash).SetProperty(x => x.Seal, seal), cancellation);
    }

    /// <summary>An empty log has a sealed head too, so that a log emptied later is found. Only beside an empty log.</summary>
    internal async Task InitialiseAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (!await db.AuditHeads.AnyAsync(cancellation) && !await db.Audit.AnyAsync(cancellation) && !await db.Certificates.AnyAsync(cancellation))
        {
            db.AuditHeads.Add(new AuditHeadRow
            {
                Id = HeadId, Sequence = 0, Hash = Origin, Seal = SealOf(0, Convert.ToHexStringLower(Origin)),
            });
            await db.SaveChangesAsync(cancellation);
        }
    }

    private bool SealHolds(long sequence, string hash, byte[] seal) =>
        CryptographicOperations.FixedTimeEquals(SealOf(sequence, hash), seal);

    private byte[] SealOf(long sequence, string hash)
    {
        var key = platform.Derive(HeadPurpose);
        var seal = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{sequence} {hash}")));
        CryptographicOperations.ZeroMemory(key);
        return seal;
    }

    /// <summary>Each field with its length before it, so that no two entries have the same bytes.</summary>
    private static byte[] HashOf(AuditRow row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, row.Sequence);
        hash.AppendData(number);
        BinaryPrimitives.WriteInt64BigEndian(number, row.At.ToUnixTimeMilliseconds());
        hash.AppendData(number);
        foreach (var field in (ReadOnlySpan<string>)[row.Act, row.Actor, row.Subject, row.Detail])
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt64BigEndian(number, bytes.Length);
            hash.AppendData(number);
            hash.AppendData(bytes);
        }

        hash.AppendData(row.PreviousHash);
        return hash.GetHashAndReset();
    }
}
