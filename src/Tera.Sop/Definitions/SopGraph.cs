namespace Tera.Sop.Definitions;

/// <summary>An approver a signature waits for.</summary>
/// <param name="Step">The deciding step.</param>
/// <param name="Document">The versioned document it decides about.</param>
/// <param name="OnEveryPath">No way from the start to the signature avoids it.</param>
public sealed record Approver(Step Step, string Document, bool OnEveryPath);

/// <summary>What follows from the arrows of a definition: who comes after whom, and who must have approved before a signature.</summary>
public sealed class SopGraph
{
    private readonly bool[,] reaches;
    private readonly IReadOnlyList<string>[] versioned;
    private readonly IReadOnlyList<Approver>[] approvers;
    private readonly IReadOnlyList<string>[] redone;

    internal SopGraph(SopDefinition definition)
    {
        var steps = definition.Steps;
        reaches = new bool[steps.Count, steps.Count];
        for (var from = 0; from < steps.Count; from++)
        {
            foreach (var index in Walk(definition, from, without: -1))
            {
                reaches[from, index] = true;
            }
        }

        versioned = [.. steps.Select(step => VersionedOf(definition, step))];
        redone = [.. steps.Select(target => (IReadOnlyList<string>)[.. steps.Where(step => step.Index == target.Index || (step.Index > target.Index && reaches[target.Index, step.Index])).Select(step => step.Id)])];
        approvers = [.. steps.Select(step => step.Kind == StepKind.Tte ? ApproversOf(definition, step) : [])];
    }

    /// <summary>True when forward outcomes lead from one step to the other; a step reaches itself only through a loop.</summary>
    public bool Reaches(Step from, Step to) => reaches[from.Index, to.Index];

    /// <summary>The versioned documents a step is about: named in what it needs or in what it leaves.</summary>
    public IReadOnlyList<string> VersionedDocuments(Step step) => versioned[step.Index];

    /// <summary>The deciding steps before a signature that are about the same document.</summary>
    public IReadOnlyList<Approver> Approvers(Step signature) => approvers[signature.Index];

    /// <summary>The target and every later row of the form that it leads to: what <c>ulang</c> does again.</summary>
    public IReadOnlyList<string> RedoneFrom(Step target) => redone[target.Index];

    /// <summary>True when no forward way from the start to <paramref name="step"/> avoids <paramref name="gate"/>.</summary>
    internal static bool IsUnavoidable(SopDefinition definition, Step gate, Step step) =>
        gate.Index == 0 || gate.Index == step.Index || !(step.Index == 0 || Walk(definition, 0, gate.Index).Contains(step.Index));

    internal static HashSet<int> Walk(SopDefinition definition, int from, int without)
    {
        var seen = new HashSet<int>();
        var open = new Stack<int>([from]);
        while (open.TryPop(out var index))
        {
            foreach (var outcome in definition.Steps[index].Outcomes)
            {
                if (outcome.Goes is OutcomeTarget.Next next && definition.Step(next.Step).Index is var target && target != without && seen.Add(target))
                {
                    open.Push(target);
                }
            }
        }

        return seen;
    }

    private static IReadOnlyList<string> VersionedOf(SopDefinition definition, Step step) =>
        [.. step.Kelengkapan.Where(need => need.Kind is RequirementKind.Document or RequirementKind.DocumentState).Select(need => need.Name)
            .Concat(step.Output.Select(output => output.Document))
            .Distinct(StringComparer.Ordinal)
            .Where(name => definition.FindDocument(name) is { Berversi: true })];

    private IReadOnlyList<Approver> ApproversOf(SopDefinition definition, Step signature) =>
        [.. from step in definition.Steps
            where step.Kind == StepKind.Putus && step.Index < signature.Index && reaches[step.Index, signature.Index]
            from document in versioned[step.Index].Intersect(versioned[signature.Index], StringComparer.Ordinal)
            select new Approver(step, document, IsUnavoidable(definition, step, signature))];
}
