using Tera.Pades.Signing.LongTerm;

namespace Tera.Pades.Baseline;

/// <summary>One line of the checklist of EN 319 142-1 clause 6.3.</summary>
/// <param name="Id">A short name that stays, such as <c>b.contents</c>.</param>
/// <param name="Level">The level from which it is asked for.</param>
/// <param name="Letter">The letter of the additional requirement in table 1 of clause 6.3; empty where the table has none.</param>
/// <param name="Text">What is asked for.</param>
public sealed record BaselineRequirement(string Id, PadesLevel Level, string Letter, string Text)
{
    internal Func<BaselineSubject, string?> Objection { get; init; } = _ => null;
}
