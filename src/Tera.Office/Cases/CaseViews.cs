using Microsoft.EntityFrameworkCore;
using Tera.Office.Accounts;
using Tera.Office.Organisation;
using Tera.Office.Storage;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases;

/// <summary>Cases as people see them.</summary>
internal sealed class CaseViews(
    IDbContextFactory<OfficeDb> factory, ProcedureShelf shelf, CaseCast cast, CaseForms forms, TimeProvider time)
{
    private const int MostInInbox = 500;

    /// <summary>
    /// The case when the caller may see it: they acted in it, a task of it is theirs, it was started in their unit, or their role reads all of the agency.
    /// Another agency's case and one that does not exist are the same.
    /// </summary>
    public async Task<CaseRow?> FindVisibleAsync(Caller caller, Guid caseId, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        CaseRow? row = await db.Set<CaseRow>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == caseId && found.AgencyId == caller.AgencyId, cancellation);
        if (row is null || row.StarterId == caller.PersonId || caller.Roles.Overlaps([Role.Admin, Role.Auditor, Role.Arsiparis]))
        {
            return row;
        }

        CallerToday today = await cast.CallerTodayAsync(caller, cancellation);
        IReadOnlyList<string> keys = today.Keys;
        bool concerned = await db.Set<CaseActorRow>().AnyAsync(actor => actor.CaseId == caseId && actor.PersonId == caller.PersonId, cancellation)
            || await (from task in db.Set<CaseTaskRow>()
                      where task.CaseId == caseId
                      join candidate in db.Set<CaseCandidateRow>() on task.Id equals candidate.TaskId
                      where keys.Contains(candidate.Who)
                      select task.Id).AnyAsync(cancellation)
            || today.Holdings.Any(holding => holding.UnitId == row.UnitId);
        return concerned ? row : null;
    }

    public async Task<CasePage?> FindAsync(Caller caller, Guid caseId, CancellationToken cancellation) =>
        await FindVisibleAsync(caller, caseId, cancellation) is { } row ? await PageAsync(row, caller, cancellation) : null;

    /// <summary>The page for who has just acted, also when the case is no longer theirs to see later.</summary>
    public async Task<CasePage?> OwnPageAsync(Caller caller, Guid caseId, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        CaseRow? row = await db.Set<CaseRow>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == caseId && found.AgencyId == caller.AgencyId, cancellation);
        return row is null ? null : await PageAsync(row, caller, cancellation);
    }

    public async Task<CasePage> SystemPageAsync(Guid caseId, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        return await PageAsync(await db.Set<CaseRow>().AsNoTracking().SingleAsync(row => row.Id == caseId, cancellation), null, cancellation);
    }

    public async Task<IReadOnlyList<StepRecord>> HistoryAsync(Guid caseId, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        if (await db.Set<CaseRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == caseId, cancellation) is not { } row)
        {
            return [];
        }

        SopDefinition definition = await shelf.KeptAsync(row.DefinitionHash, cancellation);
        return CasePages.History(definition, CaseJson.ReadCase(row.State), await ActorsAsync(db, caseId, cancellation));
    }

    public async Task<IReadOnlyList<CaseSummary>> MineAsync(Caller caller, int limit, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<CaseRow>().AsNoTracking()
            .Where(row => row.AgencyId == caller.AgencyId
                && (row.StarterId == caller.PersonId || db.Set<CaseActorRow>().Any(actor => actor.CaseId == row.Id && actor.PersonId == caller.PersonId)))
            .OrderByDescending(row => row.LastChange).Take(limit)
            .Select(row => new CaseSummary(row.Id, row.Title, row.Sop, row.SopName, row.Status, row.EndedAt != null, row.WaitingFor, row.StartedAt, row.LastChange))
            .ToListAsync(cancellation);
    }

    public async Task<IReadOnlyList<InboxItem>> InboxAsync(Caller caller, CancellationToken cancellation)
    {
        CallerToday today = await cast.CallerTodayAsync(caller, cancellation);
        IReadOnlyList<string> keys = today.Keys;
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        var found = await (
            from task in db.Set<CaseTaskRow>().AsNoTracking()
            where task.AgencyId == caller.AgencyId && task.Human
            join candidate in db.Set<CaseCandidateRow>() on task.Id equals candidate.TaskId
            where keys.Contains(candidate.Who)
            join row in db.Set<CaseRow>().AsNoTracking() on task.CaseId equals row.Id
            orderby task.Due ?? DateTimeOffset.MaxValue, task.Since
            select new { task, row, candidate.Who }).Take(MostInInbox).ToListAsync(cancellation);
        List<Guid> caseIds = found.Select(entry => entry.row.Id).Distinct().ToList();
        ILookup<Guid, CaseActorRow> actors = (await db.Set<CaseActorRow>().AsNoTracking().Where(actor => caseIds.Contains(actor.CaseId)).ToListAsync(cancellation))
            .ToLookup(actor => actor.CaseId);

        TimeZoneInfo zone = await cast.ZoneAsync(caller.AgencyId, cancellation);
        var items = new List<InboxItem>();
        foreach (var entry in found.DistinctBy(entry => entry.task.Id))
        {
            SopDefinition definition = await shelf.KeptAsync(entry.row.DefinitionHash, cancellation);
            Case state = CaseJson.ReadCase(entry.row.State);
            TaskView? view = CaseView.OpenTasks(definition, state).FirstOrDefault(open => open.Step.Id == entry.task.StepId && open.Task.Member == entry.task.Member);
            Holding? mine = today.FindHolding(entry.Who);
            if (view is null || mine is null || CaseView.WhyNot(definition, state, view.Task, CaseCast.ActorOf(mine, view)) is not null)
            {
                continue; // theirs by lane, but not to be done by them: another person must (pemisahan), or no acting official may
            }

            items.Add(new InboxItem(
                entry.row.Id, entry.row.Title, entry.row.Sop, entry.row.SopName, view.Step.Id, view.Step.Uraian, CasePages.KindOf(view.Step),
                state.History is [.., var last] ? CasePages.NameOf(last.By, [.. actors[entry.row.Id]]) : entry.row.SopName,
                entry.task.Since, entry.task.Due, CaseClock.BandOf(entry.task.Due, time.GetUtcNow(), zone), view.Round, CaseCast.ActingPrefix(mine.Kind) is null ? null : CaseCast.TitleOf(mine)));
        }

        return items;
    }

    private static async Task<IReadOnlyList<CaseActorRow>> ActorsAsync(OfficeDb db, Guid caseId, CancellationToken cancellation) =>
        await db.Set<CaseActorRow>().AsNoTracking().Where(actor => actor.CaseId == caseId).ToListAsync(cancellation);

    private async Task<CasePage> PageAsync(CaseRow row, Caller? caller, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        SopDefinition definition = await shelf.KeptAsync(row.DefinitionHash, cancellation);
        Case state = CaseJson.ReadCase(row.State);
        List<CaseTaskRow> tasks = await db.Set<CaseTaskRow>().AsNoTracking().Where(task => task.CaseId == row.Id).ToListAsync(cancellation);
        var open = new List<OpenTask>();
        foreach (TaskView view in CaseView.OpenTasks(definition, state))
        {
            open.Add(await TaskAsync(db, row, definition, state, view, tasks, caller, cancellation));
        }

        return new CasePage(
            row.Id, row.Sop, row.SopName, row.Title, row.Status, row.EndedAt is not null, row.Version, state.Returns + 1, row.StartedAt, row.EndedAt,
            open, CasePages.History(definition, state, await ActorsAsync(db, row.Id, cancellation)), CasePages.Steps(definition, state),
            [.. state.Effects.Where(effect => effect.Awaited).Select(effect => effect.Name), .. state.SubCase is { } sub ? [sub.Sop] : Array.Empty<string>()]);
    }

    private async Task<OpenTask> TaskAsync(
        OfficeDb db, CaseRow row, SopDefinition definition, Case state, TaskView view, List<CaseTaskRow> tasks, Caller? caller, CancellationToken cancellation)
    {
        IReadOnlyList<Holding> holders = view.Step.IsHuman ? await cast.TaskAsync(definition, CaseSetting.Of(row), view, cancellation) : [];
        Holding? mine = caller is null ? null : holders.FirstOrDefault(holding => holding.PersonId == caller.PersonId);
        bool may = mine is not null && CaseView.WhyNot(definition, state, view.Task, CaseCast.ActorOf(mine, view)) is null;
        var fields = new List<StepField>();
        foreach (Berkas berkas in CaseForms.AskedIn(definition, view.Step))
        {
            IReadOnlyDictionary<string, string> values = may ? await forms.LatestAsync(db, row.Id, berkas.Name, cancellation) : new Dictionary<string, string>(StringComparer.Ordinal);
            fields.AddRange(CaseForms.FieldsOf(berkas).Select(name => new StepField(name, CasePages.LabelOf(name), values.GetValueOrDefault(name))));
        }

        return new OpenTask(
            view.Step.Id, view.Step.Nomor, view.Step.Uraian, CasePages.KindOf(view.Step), view.Lane?.Id ?? "", CasePages.LaneNameOf(view, holders),
            holders.Select(holding => $"{holding.PersonName}, {CaseCast.TitleOf(holding)}").ToList(), may,
            mine is null || CaseCast.ActingPrefix(mine.Kind) is null ? null : CaseCast.TitleOf(mine),
            view.Task.Since, tasks.Find(task => task.StepId == view.Step.Id && task.Member == view.Task.Member)?.Due,
            view.Documents.Select(document => document.Hash.Value).FirstOrDefault(), CasePages.NeedsPassphrase(definition, view.Step),
            CasePages.Outcomes(definition, view), view.Step.DaftarPeriksa, CasePages.MissingOf(definition, view), view.Task.Failure)
        {
            Effects = [.. view.Step.Effects.Concat(view.Step.Outcomes.SelectMany(outcome => outcome.Effects)).Select(effect => effect.Name).Distinct(StringComparer.Ordinal)],
            Fields = fields,
            ForwardsTo = view.Step.HandsTo is { } lane ? definition.FindLane(lane)?.Nama : null,
        };
    }
}
