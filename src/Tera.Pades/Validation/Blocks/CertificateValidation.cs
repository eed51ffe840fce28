using System.Globalization;
using Tera.Pki.Certificates;
using Tera.Pki.Paths;
using Tera.Pki.Revocation;

namespace Tera.Pades.Validation.Blocks;

/// <summary>What is concluded about a signer's certificate.</summary>
/// <param name="Conclusion">The conclusion.</param>
/// <param name="Chain">The chain it is about; null where there is none.</param>
/// <param name="RevokedAt">Since when the signer's certificate, or one above it, is revoked; null where none is.</param>
/// <param name="Revocation">What was found about revocation, in a sentence; null where it was not looked at.</param>
internal sealed record CertificateVerdict(Conclusion Conclusion, TrustedChain? Chain, DateTimeOffset? RevokedAt, string? Revocation);

/// <summary>XCV: whether a certificate leads to a trusted root and was good, with all above it, at an instant (EN 319 102-1 5.2.6).</summary>
internal sealed class CertificateValidation(
    ValidationPolicy policy, ChainBuilder chains, RevocationSearch revocations, RevocationAcceptance acceptance, AlgorithmObsolescence algorithms)
{
    private readonly Dictionary<(Certificate, bool, DateTimeOffset), CertificateVerdict> _known = [];

    /// <summary>Judges a certificate at an instant.</summary>
    public CertificateVerdict Judge(Certificate leaf, bool isTimeStamp, DateTimeOffset at)
    {
        if (_known.TryGetValue((leaf, isTimeStamp, at), out var known))
            return known;
        var (found, whyNone) = chains.Find(leaf, isTimeStamp);
        CertificateVerdict? best = null;
        foreach (var chain in found)
        {
            var verdict = Judge(chain, at);
            if (best is null || Rank(verdict.Conclusion) > Rank(best.Conclusion))
                best = verdict;
            if (verdict.Conclusion.IsPassed)
                break;
        }
        return _known[(leaf, isTimeStamp, at)] = best ?? new CertificateVerdict(WhyNone(whyNone!, isTimeStamp), null, null, null);
    }

    /// <summary>Statements about a certificate of a chain that count, the newest first, and whether some do not only because of their signer's end.</summary>
    public (List<RevocationStatement> Accepted, bool SignerEnded) Statements(TrustedChain chain, int index)
    {
        var accepted = new List<RevocationStatement>();
        var ended = false;
        foreach (var statement in revocations.Find(chain.Certificates[index], chain.Certificates[index + 1], chain.Anchor))
        {
            var answer = acceptance.Judge(statement, chain, IsSignerRevoked);
            ended |= answer == Acceptance.SignerEnded;
            if (answer == Acceptance.Accepted)
                accepted.Add(statement);
        }
        return (accepted, ended);
    }

    /// <summary>What stands against a chain apart from time and revocation: a rule of RFC 5280.</summary>
    public static Conclusion Structure(TrustedChain chain) => chain.Candidate.Result.Reason switch
    {
        PathReason.Valid => Conclusion.Passed,
        PathReason.KeyUsageForbids or PathReason.PurposeForbids or PathReason.NameConstraintViolated or PathReason.PolicyNotAccepted or PathReason.PathTooLong
            => Conclusion.Indeterminate(SubIndication.ChainConstraintsFailure, $"The chain breaks a rule of path validation. ({chain.Candidate.Result.Detail})"),
        _ => Conclusion.Indeterminate(SubIndication.CertificateChainGeneralFailure, $"The chain of certificates does not hold. ({chain.Candidate.Result.Detail})"),
    };

    private static int Rank(Conclusion conclusion) => conclusion.IsPassed ? 3 : conclusion.MayYetPass ? 2 : 1;

    private static Conclusion WhyNone(PathResult why, bool isTimeStamp)
    {
        var (sub, text) = why.Reason switch
        {
            PathReason.NoPathToAnchor => (SubIndication.NoCertificateChainFound,
                isTimeStamp ? "No chain leads from the time-stamping authority's certificate to a trusted root." : "No chain leads from the signer's certificate to a trusted root."),
            _ => (SubIndication.CertificateChainGeneralFailure, "The chain of certificates does not hold."),
        };
        return Conclusion.Indeterminate(sub, why.Detail.Length > 0 ? $"{text} ({why.Detail})" : text);
    }

    private CertificateVerdict Judge(TrustedChain chain, DateTimeOffset at)
    {
        if (Structure(chain) is { IsPassed: false } broken)
            return new CertificateVerdict(broken, chain, null, null);
        var (revocation, revokedAt, text, isLeafGood) = Revocation(chain, at);
        var conclusion = Trust(chain, at);
        conclusion = conclusion.IsPassed && revokedAt is not null ? revocation : conclusion;
        conclusion = conclusion.IsPassed ? Validity(chain, at, isLeafGood) : conclusion;
        conclusion = conclusion.IsPassed ? revocation : conclusion;
        conclusion = conclusion.IsPassed ? algorithms.Judge(algorithms.UsesOf(chain.Certificates), at) : conclusion;
        return new CertificateVerdict(conclusion, chain, revokedAt, text);
    }

    private static Conclusion Trust(TrustedChain chain, DateTimeOffset at) => chain.Services.Any(s => s.IsTrustedAt(at, chain.Anchor))
        ? Conclusion.Passed
        : Conclusion.Indeterminate(SubIndication.NoCertificateChainFoundNoPoe,
            string.Create(CultureInfo.InvariantCulture, $"The root {chain.Anchor.Subject} was not trusted at {at:yyyy-MM-dd}, and nothing proves that the signature is older."));

    private static Conclusion Validity(TrustedChain chain, DateTimeOffset at, bool isLeafGood)
    {
        // The anchor's end is the end of trust in it.
        for (var i = Math.Max(0, chain.Certificates.Count - 2); i >= 0; i--)
        {
            var certificate = chain.Certificates[i];
            if (at >= certificate.NotBefore && !certificate.HasEndedAt(at))
                continue;
            var detail = at < certificate.NotBefore ? $"{certificate} begins at {certificate.NotBefore:u}" : $"{certificate} ended at {certificate.NotAfter:u}";
            var reason = at < certificate.NotBefore ? "A certificate of the chain has not begun yet."
                : i > 0 ? "A certificate of the chain has ended, and no trusted time stamp proves that the signature is older."
                : "The signer's certificate has ended, and no trusted time stamp proves that the signature is older.";
            return Conclusion.Indeterminate(i == 0 && isLeafGood && at > certificate.NotAfter ? SubIndication.OutOfBoundsNotRevoked : SubIndication.OutOfBoundsNoPoe, $"{reason} ({detail})");
        }
        return Conclusion.Passed;
    }

    // From the anchor downwards, so that the word of a revoked authority does not count (RFC 5280 6.1.3 (a) (3), EN 319 102-1 5.2.6.4).
    private (Conclusion Conclusion, DateTimeOffset? RevokedAt, string Text, bool IsLeafGood) Revocation(TrustedChain chain, DateTimeOffset at)
    {
        var anything = false;
        Conclusion? missing = null;
        var isLeafGood = false;
        for (var i = chain.Certificates.Count - 2; i >= 0; i--)
        {
            var certificate = chain.Certificates[i];
            var (statements, signerEnded) = Statements(chain, i);
            anything |= statements.Count > 0;
            if (RevokedAt(statements, at) is { } revoked)
            {
                return (Conclusion.Indeterminate(
                        i == 0 ? SubIndication.RevokedNoPoe : SubIndication.RevokedCaNoPoe,
                        $"A certificate of the chain is revoked, and no trusted time stamp proves that the signature is older. ({certificate} is revoked since {revoked:u})"),
                    revoked, "Revocation was judged from the data at hand.", false);
            }
            var fresh = statements.FirstOrDefault(s => RevocationFreshness.IsFresh(s, at, policy));
            if (fresh?.Status is CertificateStatus.Revoked { Reason: RevocationReason.CertificateHold } hold && hold.At <= at)
                return (Conclusion.Indeterminate(SubIndication.TryLater, $"{certificate} is on hold since {hold.At:u}."), null, "Revocation was judged from the data at hand.", false);
            isLeafGood = i == 0 && fresh is not null;
            if (fresh is null)
            {
                missing ??= signerEnded
                    ? Conclusion.Indeterminate(SubIndication.RevocationOutOfBoundsNoPoe, $"Who signed the revocation data of {certificate} has no valid certificate any more, and no trusted time stamp proves that the data is older.")
                    : Conclusion.Indeterminate(SubIndication.TryLater, $"There is no usable proof that {certificate} was not revoked.");
            }
        }
        if (missing is null)
            return (Conclusion.Passed, null, "The revocation data shows that no certificate of the chain was revoked.", isLeafGood);
        return policy.RequireRevocation
            ? (missing, null, "Revocation was judged from the data at hand.", isLeafGood)
            : (Conclusion.Passed, null,
                anything ? "The revocation data does not cover the whole chain at that time; it was not asked for." : "There is no revocation data; it was not asked for.", isLeafGood);
    }

    /// <summary>Since when a certificate is revoked for good, where that is not after the instant.</summary>
    public static DateTimeOffset? RevokedAt(List<RevocationStatement> statements, DateTimeOffset at) => statements
        .Select(s => s.Status)
        .OfType<CertificateStatus.Revoked>()
        .Where(r => r.Reason != RevocationReason.CertificateHold && r.At <= at)
        .Min(r => (DateTimeOffset?)r.At);

    // A responder's own status counts where somebody states it; where nobody does, its short life has to do.
    private bool IsSignerRevoked(RevocationStatement statement, TrustedChain chain)
    {
        var issuer = chain.Certificates.FirstOrDefault(c => c.Subject.Equals(statement.Signer.Issuer));
        return issuer is not null && revocations.Find(statement.Signer, issuer, chain.Anchor)
            .Any(s => !s.Signer.Equals(statement.Signer) && s.Status is CertificateStatus.Revoked revoked && revoked.At <= statement.ProducedAt);
    }
}
