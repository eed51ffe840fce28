using Tera.Sop.Definitions;

namespace Tera.Sop.Cases;

/// <summary>A person does a step.</summary>
internal static class Completing
{
    public static Decision Decide(Progress progress, CompleteStep command)
    {
        var definition = progress.Definition;
        var current = progress.Case;
        if (current.IsWaitingForEffects)
        {
            return Access.Pending(current, command.Step);
        }

        if (Access.Check(definition, current, command.Step, command.Member, command.Actor) is { } noAccess)
        {
            return new Decision.Refused(noAccess);
        }

        var step = definition.Step(command.Step);
        if (step.FindOutcome(command.Outcome) is not { } outcome)
        {
            return Refuse.Because(RefusalReason.OutcomeUnknown, step.Id, [.. step.Outcomes.Where(known => !known.IsSystemOnly).Select(known => known.Name)]);
        }

        if (outcome.IsSystemOnly)
        {
            return Refuse.Because(RefusalReason.OutcomeOfSystem, step.Id);
        }

        var refusal = CheckWords(definition, current, step, outcome, command)
            ?? CheckData(definition, step, outcome, command)
            ?? Versions.CheckPersons(definition, current, step, outcome, command)
            ?? (outcome.IsForward ? CheckForward(definition, current, step, outcome, command) : null);
        if (refusal is not null)
        {
            return refusal;
        }

        var visit = current.Task(step.Id, command.Member)!.Visit;
        var target = outcome.Goes is OutcomeTarget.Return back ? command.Target ?? back.Targets[0] : null;
        var deed = new Deed(step.Id, visit, command.Member, command.Actor.Signature, outcome.Name, target, command.Reason, command.Seen, progress.Now);
        progress.Do(step, outcome, done => new StepDone(progress.Now, done, command.Submissions, command.Ticked, command.Disposisi, command.Saluran, null), deed, between: () =>
        {
            foreach (var version in command.Versions)
            {
                progress.AddVersion(version, step, command.Actor.Signature);
            }

            foreach (var choice in command.Chains)
            {
                progress.Emit(new ChainChosen(progress.Now, choice));
            }
        });
        return progress.Accept();
    }

    private static Decision? CheckWords(SopDefinition definition, Case current, Step step, Outcome outcome, CompleteStep command)
    {
        if (Texts.Refuse(command.Reason, step.Id, required: !outcome.IsForward) is { } refusal)
        {
            return refusal;
        }

        if (outcome.Goes is not OutcomeTarget.Return back)
        {
            return command.Target is null ? null : Refuse.Because(RefusalReason.TargetNotAllowed, step.Id);
        }

        var targets = Returning.Targets(definition, current, step, command.Member, back);
        if (command.Target is null && back.Targets.Count > 1)
        {
            return Refuse.Because(RefusalReason.TargetMissing, step.Id, targets);
        }

        return targets.Contains(command.Target ?? back.Targets[0], StringComparer.Ordinal) ? null : Refuse.Because(RefusalReason.TargetNotAllowed, step.Id, targets);
    }

    private static Decision? CheckData(SopDefinition definition, Step step, Outcome outcome, CompleteStep command)
    {
        // A passphrase has no place in a command. What could carry one as free text is refused whole.
        if ((step.Rahasia || step.Kind == StepKind.Tte) && (command.Submissions.Count > 0 || command.Disposisi is not null || (outcome.IsForward && command.Reason is not null)))
        {
            return Refuse.Because(RefusalReason.SecretStep, step.Id);
        }

        if (command.Saluran is { } way && step.Saluran.Count > 0 && !step.Saluran.Contains(way, StringComparer.Ordinal))
        {
            return Refuse.Because(RefusalReason.ChannelNotAllowed, step.Id, step.Saluran);
        }

        if (command.Submissions.FirstOrDefault(submission => definition.FindDocument(submission.Document) is null) is { } unknown)
        {
            return Refuse.Because(RefusalReason.DocumentUnknown, step.Id, unknown.Document);
        }

        if (command.Submissions.Any(submission => submission.Reference.Length is 0 or > 400 || submission.Parts.Count > 200 || submission.Parts.Any(part => part.Length > 200)))
        {
            return Refuse.Because(RefusalReason.TextTooLong, step.Id, Texts.Of(400));
        }

        if (command.Disposisi is { } slip && (step.Kind != StepKind.Disposisi || slip.Instructions.Count is 0 or > 50 || slip.Instructions.Any(string.IsNullOrWhiteSpace)))
        {
            return Refuse.Because(RefusalReason.DispositionInvalid, step.Id);
        }

        return command.Disposisi is { } texts && (texts.Note is { Length: > Texts.Longest } || texts.Instructions.Any(line => line.Length > Texts.Longest))
            ? Refuse.Because(RefusalReason.TextTooLong, step.Id, Texts.Of(Texts.Longest))
            : CheckChains(definition, step, command);
    }

    private static Decision? CheckChains(SopDefinition definition, Step step, CompleteStep command)
    {
        foreach (var choice in command.Chains)
        {
            if (definition.FindChain(choice.Chain) is not { } chain || !string.Equals(chain.Ubah, step.Id, StringComparison.Ordinal)
                || choice.Members.Distinct().Count() != choice.Members.Count || command.Chains.Count(other => string.Equals(other.Chain, choice.Chain, StringComparison.Ordinal)) > 1
                || choice.Members.Any(member => !IsMember(definition, member)))
            {
                return Refuse.Because(RefusalReason.ChainNotAllowed, step.Id, choice.Chain);
            }

            if (choice.Members.Count < chain.Min || choice.Members.Count > chain.Maks)
            {
                return Refuse.Because(RefusalReason.ChainLength, step.Id, chain.Name, Texts.Of(chain.Min), Texts.Of(chain.Maks));
            }
        }

        return null;
    }

    private static bool IsMember(SopDefinition definition, ChainMember member) =>
        (member.Lane is not null || member.Position is not null || member.Person is not null) && (member.Lane is null || definition.FindLane(member.Lane) is not null);

    private static Decision? CheckForward(SopDefinition definition, Case current, Step step, Outcome outcome, CompleteStep command)
    {
        var unticked = step.DaftarPeriksa.Except(command.Ticked, StringComparer.Ordinal).ToList();
        if (unticked.Count > 0 && !outcome.IsNegative)
        {
            return Refuse.Because(RefusalReason.ChecklistIncomplete, step.Id, unticked);
        }

        if (step.Kind == StepKind.Disposisi && command.Disposisi is null)
        {
            return Refuse.Because(RefusalReason.DispositionInvalid, step.Id);
        }

        var absent = KelengkapanCheck.Missing(definition, current, step, command.Submissions, command.Versions, command.Facts);
        if (absent.Count > 0)
        {
            return Refuse.Because(RefusalReason.KelengkapanMissing, step.Id, [.. absent.Select(need => need.ToString())]);
        }

        if (step.Kind != StepKind.Tte || !outcome.IsApproving)
        {
            return null;
        }

        var missing = ApprovalGuard.Missing(definition, current, step);
        return missing.Count == 0 ? null : Refuse.Because(RefusalReason.ApprovalMissing, step.Id, missing);
    }
}
