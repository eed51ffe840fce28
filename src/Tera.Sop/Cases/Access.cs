using Tera.Sop.Definitions;

namespace Tera.Sop.Cases;

/// <summary>Whether a person may act on a task at all, before what he wants is looked at.</summary>
internal static class Access
{
    public static Refusal? Check(SopDefinition definition, Case current, string stepId, int? member, Actor actor)
    {
        if (current.Task(stepId, member) is not { } task)
        {
            return new Refusal(RefusalReason.StepNotOpen, stepId, [.. current.Open.Select(open => open.Step).Distinct(StringComparer.Ordinal)]);
        }

        var step = definition.Step(stepId);
        if (!step.IsHuman)
        {
            return new Refusal(RefusalReason.NotAPersonsStep, stepId, []);
        }

        if (task.AssignedTo is { } assigned && assigned != actor.Person)
        {
            return new Refusal(RefusalReason.OtherHolder, stepId, []);
        }

        return CheckLane(definition, current, step, task, actor) ?? CheckPemisahan(current, step, actor);
    }

    public static Decision NotOpen(Case current, string step) =>
        Refuse.Because(RefusalReason.StepNotOpen, step, [.. current.Open.Select(open => open.Step).Distinct(StringComparer.Ordinal)]);

    public static Decision Pending(Case current, string? step) =>
        Refuse.Because(RefusalReason.EffectsPending, step, [.. current.Effects.Where(effect => effect.Awaited).Select(effect => effect.Key), .. current.SubCase is { } sub ? [sub.Key] : Array.Empty<string>()]);

    private static Refusal? CheckLane(SopDefinition definition, Case current, Step step, OpenTask task, Actor actor)
    {
        var lane = step.Lane;
        if (task.Member is { } number)
        {
            var chosen = current.Run(step.Id)!.Members[number];
            if ((chosen.Person is { } person && person != actor.Person) || (chosen.Position is { } position && position != actor.Position))
            {
                return new Refusal(RefusalReason.OtherHolder, step.Id, []);
            }

            lane = chosen.Lane;
        }

        // A reassignment names the person; the lane still has to be his, the office resolves it for a substitute.
        if (lane is not null && !actor.Lanes.Contains(lane, StringComparer.Ordinal))
        {
            return new Refusal(RefusalReason.WrongLane, step.Id, [lane]);
        }

        if (task.Holder is { } holder && holder != actor.Position)
        {
            return new Refusal(RefusalReason.OtherHolder, step.Id, []);
        }

        return lane is not null && actor.Kind != ActingKind.Definitif && definition.FindLane(lane)?.Pengganti is { } allowed
            && !allowed.Contains(actor.Kind == ActingKind.Plh ? "plh" : "plt", StringComparer.Ordinal)
            ? new Refusal(RefusalReason.ActingNotAllowed, step.Id, [lane])
            : null;
    }

    /// <summary>Segregation is checked on the person: two hats are still one head.</summary>
    private static Refusal? CheckPemisahan(Case current, Step step, Actor actor)
    {
        var same = step.Pemisahan.Where(other => current.Record(other) is { } record && record.Persons.Contains(actor.Person)).ToList();
        return same.Count == 0 ? null : new Refusal(RefusalReason.SamePerson, step.Id, same);
    }
}
