using Tera.Pki.Online;

namespace Tera.Pades.Signing.LongTerm;

/// <summary>What stood in the way, in one line.</summary>
internal static class Problems
{
    public static string Join(IReadOnlyList<FetchProblem> problems, string none) => problems.Count == 0 ? none : string.Join("; ", problems);
}
