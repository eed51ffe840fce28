using Tera.Sop.Definitions;

namespace Tera.Sop.Cases;

/// <summary>Commands about tasks rather than about the work in them.</summary>
internal static class Administration
{
    public static Decision Decide(Progress progress, CaseCommand command) => command switch
    {
        MarkRead read => MarkRead(progress, read),
        Withdraw withdraw => Withdraw(progress, withdraw),
        Reassign reassign => Reassign(progress, reassign),
        CancelCase cancel => Cancel(progress, cancel),
        LaneEmpty empty => Skip(progress, empty),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    private static Decision MarkRead(Progress progress, MarkRead command)
    {
        if (Access.Check(progress.Definition, progress.Case, command.Step, command.Member, command.Actor) is { } refusal)
        {
            return new Decision.Refused(refusal);
        }

        if (progress.Case.Task(command.Step, command.Member)!.ReadAt is null)
        {
            progress.Emit(new TaskRead(progress.Now, command.Step, command.Member, command.Actor.Signature));
        }

        return progress.Accept();
    }

    private static Decision Withdraw(Progress progress, Withdraw command)
    {
        var current = progress.Case;
        if (current.Withdrawable is not { } point || point.Person != command.Actor.Person || current.Deed is not null || current.IsWaitingForEffects
            || current.Open.Exists(task => task.ReadAt is not null || task.Because != OpenedBecause.Forward)
            || progress.Definition.Step(current.Open[0].Step) is not { IsHuman: true } next
            || !next.EffectsOnOpen.All(effect => Withdrawal.IsUndoable(progress.Definition, effect)))
        {
            return Refuse.Because(RefusalReason.NotWithdrawable);
        }

        progress.Emit(new Withdrawn(progress.Now, point.Step, point.Member, command.Actor.Signature));
        progress.Open(progress.Definition.Step(point.Step), OpenedBecause.Withdrawn, point.Member, assignedTo: point.Person);
        return progress.Accept();
    }

    private static Decision Reassign(Progress progress, Reassign command)
    {
        if (command.By is { IsAdministrator: false })
        {
            return Refuse.Because(RefusalReason.NotAdministrator, command.Step);
        }

        if (Texts.Refuse(command.Reason, command.Step, required: true) is { } refusal)
        {
            return refusal;
        }

        if (progress.Case.Task(command.Step, command.Member) is null)
        {
            return Access.NotOpen(progress.Case, command.Step);
        }

        if (!progress.Definition.Step(command.Step).IsHuman)
        {
            return Refuse.Because(RefusalReason.NotAPersonsStep, command.Step);
        }

        progress.Emit(new TaskReassigned(progress.Now, command.Step, command.Member, command.To, command.By?.Signature, command.Reason));
        return progress.Accept();
    }

    private static Decision Cancel(Progress progress, CancelCase command)
    {
        if (command.By is { IsAdministrator: false })
        {
            return Refuse.Because(RefusalReason.NotAdministrator);
        }

        if (Texts.Refuse(command.Reason, null, required: true) is { } refusal)
        {
            return refusal;
        }

        // An effect under way may be a signature: its result must be known before anybody says that the case was cancelled.
        if (progress.Case.IsWaitingForEffects)
        {
            return Access.Pending(progress.Case, null);
        }

        progress.Emit(new CaseEnded(progress.Now, "dibatalkan", command.Reason, command.By?.Signature));
        return progress.Accept();
    }

    private static Decision Skip(Progress progress, LaneEmpty command)
    {
        var current = progress.Case;
        if (current.Task(command.Step, command.Member) is null)
        {
            return Access.NotOpen(current, command.Step);
        }

        if (current.IsWaitingForEffects)
        {
            return Access.Pending(current, command.Step);
        }

        var step = progress.Definition.Step(command.Step);
        var lane = command.Member is { } number ? current.Run(step.Id)!.Members[number].Lane : step.Lane;
        var outcomes = step.Outcomes.Where(outcome => outcome.IsApproving).ToList();
        if (step.Kind is not (StepKind.Putus or StepKind.Disposisi) || outcomes.Count != 1
            || lane is null || progress.Definition.FindLane(lane) is not { Kosong: EmptyLanePolicy.Lewati })
        {
            return Refuse.Because(RefusalReason.LaneNotSkippable, step.Id, lane ?? string.Empty);
        }

        if (command.Member is { } member)
        {
            var run = current.Run(step.Id)!;
            var chain = progress.Definition.FindChain(step.Chain!)!;
            if (run.Status.Count(status => status != MemberStatus.Skipped) - 1 < chain.Min)
            {
                return Refuse.Because(RefusalReason.ChainLength, step.Id, chain.Name, Texts.Of(chain.Min), Texts.Of(chain.Maks));
            }

            progress.Emit(new StepSkipped(progress.Now, step.Id, member, lane));
            progress.AdvanceChain(step, outcomes[0], null);
        }
        else
        {
            progress.Emit(new StepSkipped(progress.Now, step.Id, null, lane));
            progress.LeaveSkipped(step, outcomes[0]);
        }

        return progress.Accept();
    }
}
