using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Tera.Pki.Online;

/// <summary>One question over HTTP within bounds: scheme, host, redirects, time and length.</summary>
internal sealed class BoundedHttp : IDisposable
{
    private const int MaximumAddressLength = 2048;

    private readonly HttpFetchOptions _options;
    private readonly HttpClient _http;

    internal BoundedHttp(HttpFetchOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler
        {
            // Redirects are followed here, each looked at like the first address.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            Proxy = options.Proxy,
            UseProxy = options.Proxy is not null,
            ConnectTimeout = options.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = ConnectAsync,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Tera", "0.1"));
    }

    /// <summary>Asks, and reads the answer.</summary>
    /// <param name="address">The URL as the certificate has it.</param>
    /// <param name="body">What to post, and its type; null to get.</param>
    /// <param name="maximumLength">The longest answer.</param>
    /// <param name="cancellationToken">Cancels the exchange.</param>
    /// <exception cref="FetchException">No answer, for the reason given.</exception>
    internal async Task<byte[]> AskAsync(string address, (ReadOnlyMemory<byte> Bytes, string Type)? body, int maximumLength, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_options.Timeout);
        try
        {
            var target = Check(address);
            for (var redirects = 0; ; redirects++)
            {
                using var message = Message(target, body);
                using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return await ReadAsync(response.Content, maximumLength, deadline.Token);
                }
                if ((int)response.StatusCode is not (>= 301 and <= 308) || response.Headers.Location is not { } location)
                {
                    throw new FetchException(FetchRefusal.UnexpectedAnswer, $"it answered HTTP {(int)response.StatusCode}");
                }
                if (redirects == _options.MaximumRedirects)
                {
                    throw new FetchException(FetchRefusal.UnexpectedAnswer, $"it redirects more than {_options.MaximumRedirects} times");
                }
                target = Check(new Uri(target, location).AbsoluteUri);
            }
        }
        catch (HttpRequestException e) when (e.InnerException is FetchException refused)
        {
            throw new FetchException(refused.Refusal, refused.Message, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            throw new FetchException(FetchRefusal.Unreachable, $"it could not be reached: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FetchException(FetchRefusal.TimedOut, $"it did not answer within {_options.Timeout.TotalSeconds:0.#} s", e);
        }
    }

    public void Dispose() => _http.Dispose();

    private static Uri Check(string address)
    {
        if (address.Length > MaximumAddressLength || !Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            throw new FetchException(FetchRefusal.AddressRefused, "only http and https addresses are fetched");
        }
        return uri.UserInfo.Length == 0 ? uri : throw new FetchException(FetchRefusal.AddressRefused, "an address with user information is not fetched");
    }

    private static HttpRequestMessage Message(Uri target, (ReadOnlyMemory<byte> Bytes, string Type)? body)
    {
        if (body is not { } content)
        {
            return new HttpRequestMessage(HttpMethod.Get, target);
        }
        var message = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ReadOnlyMemoryContent(content.Bytes) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(content.Type);
        return message;
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, int maximumLength, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > maximumLength)
            {
                throw new FetchException(FetchRefusal.TooLong, $"its answer is longer than {maximumLength} bytes");
            }
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }

    // The very address that was looked at is connected to: a name that answers differently the next time leads nowhere else.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed = _options.AllowsPrivateAddresses || _options.Proxy is not null ? addresses : Array.FindAll(addresses, PublicAddress.IsPublic);
        if (allowed.Length == 0)
        {
            throw new FetchException(FetchRefusal.PrivateAddress, $"the host {context.DnsEndPoint.Host} is not in the public internet");
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
