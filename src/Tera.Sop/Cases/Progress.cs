using System.Collections.Immutable;
using Tera.Sop.Definitions;

namespace Tera.Sop.Cases;

/// <summary>One decision under way: each event is folded at once, so that what follows is decided on the state it leaves.</summary>
internal sealed class Progress(SopDefinition definition, Case? current, DateTimeOffset now)
{
    private readonly List<CaseEvent> events = [];
    private Case? state = current;

    public SopDefinition Definition { get; } = definition;

    public DateTimeOffset Now { get; } = now;

    public Case Case => state ?? throw new InvalidOperationException("The case has not begun.");

    public Decision Accept() => new Decision.Accepted(events);

    public void Emit(CaseEvent happened)
    {
        state = CaseMachine.Evolve(state, happened);
        events.Add(happened);
    }

    public void Open(Step step, OpenedBecause because, int? onlyMember = null, PositionId? holder = null, PersonId? assignedTo = null)
    {
        var visit = (Case.Record(step.Id)?.Visits ?? 0) + 1;
        var run = step.Chain is null ? null : RunOf(step, onlyMember);
        Emit(new StepOpened(Now, step.Id, visit, because, run, holder, assignedTo));
        RequestOpening(step, visit);
    }

    public void RequestOpening(Step step, int visit)
    {
        if (step.Kind == StepKind.Sistem)
        {
            Request(step.Effects, step, visit, null, EffectPhase.Doing);
            if (step.Calls is not null)
            {
                Emit(new SubCaseRequested(Now, new SubCase($"{Case.Id}/{step.Id}/{visit}/panggil", step.Calls, step.Id, step.CallsUnless)));
            }
        }
        else
        {
            Request(step.EffectsOnOpen, step, visit, null, EffectPhase.Opening);
        }
    }

    /// <summary>Records what was done and asks for its effects; the step is left at once when there is nothing to wait for.</summary>
    public void Do(Step step, Outcome outcome, Func<Deed, StepDone> describe, Deed deed, Action? between = null)
    {
        Emit(describe(deed));
        between?.Invoke();
        var byPerson = deed.By is not null && !outcome.IsSystemOnly;
        Request(byPerson ? [.. step.Effects, .. outcome.Effects] : outcome.Effects, step, deed.Visit, deed.Member, EffectPhase.Doing);
        if (!Case.IsWaitingForEffects)
        {
            Leave();
        }
    }

    /// <summary>All effects of what was done have succeeded: it counts now, and the outcome leads on.</summary>
    public void Leave()
    {
        var deed = Case.Deed!;
        var step = Definition.Step(deed.Step);
        var outcome = step.FindOutcome(deed.Outcome)!;
        var lineages = deed.Seen.ToDictionary(seen => seen.Document, seen => LineageOf(seen), StringComparer.Ordinal);
        if (!outcome.IsSystemOnly)
        {
            ApplyBuffered(step, deed.By);
        }

        if (step.Kind is StepKind.Putus or StepKind.Tte && outcome.IsApproving && deed.By is not null)
        {
            foreach (var seen in deed.Seen)
            {
                Emit(new Approved(Now, new Approval(step.Id, deed.Member, deed.By, seen.Document, seen.Hash, lineages[seen.Document], deed.At)));
            }
        }

        switch (outcome.Goes)
        {
            case OutcomeTarget.Return back:
                Return(step, deed, back);
                break;
            case OutcomeTarget.Reject reject:
                Emit(new CaseEnded(Now, reject.End, deed.Reason, null));
                break;
            default:
                Forward(step, deed, outcome);
                break;
        }
    }

    public void LeaveSkipped(Step step, Outcome outcome)
    {
        var previous = Case.Record(step.Id)!.LastOutcome;
        Emit(new StepLeft(Now, step.Id, outcome.Name, step.Output, Skipped: true, null));
        Follow(step, outcome, previous, deed: null);
    }

    /// <summary>After a chain member is through or skipped: the next one, or out of the step.</summary>
    public void AdvanceChain(Step step, Outcome outcome, WithdrawPoint? withdrawable)
    {
        var run = Case.Run(step.Id)!;
        var done = run.Status.Count(status => status == MemberStatus.Done);
        var waiting = run.Status.IndexOf(MemberStatus.Waiting);
        var enough = step.Suffices is { } suffices && done >= suffices;
        if (!enough && run.Status.Contains(MemberStatus.Open))
        {
            return;
        }

        if (!enough && waiting >= 0)
        {
            Emit(new MemberOpened(Now, step.Id, Case.Record(step.Id)!.Visits, waiting));
            return;
        }

        var previous = Case.Record(step.Id)!.LastOutcome;
        Emit(new StepLeft(Now, step.Id, outcome.Name, step.Output, Skipped: done == 0, withdrawable));
        Follow(step, outcome, previous, deed: null);
    }

