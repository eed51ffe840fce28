using Tera.Sop.Calendar;
using Tera.Sop.Definitions;

namespace Tera.Sop.Cases;

/// <summary>An outcome as a person can choose it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsForward">Leads on.</param>
/// <param name="IsReturn">Goes back to an earlier actor.</param>
/// <param name="Targets">Where a return may go now.</param>
/// <param name="Rule">What a return does again; null when it is none.</param>
/// <param name="NeedsReason">A reason must be given.</param>
public sealed record OutcomeView(string Name, bool IsForward, bool IsReturn, IReadOnlyList<string> Targets, ReturnRule? Rule, bool NeedsReason);

/// <summary>An open task with all a screen needs to show it.</summary>
/// <param name="Step">The step.</param>
/// <param name="Task">What is open.</param>
/// <param name="Lane">The lane that acts; null for the system and for a member who is a position or person.</param>
/// <param name="ChainMember">The member whose turn it is, in a chain.</param>
/// <param name="Outcomes">What a person may choose; empty for the system.</param>
/// <param name="Missing">Requirements that are not met yet, judged by the facts given.</param>
/// <param name="MissingApprovals">Before a signature: who has not approved the bytes there are.</param>
/// <param name="Documents">The versions to be seen, one for each versioned document that has one.</param>
/// <param name="Round">How often the case was returned by a person, plus one.</param>
/// <param name="ExpiresAt">When <c>batas</c> ends it, or null.</param>
/// <param name="IsBusy">Effects run, nobody can act now.</param>
public sealed record TaskView(
    Step Step, OpenTask Task, Lane? Lane, ChainMember? ChainMember, IReadOnlyList<OutcomeView> Outcomes, IReadOnlyList<Requirement> Missing,
    IReadOnlyList<string> MissingApprovals, IReadOnlyList<SeenVersion> Documents, int Round, DateTimeOffset? ExpiresAt, bool IsBusy);

/// <summary>A task that is over, with its times.</summary>
/// <param name="Row">What happened.</param>
/// <param name="Step">The step.</param>
/// <param name="Waiting">From opening to first reading, by the clock.</param>
/// <param name="Working">Working time from first reading to done; null without a calendar or when it runs out.</param>
public sealed record HistoryView(HistoryRow Row, Step Step, TimeSpan Waiting, TimeSpan? Working);

/// <summary>What a screen asks of a case.</summary>
public static class CaseView
{
    /// <summary>From this round on a case should be shown to a superior: it bounces.</summary>
    public const int RoundToEscalate = 4;

    /// <summary>The open tasks, in the order of the chain.</summary>
    /// <param name="definition">The definition the case keeps.</param>
    /// <param name="current">The case.</param>
    /// <param name="facts">The predicates (<c>keadaan</c>) that hold now; null to leave them out of <see cref="TaskView.Missing"/>.</param>
    public static IReadOnlyList<TaskView> OpenTasks(SopDefinition definition, Case current, IReadOnlyCollection<string>? facts = null) =>
        [.. current.Open.OrderBy(task => task.Member).Select(task => View(definition, current, task, facts))];

    /// <summary>What is over, oldest first, with working time to hold against <c>waktu</c>.</summary>
    /// <param name="definition">The definition the case keeps.</param>
    /// <param name="current">The case.</param>
    /// <param name="calendar">The agency's calendar, or null.</param>
    /// <param name="zone">The agency's zone.</param>
    public static IReadOnlyList<HistoryView> History(SopDefinition definition, Case current, WorkingCalendar? calendar = null, IndonesianZone zone = IndonesianZone.Wib) =>
        [.. from row in current.History
            let read = row.ReadAt ?? row.OpenedAt
            select new HistoryView(row, definition.Step(row.Step), read - row.OpenedAt, calendar is not null && calendar.TryBetween(read, row.DoneAt, zone, out var working) ? working : null)];

    /// <summary>Why this person may not act on the task, or null when he may.</summary>
    public static Refusal? WhyNot(SopDefinition definition, Case current, OpenTask task, Actor actor) =>
        current.End is { } end ? new Refusal(RefusalReason.CaseEnded, null, [end]) : Access.Check(definition, current, task.Step, task.Member, actor);

    /// <summary>The approvers that have not approved the bytes a signature step would sign; a chain member as <c>step#n</c>.</summary>
    public static IReadOnlyList<string> MissingApprovals(SopDefinition definition, Case current, Step signature) => ApprovalGuard.Missing(definition, current, signature);

    private static TaskView View(SopDefinition definition, Case current, OpenTask task, IReadOnlyCollection<string>? facts)
    {
        var step = definition.Step(task.Step);
        var member = task.Member is { } number ? current.Run(step.Id)!.Members[number] : null;
        var lane = member is null ? step.Lane : member.Lane;
        var missing = KelengkapanCheck.Missing(definition, current, step, [], [], facts ?? [.. step.Kelengkapan.Where(need => need.Kind == RequirementKind.Fact).Select(need => need.Name)]);
        var documents = definition.Graph.VersionedDocuments(step)
            .Select(name => current.Document(name))
            .Where(document => document?.Current is not null)
            .Select(document => new SeenVersion(document!.Name, document.Current!.Hash));
        return new TaskView(
            step, task, lane is null ? null : definition.FindLane(lane), member, step.IsHuman ? OutcomesOf(definition, current, step, task) : [], missing,
            step.Kind == StepKind.Tte ? ApprovalGuard.Missing(definition, current, step) : [], [.. documents], current.Returns + 1,
            step.Batas is { } limit ? task.Since + limit : null, current.IsWaitingForEffects);
    }

    private static IReadOnlyList<OutcomeView> OutcomesOf(SopDefinition definition, Case current, Step step, OpenTask task) =>
        [.. from outcome in step.Outcomes
            where !outcome.IsSystemOnly
            let back = outcome.Goes as OutcomeTarget.Return
            let targets = back is null ? [] : Returning.Targets(definition, current, step, task.Member, back)
            where back is null || targets.Count > 0
            select new OutcomeView(outcome.Name, outcome.IsForward, back is not null, targets, back?.Rule, !outcome.IsForward)];
}
