using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Paths;
using Tera.Pki.Revocation.Crl;
using Tera.Pki.Revocation.Ocsp;

namespace Tera.Pades.Validation;

/// <summary>
/// Whether signers and time-stamping authorities lead to a trusted root, each at the time that is proven for it
/// (EN 319 102-1 5.2.6, 5.4, 5.5): the signer at the best signature time, the authority at the time it states.
/// </summary>
internal sealed class TrustJudge
{
    private readonly Evidence _evidence;
    private readonly ValidationPolicy _policy;
    private readonly List<Certificate> _anchors;
    private readonly List<Certificate> _shared;
    private readonly List<CertificateRevocationList> _storedCrls;
    private readonly List<OcspResponse> _storedOcsps;
    private readonly Dictionary<TimeStampEvidence, string?> _stamps = new(ReferenceEqualityComparer.Instance);

    public TrustJudge(Evidence evidence, ValidationPolicy policy)
    {
        _evidence = evidence;
        _policy = policy;
        _anchors = Certificates(policy.TrustAnchors);
        _shared = [.. Certificates(policy.Intermediates), .. Certificates(evidence.StoredCertificates.Select(c => (ReadOnlyMemory<byte>)c.Encoded))];
        _storedCrls = Crls(evidence.StoredCrls.Select(c => c.Encoded));
        _storedOcsps = Ocsps(evidence.StoredOcspResponses.Select(c => c.Encoded));
    }

    /// <summary>The subject of a certificate, for a reader; null where it does not read.</summary>
    public static string? NameOf(byte[]? certificate) =>
        certificate is not null && Certificate.TryDecode(certificate, out var decoded, out _) ? decoded.Subject.ToString() : null;

    /// <summary>What is known of a signer's trust.</summary>
    public SignerTrust Of(SignatureEvidence signature)
    {
        var best = BestTime(signature);
        if (signature.SignerCertificate is null || !Certificate.TryDecode(signature.SignerCertificate, out var signer, out _))
            return new SignerTrust(SubIndication.CertificateChainGeneralFailure, false, "The signer's certificate cannot be read.", best, null);
        if (_policy.CheckAlgorithms && CryptoRules.Objection(signature, signer, best ?? _policy.At) is { } weak)
            return new SignerTrust(SubIndication.CryptoConstraintsFailureNoPoe, false, weak, best, null);
        var request = new PathRequest
        {
            Leaf = signer,
            Anchors = _anchors,
            Intermediates = [.. Certificates(signature.Certificates.Select(c => (ReadOnlyMemory<byte>)c)), .. _shared],
            At = best ?? _policy.At,
            Purposes = signature.IsDocumentTimeStamp ? [Oids.KeyPurposeTimeStamping] : [],
            Usage = KeyUsages.DigitalSignature | KeyUsages.NonRepudiation,
        };
        var (result, revocation) = Validate(request, Crls(signature.Crls), Ocsps(signature.OcspResponses));
        return result.IsValid
            ? new SignerTrust(null, false, best is null ? "The signature holds and its signer is known; no trusted time stamp proves when it was made." : "The signature holds, its signer is known and its time is proven.", best, revocation)
            : Failure(result, signer, best, revocation);
    }

    /// <summary>What stands against an authority's trust at the time it states; null for nothing.</summary>
    public string? ProblemOf(TimeStampEvidence stamp)
    {
        if (_stamps.TryGetValue(stamp, out var known))
            return known;
        return _stamps[stamp] = Problem(stamp);
    }

    private string? Problem(TimeStampEvidence stamp)
    {
        if (stamp.AuthorityCertificate is null || stamp.Time is not { } time || !Certificate.TryDecode(stamp.AuthorityCertificate, out var authority, out _))
            return "the authority's certificate cannot be read";
        var request = new PathRequest
        {
            Leaf = authority,
            Anchors = _anchors,
            Intermediates = [.. Certificates(stamp.Certificates.Select(c => (ReadOnlyMemory<byte>)c)), .. _shared],
            At = time,
            Purposes = [Oids.KeyPurposeTimeStamping],
        };
        var (result, _) = Validate(request, [], []);
        return result.IsValid ? null
            : result.Reason == PathReason.NoPathToAnchor ? "no trusted root is known for the authority"
            : result.Detail.Length > 0 ? result.Detail : result.Reason.ToString();
    }

    // The earliest time at which the signature is proven to have been there: a time stamp over it, or one over the document since.
    private DateTimeOffset? BestTime(SignatureEvidence signature)
    {
        var own = signature.TimeStamps.Where(t => t.IsIntact && (!signature.IsDocumentTimeStamp || signature.Defects.Count == 0));
        var later = _evidence.Signatures
            .Where(s => s.IsDocumentTimeStamp && s.Defects.Count == 0 && s.Revision > signature.Revision)
            .SelectMany(s => s.TimeStamps.Where(t => t.IsIntact));
        return own.Concat(later).Where(t => ProblemOf(t) is null).Min(t => t.Time);
    }

