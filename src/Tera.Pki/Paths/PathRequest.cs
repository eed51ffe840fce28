using Tera.Pki.Certificates;

namespace Tera.Pki.Paths;

/// <summary>The question: does a path lead from a certificate to an anchor, at an instant, by this evidence alone? No network and no system store are used.</summary>
public sealed record PathRequest
{
    /// <summary>The certificate in question.</summary>
    public required Certificate Leaf { get; init; }

    /// <summary>Trusted certificates. An anchor's name and key are trusted; its own constraints are enforced too.</summary>
    public required IReadOnlyList<Certificate> Anchors { get; init; }

    /// <summary>Certificates that may lie between, in any order.</summary>
    public IReadOnlyList<Certificate> Intermediates { get; init; } = [];

    /// <summary>The instant in question.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Key purposes of which the leaf must allow one, and each CA that restricts purposes as well; empty when no purpose is asked for.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary>Key usage bits of which the leaf must allow one; none when not asked for.</summary>
    public KeyUsages Usage { get; init; } = KeyUsages.None;

    /// <summary>Acceptable policies (user-initial-policy-set); empty for any.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>initial-explicit-policy: the path must hold for at least one acceptable policy.</summary>
    public bool ExplicitPolicy { get; init; }

    /// <summary>initial-policy-mapping-inhibit.</summary>
    public bool InhibitMapping { get; init; }

    /// <summary>initial-any-policy-inhibit.</summary>
    public bool InhibitAnyPolicy { get; init; }

    /// <summary>Whether the anchor must be within its validity. RFC 5280 6.1 does not ask; relying parties do.</summary>
    public bool ChecksAnchorValidity { get; init; } = true;

    /// <summary>
    /// Whether each certificate must keep the profile of RFC 5280 section 4 (key identifiers there, criticality right, serial number in range),
    /// as openssl's -x509_strict asks. Off by default: signatures of old and careless CAs are still to be judged.
    /// </summary>
    public bool ChecksProfile { get; init; }

    /// <summary>Evidence of revocation; null when revocation is not to be checked at all.</summary>
    public RevocationEvidence? Revocation { get; init; }

    /// <summary>What the evidence may cost.</summary>
    public PathLimits Limits { get; init; } = new();
}

/// <summary>Bounds against hostile evidence.</summary>
public sealed record PathLimits
{
    /// <summary>The greatest number of certificates in a path, leaf and anchor included.</summary>
    public int PathLength { get; init; } = 16;

    /// <summary>The greatest number of signature verifications.</summary>
    public int Signatures { get; init; } = 256;

    /// <summary>The greatest number of complete paths that are judged.</summary>
    public int Paths { get; init; } = 32;

    /// <summary>The greatest number of comparisons between a name and a subtree in one path.</summary>
    public int NameComparisons { get; init; } = 250_000;

    /// <summary>The greatest number of policies on one level of the policy graph.</summary>
    public int Policies { get; init; } = 1024;
}
