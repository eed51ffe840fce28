using Microsoft.EntityFrameworkCore;
using Tera.Office.Cases.Outbox;
using Tera.Office.Organisation;
using Tera.Office.Storage;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases;

/// <summary>
/// The only writer of case events. Everything it writes for one command is in the caller's transaction: events, snapshot, open tasks,
/// outbox rows, and what other slices must do at a case's end.
/// </summary>
internal sealed class CaseWriter(CaseCast cast, CaseClock clock, IEnumerable<ICaseEndObserver> observers)
{
    private const string Running = "berjalan";

    /// <summary>Skips open tasks whose lane nobody holds, where the SOP says <c>kosong: lewati</c>.</summary>
    public async Task SkipEmptyLanesAsync(CaseRun run, CaseSetting setting, CancellationToken cancellation)
    {
        for (bool skipped = true; skipped && run.State.End is null;)
        {
            skipped = false;
            foreach (TaskView view in CaseView.OpenTasks(run.Definition, run.State).Where(view => view.Lane is { Kosong: EmptyLanePolicy.Lewati }))
            {
                if ((await cast.TaskAsync(run.Definition, setting, view, cancellation)).Count == 0
                    && run.Decide(new LaneEmpty(view.Step.Id, view.Task.Member)) is null)
                {
                    skipped = true;
                    break; // the open tasks are others now
                }
            }
        }
    }

    /// <summary>Claims the case: no other writer can move it on until the transaction ends.</summary>
    /// <returns>False: somebody else was first.</returns>
    public static async Task<bool> TryClaimAsync(OfficeDb db, CaseRow row, CancellationToken cancellation) =>
        await db.Set<CaseRow>().Where(current => current.Id == row.Id && current.Version == row.Version)
            .ExecuteUpdateAsync(set => set.SetProperty(current => current.Version, row.Version), cancellation) == 1;

    /// <summary>Writes a new case.</summary>
    public async Task WriteNewAsync(OfficeDb db, CaseRow row, CaseRun run, CancellationToken cancellation)
    {
        db.Add(row);
        await WritePartsAsync(db, row, 0, run, new HashSet<string>(StringComparer.Ordinal), cancellation);
    }

    /// <summary>Writes what happened to a claimed case.</summary>
    /// <param name="done">Keys of effects that the act itself has done.</param>
    public async Task WriteAsync(OfficeDb db, CaseRow row, CaseRun run, IReadOnlySet<string> done, CancellationToken cancellation)
    {
        if (run.Happened.Count == 0)
        {
            return;
        }

        long before = row.Version;
        Refresh(row, run);
        await db.Set<CaseRow>().Where(current => current.Id == row.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(current => current.Version, row.Version)
                .SetProperty(current => current.State, row.State)
                .SetProperty(current => current.Status, row.Status)
                .SetProperty(current => current.WaitingFor, row.WaitingFor)
                .SetProperty(current => current.LastChange, row.LastChange)
                .SetProperty(current => current.EndedAt, row.EndedAt),
            cancellation);
        await WritePartsAsync(db, row, before, run, done, cancellation);
    }

    /// <summary>Puts the folded state into the row.</summary>
    public static void Refresh(CaseRow row, CaseRun run)
    {
        row.Version = checked(row.Version + run.Happened.Count);
        row.State = CaseJson.Write(run.State);
        row.Status = run.State.End ?? Running;
        row.WaitingFor = run.State.Open is [var first, ..] ? run.Definition.Step(first.Step).Uraian : "";
        row.LastChange = run.Now;
        row.EndedAt = run.State.EndedAt;
    }

