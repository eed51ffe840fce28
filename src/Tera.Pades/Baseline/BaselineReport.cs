using Tera.Pades.Signing.LongTerm;

namespace Tera.Pades.Baseline;

/// <summary>The checklist of one signature.</summary>
/// <param name="Field">The signature field.</param>
/// <param name="Findings">Every line, in the order of the levels.</param>
public sealed record BaselineReport(string Field, IReadOnlyList<BaselineFinding> Findings)
{
    /// <summary>The highest level of which every line is kept, and of those below it; null where B-B is not reached.</summary>
    public PadesLevel? Level
    {
        get
        {
            PadesLevel? reached = null;
            foreach (var level in Enum.GetValues<PadesLevel>())
            {
                if (Findings.Any(f => f.Requirement.Level == level && !f.Holds))
                    break;
                reached = level;
            }
            return reached;
        }
    }
}
