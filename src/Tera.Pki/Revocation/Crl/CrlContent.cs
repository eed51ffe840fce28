using System.Numerics;

namespace Tera.Pki.Revocation.Crl;

/// <summary>What a new CRL says.</summary>
public sealed record CrlContent
{
    /// <summary>The CRL number. It must rise with every CRL of the issuer and scope, also across nodes and restores (RFC 5280 5.2.3).</summary>
    public required BigInteger Number { get; init; }

    /// <summary>When the CRL is made.</summary>
    public required DateTimeOffset ThisUpdate { get; init; }

    /// <summary>When the next one comes at the latest.</summary>
    public required DateTimeOffset NextUpdate { get; init; }

    /// <summary>The revoked certificates, each once; the caller's store sees to that. They are read once, in order.</summary>
    public required IEnumerable<RevokedEntry> Entries { get; init; }

    /// <summary>What part of the issuer's certificates it covers; null for all, and then there is no issuingDistributionPoint.</summary>
    public CrlScope? Scope { get; init; }

    /// <summary>expiredCertsOnCRL: revoked certificates stay on it that ended since this instant; null when expired ones are dropped.</summary>
    public DateTimeOffset? KeepsExpiredSince { get; init; }

    /// <summary>The number of the complete CRL this delta builds on; null for a complete CRL.</summary>
    public BigInteger? DeltaBase { get; init; }
}

/// <summary>issuingDistributionPoint (RFC 5280 5.2.5), always critical.</summary>
public sealed record CrlScope
{
    /// <summary>The very addresses that stand in the certificates' distribution points.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Only certificates that are none of a CA.</summary>
    public bool OnlyUserCertificates { get; init; }

    /// <summary>Only certificates of CAs.</summary>
    public bool OnlyAuthorityCertificates { get; init; }
}
