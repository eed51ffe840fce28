using Tera.Sop.Definitions;

namespace Tera.Sop.Cases;

/// <summary>The special targets of a return.</summary>
internal static class Returning
{
    /// <summary>The targets that are open to this refuser now.</summary>
    public static IReadOnlyList<string> Targets(SopDefinition definition, Case current, Step step, int? member, OutcomeTarget.Return back) =>
        [.. back.Targets.Where(target => !target.EndsWith(Outcome.PreviousMemberSuffix, StringComparison.Ordinal) || PreviousMember(current, step, member) is not null)
            .Where(target => !IsSelfEdit(target) || Editable(definition, step) is not null)];

    public static bool IsSelfEdit(string target) => string.Equals(target, Outcome.SelfEdit, StringComparison.Ordinal);

    /// <summary>The one document a refuser may edit himself.</summary>
    public static string? Editable(SopDefinition definition, Step step) => definition.Graph.VersionedDocuments(step) is [var only] ? only : null;

    public static (Step Step, int? Member) Resolve(Progress progress, Step step, int? member, string target, ReturnRule rule)
    {
        if (target.EndsWith(Outcome.PreviousMemberSuffix, StringComparison.Ordinal))
        {
            return (step, PreviousMember(progress.Case, step, member));
        }

        return IsSelfEdit(target) ? AfterSelfEdit(progress, step, member, rule) : (progress.Definition.Step(target), null);
    }

    /// <summary>
    /// After his own edit: with <c>lanjut</c> the refuser simply goes on with the new text; with <c>ulang</c> the text goes back to
    /// the first step that decides about it, because nobody has seen it yet.
    /// </summary>
    private static (Step Step, int? Member) AfterSelfEdit(Progress progress, Step step, int? member, ReturnRule rule)
    {
        if (rule == ReturnRule.Lanjut)
        {
            return (step, member);
        }

        var document = Editable(progress.Definition, step)!;
        var first = progress.Definition.Steps.First(candidate =>
            candidate.Id == step.Id || (candidate.Kind == StepKind.Putus && progress.Definition.Graph.VersionedDocuments(candidate).Contains(document, StringComparer.Ordinal)
                && progress.Definition.Graph.Reaches(candidate, step)));
        return (first, null);
    }

    private static int? PreviousMember(Case current, Step step, int? member)
    {
        for (var index = (member ?? 0) - 1; index >= 0; index--)
        {
            if (current.Run(step.Id)!.Status[index] == MemberStatus.Done)
            {
                return index;
            }
        }

        return null;
    }
}
