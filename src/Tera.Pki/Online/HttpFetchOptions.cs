using System.Net;
using Tera.Pki.Certificates;
using Tera.Pki.Revocation.Ocsp;

namespace Tera.Pki.Online;

/// <summary>What fetching may cost and where it may go.</summary>
public sealed record HttpFetchOptions
{
    /// <summary>
    /// Whether hosts in private networks may be asked: loopback, link-local, RFC 1918, RFC 4193 and the like. False by default, since the
    /// addresses come from certificates that anybody may have made: a public page must not be a way into the network it stands in.
    /// </summary>
    public bool AllowsPrivateAddresses { get; init; }

    /// <summary>How long one exchange may take, redirects included. 10 s: responders answer within one.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many redirects are followed.</summary>
    public int MaximumRedirects { get; init; } = 3;

    /// <summary>How many addresses of one certificate are tried for one kind of data.</summary>
    public int MaximumAddresses { get; init; } = 4;

    /// <summary>The longest answer to a question for certificates, in bytes: a bundle of some of them.</summary>
    public int MaximumCertificatesLength { get; init; } = 4 * Certificate.MaximumLength;

    /// <summary>The longest OCSP response, in bytes.</summary>
    public int MaximumOcspLength { get; init; } = OcspResponse.MaximumLength;

    /// <summary>The longest CRL, in bytes. 32 MiB: half a million entries; more has no place in a document.</summary>
    public int MaximumCrlLength { get; init; } = 32 * 1024 * 1024;

    /// <summary>The most bytes that are kept for the next question; 0 keeps nothing.</summary>
    public long CacheCapacity { get; init; } = 64 * 1024 * 1024;

    /// <summary>How long an answer without an end of its own is kept, and the longest that any is kept. 5 minutes: fresh enough for every policy.</summary>
    public TimeSpan CacheLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a failure is remembered, so that a dead responder is not waited for at each document.</summary>
    public TimeSpan FailureLifetime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The proxy; null for none. The guard against private addresses then is the proxy's affair.</summary>
    public IWebProxy? Proxy { get; init; }
}
