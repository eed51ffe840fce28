using Tera.Sop.Definitions;

namespace Tera.Sop.Cases;

/// <summary>The gate of a step: what must be there before it can go ahead.</summary>
internal static class KelengkapanCheck
{
    public static IReadOnlyList<Requirement> Missing(
        SopDefinition definition, Case current, Step step, IReadOnlyList<Submission> submissions, IReadOnlyList<NewVersion> versions, IReadOnlyCollection<string> facts) =>
        [.. step.Kelengkapan.Where(need => !Holds(definition, current, need, submissions, versions, facts))];

    private static bool Holds(
        SopDefinition definition, Case current, Requirement need, IReadOnlyList<Submission> submissions, IReadOnlyList<NewVersion> versions, IReadOnlyCollection<string> facts) => need.Kind switch
    {
        RequirementKind.Tool => true,
        RequirementKind.Fact => facts.Contains(need.Name, StringComparer.Ordinal),
        RequirementKind.DocumentState => current.Document(need.Name) is { } known && known.States.Exists(state => Same(state.State, need.State)),
        _ => IsSupplied(definition, current, need.Name, submissions) || versions.Any(version => Same(version.Document, need.Name)),
    };

    /// <summary>All fields and parts the SOP names, in what was supplied now or before; what is supplied now replaces what was before.</summary>
    private static bool IsSupplied(SopDefinition definition, Case current, string name, IReadOnlyList<Submission> submissions)
    {
        var document = definition.FindDocument(name);
        var supplied = submissions.LastOrDefault(submission => Same(submission.Document, name));
        var known = current.Document(name);
        if (document is null || (supplied is null && known is not { IsPresent: true }))
        {
            return known is { IsPresent: true };
        }

        var parts = supplied?.Parts ?? known!.Parts;
        return (supplied is null && known!.Reference is null) || document.Isian.Concat(document.Isi).All(part => parts.Contains(part, StringComparer.Ordinal));
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.Ordinal);
}
