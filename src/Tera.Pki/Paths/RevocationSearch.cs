using System.Formats.Asn1;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Revocation;
using Tera.Pki.Revocation.Crl;
using Tera.Pki.Revocation.Ocsp;

namespace Tera.Pki.Paths;

/// <summary>
/// Finds everything that CRLs (RFC 5280 6.3) and OCSP responses (RFC 6960 3.2) say about certificates, with who signed it, and leaves
/// time to the reader: validation of old signatures asks about several instants (EN 319 102-1 5.2.5, 5.6.2.2). Every signature is
/// verified once. Not safe for several threads.
/// </summary>
public sealed class RevocationSearch
{
    private readonly ILookup<DistinguishedName, CertificateRevocationList> _lists;
    private readonly ILookup<SerialNumber, OcspResponse> _responses;
    private readonly ILookup<DistinguishedName, Certificate> _certificates;
    private readonly Dictionary<(CertificateRevocationList List, Certificate Signer), bool> _listSignatures = [];
    private readonly Dictionary<(OcspResponse Response, Certificate Issuer), Certificate?> _responders = [];
    private readonly Dictionary<(Certificate Certificate, Certificate Issuer, Certificate Anchor), IReadOnlyList<RevocationStatement>> _found = [];
    private readonly PathLimits _limits;
    private int _signaturesLeft;

    /// <summary>Takes the evidence.</summary>
    /// <param name="crls">CRLs, complete and delta.</param>
    /// <param name="ocspResponses">OCSP responses.</param>
    /// <param name="certificates">Certificates of those who may have signed the evidence.</param>
    /// <param name="limits">What the search may cost; defaults when null.</param>
    public RevocationSearch(
        IReadOnlyCollection<CertificateRevocationList> crls, IReadOnlyCollection<OcspResponse> ocspResponses, IReadOnlyCollection<Certificate> certificates, PathLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(crls);
        ArgumentNullException.ThrowIfNull(ocspResponses);
        ArgumentNullException.ThrowIfNull(certificates);
        _lists = crls.Where(IsReadable).ToLookup(c => c.Issuer);
        _responses = ocspResponses.SelectMany(r => r.Responses.Select(s => (s.CertId.SerialNumber, Response: r))).Distinct().ToLookup(p => p.SerialNumber, p => p.Response);
        _certificates = certificates.Concat(ocspResponses.SelectMany(r => r.Certificates)).Distinct().ToLookup(c => c.Subject);
        _limits = limits ?? new PathLimits();
        _signaturesLeft = _limits.Signatures;
    }

