using System.Formats.Asn1;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Revocation;
using Tera.Pki.Revocation.Crl;
using Tera.Pki.Revocation.Ocsp;

namespace Tera.Pki.Paths;

/// <summary>
/// Finds the status of each certificate of a chain from CRLs (RFC 5280 6.3) and OCSP responses (RFC 6960 3.2).
/// Whoever signed the evidence needs a valid path to the same anchor; evidence that vouches for its own signer does not count.
/// </summary>
internal sealed class RevocationJudge(PathRequest request, RevocationEvidence evidence)
{
    /// <summary>A CRL signer's CRL's signer's CRL: deeper chains of evidence do not exist outside of attacks.</summary>
    private const int MaximumDepth = 4;

    private readonly HashSet<Certificate> _inProgress = [];
    private readonly Dictionary<(CertificateRevocationList List, Certificate Signer), bool> _signatures = [];
    private readonly Dictionary<(Certificate Signer, Certificate Anchor), bool> _signers = [];

    /// <summary>Judges a chain, from the anchor downwards.</summary>
    internal PathProblem? Judge(IReadOnlyList<Certificate> chain, List<RevocationFinding> findings)
    {
        for (var i = chain.Count - 2; i >= 0; i--)
        {
            var finding = FindStatus(chain[i], chain[i + 1], chain[^1]);
            findings.Add(finding);
            switch (finding.Status)
            {
                case CertificateStatus.Revoked { Reason: RevocationReason.CertificateHold } hold:
                    return new PathProblem(PathReason.OnHold, $"{chain[i]} is on hold since {hold.At:u}", chain[i], hold.At);
                case CertificateStatus.Revoked revoked:
                    return new PathProblem(PathReason.Revoked, $"{chain[i]} is revoked since {revoked.At:u} ({revoked.Reason})", chain[i], revoked.At);
                case CertificateStatus.Unknown:
                    return new PathProblem(PathReason.RevocationUnknown, $"no usable CRL or OCSP response tells whether {chain[i]} is revoked", chain[i]);
            }
        }
        return null;
    }

    private RevocationFinding FindStatus(Certificate certificate, Certificate issuer, Certificate anchor)
    {
        if (_inProgress.Count >= MaximumDepth || !_inProgress.Add(certificate))
        {
            return new RevocationFinding(certificate, new CertificateStatus.Unknown());
        }
        try
        {
            List<RevocationFinding> found = [.. FromOcsp(certificate, issuer, anchor)];
            if (FromCrls(certificate, issuer, anchor) is { } fromCrls)
            {
                found.Add(fromCrls);
            }
            // A revocation is final, whatever older or newer evidence says; a hold ends, so there the newest evidence counts.
            return found.Find(f => f.Status is CertificateStatus.Revoked { Reason: not RevocationReason.CertificateHold })
                ?? found.MaxBy(f => f.ThisUpdate)
                ?? new RevocationFinding(certificate, new CertificateStatus.Unknown());
        }
        catch (AsnContentException)
        {
            // A distribution point that cannot be read leaves the status open.
            return new RevocationFinding(certificate, new CertificateStatus.Unknown());
        }
        finally
        {
            _inProgress.Remove(certificate);
        }
    }

    private IEnumerable<RevocationFinding> FromOcsp(Certificate certificate, Certificate issuer, Certificate anchor)
    {
        foreach (var response in evidence.OcspResponses)
        {
            if (response.Find(certificate.SerialNumber, issuer) is not { Status: not CertificateStatus.Unknown, HasUnknownCriticalExtension: false } single
                || !IsFresh(single.ThisUpdate, single.NextUpdate)
                || !KnowsEnded(certificate, single.ThisUpdate, single.ArchiveCutoff, single.Status)
                || response.FindSigner(issuer, request.Intermediates) is not { } signer
                || !IsResponderTrusted(signer, issuer, anchor, response.ProducedAt))
            {
                continue;
            }
            yield return new RevocationFinding(certificate, AsOf(single.Status, single.ThisUpdate), single.ThisUpdate, OcspResponse: response);
        }
    }

    private bool IsResponderTrusted(Certificate signer, Certificate issuer, Certificate anchor, DateTimeOffset producedAt)
    {
        if (signer.SubjectPublicKeyInfo.Span.SequenceEqual(issuer.SubjectPublicKeyInfo.Span))
        {
            return true;
        }
        if (producedAt < signer.NotBefore || producedAt > signer.NotAfter || signer.Extensions.Any(e => e.IsCritical && !PathJudge.IsKnown(e.Oid)))
        {
            return false;
        }
        // RFC 6960 4.2.2.2.1: with nocheck the responder's short life stands in for a status.
        return signer.Constraints.HasOcspNoCheck || FindStatus(signer, issuer, anchor).Status is CertificateStatus.Good;
    }

