using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Tera.Office.Accounts;
using Tera.Office.Organisation;
using Tera.Office.Storage;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases;

/// <summary>The slice's front.</summary>
internal sealed class CaseDesk(
    IDbContextFactory<OfficeDb> factory, ProcedureShelf shelf, CaseCast cast, CaseWriter writer, CaseActs acts, CaseViews views, EffectHandlers handlers,
    IOrganisation organisation, OutboxSignal signal, TimeProvider time) : ICaseDesk
{
    private const int MostListed = 200;

    public async Task<CaseAnswer> StartAsync(Caller caller, string sop, string title, string idempotencyKey, CancellationToken cancellation)
    {
        if (!ActInput.IsKey(idempotencyKey))
        {
            return CaseRefusals.Because(CaseRefusalReason.InvalidInput, "Kunci formulir (Idempotency-Key) harus 1 sampai 128 karakter ASCII.");
        }

        if (ActInput.TitleProblem(title) is { } problem)
        {
            return CaseRefusals.Because(CaseRefusalReason.InvalidInput, problem);
        }

        string fingerprint = ActInput.FingerprintOf(sop, title);
        if (await RepeatedAsync(caller, idempotencyKey, fingerprint, cancellation) is { } again)
        {
            return again;
        }

        if (!shelf.Newest.TryGetValue(sop, out SopDefinition? definition))
        {
            return CaseRefusals.Because(CaseRefusalReason.NotFound, "Prosedur itu tidak ada.");
        }

        if (await StarterAsync(caller, definition, cancellation) is not { } holding)
        {
            return CaseRefusals.Because(CaseRefusalReason.NotYours, "Anda tidak berwenang memulai prosedur ini.");
        }

        Guid id = Guid.CreateVersion7(time.GetUtcNow());
        var run = new CaseRun(definition, null, time.GetUtcNow());
        Actor actor = new(
            PersonId.Create(holding.PersonId.ToString()), PositionId.Create(holding.PositionId.ToString()), ActingKind.Definitif,
            definition.First.Lane is { } lane ? [lane] : []);
        if (run.Decide(new StartCase(CaseId.Create(id.ToString()), actor)) is { } refusal)
        {
            return CaseRefusals.From(refusal);
        }

        if (FindUnhandled(run) is { } unhandled)
        {
            return CaseRefusals.Because(CaseRefusalReason.EffectRefused, $"Sistem belum dapat menjalankan '{unhandled}'.");
        }

        try
        {
            await WriteNewAsync(caller, definition, holding, id, title.Trim(), run, idempotencyKey, fingerprint, cancellation);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation())
        {
            // the same form, sent twice at the same moment: the other one has made the case
            return await RepeatedAsync(caller, idempotencyKey, fingerprint, cancellation) ?? CaseRefusals.Because(CaseRefusalReason.Stale);
        }

        signal.Wake();
        return await DoneAsync(caller, id, cancellation);
    }

    public async Task<CaseAnswer> ActAsync(Caller caller, StepAct act, CancellationToken cancellation)
    {
        using SecretText? secret = act.Secret;
        if (ActInput.Problem(act) is { } problem)
        {
            return CaseRefusals.Because(CaseRefusalReason.InvalidInput, problem);
        }

        string fingerprint = ActInput.FingerprintOf(act);
        if (await RepeatedAsync(caller, act.IdempotencyKey, fingerprint, cancellation) is { } again)
        {
            return again;
        }

        if (await views.FindVisibleAsync(caller, act.CaseId, cancellation) is not { } row)
        {
            return CaseRefusals.Because(CaseRefusalReason.NotFound);
        }

        if (await IsStaleAsync(row, act.CaseVersion, cancellation))
        {
            return CaseRefusals.Because(CaseRefusalReason.Stale);
        }

        try
        {
            // When it is refused, the same form may have been done meanwhile: sent twice at the same moment.
            return await acts.ActAsync(caller, row, act, cancellation) is { } refused
                ? await RepeatedAsync(caller, act.IdempotencyKey, fingerprint, cancellation) ?? refused
                : await DoneAsync(caller, row.Id, cancellation);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation())
        {
            return await RepeatedAsync(caller, act.IdempotencyKey, fingerprint, cancellation) ?? CaseRefusals.Because(CaseRefusalReason.Stale);
        }
    }

    public Task<CasePage?> FindAsync(Caller caller, Guid caseId, CancellationToken cancellation) => views.FindAsync(caller, caseId, cancellation);

    public Task<IReadOnlyList<InboxItem>> InboxAsync(Caller caller, CancellationToken cancellation) => views.InboxAsync(caller, cancellation);

    public Task<IReadOnlyList<CaseSummary>> MineAsync(Caller caller, int limit, CancellationToken cancellation) =>
        views.MineAsync(caller, Math.Clamp(limit, 1, MostListed), cancellation);

    public async Task<CaseAnswer> CancelAsync(Caller caller, Guid caseId, string reason, CancellationToken cancellation)
    {
        if (ActInput.ReasonProblem(reason) is { } problem)
        {
            return CaseRefusals.Because(CaseRefusalReason.InvalidInput, problem);
        }

        if (await views.FindVisibleAsync(caller, caseId, cancellation) is not { } row)
        {
            return CaseRefusals.Because(CaseRefusalReason.NotFound);
        }

        Holding? holding = (await organisation.HoldingsOfAsync(caller.PersonId, await cast.TodayAsync(caller.AgencyId, cancellation), cancellation)).FirstOrDefault();
        if (holding is null || (row.StarterId != caller.PersonId && !caller.Roles.Contains(Role.Admin)))
        {
            return CaseRefusals.Because(CaseRefusalReason.NotYours, "Hanya pemulai perkara atau admin yang boleh membatalkan.");
        }

        var by = new Actor(PersonId.Create(caller.PersonId.ToString()), PositionId.Create(holding.PositionId.ToString()), ActingKind.Definitif, [], IsAdministrator: true);
        return await ChangeAsync(row, new CancelCase(by, reason.Trim()), holding, cancellation) ?? await DoneAsync(caller, caseId, cancellation);
    }

    public async Task<CaseAnswer> RecordVersionAsync(Guid caseId, VersionMade version, string proof, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        if (await db.Set<CaseRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == caseId, cancellation) is not { } row)
        {
            return CaseRefusals.Because(CaseRefusalReason.NotFound);
        }

        NewVersion made = CaseActs.VersionOf(version, proof);
        return (CaseAnswer?)await ChangeAsync(row, new RecordEquivalent(made), null, cancellation)
            ?? new CaseAnswer.Done(await views.SystemPageAsync(caseId, cancellation));
    }

    public Task<IReadOnlyList<StepRecord>> HistoryAsync(Guid caseId, CancellationToken cancellation) => views.HistoryAsync(caseId, cancellation);

    public async Task<IReadOnlyList<ProcedureSummary>> ProceduresAsync(Caller caller, CancellationToken cancellation)
    {
        var found = new List<ProcedureSummary>();
        foreach (SopDefinition definition in shelf.Newest.Values.OrderBy(definition => definition.Name, StringComparer.Ordinal))
        {
            if (definition.First.IsHuman && handlers.CanRun(definition) && await StarterAsync(caller, definition, cancellation) is not null)
            {
                found.Add(new ProcedureSummary(
                    definition.Name, definition.Identity.Nama, definition.Identity.Instansi, definition.First.Uraian,
                    definition.Documents.Any(berkas => berkas is { Jenis: "naskah", Berversi: true })));
            }
        }

        return found;
    }

    /// <summary>One command outside an act, in a transaction of its own.</summary>
    private async Task<CaseAnswer.Refused?> ChangeAsync(CaseRow row, CaseCommand command, Holding? by, CancellationToken cancellation)
    {
        var run = new CaseRun(await shelf.KeptAsync(row.DefinitionHash, cancellation), CaseJson.ReadCase(row.State), time.GetUtcNow());
        if (run.Decide(command) is { } refusal)
        {
            return CaseRefusals.From(refusal);
        }

        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await CaseWriter.TryClaimAsync(db, row, cancellation))
        {
            return CaseRefusals.Because(CaseRefusalReason.Stale);
        }

        if (by is not null)
        {
            await CaseActs.RecordActorAsync(db, row.Id, by, cancellation);
        }

        await writer.WriteAsync(db, row, run, new HashSet<string>(StringComparer.Ordinal), cancellation);
        await transaction.CommitAsync(cancellation);
        signal.Wake();
        return null;
    }

    private async Task WriteNewAsync(
        Caller caller, SopDefinition definition, Holding holding, Guid id, string title, CaseRun run, string key, string fingerprint, CancellationToken cancellation)
    {
        var row = new CaseRow
        {
            Id = id,
            AgencyId = caller.AgencyId,
            UnitId = holding.UnitId,
            StarterId = caller.PersonId,
            Sop = definition.Name,
            SopName = definition.Identity.Nama,
            DefinitionHash = definition.Hash.Value,
            Title = title,
            Version = 0,
            State = "",
            Status = "",
            WaitingFor = "",
            StartedAt = run.Now,
            LastChange = run.Now,
        };
        await writer.SkipEmptyLanesAsync(run, CaseSetting.Of(row), cancellation);
        CaseWriter.Refresh(row, run);
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellation);
        await shelf.KeepAsync(db, definition, cancellation);
        db.Add(new CaseRequestRow { AccountId = caller.AccountId, Key = key, Fingerprint = fingerprint, CaseId = id, At = run.Now });
        await writer.WriteNewAsync(db, row, run, cancellation);
        await CaseActs.RecordActorAsync(db, id, holding, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The caller's position in which they may start the procedure; null: they may not.</summary>
    private async Task<Holding?> StarterAsync(Caller caller, SopDefinition definition, CancellationToken cancellation)
    {
        DateOnly today = await cast.TodayAsync(caller.AgencyId, cancellation);
        Lane? lane = definition.First.Lane is { } id ? definition.FindLane(id) : null;
        foreach (Holding holding in await organisation.HoldingsOfAsync(caller.PersonId, today, cancellation))
        {
            if (lane is null)
            {
                return null;
            }

            IReadOnlyList<Holding> holders = await cast.LaneAsync(definition, new CaseSetting(caller.AgencyId, holding.UnitId, caller.PersonId), lane, cancellation);
            if (holders.Any(holder => holder.PersonId == caller.PersonId))
            {
                return holding;
            }
        }

        return null;
    }

    private string? FindUnhandled(CaseRun run) => run.Happened.OfType<EffectRequested>()
        .Select(requested => requested.Effect.Name).FirstOrDefault(name => handlers.FindLater(name) is null);

    private async Task<CaseAnswer?> RepeatedAsync(Caller caller, string key, string fingerprint, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        CaseRequestRow? known = await db.Set<CaseRequestRow>().AsNoTracking()
            .SingleOrDefaultAsync(request => request.AccountId == caller.AccountId && request.Key == key, cancellation);
        return known is null ? null
            : known.Fingerprint == fingerprint ? await DoneAsync(caller, known.CaseId, cancellation)
            : CaseRefusals.Because(CaseRefusalReason.InvalidInput, "Kunci formulir itu sudah dipakai untuk permintaan lain.");
    }

    private async Task<CaseAnswer> DoneAsync(Caller caller, Guid caseId, CancellationToken cancellation) =>
        await views.OwnPageAsync(caller, caseId, cancellation) is { } page ? new CaseAnswer.Done(page) : CaseRefusals.Because(CaseRefusalReason.NotFound);

    /// <summary>
    /// Whether anything happened since the caller looked that changes what they decide on. A result of an effect or a first reading does not;
    /// a new rendering is checked by its hash.
    /// </summary>
    private async Task<bool> IsStaleAsync(CaseRow row, long seen, CancellationToken cancellation)
    {
        if (seen == row.Version)
        {
            return false;
        }

        if (seen > row.Version || seen < 1)
        {
            return true;
        }

        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        List<string> since = await db.Set<CaseEventRow>().AsNoTracking()
            .Where(happened => happened.CaseId == row.Id && happened.Seq > seen).OrderBy(happened => happened.Seq)
            .Select(happened => happened.Json).ToListAsync(cancellation);
        return since.Select(CaseJson.ReadEvent).Any(happened => happened is not
            (TaskRead or EffectRecorded or VersionAdded { Version.Kind: VersionKind.Equivalent }));
    }
}
