using Tera.Sop.Definitions;

namespace Tera.Sop.Lints;

/// <summary>Lints about what must be there before a step.</summary>
internal static class RequirementLints
{
    /// <summary>Each requirement can be met on every way that leads to the step, else a case stands still there.</summary>
    public static IEnumerable<SopFinding> NotProduced(SopDefinition definition) =>
        from step in definition.Steps
        from need in step.Kelengkapan
        where need.Kind is RequirementKind.Document or RequirementKind.DocumentState
        where !(need.Kind == RequirementKind.Document && step.IsHuman && !step.Rahasia && step.Kind != StepKind.Tte)
        let producers = definition.Steps.Where(other => Produces(definition, other, need)).ToList()
        where producers.Count == 0 || IsReachableWithout(definition, step, producers)
        select step.About("kelengkapan-tak-terpenuhi", SopSeverity.Error, producers.Count == 0
            ? $"kelengkapan '{need}' tidak dihasilkan langkah mana pun."
            : $"ada jalan ke langkah ini yang tidak menghasilkan kelengkapan '{need}'.");

    private static bool Produces(SopDefinition definition, Step step, Requirement need) => need.Kind == RequirementKind.DocumentState
        ? step.Output.Contains(new DocumentOutput(need.Name, need.State))
        : step.Output.Any(output => output.Document == need.Name)
            || (step.Kind == StepKind.Isi && step.Kelengkapan.Contains(new Requirement(RequirementKind.Document, need.Name, null)))
            || (step.Kind == StepKind.Isi && definition.Graph.VersionedDocuments(step).Contains(need.Name, StringComparer.Ordinal));

    /// <summary>A producer is passed only when it failed or expired, because then it leaves nothing behind.</summary>
    private static bool IsReachableWithout(SopDefinition definition, Step goal, List<Step> producers)
    {
        if (goal.Index == 0)
        {
            return true;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal) { definition.First.Id };
        var open = new Stack<Step>([definition.First]);
        while (open.TryPop(out var step))
        {
            var isProducer = producers.Exists(producer => producer.Id == step.Id);
            foreach (var outcome in step.Outcomes.Where(outcome => !isProducer || outcome.IsSystemOnly))
            {
                if (outcome.Goes is not OutcomeTarget.Next next)
                {
                    continue;
                }

                if (next.Step == goal.Id)
                {
                    return true;
                }

                if (seen.Add(next.Step))
                {
                    open.Push(definition.Step(next.Step));
                }
            }
        }

        return false;
    }
}