    private RevocationFinding? FromCrls(Certificate certificate, Certificate issuer, Certificate anchor)
    {
        var covered = RevocationReasons.None;
        CertificateRevocationList? last = null;
        foreach (var point in DistributionPoint.Of(certificate))
        {
            foreach (var list in evidence.Crls.Where(c => c.DeltaBase is null).OrderByDescending(c => c.ThisUpdate).ThenByDescending(c => c.Number))
            {
                if (!point.Covers(certificate, list) || !IsUsable(list) || FindSigner(list, issuer, anchor) is not { } signer)
                {
                    continue;
                }
                var reasons = point.Reasons & (list.Scope?.Reasons ?? RevocationReasons.All);
                // RFC 5280 stops at the first lists that cover all reasons. We read on: a revocation is final, so one on any list counts,
                // while a hold counts only when no newer list says that it ended.
                var isReleased = (reasons & ~covered) == RevocationReasons.None;
                if (Find(certificate, list, signer) is { Reason: not RevocationReason.RemoveFromCrl } entry && !(isReleased && entry.Reason == RevocationReason.CertificateHold))
                {
                    return new RevocationFinding(certificate, AsOf(new CertificateStatus.Revoked(entry.RevokedAt, entry.Reason), list.ThisUpdate), list.ThisUpdate, list);
                }
                if (!isReleased && KnowsEnded(certificate, list.ThisUpdate, list.KeepsExpiredSince, new CertificateStatus.Good()))
                {
                    covered |= reasons;
                    last ??= list;
                }
            }
        }
        return (covered & RevocationReasons.All) == RevocationReasons.All ? new RevocationFinding(certificate, new CertificateStatus.Good(), last!.ThisUpdate, last) : null;
    }

    /// <summary>The entry in the newest delta that builds on the list, or else in the list itself (RFC 5280 6.3.3 (i) to (k)).</summary>
    private RevokedEntry? Find(Certificate certificate, CertificateRevocationList list, Certificate signer)
    {
        var delta = evidence.Crls
            .Where(d => d.DeltaBase is { } from && list.Number is { } number && from <= number && d.Number >= number)
            .Where(d => d.Issuer.Equals(list.Issuer) && SameExtension(d, list, Oids.IssuingDistributionPoint) && SameExtension(d, list, Oids.AuthorityKeyIdentifier))
            .Where(d => IsUsable(d) && IsSigned(d, signer))
            .MaxBy(d => d.Number);
        return delta?.Find(certificate.Issuer, certificate.SerialNumber) ?? list.Find(certificate.Issuer, certificate.SerialNumber);
    }

    private static bool SameExtension(CertificateRevocationList one, CertificateRevocationList other, string oid) =>
        (one.Find(oid)?.Value ?? default).Span.SequenceEqual((other.Find(oid)?.Value ?? default).Span);

    private bool IsUsable(CertificateRevocationList list) =>
        IsFresh(list.ThisUpdate, list.NextUpdate)
        && !list.HasUnknownCriticalEntryExtension
        && !list.Extensions.Any(e => e.IsCritical && e.Oid is not (Oids.IssuingDistributionPoint or Oids.DeltaCrlIndicator or Oids.AuthorityKeyIdentifier or Oids.CrlNumber));

    /// <summary>Finds a certificate of the CRL's issuer whose key signed it, that may sign CRLs, and that has a path to the same anchor (RFC 5280 6.3.3 (f), (g)).</summary>
    private Certificate? FindSigner(CertificateRevocationList list, Certificate issuer, Certificate anchor) => request.Intermediates
        .Concat(evidence.OcspResponses.SelectMany(r => r.Certificates))
        .Prepend(anchor)
        .Prepend(issuer)
        .Where(c => c.Subject.Equals(list.Issuer) && c.Constraints.Allows(KeyUsages.CrlSign))
        .Distinct()
        .FirstOrDefault(c => IsSigned(list, c) && IsSignerTrusted(c, issuer, anchor));

    private bool IsSigned(CertificateRevocationList list, Certificate signer)
    {
        if (!_signatures.TryGetValue((list, signer), out var holds))
        {
            holds = list.IsSignedBy(signer.SubjectPublicKeyInfo.Span);
            _signatures[(list, signer)] = holds;
        }
        return holds;
    }

    private bool IsSignerTrusted(Certificate signer, Certificate issuer, Certificate anchor)
    {
        // The chain's own issuer was judged before, from the anchor downwards.
        if (signer.Equals(issuer) || signer.Equals(anchor))
        {
            return true;
        }
        if (_inProgress.Contains(signer) || _inProgress.Count >= MaximumDepth)
        {
            return false;
        }
        if (!_signers.TryGetValue((signer, anchor), out var trusted))
        {
            // Its purposes and policies are not those of the certificate in question.
            var question = request with { Leaf = signer, Anchors = [anchor], Usage = KeyUsages.CrlSign, Purposes = [], Policies = [], ExplicitPolicy = false };
            trusted = PathValidator.Validate(question, this).IsValid;
            _signers[(signer, anchor)] = trusted;
        }
        return trusted;
    }

    private bool IsFresh(DateTimeOffset thisUpdate, DateTimeOffset? nextUpdate)
    {
        if (thisUpdate > request.At + evidence.ClockSkew)
        {
            return evidence.AcceptsLaterEvidence;
        }
        return (nextUpdate ?? thisUpdate + evidence.MaximumAge) >= request.At - evidence.ClockSkew;
    }

    /// <summary>Evidence made after a certificate ended says "good" of it only when its maker keeps ended ones that long.</summary>
    private static bool KnowsEnded(Certificate certificate, DateTimeOffset thisUpdate, DateTimeOffset? keepsSince, CertificateStatus status) =>
        status is CertificateStatus.Revoked || thisUpdate <= certificate.NotAfter || keepsSince <= certificate.NotAfter;

    /// <summary>The status at the time in question: what was revoked later was then good.</summary>
    private CertificateStatus AsOf(CertificateStatus status, DateTimeOffset thisUpdate) =>
        status is CertificateStatus.Revoked revoked && revoked.At > request.At && thisUpdate > request.At ? new CertificateStatus.Good() : status;
}
