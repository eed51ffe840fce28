using System.Globalization;
using Tera.Sop.Definitions;

namespace Tera.Sop.Cases;

/// <summary>What the system reports: effects, timers, outside events, called SOPs.</summary>
internal static class Reports
{
    public static Decision Decide(Progress progress, CaseCommand command) => command switch
    {
        EffectSucceeded success => Succeed(progress, success),
        EffectFailed failure => Fail(progress, failure),
        SubCaseEnded ended => EndSubCase(progress, ended),
        TimeReached reached => Wait(progress, reached.Step, Outcome.Reached, null),
        ExternalEvent happened => Wait(progress, happened.Step, happened.Outcome, happened.Evidence),
        Expired expired => Expire(progress, expired),
        RecordEquivalent equivalent => Record(progress, equivalent),
        RetryEffects retry => Retry(progress, retry),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    private static Decision Succeed(Progress progress, EffectSucceeded report)
    {
        if (progress.Case.Effects.Find(open => string.Equals(open.Key, report.Key, StringComparison.Ordinal)) is not { } effect)
        {
            return Refuse.Because(RefusalReason.KeyUnknown, null, report.Key);
        }

        var step = progress.Definition.Step(effect.Step);
        if (Versions.CheckProduced(progress.Definition, progress.Case, effect, report.Versions) is { } refusal)
        {
            return refusal;
        }

        if (report.Outcome is { } found && (step.Kind != StepKind.Sistem || step.FindOutcome(found) is not { IsSystemOnly: false }))
        {
            return Refuse.Because(RefusalReason.OutcomeUnknown, step.Id, [.. step.Outcomes.Where(known => !known.IsSystemOnly).Select(known => known.Name)]);
        }

        if (report.Submissions.FirstOrDefault(submission => progress.Definition.FindDocument(submission.Document) is null) is { } unknown)
        {
            return Refuse.Because(RefusalReason.DocumentUnknown, step.Id, unknown.Document);
        }

        progress.Emit(new EffectRecorded(progress.Now, report.Key, Succeeded: true, null, report.Outcome, report.Versions, report.Submissions));
        return !effect.Awaited || progress.Case.IsWaitingForEffects ? progress.Accept() : Settle(progress, step, effect.Phase);
    }

    private static Decision Fail(Progress progress, EffectFailed report)
    {
        if (progress.Case.Effects.Find(open => string.Equals(open.Key, report.Key, StringComparison.Ordinal)) is not { } effect)
        {
            return Refuse.Because(RefusalReason.KeyUnknown, null, report.Key);
        }

        if (Texts.Refuse(report.Reason, effect.Step, required: true) is { } refusal)
        {
            return refusal;
        }

        progress.Emit(new EffectRecorded(progress.Now, report.Key, Succeeded: false, report.Reason, null, [], []));
        if (effect.Awaited)
        {
            var step = progress.Definition.Step(effect.Step);
            if (step.Kind == StepKind.Sistem)
            {
                Finish(progress, step, Outcome.Failed, report.Reason);
            }
            else
            {
                Reopen(progress, step, effect.Member, report.Reason);
            }
        }

        return progress.Accept();
    }

    /// <summary>The last effect that was waited for is done.</summary>
    private static Decision Settle(Progress progress, Step step, EffectPhase phase)
    {
        if (step.Kind == StepKind.Sistem)
        {
            var outcome = progress.Case.FoundOutcome ?? DefaultOutcome(step);
            if (outcome is null)
            {
                return Refuse.Because(RefusalReason.OutcomeMissing, step.Id, [.. step.Outcomes.Where(known => !known.IsSystemOnly).Select(known => known.Name)]);
            }

            Finish(progress, step, outcome, null);
        }
        else if (phase == EffectPhase.Opening)
        {
            progress.ApplyBuffered(step, null);
            progress.Emit(new BufferApplied(progress.Now));
        }
        else
        {
            progress.Leave();
        }

        return progress.Accept();
    }

    private static string? DefaultOutcome(Step step)
    {
        var own = step.Outcomes.Where(outcome => !outcome.IsSystemOnly).ToList();
        return own.Count == 1 ? own[0].Name : step.FindOutcome(Outcome.Ok)?.Name;
    }

    /// <summary>A system step ends with an outcome; what still runs of it is dropped.</summary>
    private static void Finish(Progress progress, Step step, string outcome, string? reason)
    {
        var task = progress.Case.Open[0];
        var deed = new Deed(step.Id, task.Visit, null, null, outcome, null, reason, [], progress.Now);
        progress.Do(step, step.FindOutcome(outcome)!, done => new StepDone(progress.Now, done, [], [], null, null, null), deed);
    }

    private static void Reopen(Progress progress, Step step, int? member, string? failure)
    {
        var person = progress.Case.Deed?.By?.Person;
        var open = member ?? progress.Case.Open[0].Member;
        progress.Emit(new StepReopened(progress.Now, step.Id, progress.Case.Record(step.Id)!.Visits + 1, open, person, failure));
    }

    private static Decision Retry(Progress progress, RetryEffects command)
    {
        var current = progress.Case;
        if (current.Open.Find(task => string.Equals(task.Step, command.Step, StringComparison.Ordinal)) is not { } task)
        {
            return Access.NotOpen(current, command.Step);
        }

        if (current.IsWaitingForEffects)
        {
            return Access.Pending(current, command.Step);
        }

        var step = progress.Definition.Step(command.Step);
        if (task.Failure is null || step.EffectsOnOpen.Count == 0)
        {
            return Refuse.Because(RefusalReason.NothingToWaitFor, step.Id);
        }

        Reopen(progress, step, task.Member, null);
        progress.RequestOpening(step, progress.Case.Record(step.Id)!.Visits);
        return progress.Accept();
    }

    private static Decision EndSubCase(Progress progress, SubCaseEnded report)
    {
        if (progress.Case.SubCase is not { } sub || !string.Equals(sub.Key, report.Key, StringComparison.Ordinal))
        {
            return Refuse.Because(RefusalReason.KeyUnknown, null, report.Key);
        }

        var notNeeded = string.Equals(report.End, SubCaseEnded.NotNeeded, StringComparison.Ordinal);
        if (notNeeded && sub.Unless is null)
        {
            return Refuse.Because(RefusalReason.OutcomeUnknown, sub.Step);
        }

        progress.Emit(new SubCaseRecorded(progress.Now, report.Key, report.End));
        var step = progress.Definition.Step(sub.Step);
        if (!notNeeded && !string.Equals(report.End, Outcome.Finished, StringComparison.Ordinal))
        {
            Finish(progress, step, Outcome.Failed, $"SOP {sub.Sop} berakhir {report.End}.");
            return progress.Accept();
        }

        return progress.Case.IsWaitingForEffects ? progress.Accept() : Settle(progress, step, EffectPhase.Doing);
    }

    private static Decision Wait(Progress progress, string stepId, string outcomeName, string? evidence)
    {
        if (progress.Case.Task(stepId, null) is not { } task)
        {
            return Access.NotOpen(progress.Case, stepId);
        }

        var step = progress.Definition.Step(stepId);
        if (step.Kind != StepKind.Tunggu)
        {
            return Refuse.Because(RefusalReason.NothingToWaitFor, stepId);
        }

        if (progress.Case.IsWaitingForEffects)
        {
            return Access.Pending(progress.Case, stepId);
        }

        if (step.FindOutcome(outcomeName) is not { } outcome)
        {
            return Refuse.Because(RefusalReason.OutcomeUnknown, stepId, [.. step.Outcomes.Select(known => known.Name)]);
        }

        if (Texts.Refuse(evidence, stepId, required: false) is { } tooLong)
        {
            return tooLong;
        }

        var deed = new Deed(stepId, task.Visit, null, null, outcome.Name, null, null, [], progress.Now);
        progress.Do(step, outcome, done => new StepDone(progress.Now, done, [], [], null, null, evidence), deed);
        return progress.Accept();
    }

    private static Decision Expire(Progress progress, Expired command)
    {
        if (progress.Case.Task(command.Step, null) is not { } task)
        {
            return Access.NotOpen(progress.Case, command.Step);
        }

        var step = progress.Definition.Step(command.Step);
        if (step.Batas is not { } limit)
        {
            return Refuse.Because(RefusalReason.NothingToWaitFor, step.Id);
        }

        if (progress.Case.IsWaitingForEffects)
        {
            return Access.Pending(progress.Case, step.Id);
        }

        if (progress.Now < task.Since + limit)
        {
            return Refuse.Because(RefusalReason.NotYet, step.Id, (task.Since + limit).ToString("O", CultureInfo.InvariantCulture));
        }

        var deed = new Deed(step.Id, task.Visit, null, null, Outcome.Expired, null, null, [], progress.Now);
        progress.Do(step, step.FindOutcome(Outcome.Expired)!, done => new StepDone(progress.Now, done, [], [], null, null, null), deed);
        return progress.Accept();
    }

    private static Decision Record(Progress progress, RecordEquivalent command)
    {
        var version = command.Version;
        var current = progress.Case;
        var step = progress.Definition.Step(current.Open[0].Step);
        if (progress.Definition.FindDocument(version.Document) is not { Berversi: true })
        {
            return Refuse.Because(RefusalReason.DocumentUnknown, step.Id, version.Document);
        }

        // Not while a decision is carried out (it is about other bytes), and never over a signature.
        if (version.Kind != VersionKind.Equivalent || Versions.IsSealed(progress.Definition, step, version.Document))
        {
            return Refuse.Because(RefusalReason.VersionNotAllowed, step.Id, version.Document);
        }

        if (current.Deed is not null)
        {
            return Access.Pending(current, step.Id);
        }

        if (Versions.CheckShape(current, step, version, current.Document(version.Document)?.Current?.Hash) is { } refusal)
        {
            return refusal;
        }

        progress.AddVersion(version, step, null);
        return progress.Accept();
    }
}
