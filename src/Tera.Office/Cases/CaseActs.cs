using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Tera.Office.Accounts;
using Tera.Office.Organisation;
using Tera.Office.Signing;
using Tera.Office.Storage;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases;

/// <summary>
/// One person's act on one step: decided once to see whether it is allowed, its effects prepared outside any transaction, then decided again
/// and written in one. Either all of it happened or nothing.
/// </summary>
internal sealed class CaseActs(
    IDbContextFactory<OfficeDb> factory, ProcedureShelf shelf, CaseCast cast, CaseWriter writer, CaseForms forms, EffectHandlers handlers,
    IEnumerable<IKeadaan> facts, IOrganisation organisation, OutboxSignal signal, TimeProvider time)
{
    private static readonly ContentHash Unmade = ContentHash.Create(new string('0', 64));

    /// <returns>Why not; null: done.</returns>
    public async Task<CaseAnswer.Refused?> ActAsync(Caller caller, CaseRow row, StepAct act, CancellationToken cancellation)
    {
        SopDefinition definition = await shelf.KeptAsync(row.DefinitionHash, cancellation);
        Case state = CaseJson.ReadCase(row.State);
        var attempt = new CaseRun(definition, state, time.GetUtcNow());
        (TaskView? view, Holding? holding, CaseAnswer.Refused? notTheirs) = await FindTaskAsync(caller, row, attempt, act.StepId, cancellation);
        if (view is null || holding is null)
        {
            return notTheirs;
        }

        if (await CommandAsync(caller, row, definition, state, view, holding, act, cancellation) is not { Command: { } command } asked)
        {
            return CaseRefusals.Because(CaseRefusalReason.AuthorityUnavailable);
        }

        // The versions that this act's own effects will make do not exist yet; a stand-in lets everything else be judged first.
        if (attempt.Decide(command with { Versions = StandIns(definition, state, view.Step, act) }) is { } refusal)
        {
            return CaseRefusals.From(refusal);
        }

        IReadOnlyList<OpenEffect> wanted = WantedEffects(attempt, view, act);
        // With this act's own effects taken as done, what follows opens too, and shows what the system would have to do next.
        foreach (OpenEffect effect in wanted)
        {
            _ = attempt.Decide(new EffectSucceeded(effect.Key));
        }

        if (FindUnhandled(attempt, wanted) is { } unhandled)
        {
            return CaseRefusals.Because(CaseRefusalReason.EffectRefused, $"Sistem belum dapat menjalankan '{unhandled}' pada langkah ini.");
        }

        var prepared = new List<(OpenEffect Effect, PreparedEffect.Ready Ready)>();
        var artifacts = new ActArtifacts();
        foreach (OpenEffect effect in wanted)
        {
            var context = new ActContext(
                row.Id, row.AgencyId, row.Sop, view.Step.Id, view.Task.Visit, effect.Key, effect.Argument, caller,
                holding.PositionId, CaseCast.TitleOf(holding), act, artifacts);
            switch (await handlers.FindAct(effect.Name)!.PrepareAsync(context, cancellation))
            {
                case PreparedEffect.Refused(var reason, var message):
                    return CaseRefusals.Because(reason, message);
                case PreparedEffect.Ready ready:
                    prepared.Add((effect, ready));
                    break;
            }
        }

        return await WriteAsync(caller, row, definition, state, view, holding, act, asked, prepared, cancellation);
    }

    /// <summary>The open task of that step that the caller may do, and as whom.</summary>
    private async Task<(TaskView? View, Holding? Holding, CaseAnswer.Refused? Refused)> FindTaskAsync(
        Caller caller, CaseRow row, CaseRun run, string stepId, CancellationToken cancellation)
    {
        Refusal? why = null;
        foreach (TaskView view in CaseView.OpenTasks(run.Definition, run.State).Where(view => view.Step.Id == stepId))
        {
            IReadOnlyList<Holding> holders = await cast.TaskAsync(run.Definition, CaseSetting.Of(row), view, cancellation);
            foreach (Holding holding in holders.Where(holding => holding.PersonId == caller.PersonId))
            {
                why = CaseView.WhyNot(run.Definition, run.State, view.Task, CaseCast.ActorOf(holding, view));
                if (why is null)
                {
                    return (view, holding, null);
                }
            }
        }

        bool open = run.State.Open.Exists(task => task.Step == stepId);
        return (null, null, why is not null ? CaseRefusals.From(why)
            : CaseRefusals.Because(run.State.End is not null || !open ? CaseRefusalReason.NotOpen : CaseRefusalReason.NotYours));
    }

    private async Task<Asked?> CommandAsync(
        Caller caller, CaseRow row, SopDefinition definition, Case state, TaskView view, Holding holding, StepAct act, CancellationToken cancellation)
    {
        Step step = view.Step;
        bool forward = step.FindOutcome(act.Outcome) is { IsForward: true };
        IReadOnlyList<(CaseFormRow Row, Submission Submission)> taken = forms.Take(definition, step, act, caller.PersonId, time.GetUtcNow());
        var held = new List<string>();
        foreach (Requirement need in step.Kelengkapan.Where(need => forward && need.Kind == RequirementKind.Fact))
        {
            bool? holds = facts.FirstOrDefault(fact => fact.Name == need.Name) is { } fact
                ? await fact.HoldsAsync(row.Id, row.StarterId, caller.PersonId, cancellation)
                : false;
            if (holds is null)
            {
                return null;
            }

            if (holds is true)
            {
                held.Add(need.Name);
            }
        }

        var command = new CompleteStep(CaseCast.ActorOf(holding, view), step.Id, act.Outcome)
        {
            Member = view.Task.Member,
            Target = act.ReturnTo,
            Reason = string.IsNullOrWhiteSpace(act.Reason) ? null : act.Reason.Trim(),
            Seen = SeenOf(definition, state, step, act),
            Submissions = taken.Select(form => form.Submission).ToList(),
            Ticked = act.Checked,
            Facts = held,
            Disposisi = forward && step.Kind == StepKind.Disposisi ? DisposisiOf(act) : null,
        };
        return new Asked(command, taken.Select(form => form.Row).ToList());
    }

    /// <summary>A hash that is none is a version nobody has: the engine answers it as stale.</summary>
    private static IReadOnlyList<SeenVersion> SeenOf(SopDefinition definition, Case state, Step step, StepAct act) =>
        act.SeenHash is not { Length: > 0 } text ? []
            : definition.Graph.VersionedDocuments(step)
                .Where(name => state.Document(name)?.Current is not null)
                .Select(name => new SeenVersion(name, ContentHash.TryCreate(text, out ContentHash hash) ? hash : Unmade))
                .ToList();

    private static Disposisi? DisposisiOf(StepAct act)
    {
        if (!act.Fields.TryGetValue(DispositionFields.Instruction, out string? instruction) || string.IsNullOrWhiteSpace(instruction))
        {
            return null;
        }

        PositionId? to = act.Fields.TryGetValue(DispositionFields.To, out string? position) && Guid.TryParse(position, out Guid id) ? PositionId.Create(id.ToString()) : null;
        string? note = act.Fields.GetValueOrDefault(DispositionFields.Note);
        DateOnly? due = act.Fields.TryGetValue(DispositionFields.Due, out string? day)
            && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly on) ? on : null;
        return new Disposisi(to, instruction.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), note, due);
    }

    private IReadOnlyList<NewVersion> StandIns(SopDefinition definition, Case state, Step step, StepAct act)
    {
        bool supplies = IsSelfEdit(act) || (step.Kind == StepKind.Isi && EffectsOf(step, act).Any(effect => handlers.FindAct(effect.Name) is not null));
        return !supplies ? []
            : definition.Graph.VersionedDocuments(step)
                .Where(name => IsSelfEdit(act) || state.Document(name)?.Current is null)
                .Select(name => new NewVersion(name, "belum-dibuat", Unmade)).ToList();
    }

    private static IEnumerable<EffectCall> EffectsOf(Step step, StepAct act) => step.Effects.Concat(step.FindOutcome(act.Outcome)?.Effects ?? []);

    private static bool IsSelfEdit(StepAct act) => act.ReturnTo == Outcome.SelfEdit;

    /// <summary>The step's own effects that an act effect does; for a self-edit, taking the edited document.</summary>
    private IReadOnlyList<OpenEffect> WantedEffects(CaseRun attempt, TaskView view, StepAct act)
    {
        List<OpenEffect> effects = attempt.Happened.OfType<EffectRequested>().Select(requested => requested.Effect)
            .Where(effect => effect.Step == view.Step.Id && effect.Visit == view.Task.Visit && effect.Phase == EffectPhase.Doing && handlers.FindAct(effect.Name) is not null)
            .ToList();
        if (IsSelfEdit(act) && handlers.FindAct("dok.versi_baru") is not null)
        {
            string key = $"{act.CaseId}/{view.Step.Id}/{view.Task.Visit}/{Outcome.SelfEdit}";
            effects.Insert(0, new OpenEffect(key, "dok.versi_baru", null, view.Step.Id, view.Task.Visit, view.Task.Member, EffectPhase.Doing, 0, Awaited: false));
        }

        return effects;
    }

    private string? FindUnhandled(CaseRun attempt, IReadOnlyList<OpenEffect> wanted) => attempt.Happened.OfType<EffectRequested>()
        .Select(requested => requested.Effect)
        .Where(effect => !wanted.Contains(effect) && handlers.FindLater(effect.Name) is null)
        .Select(effect => effect.Name).FirstOrDefault();

    private async Task<CaseAnswer.Refused?> WriteAsync(
        Caller caller, CaseRow row, SopDefinition definition, Case state, TaskView view, Holding holding, StepAct act, Asked asked,
        List<(OpenEffect Effect, PreparedEffect.Ready Ready)> prepared, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await CaseWriter.TryClaimAsync(db, row, cancellation))
        {
            return CaseRefusals.Because(CaseRefusalReason.Stale);
        }

        db.AddRange(asked.Forms);
        await RecordActorAsync(db, row.Id, holding, cancellation);
        await db.SaveChangesAsync(cancellation);

        var results = new List<(OpenEffect Effect, EffectResult.Succeeded Result)>();
        foreach ((OpenEffect effect, PreparedEffect.Ready ready) in prepared)
        {
            switch (await ready.Apply(db, cancellation))
            {
                case EffectResult.Failed(var message):
                    return CaseRefusals.Because(CaseRefusalReason.EffectRefused, message);
                case EffectResult.Succeeded result:
                    results.Add((effect, result));
                    break;
            }
        }

        if (await CheckChainsAsync(row, definition, results, cancellation) is { } wrongChain)
        {
            return wrongChain;
        }

        var run = new CaseRun(definition, state, time.GetUtcNow());
        if (DecideAll(run, view, act, asked.Command, results) is { } refusal)
        {
            return CaseRefusals.From(refusal);
        }

        await writer.SkipEmptyLanesAsync(run, CaseSetting.Of(row), cancellation);
        db.Add(new CaseRequestRow { AccountId = caller.AccountId, Key = act.IdempotencyKey, Fingerprint = ActInput.FingerprintOf(act), CaseId = row.Id, At = run.Now });
        await writer.WriteAsync(db, row, run, prepared.Select(effect => effect.Effect.Key).ToHashSet(StringComparer.Ordinal), cancellation);
        await transaction.CommitAsync(cancellation);
        signal.Wake();
        return null;
    }

    /// <summary>
    /// The step with what its effects made. The first new content of a document is what the person brought; all further versions are the
    /// results of their effects, in order.
    /// </summary>
    private static Refusal? DecideAll(CaseRun run, TaskView view, StepAct act, CompleteStep command, List<(OpenEffect Effect, EffectResult.Succeeded Result)> results)
    {
        var brought = new List<NewVersion>();
        var reports = new List<EffectSucceeded>();
        foreach ((OpenEffect effect, EffectResult.Succeeded result) in results)
        {
            NewVersion? version = result.NewVersion is { } made ? VersionOf(made, effect.Key) : null;
            bool bring = version is { Kind: VersionKind.New } && (view.Step.Kind == StepKind.Isi || IsSelfEdit(act))
                && !brought.Exists(other => other.Document == version.Document);
            if (bring)
            {
                brought.Add(version!);
            }

            if (!effect.Key.EndsWith("/" + Outcome.SelfEdit, StringComparison.Ordinal))
            {
                reports.Add(new EffectSucceeded(effect.Key) { Outcome = result.Outcome, Versions = version is null || bring ? [] : [version] });
            }
        }

        List<ChainChoice> chains = results.Select(result => result.Result.Chain).OfType<ChainChosen>()
            .Select(chosen => new ChainChoice(chosen.Rantai, chosen.Positions.Select(position => new ChainMember(null, PositionId.Create(position.ToString()))).ToList()))
            .ToList();
        return run.Decide(command with { Versions = brought, Chains = chains })
            ?? reports.Select(run.Decide).FirstOrDefault(refusal => refusal is not null);
    }

    internal static NewVersion VersionOf(VersionMade made, string proof) => new(
        made.Berkas,
        made.FileName ?? made.Berkas,
        ContentHash.Create(made.Hash.Hex),
        made.Relation switch
        {
            VersionRelation.EquivalentRendering => VersionKind.Equivalent,
            VersionRelation.ExtendedBySignature => VersionKind.Extends,
            _ => VersionKind.New,
        },
        made.Relation == VersionRelation.NewContent || made.Previous is not { } previous ? null : ContentHash.Create(previous.Hex),
        made.Relation == VersionRelation.NewContent ? null : proof);

    /// <summary>A chosen chain stays within the SOP's <c>batas</c>: <c>bawah(bupati)</c> admits positions below the signer only.</summary>
    private async Task<CaseAnswer.Refused?> CheckChainsAsync(
        CaseRow row, SopDefinition definition, List<(OpenEffect Effect, EffectResult.Succeeded Result)> results, CancellationToken cancellation)
    {
        foreach (ChainChosen chosen in results.Select(result => result.Result.Chain).OfType<ChainChosen>())
        {
            if (definition.FindChain(chosen.Rantai)?.Batas is not { Name: "bawah", Arguments: [var laneId] } || definition.FindLane(laneId) is not { } lane)
            {
                continue;
            }

            Holding? top = (await cast.LaneAsync(definition, CaseSetting.Of(row), lane, cancellation)).FirstOrDefault();
            DateOnly today = await cast.TodayAsync(row.AgencyId, cancellation);
            HashSet<Guid> eligible = top is null ? [] : (await organisation.EligibleVerifiersAsync(row.AgencyId, top.PositionId, today, cancellation))
                .Select(holding => holding.PositionId).ToHashSet();
            if (!chosen.Positions.All(eligible.Contains))
            {
                return CaseRefusals.Because(CaseRefusalReason.InvalidInput, "Verifikator harus pejabat di bawah penandatangan.");
            }
        }

        return null;
    }

    internal static async Task RecordActorAsync(OfficeDb db, Guid caseId, Holding holding, CancellationToken cancellation)
    {
        CaseActorRow? known = await db.Set<CaseActorRow>().FindAsync([caseId, holding.PersonId, holding.PositionId], cancellation);
        if (known is null)
        {
            db.Add(new CaseActorRow
            {
                CaseId = caseId,
                PersonId = holding.PersonId,
                PositionId = holding.PositionId,
                Name = holding.PersonName,
                PositionName = CaseCast.TitleOf(holding),
            });
        }
    }

    private sealed record Asked(CompleteStep Command, IReadOnlyList<CaseFormRow> Forms);
}
