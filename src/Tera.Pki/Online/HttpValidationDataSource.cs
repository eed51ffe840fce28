using System.Security.Cryptography;
using System.Text;
using Tera.Pki.Certificates;
using Tera.Pki.Revocation.Crl;
using Tera.Pki.Revocation.Ocsp;

namespace Tera.Pki.Online;

/// <summary>
/// Fetches validation data over http and https, within bounds, and keeps it for the next question. Share one instance; it is safe
/// for several threads.
/// </summary>
/// <param name="time">The clock, by which what is kept grows old.</param>
/// <param name="options">Bounds; defaults when null.</param>
public sealed class HttpValidationDataSource(TimeProvider time, HttpFetchOptions? options = null) : IValidationDataSource, IDisposable
{
    private readonly HttpFetchOptions _options = options ?? new HttpFetchOptions();
    private readonly BoundedHttp _http = new(options ?? new HttpFetchOptions());
    private readonly FetchCache _cache = new(time, (options ?? new HttpFetchOptions()).CacheCapacity);

    /// <inheritdoc/>
    public async ValueTask<Fetched<Certificate>> FetchIssuersAsync(Certificate certificate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var problems = new List<FetchProblem>();
        var found = await FirstAsync<IReadOnlyList<Certificate>>(
            CertificateAddresses.Issuers(certificate),
            "the certificate names no caIssuers address",
            address => AskAsync(address, "", body: null, _options.MaximumCertificatesLength, ReadCertificates, cancellationToken),
            // A bundle without the issuer is no help; another address may have it.
            certificates => certificates.Any(c => c.Subject.Equals(certificate.Issuer)) ? null : "it has no certificate of the issuer",
            problems);
        return new Fetched<Certificate>(found ?? [], problems);
    }

    /// <inheritdoc/>
    public async ValueTask<Fetched<OcspResponse>> FetchOcspAsync(Certificate certificate, Certificate issuer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(issuer);
        // Without a nonce: responses made in advance are as good, and many responders know no other.
        var request = OcspRequest.Create(certificate.SerialNumber, issuer, HashAlgorithmName.SHA1).Encoded;
        var problems = new List<FetchProblem>();
        var found = await FirstAsync(
            CertificateAddresses.Responders(certificate),
            "the certificate names no OCSP responder",
            address => AskAsync(address, Convert.ToHexString(SHA256.HashData(request.Span)), (request, "application/ocsp-request"), _options.MaximumOcspLength, ReadOcsp, cancellationToken),
            response => response.Status != OcspResponseStatus.Successful ? $"the OCSP responder answered {response.Status}"
                : response.Find(certificate.SerialNumber, issuer) is null ? "the OCSP response does not speak of the certificate"
                : null,
            problems);
        return new Fetched<OcspResponse>(found is null ? [] : [found], problems);
    }

    /// <inheritdoc/>
    public async ValueTask<Fetched<CertificateRevocationList>> FetchCrlsAsync(Certificate certificate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var lists = new List<CertificateRevocationList>();
        var problems = new List<FetchProblem>();
        var points = CertificateAddresses.DistributionPoints(certificate);
        if (points.Count == 0)
        {
            problems.Add(new FetchProblem("", FetchRefusal.NoAddress, "the certificate names no CRL distribution point"));
        }
        foreach (var addresses in points.Take(_options.MaximumAddresses))
        {
            var found = await FirstAsync(
                addresses, "", address => AskAsync(address, "", body: null, _options.MaximumCrlLength, ReadCrl, cancellationToken), _ => null, problems);
            if (found is not null)
            {
                lists.Add(found);
            }
        }
        return new Fetched<CertificateRevocationList>(lists, problems);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<T?> FirstAsync<T>(IReadOnlyList<string> addresses, string none, Func<string, Task<T>> ask, Func<T, string?> unfit, List<FetchProblem> problems)
        where T : class
    {
        if (addresses.Count == 0)
        {
            problems.Add(new FetchProblem("", FetchRefusal.NoAddress, none));
        }
        foreach (var address in addresses.Take(_options.MaximumAddresses))
        {
            try
            {
                var found = await ask(address);
                if (unfit(found) is not { } reason)
                {
                    return found;
                }
                problems.Add(new FetchProblem(address, FetchRefusal.UnexpectedAnswer, reason));
            }
            catch (FetchException e)
            {
                problems.Add(new FetchProblem(address, e.Refusal, e.Message));
            }
        }
        return null;
    }

    private async Task<T> AskAsync<T>(
        string address, string question, (ReadOnlyMemory<byte> Bytes, string Type)? body, int maximumLength, Func<byte[], (T Value, DateTimeOffset? Until)> read, CancellationToken cancellationToken)
        where T : class
    {
        var key = $"{typeof(T).Name} {question} {address}";
        switch (_cache.Find(key))
        {
            case T kept:
                return kept;
            case FetchException failed:
                throw new FetchException(failed.Refusal, failed.Message, failed);
        }
        try
        {
            var bytes = await _http.AskAsync(address, body, maximumLength, cancellationToken);
            var (value, until) = read(bytes);
            var latest = time.GetUtcNow() + _options.CacheLifetime;
            _cache.Keep(key, value, bytes.Length, until < latest ? until.Value : latest);
            return value;
        }
        catch (FetchException failed)
        {
            _cache.Keep(key, failed, 0, time.GetUtcNow() + _options.FailureLifetime);
            throw;
        }
    }

    private static (IReadOnlyList<Certificate> Value, DateTimeOffset? Until) ReadCertificates(byte[] bytes) =>
        CertificateBundle.Read(bytes) is { Count: > 0 } found ? (found, null) : throw new FetchException(FetchRefusal.Malformed, "its answer holds no certificate");

    private static (OcspResponse Value, DateTimeOffset? Until) ReadOcsp(byte[] bytes) =>
        OcspResponse.TryDecode(bytes, out var response, out var error)
            ? (response, response.Responses.Min(r => r.NextUpdate))
            : throw new FetchException(FetchRefusal.Malformed, error);

    private static (CertificateRevocationList Value, DateTimeOffset? Until) ReadCrl(byte[] bytes)
    {
        var der = bytes.AsMemory();
        if (bytes.AsSpan().StartsWith("-----BEGIN X509 CRL"u8) && PemEncoding.TryFind(Encoding.Latin1.GetString(bytes), out var pem))
        {
            der = Convert.FromBase64String(Encoding.Latin1.GetString(bytes)[pem.Base64Data]);
        }
        return CertificateRevocationList.TryDecode(der, out var list, out var error) ? (list, list.NextUpdate) : throw new FetchException(FetchRefusal.Malformed, error);
    }
}
