using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pki.Paths;

/// <summary>Finds chains from the leaf to an anchor: names match and signatures verify. Depth first, the likeliest issuer first.</summary>
internal sealed class PathSearch
{
    private readonly PathRequest _request;
    private readonly ILookup<DistinguishedName, Certificate> _anchors;
    private readonly ILookup<DistinguishedName, Certificate> _intermediates;
    private int _signaturesLeft;
    private bool _sawBadSignature;
    private bool _sawUnsupported;
    private bool _stoppedByLimit;

    internal PathSearch(PathRequest request)
    {
        _request = request;
        _anchors = request.Anchors.Distinct().ToLookup(c => c.Subject);
        var anchors = request.Anchors.ToHashSet();
        _intermediates = request.Intermediates.Distinct().Where(c => !anchors.Contains(c)).ToLookup(c => c.Subject);
        _signaturesLeft = request.Limits.Signatures;
        Furthest = [request.Leaf];
    }

    /// <summary>How many signatures were verified.</summary>
    internal int Signatures => _request.Limits.Signatures - _signaturesLeft;

    /// <summary>The longest chain met, for a report when none leads to an anchor.</summary>
    internal IReadOnlyList<Certificate> Furthest { get; private set; }

    internal IEnumerable<IReadOnlyList<Certificate>> Chains()
    {
        if (_request.Anchors.Contains(_request.Leaf))
        {
            yield return [_request.Leaf];
            yield break;
        }
        foreach (var chain in Extend([_request.Leaf]).Take(_request.Limits.Paths))
        {
            yield return chain;
        }
    }

    internal PathProblem WhyNone()
    {
        if (_stoppedByLimit)
        {
            return new PathProblem(PathReason.TooComplex, "the search for a path reached its limits");
        }
        if (_sawBadSignature)
        {
            return new PathProblem(PathReason.SignatureInvalid, $"the signature of {Furthest[^1]} verifies with no key of {Furthest[^1].Issuer}", Furthest[^1]);
        }
        return _sawUnsupported
            ? new PathProblem(PathReason.AlgorithmUnsupported, $"the signature algorithm of {Furthest[^1]} is not supported", Furthest[^1])
            : new PathProblem(PathReason.NoPathToAnchor, $"no certificate of the issuer {Furthest[^1].Issuer} is known or trusted", Furthest[^1]);
    }

    private IEnumerable<IReadOnlyList<Certificate>> Extend(List<Certificate> chain)
    {
        var last = chain[^1];
        foreach (var anchor in Likeliest(last, _anchors[last.Issuer]))
        {
            if (IsSignedBy(last, anchor, [.. chain, anchor]))
            {
                yield return [.. chain, anchor];
            }
        }
        if (chain.Count + 2 > _request.Limits.PathLength)
        {
            _stoppedByLimit |= _intermediates[last.Issuer].Any();
            yield break;
        }
        foreach (var issuer in Likeliest(last, _intermediates[last.Issuer]))
        {
            // A key that certified itself before, under the same name, adds nothing but loops.
            if (chain.Any(c => c.Subject.Equals(issuer.Subject) && c.SubjectPublicKeyInfo.Span.SequenceEqual(issuer.SubjectPublicKeyInfo.Span)))
            {
                continue;
            }
            List<Certificate> longer = [.. chain, issuer];
            if (!IsSignedBy(last, issuer, longer))
            {
                continue;
            }
            foreach (var found in Extend(longer))
            {
                yield return found;
            }
        }
    }

    /// <summary>Issuers whose key identifier fits come first; a contradiction puts one last, and does not rule it out (RFC 5280 4.2.1.1 gives a hint, not a rule).</summary>
    private IEnumerable<Certificate> Likeliest(Certificate subject, IEnumerable<Certificate> issuers) => issuers
        .OrderBy(i => (subject.Constraints.AuthorityKeyIdentifier, i.Constraints.SubjectKeyIdentifier) switch
        {
            ({ } wanted, { } has) => wanted.Span.SequenceEqual(has.Span) ? 0 : 2,
            _ => 1,
        })
        .ThenBy(i => i.NotBefore <= _request.At && _request.At <= i.NotAfter ? 0 : 1);

    private bool IsSignedBy(Certificate subject, Certificate issuer, List<Certificate> chain)
    {
        if (_signaturesLeft == 0)
        {
            _stoppedByLimit = true;
            return false;
        }
        _signaturesLeft--;
        if (SignatureAlgorithm.Find(subject.SignatureAlgorithmIdentifier) is null)
        {
            _sawUnsupported = true;
            return false;
        }
        if (!subject.IsSignedBy(DsaParameters.Complete(issuer, chain.Concat(_request.Intermediates).Concat(_request.Anchors)).Span))
        {
            _sawBadSignature = true;
            return false;
        }
        if (chain.Count > Furthest.Count)
        {
            Furthest = chain;
        }
        return true;
    }
}