    /// <summary>What is said about a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="issuer">Its issuer in the chain.</param>
    /// <param name="anchor">The chain's anchor, to which the signer of an indirect CRL must lead as well.</param>
    /// <returns>The statements of entitled signers, the newest first.</returns>
    public IReadOnlyList<RevocationStatement> Find(Certificate certificate, Certificate issuer, Certificate anchor)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(anchor);
        if (_found.TryGetValue((certificate, issuer, anchor), out var known))
        {
            return known;
        }
        try
        {
            known = [.. FromOcsp(certificate, issuer).Concat(FromCrls(certificate, issuer, anchor)).OrderByDescending(s => s.ThisUpdate)];
        }
        catch (AsnContentException)
        {
            // A distribution point that cannot be read leaves the status open.
            known = [];
        }
        return _found[(certificate, issuer, anchor)] = known;
    }

    private IEnumerable<RevocationStatement> FromOcsp(Certificate certificate, Certificate issuer)
    {
        foreach (var response in _responses[certificate.SerialNumber])
        {
            if (response.Find(certificate.SerialNumber, issuer) is { Status: not CertificateStatus.Unknown, HasUnknownCriticalExtension: false } single
                && SignerOf(response, issuer) is { } signer)
            {
                yield return new RevocationStatement(certificate, single.Status, single.ThisUpdate, single.NextUpdate, response.ProducedAt, signer, IsOcsp: true,
                    response.SignatureAlgorithmIdentifier, response.Encoded, KnowsEnded(certificate, single.ThisUpdate, single.ArchiveCutoff, single.Status));
            }
        }
    }

    private IEnumerable<RevocationStatement> FromCrls(Certificate certificate, Certificate issuer, Certificate anchor)
    {
        var points = DistributionPoint.Of(certificate);
        var candidates = points.SelectMany(p => p.CrlIssuer.Select(n => n.Directory).OfType<DistinguishedName>()).Append(certificate.Issuer)
            .Distinct().SelectMany(name => _lists[name]).Distinct().ToList();
        var partial = new List<(RevocationReasons Reasons, RevocationStatement Statement)>();
        foreach (var list in candidates.Where(c => c.DeltaBase is null))
        {
            var reasons = points.Where(p => p.Covers(certificate, list)).Aggregate(RevocationReasons.None, (all, p) => all | p.Reasons) & (list.Scope?.Reasons ?? RevocationReasons.All);
            if (reasons == RevocationReasons.None || SignerOf(list, issuer, anchor) is not { } signer)
            {
                continue;
            }
            foreach (var newest in WithDelta(list, candidates, signer))
            {
                var entry = newest.Find(certificate.Issuer, certificate.SerialNumber) ?? (newest == list ? null : list.Find(certificate.Issuer, certificate.SerialNumber));
                CertificateStatus status = entry is { Reason: not RevocationReason.RemoveFromCrl } revoked ? new CertificateStatus.Revoked(revoked.RevokedAt, revoked.Reason) : new CertificateStatus.Good();
                var statement = new RevocationStatement(certificate, status, newest.ThisUpdate, newest.NextUpdate, newest.ThisUpdate, signer, IsOcsp: false,
                    newest.SignatureAlgorithmIdentifier, newest.Encoded, KnowsEnded(certificate, newest.ThisUpdate, list.KeepsExpiredSince, status));
                if (status is CertificateStatus.Revoked || reasons == RevocationReasons.All)
                {
                    yield return statement;
                }
                else
                {
                    partial.Add((reasons, statement));
                }
            }
        }
        // Lists for some reasons only: together they may speak of all, and then they know as much as the oldest of them.
        if (partial.Aggregate(RevocationReasons.None, (all, p) => all | p.Reasons) == RevocationReasons.All)
        {
            var newestFirst = partial.OrderByDescending(p => p.Statement.ThisUpdate);
            var covered = RevocationReasons.None;
            var used = newestFirst.TakeWhile(p => covered != RevocationReasons.All && (covered |= p.Reasons) != RevocationReasons.None).ToList();
            yield return used[^1].Statement;
        }
    }

    /// <summary>The list itself, and with the newest delta that builds on it (RFC 5280 6.3.3 (i) to (k)).</summary>
    private IEnumerable<CertificateRevocationList> WithDelta(CertificateRevocationList list, List<CertificateRevocationList> candidates, Certificate signer)
    {
        yield return list;
        var delta = candidates
            .Where(d => d.DeltaBase is { } from && list.Number is { } number && from <= number && d.Number >= number)
            .Where(d => d.Issuer.Equals(list.Issuer) && SameExtension(d, list, Oids.IssuingDistributionPoint) && SameExtension(d, list, Oids.AuthorityKeyIdentifier))
            .Where(d => IsSigned(d, signer))
            .MaxBy(d => d.Number);
        if (delta is not null)
        {
            yield return delta;
        }
    }

    private Certificate? SignerOf(OcspResponse response, Certificate issuer)
    {
        if (!_responders.TryGetValue((response, issuer), out var signer))
        {
            signer = _signaturesLeft-- > 0 ? response.FindSigner(issuer, _certificates[issuer.Subject].Take(_limits.PathLength)) : null;
            _responders[(response, issuer)] = signer;
        }
        return signer;
    }

    /// <summary>A certificate of the CRL's issuer whose key signed it, that may sign CRLs, and that has a path to the same anchor (RFC 5280 6.3.3 (f), (g)).</summary>
    private Certificate? SignerOf(CertificateRevocationList list, Certificate issuer, Certificate anchor) => _certificates[list.Issuer]
        .Take(_limits.PathLength)
        .Prepend(anchor)
        .Prepend(issuer)
        .Where(c => c.Subject.Equals(list.Issuer) && c.Constraints.Allows(KeyUsages.CrlSign))
        .Distinct()
        .FirstOrDefault(c => IsSigned(list, c) && (c.Equals(issuer) || c.Equals(anchor) || LeadsTo(c, anchor, list.ThisUpdate)));

    private bool LeadsTo(Certificate signer, Certificate anchor, DateTimeOffset at) => PathValidator.Validate(new PathRequest
    {
        Leaf = signer,
        Anchors = [anchor],
        Intermediates = [.. _certificates[signer.Issuer].Take(_limits.PathLength)],
        At = at,
        Usage = KeyUsages.CrlSign,
        Limits = _limits with { Signatures = 32 },
    }).IsValid;

    private bool IsSigned(CertificateRevocationList list, Certificate signer)
    {
        if (!_listSignatures.TryGetValue((list, signer), out var holds))
        {
            holds = _signaturesLeft-- > 0 && list.IsSignedBy(signer.SubjectPublicKeyInfo.Span);
            _listSignatures[(list, signer)] = holds;
        }
        return holds;
    }

    private static bool IsReadable(CertificateRevocationList list) => !list.HasUnknownCriticalEntryExtension
        && !list.Extensions.Any(e => e.IsCritical && e.Oid is not (Oids.IssuingDistributionPoint or Oids.DeltaCrlIndicator or Oids.AuthorityKeyIdentifier or Oids.CrlNumber));

    private static bool SameExtension(CertificateRevocationList one, CertificateRevocationList other, string oid) =>
        (one.Find(oid)?.Value ?? default).Span.SequenceEqual((other.Find(oid)?.Value ?? default).Span);

    private static bool KnowsEnded(Certificate certificate, DateTimeOffset thisUpdate, DateTimeOffset? keepsSince, CertificateStatus status) =>
        status is CertificateStatus.Revoked || thisUpdate <= certificate.NotAfter || keepsSince <= certificate.NotAfter;
}
