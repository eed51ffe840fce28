using Microsoft.EntityFrameworkCore;
using Tera.Office.Storage;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases.Outbox;

/// <summary><c>pengingat.pasang(P23M)</c>: after that time the renewal opens by itself, for the same person.</summary>
internal sealed class SetReminder(TimeProvider time) : IOutboxEffect
{
    private const string Renewal = "umum/perpanjangan";

    public string Name => "pengingat.pasang";

    public async Task<EffectResult> RunAsync(OutboxContext context, CancellationToken cancellation)
    {
        if (!IsoDuration.TryParse(context.Argument, out IsoDuration after))
        {
            return new EffectResult.Failed($"Pengingat '{context.Argument}' bukan lama waktu ISO 8601.");
        }

        if (!await context.Db.Set<ReminderRow>().AnyAsync(row => row.Key == context.EffectKey, cancellation))
        {
            DateTimeOffset due = time.GetUtcNow().AddYears(after.Years).AddMonths(after.Months).AddDays(after.Days) + after.Time;
            context.Db.Add(new ReminderRow { Key = context.EffectKey, CaseId = context.CaseId, OpensSop = Renewal, DueAt = due });
        }

        return EffectResult.Ok;
    }
}

/// <summary>
/// <c>tugas.alihkan</c>: tasks that were given to the owner alone go back to their whole lane, so that no letter waits for somebody who can no longer sign.
/// </summary>
internal sealed class RerouteTasks(CaseChange change) : IOutboxEffect
{
    public string Name => "tugas.alihkan";

    public async Task<EffectResult> RunAsync(OutboxContext context, CancellationToken cancellation)
    {
        Guid owner = await context.Db.Set<CaseRow>().Where(row => row.Id == context.CaseId).Select(row => row.StarterId).SingleAsync(cancellation);
        string key = CaseCast.PersonKey(owner);
        List<Guid> concerned = await (
            from task in context.Db.Set<CaseTaskRow>()
            where task.AgencyId == context.AgencyId && task.Human && task.CaseId != context.CaseId
            join candidate in context.Db.Set<CaseCandidateRow>() on task.Id equals candidate.TaskId
            where candidate.Who == key
            select task.CaseId).Distinct().ToListAsync(cancellation);
        foreach (Guid caseId in concerned)
        {
            await change.TryAsync(caseId, run => Release(run, owner), cancellation);
        }

        return EffectResult.Ok;
    }

    private static bool Release(CaseRun run, Guid owner)
    {
        var person = PersonId.Create(owner.ToString());
        bool any = false;
        foreach (var task in run.State.Open.FindAll(task => task.AssignedTo == person))
        {
            any |= run.Decide(new Reassign(null, task.Step, task.Member, null, "Sertifikat pemilik tugas dicabut.")) is null;
        }

        return any;
    }
}
