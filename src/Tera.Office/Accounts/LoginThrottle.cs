using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tera.Office.Storage;

namespace Tera.Office.Accounts;

/// <summary>Counts wrong passwords: by name in the database (all nodes share it), by address in memory (a flood is each node's own matter).</summary>
internal sealed class LoginThrottle(IDbContextFactory<OfficeDb> factory, AccountsSettings settings, TimeProvider time)
{
    /// <summary>Addresses kept; beyond it the whole count starts anew, which favours the user.</summary>
    private const int MaxAddresses = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, (int Failures, DateTimeOffset Since)> _addresses = [];

    /// <summary>
    /// Counts an attempt before the password is tried, so that parallel guesses share one limit.
    /// </summary>
    /// <returns>Until when the name is locked; null: go on.</returns>
    public async Task<DateTimeOffset?> CountAttemptAsync(string name, CancellationToken cancellation)
    {
        string key = KeyOf(name);
        DateTimeOffset now = time.GetUtcNow();
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        await RemoveOldAsync(db, now, cancellation);
        if (await IncrementAsync(db, key, now, cancellation) == 0 && !await TryInsertAsync(key, now, cancellation))
        {
            await IncrementAsync(db, key, now, cancellation); // another attempt on the same name was first
        }

        LoginFailureRow? row = await db.Set<LoginFailureRow>().AsNoTracking().SingleOrDefaultAsync(failure => failure.NameHash == key, cancellation);
        if (row is null || row.Attempts <= settings.AttemptsBeforeLock)
        {
            return null;
        }

        DateTimeOffset until = row.LockedUntil ?? now + settings.LockFor;
        await db.Set<LoginFailureRow>().Where(failure => failure.NameHash == key && failure.LockedUntil == null)
            .ExecuteUpdateAsync(set => set.SetProperty(failure => failure.LockedUntil, until), cancellation);
        return until;
    }

    public async Task ForgetAsync(string name, CancellationToken cancellation)
    {
        string key = KeyOf(name);
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        await db.Set<LoginFailureRow>().Where(failure => failure.NameHash == key).ExecuteDeleteAsync(cancellation);
    }

    /// <returns>Until when the address is refused; null: go on.</returns>
    public DateTimeOffset? RefusedUntil(IPAddress? from)
    {
        IPAddress? address = SubscriberOf(from);
        lock (_gate)
        {
            return address is not null && _addresses.TryGetValue(address, out (int Failures, DateTimeOffset Since) seen)
                && seen.Failures >= settings.FailuresPerAddress && seen.Since + settings.AddressWindow > time.GetUtcNow()
                ? seen.Since + settings.AddressWindow
                : null;
        }
    }

    public void CountFailure(IPAddress? from)
    {
        if (SubscriberOf(from) is not { } address)
        {
            return;
        }

        lock (_gate)
        {
            if (_addresses.Count >= MaxAddresses)
            {
                _addresses.Clear();
            }

            DateTimeOffset now = time.GetUtcNow();
            _addresses[address] = _addresses.TryGetValue(address, out (int Failures, DateTimeOffset Since) seen) && seen.Since + settings.AddressWindow > now
                ? (seen.Failures + 1, seen.Since)
                : (1, now);
        }
    }

    /// <summary>One line of a provider: with IPv6 a single machine has 2^64 addresses to guess from (RFC 6177), and IPv4 may come in either form.</summary>
    private static IPAddress? SubscriberOf(IPAddress? address)
    {
        if (address is null or { AddressFamily: AddressFamily.InterNetwork })
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private static string KeyOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name.Trim().ToLowerInvariant())));

    private Task<int> RemoveOldAsync(OfficeDb db, DateTimeOffset now, CancellationToken cancellation)
    {
        DateTimeOffset old = now - settings.LockFor;
        return db.Set<LoginFailureRow>().Where(failure => failure.LastAt < old).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>While locked, further attempts do not prolong the lock: <c>LastAt</c> stays, so the row falls when the lock ends.</summary>
    private static Task<int> IncrementAsync(OfficeDb db, string key, DateTimeOffset now, CancellationToken cancellation) =>
        db.Set<LoginFailureRow>().Where(failure => failure.NameHash == key).ExecuteUpdateAsync(
            set => set
                .SetProperty(failure => failure.Attempts, failure => failure.Attempts < 1000 ? failure.Attempts + 1 : failure.Attempts)
                .SetProperty(failure => failure.LastAt, failure => failure.LockedUntil == null ? now : failure.LastAt),
            cancellation);

    private async Task<bool> TryInsertAsync(string key, DateTimeOffset now, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        db.Add(new LoginFailureRow { NameHash = key, Attempts = 1, LastAt = now });
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation())
        {
            return false;
        }
    }
}
