using System.Formats.Asn1;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;

namespace Tera.Pki.Paths;

/// <summary>
/// The policy processing of RFC 5280 6.1. The valid_policy_tree is kept as a graph with one node a policy on each level
/// (RFC 9618), because the tree of RFC 5280 grows exponentially with hostile mappings.
/// </summary>
internal sealed class PolicyState
{
    private readonly PathRequest _request;
    private readonly List<Dictionary<string, Node>> _levels = [];
    private bool _isNull;
    private int _explicitPolicy;
    private int _policyMapping;
    private int _inhibitAny;

    internal PolicyState(PathRequest request, int pathLength)
    {
        _request = request;
        _explicitPolicy = request.ExplicitPolicy ? 0 : pathLength + 1;
        _policyMapping = request.InhibitMapping ? 0 : pathLength + 1;
        _inhibitAny = request.InhibitAnyPolicy ? 0 : pathLength + 1;
        _levels.Add(new Dictionary<string, Node>(StringComparer.Ordinal) { [Oids.AnyPolicy] = new Node([], [Oids.AnyPolicy]) });
    }

    /// <summary>6.1.3 (d) to (f), and for a CA 6.1.4 (a), (b), (h) to (j).</summary>
    internal PathProblem? Process(Certificate certificate, bool isLeaf)
    {
        var policies = PolicyExtensions.ReadPolicies(certificate);
        if (policies is null)
        {
            _isNull = true;
        }
        else if (!_isNull && !AddLevel(policies, allowsAny: _inhibitAny > 0 || (!isLeaf && certificate.IsSelfIssued)))
        {
            return new PathProblem(PathReason.TooComplex, "the policies of the path are more than the limit", certificate);
        }
        if (_explicitPolicy == 0 && _isNull)
        {
            return new PathProblem(PathReason.PolicyNotAccepted, $"no policy holds down to {certificate}, and one is required", certificate);
        }
        return isLeaf ? null : Prepare(certificate);
    }

    /// <summary>6.1.5 (a), (b), (g).</summary>
    internal PathProblem? Conclude(Certificate leaf)
    {
        _explicitPolicy = Math.Max(0, _explicitPolicy - 1);
        if (PolicyExtensions.ReadConstraints(leaf).RequireExplicit == 0)
        {
            _explicitPolicy = 0;
        }
        return _explicitPolicy > 0 || (!_isNull && HoldsForAnAcceptablePolicy())
            ? null
            : new PathProblem(PathReason.PolicyNotAccepted, "the path holds for none of the acceptable policies", leaf);
    }

    private bool AddLevel(IReadOnlyCollection<string> policies, bool allowsAny)
    {
        var above = _levels[^1];
        var expected = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (policy, node) in above)
        {
            foreach (var wanted in node.Expected)
            {
                (expected.TryGetValue(wanted, out var parents) ? parents : expected[wanted] = []).Add(policy);
            }
        }
        var level = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var policy in policies.Where(p => p != Oids.AnyPolicy))
        {
            if (expected.TryGetValue(policy, out var parents))
            {
                level[policy] = new Node(parents, [policy]);
            }
            else if (above.ContainsKey(Oids.AnyPolicy))
            {
                level[policy] = new Node([Oids.AnyPolicy], [policy]);
            }
        }
        if (allowsAny && policies.Contains(Oids.AnyPolicy))
        {
            foreach (var (policy, parents) in expected)
            {
                level.TryAdd(policy, new Node(parents, [policy]));
            }
        }
        _levels.Add(level);
        _isNull = level.Count == 0;
        return level.Count <= _request.Limits.Policies;
    }

    private PathProblem? Prepare(Certificate certificate)
    {
        if (PolicyExtensions.ReadMappings(certificate) is { Count: > 0 } mappings)
        {
            if (mappings.Any(m => m.Issuer == Oids.AnyPolicy || m.Subject == Oids.AnyPolicy))
            {
                return new PathProblem(PathReason.PolicyNotAccepted, $"{certificate} maps anyPolicy", certificate);
            }
            if (!_isNull)
            {
                Map(mappings);
            }
        }
        if (!certificate.IsSelfIssued)
        {
            _explicitPolicy = Math.Max(0, _explicitPolicy - 1);
            _policyMapping = Math.Max(0, _policyMapping - 1);
            _inhibitAny = Math.Max(0, _inhibitAny - 1);
        }
        var constraints = PolicyExtensions.ReadConstraints(certificate);
        _explicitPolicy = Math.Min(_explicitPolicy, constraints.RequireExplicit ?? int.MaxValue);
        _policyMapping = Math.Min(_policyMapping, constraints.InhibitMapping ?? int.MaxValue);
        _inhibitAny = Math.Min(_inhibitAny, PolicyExtensions.ReadInhibitAny(certificate) ?? int.MaxValue);
        return null;
    }

    private void Map(IReadOnlyList<(string Issuer, string Subject)> mappings)
    {
        var level = _levels[^1];
        foreach (var mapping in mappings.GroupBy(m => m.Issuer, StringComparer.Ordinal))
        {
            if (_policyMapping == 0)
            {
                level.Remove(mapping.Key);
                continue;
            }
            var subjects = mapping.Select(m => m.Subject).Distinct(StringComparer.Ordinal).ToList();
            if (level.TryGetValue(mapping.Key, out var node))
            {
                level[mapping.Key] = node with { Expected = subjects };
            }
            else if (level.ContainsKey(Oids.AnyPolicy))
            {
                level[mapping.Key] = new Node(_levels[^2].ContainsKey(Oids.AnyPolicy) ? [Oids.AnyPolicy] : [], subjects);
            }
        }
        _isNull = level.Count == 0;
    }

    /// <summary>6.1.5 (g): the policies whose nodes hang below anyPolicy and reach the leaf, compared with the acceptable ones.</summary>
    private bool HoldsForAnAcceptablePolicy()
    {
        if (_request.Policies.Count == 0 || _request.Policies.Contains(Oids.AnyPolicy, StringComparer.Ordinal) || _levels[^1].ContainsKey(Oids.AnyPolicy))
        {
            return true;
        }
        var reached = _levels[^1].Keys.ToHashSet(StringComparer.Ordinal);
        for (var depth = _levels.Count - 1; depth > 0; depth--)
        {
            var above = new HashSet<string>(StringComparer.Ordinal);
            foreach (var policy in reached.Where(p => p != Oids.AnyPolicy))
            {
                var parents = _levels[depth][policy].Parents;
                if (parents.Contains(Oids.AnyPolicy, StringComparer.Ordinal) && _request.Policies.Contains(policy, StringComparer.Ordinal))
                {
                    return true;
                }
                above.UnionWith(parents);
            }
            reached = above;
        }
        return false;
    }

    private sealed record Node(IReadOnlyList<string> Parents, IReadOnlyList<string> Expected);
}
