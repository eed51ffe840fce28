using Microsoft.EntityFrameworkCore;
using Tera.Office.Storage;

namespace Tera.Office.Cases.Outbox;

/// <summary>
/// Hands out rows to be worked on. A lease is taken by a conditional update, so that of any number of nodes one gets a row; it runs out
/// when its node dies, and another node does the work again.
/// </summary>
internal sealed class OutboxQueue(IDbContextFactory<OfficeDb> factory, TimeProvider time)
{
    /// <summary>Renewed while the work runs, so it only has to outlast a pause of the process.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private const int Candidates = 20;

    /// <summary>This process, among the nodes.</summary>
    public Guid Owner { get; } = Guid.NewGuid();

    /// <summary>
    /// The oldest row that is due and free, leased; null: there is none. Of one visit of one step only the first is handed out:
    /// the effects of a step are done in their order.
    /// </summary>
    public async Task<OutboxRow?> TakeAsync(CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        List<OutboxRow> due = await db.Set<OutboxRow>().AsNoTracking()
            .Where(row => row.DueAt <= now && (row.LeaseUntil == null || row.LeaseUntil <= now))
            .Where(row => !db.Set<OutboxRow>().Any(before => before.CaseId == row.CaseId && before.StepId == row.StepId && before.Visit == row.Visit && before.Seq < row.Seq))
            .OrderBy(row => row.DueAt).ThenBy(row => row.Seq).Take(Candidates).ToListAsync(cancellation);
        foreach (OutboxRow row in due)
        {
            DateTimeOffset until = now + Lease;
            int taken = await db.Set<OutboxRow>()
                .Where(free => free.Seq == row.Seq && (free.LeaseUntil == null || free.LeaseUntil <= now))
                .ExecuteUpdateAsync(set => set.SetProperty(free => free.LeaseOwner, Owner).SetProperty(free => free.LeaseUntil, until), cancellation);
            if (taken == 1)
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>
    /// Frees what a process that is gone had begun, so that its work goes on at once and not when its lease runs out.
    /// Leases taken after <paramref name="aloneAt"/> are left: a node that came later may have them.
    /// </summary>
    /// <param name="aloneAt">When this was certainly the only process on the database.</param>
    public async Task FreeAbandonedAsync(DateTimeOffset aloneAt, CancellationToken cancellation)
    {
        DateTimeOffset last = aloneAt + Lease;
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        await db.Set<OutboxRow>().Where(row => row.LeaseUntil <= last && row.LeaseOwner != Owner).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), cancellation);
    }

    /// <summary>Keeps the lease while the work runs.</summary>
    /// <returns>False: it was lost.</returns>
    public async Task<bool> RenewAsync(long seq, CancellationToken cancellation)
    {
        DateTimeOffset until = time.GetUtcNow() + Lease;
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<OutboxRow>().Where(row => row.Seq == seq && row.LeaseOwner == Owner)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, until), cancellation) == 1;
    }

    /// <summary>Gives the row back to be tried later.</summary>
    public async Task PostponeAsync(OutboxRow row, TimeSpan pause, string problem, CancellationToken cancellation)
    {
        DateTimeOffset due = time.GetUtcNow() + pause;
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        await db.Set<OutboxRow>().Where(mine => mine.Seq == row.Seq && mine.LeaseOwner == Owner).ExecuteUpdateAsync(
            set => set
                .SetProperty(mine => mine.DueAt, due)
                .SetProperty(mine => mine.Attempts, row.Attempts + 1)
                .SetProperty(mine => mine.LastProblem, problem)
                .SetProperty(mine => mine.LeaseOwner, (Guid?)null)
                .SetProperty(mine => mine.LeaseUntil, (DateTimeOffset?)null),
            cancellation);
    }

    public async Task RemoveAsync(long seq, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        await db.Set<OutboxRow>().Where(row => row.Seq == seq).ExecuteDeleteAsync(cancellation);
    }
}
