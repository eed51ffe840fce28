using Tera.Pades.Validation.Blocks;
using Tera.Pades.Validation.Processes;
using Tera.Pki.Certificates;
using Tera.Pki.Online;

namespace Tera.Pades.Validation;

/// <summary>
/// Completes the facts of a file with what its certificates point to: issuers that are missing between a signer and a trusted root, and
/// revocation data where the file has none that is fresh. What comes becomes a fact with the time of its coming, so that the verdict can be
/// made again without the network.
/// </summary>
internal sealed class OutsideData(Evidence evidence, ValidationPolicy policy, IValidationDataSource source, TimeProvider time)
{
    /// <summary>Questions for one file; a signer and an authority with two issuers each need ten.</summary>
    private const int MaximumQuestions = 64;

    private const int MaximumDepth = 8;

    private readonly Dictionary<string, byte[]> _certificates = new(StringComparer.Ordinal);
    private readonly List<byte[]> _crls = [.. evidence.Fetched?.Crls ?? []];
    private readonly List<byte[]> _ocsps = [.. evidence.Fetched?.OcspResponses ?? []];
    private readonly List<string> _problems = [.. evidence.Fetched?.Problems ?? []];
    private readonly HashSet<(Certificate, string)> _asked = [];
    private bool _stopped;

    public async Task<Evidence> CompleteAsync(CancellationToken cancellationToken)
    {
        foreach (var known in evidence.Fetched?.Certificates ?? [])
            _certificates[Convert.ToHexString(known)] = known;
        var signers = Signers(new Materials(evidence, policy));
        foreach (var (signer, isTimeStamp) in signers)
            await FetchIssuersAsync(signer, isTimeStamp, cancellationToken);
        foreach (var (signer, isTimeStamp) in signers)
            await FetchRevocationAsync(signer, isTimeStamp, cancellationToken);
        return Completed();
    }

    // Who made something that holds; for the rest no question is worth its time.
    private List<(Certificate Signer, bool IsTimeStamp)> Signers(Materials materials) =>
    [
        .. evidence.Signatures.Where(s => s.IsIntact && !s.IsDocumentTimeStamp).Select(s => (s.SignerCertificate, false))
            .Concat(evidence.Signatures.SelectMany(s => s.TimeStamps).Where(t => t.IsIntact).Select(t => (t.AuthorityCertificate, true)))
            .Select(p => (materials.Certificate(p.Item1)!, p.Item2))
            .Where(p => p.Item1 is not null)
            .Distinct(),
    ];

    private Evidence Completed() => _certificates.Count + _crls.Count + _ocsps.Count + _problems.Count == 0
        ? evidence
        : evidence with { Fetched = new FetchedData(time.GetUtcNow(), [.. _certificates.Values], _crls, _ocsps, _problems) };

    private async Task FetchIssuersAsync(Certificate signer, bool isTimeStamp, CancellationToken cancellationToken)
    {
        for (var depth = 0; depth < MaximumDepth; depth++)
        {
            var search = new ChainBuilder(policy, new Materials(Completed(), policy)).Find(signer, isTimeStamp);
            if (search.WhyNone?.Chain is not [.., var top] || top.IsSelfIssued || !MayAsk(top, "issuer"))
                return;
            var fetched = await AskAsync(source.FetchIssuersAsync(top, cancellationToken));
            foreach (var issuer in fetched)
                _certificates[Convert.ToHexString(issuer.Encoded.Span)] = issuer.Encoded.ToArray();
            if (fetched.Count == 0)
                return;
        }
    }

    private async Task FetchRevocationAsync(Certificate signer, bool isTimeStamp, CancellationToken cancellationToken)
    {
        var context = new ValidationContext(Completed(), policy);
        if (context.Chains.Find(signer, isTimeStamp).Chains.FirstOrDefault(c => CertificateValidation.Structure(c).IsPassed) is not { } chain)
            return;
        for (var i = chain.Certificates.Count - 2; i >= 0; i--)
        {
            var (certificate, issuer) = (chain.Certificates[i], chain.Certificates[i + 1]);
            // A certificate that has ended is known to nobody any more, but for what the file keeps.
            if (certificate.NotAfter < policy.At || certificate.Constraints.HasOcspNoCheck
                || context.Certificates.Statements(chain, i).Accepted.Exists(s => RevocationFreshness.IsFresh(s, policy.At, policy)))
                continue;
            if (CertificateAddresses.Responders(certificate).Count > 0 && MayAsk(certificate, "OCSP"))
            {
                var answers = await AskAsync(source.FetchOcspAsync(certificate, issuer, cancellationToken));
                _ocsps.AddRange(answers.Select(a => a.Encoded.ToArray()));
                if (answers.Count > 0)
                    continue;
            }
            if (CertificateAddresses.DistributionPoints(certificate).Count > 0 && MayAsk(certificate, "CRL"))
                _crls.AddRange((await AskAsync(source.FetchCrlsAsync(certificate, cancellationToken))).Select(c => c.Encoded.ToArray()));
        }
    }

    private bool MayAsk(Certificate certificate, string what) => !_stopped && _asked.Count < MaximumQuestions && _asked.Add((certificate, what));

    private async Task<IReadOnlyList<T>> AskAsync<T>(ValueTask<Fetched<T>> question)
    {
        try
        {
            var fetched = await question;
            _problems.AddRange(fetched.Problems.Select(p => p.ToString()));
            return fetched.Items;
        }
        catch (OperationCanceledException)
        {
            // The time for the file is over: what came so far is judged.
            _stopped = true;
            _problems.Add("the time for fetching was over");
            return [];
        }
    }
}
