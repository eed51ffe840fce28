using Microsoft.EntityFrameworkCore;

namespace Tera.Authority.Databases;

/// <summary>Numbers that only rise, over restarts, crashes and nodes. A block that was leased and not used up is lost.</summary>
internal sealed class Counters(IDbContextFactory<AuthorityDb> databases)
{
    /// <summary>The first number of a block of so many.</summary>
    public async Task<long> LeaseAsync(string name, int count, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var first = await LeaseAsync(db, name, count, cancellation);
        await transaction.CommitAsync(cancellation);
        return first;
    }

    /// <summary>In the caller's transaction; the row stays locked until its end.</summary>
    public static async Task<long> LeaseAsync(AuthorityDb db, string name, int count, CancellationToken cancellation)
    {
        if (await db.Counters.Where(x => x.Name == name).ExecuteUpdateAsync(set => set.SetProperty(x => x.Next, x => x.Next + count), cancellation) == 0)
        {
            throw new InvalidOperationException($"The counter {name} is missing.");
        }

        return await db.Counters.Where(x => x.Name == name).Select(x => x.Next).SingleAsync(cancellation) - count;
    }

    /// <summary>At the start, under the initialisation lock.</summary>
    public async Task InitialiseAsync(IEnumerable<string> names, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        foreach (var name in names)
        {
            if (!await db.Counters.AnyAsync(x => x.Name == name, cancellation))
            {
                db.Counters.Add(new CounterRow { Name = name, Next = 1 });
            }
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Lifts a counter to a value; never lowers it.</summary>
    public async Task RaiseAsync(string name, long value, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Counters.Where(x => x.Name == name && x.Next < value)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Next, value), cancellation);
    }

    public async Task<long> ReadAsync(string name, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Counters.Where(x => x.Name == name).Select(x => x.Next).SingleAsync(cancellation);
    }
}