    private (PathResult Result, string Revocation) Validate(PathRequest request, List<CertificateRevocationList> crls, List<OcspResponse> ocsps)
    {
        var evidence = new RevocationEvidence
        {
            Crls = [.. crls, .. _storedCrls],
            OcspResponses = [.. ocsps, .. _storedOcsps],
            AcceptsLaterEvidence = true,
        };
        if (!_policy.RequireRevocation && evidence.Crls.Count + evidence.OcspResponses.Count == 0)
            return (PathValidator.Validate(request), "No revocation data is in the file; it was not asked for.");
        var result = PathValidator.Validate(request with { Revocation = evidence });
        return result.Reason switch
        {
            PathReason.Valid => (result, "The revocation data in the file shows that no certificate of the chain was revoked."),
            PathReason.RevocationUnknown when !_policy.RequireRevocation =>
                (PathValidator.Validate(request), "The revocation data in the file does not cover the whole chain at that time; it was not asked for."),
            _ => (result, "Revocation was judged from the data in the file."),
        };
    }

    private static SignerTrust Failure(PathResult result, Certificate signer, DateTimeOffset? best, string revocation)
    {
        var isSigner = result.Offender is null || result.Offender.Equals(signer);
        var (sub, failed, reason) = result.Reason switch
        {
            PathReason.NoPathToAnchor => (SubIndication.NoCertificateChainFound, false, "No chain leads from the signer's certificate to a trusted root."),
            PathReason.Expired when isSigner && best is not null => (SubIndication.Expired, true, "The signature was made after the end of the signer's certificate."),
            PathReason.Expired when isSigner => (SubIndication.OutOfBoundsNoPoe, false, "The signer's certificate has ended, and no trusted time stamp proves that the signature is older."),
            PathReason.NotYetValid when isSigner && best is not null => (SubIndication.NotYetValid, true, "The signature was made before the signer's certificate began."),
            PathReason.NotYetValid when isSigner => (SubIndication.OutOfBoundsNoPoe, false, "The signer's certificate has not begun yet."),
            PathReason.Revoked or PathReason.OnHold when best is not null && isSigner => (SubIndication.Revoked, true, "The signer's certificate was revoked when the signature was made."),
            PathReason.Revoked or PathReason.OnHold => (SubIndication.RevokedNoPoe, false, "A certificate of the chain is revoked, and no trusted time stamp proves that the signature is older."),
            PathReason.RevocationUnknown => (SubIndication.TryLater, false, "The file holds no usable proof that the certificates were not revoked."),
            PathReason.KeyUsageForbids or PathReason.PurposeForbids or PathReason.NameConstraintViolated or PathReason.PolicyNotAccepted or PathReason.PathTooLong
                => (SubIndication.ChainConstraintsFailure, false, "The chain breaks a rule of path validation."),
            _ => (SubIndication.CertificateChainGeneralFailure, false, "The chain of certificates does not hold."),
        };
        return new SignerTrust(sub, failed, result.Detail.Length > 0 ? $"{reason} ({result.Detail})" : reason, best, revocation);
    }

    private static List<Certificate> Certificates(IEnumerable<ReadOnlyMemory<byte>> encoded)
    {
        var certificates = new List<Certificate>();
        foreach (var item in encoded)
        {
            if (Certificate.TryDecode(item, out var certificate, out _))
                certificates.Add(certificate);
        }
        return certificates;
    }

    private static List<CertificateRevocationList> Crls(IEnumerable<byte[]> encoded)
    {
        var lists = new List<CertificateRevocationList>();
        foreach (var item in encoded)
        {
            if (CertificateRevocationList.TryDecode(item, out var list, out _))
                lists.Add(list);
        }
        return lists;
    }

    private static List<OcspResponse> Ocsps(IEnumerable<byte[]> encoded)
    {
        var responses = new List<OcspResponse>();
        foreach (var item in encoded)
        {
            if (OcspResponse.TryDecode(item, out var response, out _))
                responses.Add(response);
        }
        return responses;
    }
}

/// <summary>What is known of a signer's trust.</summary>
/// <param name="SubIndication">Why it is not trusted; null where it is.</param>
/// <param name="IsFailure">Whether that is proven, and not only unknown.</param>
/// <param name="Reason">The reason in a sentence.</param>
/// <param name="BestTime">The proven time of signing; null where none is.</param>
/// <param name="Revocation">What was found about revocation.</param>
internal sealed record SignerTrust(SubIndication? SubIndication, bool IsFailure, string Reason, DateTimeOffset? BestTime, string? Revocation);
