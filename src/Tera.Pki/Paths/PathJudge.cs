using System.Formats.Asn1;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;

namespace Tera.Pki.Paths;

/// <summary>Judges one complete chain whose names and signatures already fit: RFC 5280 6.1.3 to 6.1.5.</summary>
internal static class PathJudge
{
    /// <summary>The critical extensions that this library processes somewhere.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        Oids.BasicConstraints, Oids.KeyUsage, Oids.ExtendedKeyUsage, Oids.SubjectAltName, Oids.IssuerAltName, Oids.NameConstraints,
        Oids.CertificatePolicies, Oids.PolicyMappings, Oids.PolicyConstraints, Oids.InhibitAnyPolicy, Oids.CrlDistributionPoints,
        Oids.AuthorityKeyIdentifier, Oids.SubjectKeyIdentifier, Oids.AuthorityInfoAccess, Oids.QcStatements, Oids.FreshestCrl,
        Oids.OcspNoCheck, Oids.PrivateKeyUsagePeriod,
    };

    internal static bool IsKnown(string oid) => Known.Contains(oid);

    /// <summary>Judges a chain, leaf first and anchor last.</summary>
    /// <returns>The first problem from the anchor downwards, or null.</returns>
    internal static PathProblem? Judge(PathRequest request, IReadOnlyList<Certificate> chain)
    {
        try
        {
            return JudgeAnchor(request, chain)
                ?? JudgeBelow(request, chain)
                ?? JudgeLeaf(request, chain)
                ?? (request.ChecksProfile ? ProfileRules.Judge(chain) : null);
        }
        catch (AsnContentException e)
        {
            return new PathProblem(PathReason.ExtensionMalformed, $"an extension cannot be read: {e.Message}");
        }
    }

    private static PathProblem? JudgeAnchor(PathRequest request, IReadOnlyList<Certificate> chain)
    {
        var anchor = chain[^1];
        if (request.ChecksAnchorValidity && JudgeTime(request, anchor) is { } problem)
        {
            return problem;
        }
        // A version 1 anchor has no extensions to say what it is; a version 3 anchor must say that it may do what it did.
        return anchor.Version == 3 && JudgeExtensions(anchor) is { } odd
            ? odd
            : chain.Count > 1 && anchor.Version == 3 ? JudgeAuthority(anchor) : null;
    }

    private static PathProblem? JudgeBelow(PathRequest request, IReadOnlyList<Certificate> chain)
    {
        var anchor = chain[^1];
        var names = new NameConstraintState(request.Limits.NameComparisons);
        var policies = new PolicyState(request, chain.Count - 1);
        var pathLength = anchor.Constraints.PathLength ?? int.MaxValue;
        if (chain.Count > 1 && names.Add(anchor) is { } anchorProblem)
        {
            return anchorProblem;
        }
        for (var i = chain.Count - 2; i >= 0; i--)
        {
            var certificate = chain[i];
            var isLeaf = i == 0;
            if (JudgeTime(request, certificate) is { } outside)
            {
                return outside;
            }
            if (JudgeExtensions(certificate) is { } odd)
            {
                return odd;
            }
            if ((isLeaf || !certificate.IsSelfIssued) && names.Check(certificate) is { } named)
            {
                return named;
            }
            if (policies.Process(certificate, isLeaf) is { } refused)
            {
                return refused;
            }
            if (isLeaf)
            {
                break;
            }
            if ((JudgeAuthority(certificate) ?? names.Add(certificate)) is { } unfit)
            {
                return unfit;
            }
            if (!certificate.IsSelfIssued)
            {
                if (pathLength == 0)
                {
                    return new PathProblem(PathReason.PathTooLong, $"{certificate} is one CA more than the path length allows", certificate);
                }
                pathLength--;
            }
            pathLength = Math.Min(pathLength, certificate.Constraints.PathLength ?? int.MaxValue);
        }
        return policies.Conclude(chain[0]);
    }

    private static PathProblem? JudgeLeaf(PathRequest request, IReadOnlyList<Certificate> chain)
    {
        var leaf = chain[0];
        if (request.Usage != KeyUsages.None && !leaf.Constraints.Allows(request.Usage))
        {
            return new PathProblem(PathReason.KeyUsageForbids, $"keyUsage of {leaf} is {leaf.Constraints.KeyUsage}, {request.Usage} is needed", leaf);
        }
        if (request.Purposes.Count == 0)
        {
            return null;
        }
        // The anchor's purposes are the relying party's own affair.
        var unfit = chain.Take(Math.Max(1, chain.Count - 1)).FirstOrDefault(c => !request.Purposes.Any(c.Constraints.AllowsPurpose));
        return unfit is null ? null : new PathProblem(PathReason.PurposeForbids, $"extendedKeyUsage of {unfit} has none of {string.Join(", ", request.Purposes)}", unfit);
    }

    private static PathProblem? JudgeTime(PathRequest request, Certificate certificate)
    {
        if (request.At < certificate.NotBefore)
        {
            return new PathProblem(PathReason.NotYetValid, $"{certificate} begins at {certificate.NotBefore:u}", certificate);
        }
        return certificate.HasEndedAt(request.At)
            ? new PathProblem(PathReason.Expired, $"{certificate} ended at {certificate.NotAfter:u}", certificate)
            : null;
    }

    private static PathProblem? JudgeExtensions(Certificate certificate)
    {
        if (certificate.Constraints.Malformed is [var malformed, ..])
        {
            return new PathProblem(PathReason.ExtensionMalformed, $"the extension {malformed} of {certificate} cannot be read", certificate);
        }
        return certificate.Extensions.FirstOrDefault(e => e.IsCritical && !Known.Contains(e.Oid)) is { } unknown
            ? new PathProblem(PathReason.UnknownCriticalExtension, $"the critical extension {unknown.Oid} of {certificate} is not known", certificate)
            : null;
    }

    private static PathProblem? JudgeAuthority(Certificate certificate)
    {
        if (certificate.Constraints.Malformed is [var malformed, ..])
        {
            return new PathProblem(PathReason.ExtensionMalformed, $"the extension {malformed} of {certificate} cannot be read", certificate);
        }
        if (certificate.Version != 3 || !certificate.Constraints.IsCertificateAuthority)
        {
            return new PathProblem(PathReason.IssuerIsNoAuthority, $"{certificate} is no CA", certificate);
        }
        return certificate.Constraints.Allows(KeyUsages.KeyCertSign)
            ? null
            : new PathProblem(PathReason.KeyUsageForbids, $"keyUsage of {certificate} has no keyCertSign", certificate);
    }
}
