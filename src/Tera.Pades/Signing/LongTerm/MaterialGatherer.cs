using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Online;
using Tera.Pki.Paths;
using Tera.Pki.Revocation;
using Tera.Pki.Revocation.Crl;
using Tera.Pki.Revocation.Ocsp;

namespace Tera.Pades.Signing.LongTerm;

/// <summary>
/// Gathers what proves a certificate at a time: its chain, and for each certificate below the end of the chain an OCSP response or else
/// a CRL, whose signers are covered likewise (EN 319 142-1 6.3 B-LT). What is at hand and serves is used before anything is
/// fetched. Whether it serves is judged by the path validation that a validator will run over it.
/// </summary>
internal sealed class MaterialGatherer(ExtensionRequest request)
{
    /// <summary>A signer of evidence about a signer of evidence about ...: as deep as path validation goes.</summary>
    private const int MaxDepth = 4;

    /// <summary>Time stamps have milliseconds; evidence is dated in whole seconds, rounded down.</summary>
    private static readonly TimeSpan WholeSecond = TimeSpan.FromSeconds(1);

    private readonly CertificatePool _pool = new([.. request.Anchors], request.Source);
    private readonly List<CertificateRevocationList> _crls = [];
    private readonly List<OcspResponse> _ocsps = [];
    private readonly HashSet<(Certificate, DateTimeOffset)> _covered = [];

    public ValidationMaterial Material { get; } = new();

    /// <summary>Takes what is at hand; what cannot be read is left out.</summary>
    public void Know(IEnumerable<ReadOnlyMemory<byte>> certificates, IEnumerable<ReadOnlyMemory<byte>> crls, IEnumerable<ReadOnlyMemory<byte>> ocspResponses)
    {
        _pool.Add(request.KnownCertificates);
        foreach (var encoded in certificates)
        {
            if (Certificate.TryDecode(encoded, out var certificate, out _))
                _pool.Add([certificate]);
        }
        foreach (var encoded in crls)
        {
            if (CertificateRevocationList.TryDecode(encoded, out var list, out _))
                _crls.Add(list);
        }
        foreach (var encoded in ocspResponses)
        {
            if (OcspResponse.TryDecode(encoded, out var response, out _))
                Know(response);
        }
    }

    /// <summary>Gathers for a certificate and all that its proof rests on.</summary>
    /// <param name="certificate">The certificate of a signer or authority.</param>
    /// <param name="at">The time at which it shall be proven good.</param>
    /// <param name="purpose">The key purpose it is used for; null for none in particular.</param>
    /// <param name="cancellationToken">Cancels fetching.</param>
    /// <exception cref="ExtensionException">Something is missing, or the certificate was not good.</exception>
    public Task CoverAsync(Certificate certificate, DateTimeOffset at, string? purpose, CancellationToken cancellationToken) =>
        CoverAsync(certificate, at, purpose, depth: 0, cancellationToken);

    private async Task CoverAsync(Certificate certificate, DateTimeOffset at, string? purpose, int depth, CancellationToken cancellationToken)
    {
        if (!_covered.Add((certificate, at)))
            return;
        var chain = await _pool.ChainAsync(certificate, cancellationToken);
        // From the top, since whoever issued must be good before what he says counts.
        for (var i = chain.Count - 2; i >= 0; i--)
            await FindStatusAsync([.. chain.Skip(i)], at, i == 0 ? purpose : null, depth, cancellationToken);
        if (chain.Count == 1 && Judge(chain, at, purpose) is { IsValid: false } alone)
            throw new ExtensionException(ExtensionRefusal.ChainInvalid, alone.Detail);
        foreach (var each in chain)
            Material.Certificates.Add(each.Encoded);
    }

    private async Task FindStatusAsync(IReadOnlyList<Certificate> chain, DateTimeOffset at, string? purpose, int depth, CancellationToken cancellationToken)
    {
        foreach (var response in _ocsps.Where(r => r.Find(chain[0].SerialNumber, chain[1]) is not null).ToList())
            await CoverSignerAsync(response, chain[1], depth, required: false, cancellationToken);
        var result = Judge(chain, at, purpose);
        var problems = new List<string>();
        // What was said before the time in question may be fresh enough, yet it knows nothing of a revocation between: newer is better.
        var isOld = result.IsValid && Finding(result, chain[0]).ThisUpdate < at - WholeSecond;
        if (isOld || result.Reason == PathReason.RevocationUnknown)
        {
            var fetched = await request.Source.FetchOcspAsync(chain[0], chain[1], cancellationToken);
            problems.AddRange(fetched.Problems.Select(p => p.ToString()));
            foreach (var response in fetched.Items)
            {
                Know(response);
                await CoverSignerAsync(response, chain[1], depth, required: false, cancellationToken);
                result = Judge(chain, at, purpose);
                if (result.Reason == PathReason.RevocationUnknown)
                    problems.Add($"{string.Join(", ", CertificateAddresses.Responders(chain[0]))}: {Objection(response, chain[0], chain[1], at)}");
            }
        }
        if ((isOld && CertificateAddresses.Responders(chain[0]).Count == 0) || result.Reason == PathReason.RevocationUnknown)
        {
            var fetched = await request.Source.FetchCrlsAsync(chain[0], cancellationToken);
            problems.AddRange(fetched.Problems.Select(p => p.ToString()));
            foreach (var list in fetched.Items)
            {
                _crls.Add(list);
                await CoverSignerAsync(list, chain[1], at, depth, cancellationToken);
            }
            result = Judge(chain, at, purpose);
            if (result.Reason == PathReason.RevocationUnknown)
                problems.AddRange(fetched.Items.Select(l => $"the CRL of {l.Issuer} of {l.ThisUpdate:u}, next {l.NextUpdate:u}, cannot be used for {at:u}"));
        }
        if (!result.IsValid)
            throw Refusal(result, chain[0], problems);
        await TakeAsync(result, chain, at, depth, cancellationToken);
    }

