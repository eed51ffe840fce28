using Tera.Office.Shell;

namespace Tera.Office.Cases.Pages;

/// <summary>Everything a step's screen draws.</summary>
public sealed record StepModel(CasePage Case, OpenTask Task, CaseDocument? Document, StepTyped Typed, IReadOnlyList<FieldProblem> Problems)
{
    public string Path => $"/kasus/{Case.Id}/langkah/{Uri.EscapeDataString(Task.StepId)}";

    /// <summary>Outcomes that need no reason come as buttons; the first is the one that goes on.</summary>
    public IEnumerable<OutcomeChoice> Forward => Task.Outcomes.Where(outcome => !outcome.NeedsReason && outcome.ReturnTargets.Count == 0);

    /// <summary>Outcomes that give something back or end it: each with its own small form.</summary>
    public IEnumerable<OutcomeChoice> Backward => Task.Outcomes.Where(outcome => outcome.NeedsReason || outcome.ReturnTargets.Count > 0);

    public string? ProblemOf(string field) => Problems.FirstOrDefault(problem => string.Equals(problem.Field, field, StringComparison.Ordinal))?.Message;
}