    private async Task WritePartsAsync(OfficeDb db, CaseRow row, long before, CaseRun run, IReadOnlySet<string> done, CancellationToken cancellation)
    {
        db.AddRange(run.Happened.Select((happened, index) => new CaseEventRow
        {
            CaseId = row.Id,
            Seq = before + index + 1,
            At = happened.At,
            Json = CaseJson.Write(happened),
        }));
        AddOutbox(db, row, run, done);
        await db.SaveChangesAsync(cancellation);
        await ProjectTasksAsync(db, row, run, cancellation);
        if (run.Happened.OfType<CaseEnded>().FirstOrDefault() is { } ended)
        {
            await EndAsync(db, row, ended, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
    }

    private static void AddOutbox(OfficeDb db, CaseRow row, CaseRun run, IReadOnlySet<string> done)
    {
        HashSet<string> open = run.State.Effects.Select(effect => effect.Key).ToHashSet(StringComparer.Ordinal);
        db.AddRange(run.Happened.OfType<EffectRequested>()
            .Select(requested => requested.Effect)
            .Where(effect => open.Contains(effect.Key) && !done.Contains(effect.Key))
            .Select(effect => Row(effect.Key, effect.Name, effect.Argument, effect.Step, effect.Visit)));
        db.AddRange(run.Happened.OfType<SubCaseRequested>()
            .Where(requested => run.State.SubCase?.Key == requested.SubCase.Key)
            .Select(requested => Row(requested.SubCase.Key, SystemWork.Call, requested.SubCase.Sop, requested.SubCase.Step, run.State.Record(requested.SubCase.Step)?.Visits ?? 1)));

        OutboxRow Row(string key, string name, string? argument, string step, int visit) => new()
        {
            CaseId = row.Id,
            AgencyId = row.AgencyId,
            Sop = row.Sop,
            EffectKey = key,
            Name = name,
            Argument = argument,
            StepId = step,
            Visit = visit,
            DueAt = run.Now,
            Attempts = 0,
        };
    }

    /// <summary>Writes the open tasks anew; also used when a lane that was empty may have a holder now.</summary>
    public async Task ProjectTasksAsync(OfficeDb db, CaseRow row, CaseRun run, CancellationToken cancellation)
    {
        await db.Set<CaseTaskRow>().Where(task => task.CaseId == row.Id).ExecuteDeleteAsync(cancellation);
        if (run.State.End is not null)
        {
            return;
        }

        foreach (TaskView view in CaseView.OpenTasks(run.Definition, run.State).Where(view => view.Step.Kind != StepKind.Sistem))
        {
            IReadOnlyList<Holding> holders = view.Step.IsHuman ? await cast.TaskAsync(run.Definition, CaseSetting.Of(row), view, cancellation) : [];
            var task = new CaseTaskRow
            {
                Id = Guid.CreateVersion7(run.Now),
                CaseId = row.Id,
                AgencyId = row.AgencyId,
                StepId = view.Step.Id,
                Visit = view.Task.Visit,
                Member = view.Task.Member,
                Since = view.Task.Since,
                Due = view.Step.IsHuman ? await clock.DueAsync(run.Definition, view, row.AgencyId, cancellation) : null,
                Human = view.Step.IsHuman,
                WakeAt = view.ExpiresAt ?? await clock.WaitEndsAsync(db, row.Id, view.Step, cancellation),
                Vacant = view.Step.IsHuman && holders.Count == 0,
            };
            db.Add(task);
            db.AddRange(CaseCast.Candidates(view, holders).Select(who => new CaseCandidateRow { TaskId = task.Id, Who = who }));
        }

        await db.SaveChangesAsync(cancellation);
    }

    private async Task EndAsync(OfficeDb db, CaseRow row, CaseEnded ended, CancellationToken cancellation)
    {
        CaseEnd how = ended.End switch
        {
            "selesai" => CaseEnd.Selesai,
            "dibatalkan" => CaseEnd.Dibatalkan,
            _ => CaseEnd.Ditolak,
        };
        foreach (ICaseEndObserver observer in observers)
        {
            await observer.OnEndedAsync(db, row.Id, how, ended.Reason, cancellation);
        }

        if (row.Parent is { } parent && Guid.TryParse(parent.Split('/')[0], out Guid caller))
        {
            db.Add(new OutboxRow
            {
                CaseId = caller,
                AgencyId = row.AgencyId,
                Sop = row.Sop,
                EffectKey = parent + "/berakhir",
                Name = SystemWork.Returned,
                Argument = ended.End,
                StepId = "",
                Visit = 0,
                DueAt = ended.At,
                Attempts = 0,
            });
        }
    }
}
