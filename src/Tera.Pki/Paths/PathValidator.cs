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
        return Validate(request, request.Revocation is { } evidence ? new RevocationJudge(request, evidence) : null);
    }

    /// <summary>
    /// Finds the chains and judges each apart from time and revocation, for a reader who asks about several instants. The request's own
    /// instant only orders equal candidates, its revocation evidence is not used.
    /// </summary>
    /// <param name="request">The question.</param>
    /// <returns>The chains, or why there is none.</returns>
    public static ChainSearch FindChains(PathRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var search = new PathSearch(request);
        List<CandidateChain> found = [.. search.Chains().Select(chain => Candidate(request, chain))];
        return new ChainSearch(found, found.Count > 0 ? null : Failed(search.WhyNone(), search.Furthest, []), search.Signatures);
    }

    private static CandidateChain Candidate(PathRequest request, IReadOnlyList<Certificate> chain)
    {
        var timed = request.ChecksAnchorValidity || chain.Count == 1 ? chain : [.. chain.Take(chain.Count - 1)];
        var (from, until) = (timed.Max(c => c.NotBefore), timed.Min(c => c.NotAfter));
        var problem = from > until
            ? new PathProblem(PathReason.Expired, "the validities of the chain's certificates have no instant in common")
            : PathJudge.Judge(request with { At = from }, chain);
        var result = problem is null ? new PathResult { Reason = PathReason.Valid, Chain = chain } : Failed(problem, chain, []);
        return new CandidateChain(chain, from, until, result);
    }

    /// <summary>The same with a judge of revocation that already works on something: the signer of a CRL needs a path of its own.</summary>
    internal static PathResult Validate(PathRequest request, RevocationJudge? revocation)
    {
        var search = new PathSearch(request);
        PathResult? best = null;
        foreach (var chain in search.Chains())
        {
            if (PathJudge.Judge(request, chain) is { } problem)
            {
                best = Better(best, Failed(problem, chain, []));
                continue;
            }
            var findings = new List<RevocationFinding>();
            if (revocation?.Judge(chain, findings) is not { } revoked)
            {
                return new PathResult { Reason = PathReason.Valid, Chain = chain, Revocation = findings };
            }
            best = Better(best, Failed(revoked, chain, findings));
        }
        return best ?? Failed(search.WhyNone(), search.Furthest, []);
    }

    /// <summary>A path that fails only for revocation came further than one that fails before; among equals the first, likeliest one counts.</summary>
    private static PathResult Better(PathResult? best, PathResult next)
    {
        return best is null || (Rank(next.Reason) > Rank(best.Reason)) ? next : best;

        static int Rank(PathReason reason) => reason switch
        {
            PathReason.Revoked or PathReason.OnHold => 2,
            PathReason.RevocationUnknown => 1,
            _ => 0,
        };
    }

    private static PathResult Failed(PathProblem problem, IReadOnlyList<Certificate> chain, IReadOnlyList<RevocationFinding> findings) => new()
    {
        Reason = problem.Reason,
        Detail = problem.Detail,
        Offender = problem.Offender,
        Chain = chain,
        RevokedAt = problem.RevokedAt,
        Revocation = findings,
    };
}
