using Tera.Sop.Definitions;

namespace Tera.Sop.Lints;

/// <summary>
/// Asks whether a procedure that can run is also a good one, before anybody enacts it. References (lanes, targets, documents,
/// effects) are not asked here: <see cref="SopReader"/> refuses a file in which one is wrong.
/// </summary>
public static class SopLint
{
    private static readonly Func<SopDefinition, IEnumerable<SopFinding>>[] Lints =
    [
        FlowLints.Unreachable, FlowLints.Endless, FlowLints.ReturnsForward, FlowLints.ContinuesPastDecision, FlowLints.WrongNextHolder,
        RequirementLints.NotProduced,
        SignatureLints.NotApproved, SignatureLints.NoWayBack, SignatureLints.NotPreparedForParaf, SignatureLints.NotValidated,
        StepLints.DecisionWithoutNo, StepLints.FormWithBranches, StepLints.LaneNotSkippable, StepLints.SecretNotMarked, StepLints.Times,
        FormLints.Unused, FormLints.Biometrics, FormLints.Identity,
    ];

    /// <summary>Every finding, the worst first, then in the order of the file.</summary>
    public static IReadOnlyList<SopFinding> Check(SopDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return [.. Lints.SelectMany(lint => lint(definition)).OrderBy(finding => finding.Severity).ThenBy(finding => finding.Line).ThenBy(finding => finding.Id, StringComparer.Ordinal)];
    }

    internal static SopFinding About(this Step step, string id, SopSeverity severity, string sentence) => new(id, severity, step.Id, step.Line, $"Langkah {step.Nomor} ({step.Id}): {sentence}");
}
