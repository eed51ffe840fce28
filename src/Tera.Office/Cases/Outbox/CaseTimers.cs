using Microsoft.EntityFrameworkCore;
using Tera.Office.Storage;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases.Outbox;

/// <summary>What happens by time alone: a task that expires (<c>batas</c>), a wait that ends (<c>sampai</c>), a reminder, a vacant lane that has a holder again.</summary>
internal sealed class CaseTimers(
    IDbContextFactory<OfficeDb> factory, ProcedureShelf shelf, CaseClock clock, CaseChange change, CaseOpening opening, TimeProvider time)
{
    private const int AtOnce = 100;
    private static readonly TimeSpan KeepRequests = TimeSpan.FromDays(30);

    /// <summary>Acts on everything that is due now. Several nodes may do it: each change claims its case.</summary>
    public async Task TickAsync(CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        foreach (CaseTaskRow task in await db.Set<CaseTaskRow>().AsNoTracking()
            .Where(task => task.WakeAt != null && task.WakeAt <= now).OrderBy(task => task.WakeAt).Take(AtOnce).ToListAsync(cancellation))
        {
            await change.TryAsync(task.CaseId, run => run.Decide(task.Human ? new Expired(task.StepId) : new TimeReached(task.StepId)) is null, cancellation);
        }

        foreach (Guid vacant in await db.Set<CaseTaskRow>().AsNoTracking().Where(task => task.Vacant).Select(task => task.CaseId).Distinct().OrderBy(id => id).Take(AtOnce).ToListAsync(cancellation))
        {
            await change.TryAsync(vacant, _ => true, cancellation);
        }

        await AskWaitsAsync(db, cancellation);
        await RemindAsync(db, now, cancellation);
        DateTimeOffset old = now - KeepRequests;
        await db.Set<CaseRequestRow>().Where(request => request.At < old).ExecuteDeleteAsync(cancellation);
    }

    private async Task AskWaitsAsync(OfficeDb db, CancellationToken cancellation)
    {
        var waits = await (
            from task in db.Set<CaseTaskRow>().AsNoTracking()
            where !task.Human && task.WakeAt == null
            join row in db.Set<CaseRow>().AsNoTracking() on task.CaseId equals row.Id
            orderby task.Id
            select new { task.Id, task.StepId, row.DefinitionHash, CaseId = row.Id, row.StarterId }).Take(AtOnce).ToListAsync(cancellation);
        foreach (var wait in waits)
        {
            SopDefinition definition = await shelf.KeptAsync(wait.DefinitionHash, cancellation);
            if (await clock.AskWaitEndsAsync(wait.CaseId, wait.StarterId, definition.Step(wait.StepId), cancellation) is { } ends)
            {
                await db.Set<CaseTaskRow>().Where(task => task.Id == wait.Id).ExecuteUpdateAsync(set => set.SetProperty(task => task.WakeAt, ends), cancellation);
            }
        }
    }

    private async Task RemindAsync(OfficeDb db, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (ReminderRow reminder in await db.Set<ReminderRow>().AsNoTracking().Where(reminder => reminder.DueAt <= now).OrderBy(reminder => reminder.DueAt).Take(AtOnce).ToListAsync(cancellation))
        {
            CaseRow about = await db.Set<CaseRow>().AsNoTracking().SingleAsync(row => row.Id == reminder.CaseId, cancellation);
            if (shelf.Newest.TryGetValue(reminder.OpensSop, out SopDefinition? definition))
            {
                await opening.OpenAsync(definition, CaseSetting.Of(about), about.Title, reminder.Key, cancellation);
                await db.Set<ReminderRow>().Where(row => row.Key == reminder.Key).ExecuteDeleteAsync(cancellation);
            }
        }
    }
}
