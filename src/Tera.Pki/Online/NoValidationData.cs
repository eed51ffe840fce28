using Tera.Pki.Certificates;
using Tera.Pki.Revocation.Crl;
using Tera.Pki.Revocation.Ocsp;

namespace Tera.Pki.Online;

/// <summary>Fetches nothing: for callers that forbid the network.</summary>
public sealed class NoValidationData : IValidationDataSource
{
    private NoValidationData()
    {
    }

    /// <summary>The one instance.</summary>
    public static NoValidationData Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask<Fetched<Certificate>> FetchIssuersAsync(Certificate certificate, CancellationToken cancellationToken) => Refuse<Certificate>();

    /// <inheritdoc/>
    public ValueTask<Fetched<OcspResponse>> FetchOcspAsync(Certificate certificate, Certificate issuer, CancellationToken cancellationToken) => Refuse<OcspResponse>();

    /// <inheritdoc/>
    public ValueTask<Fetched<CertificateRevocationList>> FetchCrlsAsync(Certificate certificate, CancellationToken cancellationToken) => Refuse<CertificateRevocationList>();

    private static ValueTask<Fetched<T>> Refuse<T>() =>
        ValueTask.FromResult(new Fetched<T>([], [new FetchProblem("", FetchRefusal.Forbidden, "fetching from the network is forbidden")]));
}
