using Tera.Pki.Certificates;
using Tera.Pki.Online;

namespace Tera.Pades.Signing.LongTerm;

/// <summary>The certificates at hand, and the chains they make; an issuer that is missing is fetched.</summary>
internal sealed class CertificatePool(IReadOnlyList<Certificate> anchors, IValidationDataSource source)
{
    /// <summary>As long as path validation takes (<see cref="Tera.Pki.Paths.PathLimits.PathLength"/>).</summary>
    private const int MaxChain = 16;

    /// <summary>Certificates that a document may bring; those beyond are not looked at.</summary>
    private const int MaxCertificates = 1024;

    private readonly HashSet<Certificate> _all = [.. anchors];

    public IReadOnlyCollection<Certificate> All => _all;

    public void Add(IEnumerable<Certificate> certificates)
    {
        foreach (var certificate in certificates)
        {
            if (_all.Count < MaxCertificates)
                _all.Add(certificate);
        }
    }

    /// <summary>The chain from a certificate to an anchor or a self-signed certificate, leaf first.</summary>
    /// <exception cref="ExtensionException">An issuer is missing and was not to be had.</exception>
    public async Task<IReadOnlyList<Certificate>> ChainAsync(Certificate leaf, CancellationToken cancellationToken)
    {
        List<Certificate> chain = [leaf];
        while (!anchors.Contains(chain[^1]) && !IsSelfSigned(chain[^1]))
        {
            if (chain.Count == MaxChain)
                throw new ExtensionException(ExtensionRefusal.ChainInvalid, $"the chain of {leaf} has more than {MaxChain} certificates");
            var issuer = FindIssuer(chain);
            if (issuer is null)
            {
                var fetched = await source.FetchIssuersAsync(chain[^1], cancellationToken);
                Add(fetched.Items);
                issuer = FindIssuer(chain) ?? throw new ExtensionException(
                    ExtensionRefusal.IssuerUnknown, $"{chain[^1].Issuer}, who issued {chain[^1]} ({Problems.Join(fetched.Problems, "none that was fetched signed it")})");
            }
            chain.Add(issuer);
        }
        return chain;
    }

    private Certificate? FindIssuer(List<Certificate> chain) => _all
        .Where(c => c.Subject.Equals(chain[^1].Issuer) && !chain.Contains(c) && chain[^1].IsSignedBy(c.SubjectPublicKeyInfo.Span))
        // An anchor ends the chain, a root does; among cross certificates of one key the longest-lived one.
        .OrderByDescending(anchors.Contains).ThenByDescending(c => c.IsSelfIssued).ThenByDescending(c => c.NotAfter)
        .FirstOrDefault();

    private static bool IsSelfSigned(Certificate certificate) => certificate.IsSelfIssued && certificate.IsSignedBy(certificate.SubjectPublicKeyInfo.Span);
}