    public void ApplyBuffered(Step step, ActedBy? by)
    {
        foreach (var version in Case.Buffered)
        {
            AddVersion(version, step, by);
        }
    }

    public void AddVersion(NewVersion version, Step step, ActedBy? by)
    {
        var last = Case.Document(version.Document)?.Current;
        if (last is not null && last.Hash == version.Hash)
        {
            return;
        }

        var lineage = version.Kind == VersionKind.New ? (Case.Document(version.Document)?.Versions.Max(known => (int?)known.Lineage) ?? 0) + 1 : last!.Lineage;
        Emit(new VersionAdded(Now, version.Document, new DocumentVersion(version.FileName, version.Hash, version.Kind, lineage, by, step.Id, Now, version.Proof)));
    }

    public void Request(IReadOnlyList<EffectCall> effects, Step step, int visit, int? member, EffectPhase phase)
    {
        var place = member is { } number ? $"{step.Id}#{number}" : step.Id;
        for (var order = 0; order < effects.Count; order++)
        {
            var effect = effects[order];
            var awaited = step.Kind == StepKind.Sistem || EffectCatalog.Find(effect.Name)!.Awaited;
            Emit(new EffectRequested(Now, new OpenEffect($"{Case.Id}/{place}/{visit}/{effect}", effect.Name, effect.Argument, step.Id, visit, member, phase, order, awaited)));
        }
    }

    private int LineageOf(SeenVersion seen) => Case.Document(seen.Document)!.Versions.FindLast(version => version.Hash == seen.Hash)!.Lineage;

    private void Forward(Step step, Deed deed, Outcome outcome)
    {
        var previous = Case.Record(step.Id)!.LastOutcome;
        var withdrawable = Withdrawal.PointOf(Definition, step, outcome, deed);
        if (deed.Member is { } member)
        {
            Emit(new MemberLeft(Now, step.Id, member, withdrawable));
            AdvanceChain(step, outcome, withdrawable);
            return;
        }

        // What failed or expired leaves nothing behind.
        Emit(new StepLeft(Now, step.Id, outcome.Name, outcome.IsSystemOnly ? [] : step.Output, Skipped: false, withdrawable));
        Follow(step, outcome, previous, deed);
    }

    /// <summary>
    /// Where the case goes after a step. Who refused with <c>lanjut</c> waits for the target of his return: when the target
    /// decides as before, the case is straight back with him; when it decides otherwise, it goes the way of the new decision.
    /// </summary>
    private void Follow(Step step, Outcome outcome, string? previous, Deed? deed)
    {
        if (Case.Resume is [.., var waiting] && string.Equals(waiting.Target, step.Id, StringComparison.Ordinal))
        {
            if (string.Equals(previous, outcome.Name, StringComparison.Ordinal))
            {
                Open(Definition.Step(waiting.Step), OpenedBecause.Resumed, waiting.Member);
                return;
            }

            Emit(new ResumeDropped(Now));
        }

        if (outcome.Goes is OutcomeTarget.Next next)
        {
            var holder = deed is not null && step.Kind == StepKind.Disposisi ? Case.Disposisi?.To : null;
            Open(Definition.Step(next.Step), OpenedBecause.Forward, holder: holder);
        }
        else
        {
            Emit(new CaseEnded(Now, Outcome.Finished, null, null));
        }
    }

    private void Return(Step step, Deed deed, OutcomeTarget.Return back)
    {
        var target = deed.Target ?? back.Targets[0];
        var (targetStep, targetMember) = Returning.Resolve(this, step, deed.Member, target, back.Rule);
        var redone = back.Rule == ReturnRule.Ulang ? Definition.Graph.RedoneFrom(targetStep) : [];
        Emit(new Returned(Now, step.Id, deed.Member, target, targetStep.Id, targetMember, back.Rule, redone, deed.By is not null));
        Open(targetStep, OpenedBecause.Returned, targetMember);
    }

    private ChainRun RunOf(Step step, int? onlyMember)
    {
        if (onlyMember is { } member && Case.Run(step.Id) is { } known)
        {
            // Back at one member: who was through before him stays through, who comes after waits again.
            return known with
            {
                Status = [.. known.Status.Select((status, index) => index == member ? MemberStatus.Open
                    : step.Manner == ChainManner.Bersama ? (status is MemberStatus.Done or MemberStatus.Skipped ? status : MemberStatus.Open)
                    : index > member ? MemberStatus.Waiting : status)],
            };
        }

        var members = Case.Chains.Find(choice => string.Equals(choice.Chain, step.Chain, StringComparison.Ordinal))?.Members
            ?? [.. Definition.FindChain(step.Chain!)!.Bawaan.Select(lane => new ChainMember(lane))];
        var together = step.Manner == ChainManner.Bersama;
        return new ChainRun(step.Id, [.. members], [.. members.Select((_, index) => together || index == 0 ? MemberStatus.Open : MemberStatus.Waiting)]);
    }
}
