using Tera.Pki.Certificates;

namespace Tera.Pki.Paths;

/// <summary>
/// Path building and validation of RFC 5280 section 6, at a given time, from given evidence. It keeps no state between calls.
/// </summary>
public static class PathValidator
{
    /// <summary>Asks the plain question, without purposes or policies.</summary>
    /// <param name="leaf">The certificate in question.</param>
    /// <param name="intermediates">Certificates that may lie between.</param>
    /// <param name="anchors">Trusted certificates.</param>
    /// <param name="at">The instant in question.</param>
    /// <returns>The answer.</returns>
    public static PathResult Validate(Certificate leaf, IReadOnlyList<Certificate> intermediates, IReadOnlyList<Certificate> anchors, DateTimeOffset at) =>
        Validate(new PathRequest { Leaf = leaf, Intermediates = intermediates, Anchors = anchors, At = at });

    /// <summary>Looks for a path that holds. When none does, the reason is that of the path that came furthest.</summary>
    /// <param name="request">The question.</param>
    /// <returns>The answer.</returns>
    public static PathResult Validate(PathRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var search = new PathSearch(request);
        PathResult? best = null;
        foreach (var chain in search.Chains())
        {
            var problem = PathJudge.Judge(request, chain);
            if (problem is null)
            {
                return new PathResult { Reason = PathReason.Valid, Chain = chain };
            }
            best ??= Failed(problem, chain);
        }
        return best ?? Failed(search.WhyNone(), search.Furthest);
    }

    private static PathResult Failed(PathProblem problem, IReadOnlyList<Certificate> chain) => new()
    {
        Reason = problem.Reason,
        Detail = problem.Detail,
        Offender = problem.Offender,
        Chain = chain,
        RevokedAt = problem.RevokedAt,
    };
}
