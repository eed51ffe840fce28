using Tera.Pades.Validation.Policies;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Paths;

namespace Tera.Pades.Validation.Blocks;

/// <summary>A chain to a root that the policy trusts, with the services that trust it.</summary>
/// <param name="Candidate">The chain, and what stands against it apart from time.</param>
/// <param name="Services">The trust in its anchor.</param>
internal sealed record TrustedChain(CandidateChain Candidate, IReadOnlyList<TrustedService> Services)
{
    public IReadOnlyList<Certificate> Certificates => Candidate.Certificates;

    public Certificate Leaf => Candidate.Certificates[0];

    public Certificate Anchor => Candidate.Certificates[^1];
}

/// <summary>Finds the chains of each signer once, whatever instants are asked about later (EN 319 102-1 5.2.6.4, prospective certificate chain).</summary>
internal sealed class ChainBuilder
{
    /// <summary>Of so many certificates one signer's chains are made: cross-certified roots and renewed keys need a dozen.</summary>
    private const int MaximumCandidates = 64;

    /// <summary>All signature verifications of one judgement together.</summary>
    private int _signaturesLeft = 8192;

    private readonly ValidationPolicy _policy;
    private readonly ILookup<DistinguishedName, Certificate> _bySubject;
    private readonly Dictionary<Certificate, List<TrustedService>> _anchors = [];
    private readonly ILookup<DistinguishedName, Certificate> _anchorsBySubject;
    private readonly Dictionary<(Certificate Leaf, bool IsTimeStamp), (IReadOnlyList<TrustedChain> Chains, PathResult? WhyNone)> _found = [];

    public ChainBuilder(ValidationPolicy policy, Materials materials)
    {
        _policy = policy;
        foreach (var service in policy.TrustAnchors.Select(a => new TrustedService(a)).Concat(policy.TrustedServices))
        {
            if (!Certificate.TryDecode(service.Certificate, out var anchor, out _))
                continue;
            if (!_anchors.TryGetValue(anchor, out var services))
                _anchors[anchor] = services = [];
            services.Add(service);
        }
        _bySubject = materials.Certificates.ToLookup(c => c.Subject);
        _anchorsBySubject = _anchors.Keys.ToLookup(c => c.Subject);
    }

    /// <summary>The chains of a certificate, or why there is none.</summary>
    public (IReadOnlyList<TrustedChain> Chains, PathResult? WhyNone) Find(Certificate leaf, bool isTimeStamp)
    {
        if (_found.TryGetValue((leaf, isTimeStamp), out var known))
            return known;
        var (intermediates, anchors) = Candidates(leaf, isTimeStamp);
        var search = PathValidator.FindChains(new PathRequest
        {
            Leaf = leaf,
            Anchors = anchors,
            Intermediates = intermediates,
            At = _policy.At,
            Purposes = isTimeStamp ? [Oids.KeyPurposeTimeStamping] : [],
            Usage = KeyUsages.DigitalSignature | KeyUsages.NonRepudiation,
            // The end of trust in a root is the service's, and judged with it.
            ChecksAnchorValidity = false,
            Limits = new PathLimits { Signatures = Math.Min(128, _signaturesLeft) },
        });
        _signaturesLeft -= search.Signatures;
        IReadOnlyList<TrustedChain> chains = [.. search.Chains.Select(c => new TrustedChain(c, ServicesOf(c.Certificates[^1], isTimeStamp)))];
        return _found[(leaf, isTimeStamp)] = (chains, search.WhyNone);
    }

    // Only what can stand above the leaf by name goes into the search: a file may hold thousands of certificates.
    private (List<Certificate> Intermediates, List<Certificate> Anchors) Candidates(Certificate leaf, bool isTimeStamp)
    {
        var intermediates = new List<Certificate>();
        var anchors = new List<Certificate>();
        var names = new HashSet<DistinguishedName> { leaf.Issuer };
        var open = new Queue<DistinguishedName>(names);
        if (_anchors.ContainsKey(leaf) && ServicesOf(leaf, isTimeStamp).Count > 0)
            anchors.Add(leaf);
        while (open.TryDequeue(out var name))
        {
            anchors.AddRange(_anchorsBySubject[name].Where(a => ServicesOf(a, isTimeStamp).Count > 0));
            foreach (var issuer in _bySubject[name].Take(MaximumCandidates - intermediates.Count))
            {
                intermediates.Add(issuer);
                if (names.Add(issuer.Issuer))
                    open.Enqueue(issuer.Issuer);
            }
        }
        return (intermediates, anchors);
    }

    private List<TrustedService> ServicesOf(Certificate anchor, bool isTimeStamp) =>
        [.. _anchors[anchor].Where(s => s.Kind == TrustedServiceKind.Any || s.Kind == (isTimeStamp ? TrustedServiceKind.TimeStamps : TrustedServiceKind.Signatures))];
}