    /// <summary>Takes the evidence that decided, and proves whoever signed it.</summary>
    private async Task TakeAsync(PathResult result, IReadOnlyList<Certificate> chain, DateTimeOffset at, int depth, CancellationToken cancellationToken)
    {
        var finding = Finding(result, chain[0]);
        if (finding.OcspResponse is { } response)
        {
            Material.OcspResponses.Add(response.Encoded);
            await CoverSignerAsync(response, chain[1], depth, required: true, cancellationToken);
        }
        if (finding.Crl is null)
            return;
        // Where a certificate's points split the reasons, several lists make the answer; those of one issuer and point are told apart by date.
        Material.Crls.Add(finding.Crl.Encoded);
        await CoverSignerAsync(finding.Crl, chain[1], at, depth, cancellationToken);
    }

    private async Task CoverSignerAsync(OcspResponse response, Certificate issuer, int depth, bool required, CancellationToken cancellationToken)
    {
        if (response.FindSigner(issuer, _pool.All) is not { } signer || signer.SubjectPublicKeyInfo.Span.SequenceEqual(issuer.SubjectPublicKeyInfo.Span))
            return;
        // RFC 6960 4.2.2.2.1: with nocheck the responder's short life stands in for a status.
        if (signer.Constraints.HasOcspNoCheck)
        {
            if (required)
                Material.Certificates.Add(signer.Encoded);
            return;
        }
        if (depth == MaxDepth)
            return;
        try
        {
            await CoverAsync(signer, response.ProducedAt, Oids.KeyPurposeOcspSigning, depth + 1, cancellationToken);
        }
        catch (ExtensionException) when (!required)
        {
            // Then this response does not serve, which the judgement says; another, or a CRL, may.
            return;
        }
    }

    private async Task CoverSignerAsync(CertificateRevocationList list, Certificate issuer, DateTimeOffset at, int depth, CancellationToken cancellationToken)
    {
        if (list.Issuer.Equals(issuer.Subject) && list.IsSignedBy(issuer.SubjectPublicKeyInfo.Span))
            return;
        var signer = _pool.All.FirstOrDefault(c => c.Subject.Equals(list.Issuer) && list.IsSignedBy(c.SubjectPublicKeyInfo.Span));
        if (signer is not null && depth < MaxDepth)
            await CoverAsync(signer, at, purpose: null, depth + 1, cancellationToken);
    }

    private PathResult Judge(IReadOnlyList<Certificate> chain, DateTimeOffset at, string? purpose) => PathValidator.Validate(new PathRequest
    {
        Leaf = chain[0],
        Anchors = [chain[^1]],
        Intermediates = [.. _pool.All],
        At = at,
        Purposes = purpose is null ? [] : [purpose],
        Revocation = new RevocationEvidence { Crls = _crls, OcspResponses = _ocsps, AcceptsLaterEvidence = true },
    });

    private void Know(OcspResponse response)
    {
        _ocsps.Add(response);
        _pool.Add(response.Certificates);
    }

    private static RevocationFinding Finding(PathResult result, Certificate certificate) => result.Revocation.First(f => f.Certificate.Equals(certificate));

    private static string Objection(OcspResponse response, Certificate certificate, Certificate issuer, DateTimeOffset at)
    {
        var single = response.Find(certificate.SerialNumber, issuer);
        return single?.Status is CertificateStatus.Unknown ? "the OCSP responder does not know the certificate"
            : response.FindSigner(issuer, []) is null ? "the OCSP response is signed by nobody whom the issuer entitled"
            : $"the OCSP response of {single?.ThisUpdate:u}, next {single?.NextUpdate:u}, cannot be used for {at:u}";
    }

    private static ExtensionException Refusal(PathResult result, Certificate certificate, List<string> problems) => result.Reason switch
    {
        PathReason.Revoked or PathReason.OnHold => new ExtensionException(ExtensionRefusal.CertificateRevoked, result.Detail),
        PathReason.RevocationUnknown => new ExtensionException(
            ExtensionRefusal.RevocationUnknown, $"{(result.Offender ?? certificate)} ({(problems.Count == 0 ? "what is at hand cannot be used" : string.Join("; ", problems))})"),
        _ => new ExtensionException(ExtensionRefusal.ChainInvalid, result.Detail),
    };
}
