using Tera.Pki.Certificates;
using Tera.Pki.Revocation.Crl;
using Tera.Pki.Revocation.Ocsp;

namespace Tera.Pki.Online;

/// <summary>
/// The one way by which validation data comes from outside: whoever gathers or validates takes this interface, and a caller that
/// forbids the network passes <see cref="NoValidationData"/>. What comes back is read, and not trusted: its signer, its age and
/// what it says are judged by path validation, as evidence that lay in the document is.
/// </summary>
public interface IValidationDataSource
{
    /// <summary>Fetches the certificates that a certificate's caIssuers addresses hold (RFC 5280 4.2.2.1).</summary>
    /// <param name="certificate">The certificate whose issuer is wanted.</param>
    /// <param name="cancellationToken">Cancels the exchange.</param>
    /// <returns>The certificates of the first address that had some whose subject is the issuer; none, with the problems, when no address had.</returns>
    ValueTask<Fetched<Certificate>> FetchIssuersAsync(Certificate certificate, CancellationToken cancellationToken);

    /// <summary>Asks a certificate's OCSP responders about it (RFC 6960).</summary>
    /// <param name="certificate">The certificate asked about.</param>
    /// <param name="issuer">Its issuer.</param>
    /// <param name="cancellationToken">Cancels the exchange.</param>
    /// <returns>The first response that speaks of the certificate; none, with the problems, when no responder gave one.</returns>
    ValueTask<Fetched<OcspResponse>> FetchOcspAsync(Certificate certificate, Certificate issuer, CancellationToken cancellationToken);

    /// <summary>Fetches the CRLs that a certificate's distribution points name (RFC 5280 4.2.1.13), one for each point.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="cancellationToken">Cancels the exchange.</param>
    /// <returns>The lists, and the problems of the addresses that had none.</returns>
    ValueTask<Fetched<CertificateRevocationList>> FetchCrlsAsync(Certificate certificate, CancellationToken cancellationToken);
}
