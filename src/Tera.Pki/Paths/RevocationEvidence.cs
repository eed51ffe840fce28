using Tera.Pki.Certificates;
using Tera.Pki.Revocation;
using Tera.Pki.Revocation.Crl;
using Tera.Pki.Revocation.Ocsp;

namespace Tera.Pki.Paths;

/// <summary>Evidence of revocation and how it is judged.</summary>
public sealed record RevocationEvidence
{
    /// <summary>CRLs, complete and delta, in any order.</summary>
    public IReadOnlyList<CertificateRevocationList> Crls { get; init; } = [];

    /// <summary>OCSP responses, in any order.</summary>
    public IReadOnlyList<OcspResponse> OcspResponses { get; init; } = [];

    /// <summary>
    /// Whether evidence made after the time in question counts, as in the validation of an old signature (EN 319 102-1 5.2.5):
    /// a certificate revoked later was then good; one that ended before the evidence is known only to evidence that keeps ended ones.
    /// </summary>
    public bool AcceptsLaterEvidence { get; init; }

    /// <summary>How far clocks may differ.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How old evidence without nextUpdate may be: BSrE's OCSP responses have none.</summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromDays(1);
}

/// <summary>What was found about a certificate.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Status">Its status at the time in question; unknown when no evidence could be used.</param>
/// <param name="ThisUpdate">Of when the evidence is, or null.</param>
/// <param name="Crl">The CRL that decided, or null.</param>
/// <param name="OcspResponse">The OCSP response that decided, or null.</param>
public sealed record RevocationFinding(
    Certificate Certificate, CertificateStatus Status, DateTimeOffset? ThisUpdate = null, CertificateRevocationList? Crl = null, OcspResponse? OcspResponse = null);
