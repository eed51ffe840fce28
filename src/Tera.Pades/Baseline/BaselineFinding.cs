namespace Tera.Pades.Baseline;

/// <summary>Whether a signature holds to a line of the checklist.</summary>
/// <param name="Requirement">The line.</param>
/// <param name="Objection">What stands against it; null where it is kept.</param>
public sealed record BaselineFinding(BaselineRequirement Requirement, string? Objection)
{
    /// <summary>Whether it is kept.</summary>
    public bool Holds => Objection is null;
}
