using System.Net.Http.Headers;
using System.Security.Cryptography;
using Tera.Pki.Certificates;

namespace Tera.Pki.TimeStamping;

/// <summary>How a client asks.</summary>
public sealed record HttpTimeStampClientOptions
{
    /// <summary>The policy to ask for; null for the authority's default.</summary>
    public string? Policy { get; init; }

    /// <summary>How long the whole exchange may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longer answers are refused.</summary>
    public int MaximumAnswerLength { get; init; } = TimeStampToken.MaximumLength;

    /// <summary>Certificates of the authority, for one that puts none into its tokens.</summary>
    public IReadOnlyList<Certificate> KnownCertificates { get; init; } = [];
}

/// <summary>RFC 3161 over HTTP (its section 3.4).</summary>
/// <param name="http">The HTTP client; credentials and proxies are its affair.</param>
/// <param name="address">The authority.</param>
/// <param name="random">The source of nonces.</param>
/// <param name="options">How to ask; defaults when null.</param>
public sealed class HttpTimeStampClient(HttpClient http, Uri address, RandomNumberGenerator random, HttpTimeStampClientOptions? options = null) : ITimeStampClient
{
    private readonly HttpTimeStampClientOptions _options = options ?? new HttpTimeStampClientOptions();
    private int _longestToken;

    /// <summary>The length of the longest token so far; null before the first.</summary>
    public int? ExpectedTokenLength => Volatile.Read(ref _longestToken) is > 0 and var length ? length : null;

    /// <inheritdoc/>
    public async Task<byte[]> StampAsync(ReadOnlyMemory<byte> messageImprint, HashAlgorithmName hashAlgorithm, CancellationToken cancellationToken)
    {
        var request = new TimeStampRequest(hashAlgorithm, messageImprint, SerialNumber.Create(random).Octets, _options.Policy);
        var answer = await ExchangeAsync(request, cancellationToken);
        var token = TimeStampAnswer.Check(request, answer, _options.KnownCertificates);
        for (var longest = _longestToken; token.Length > longest; longest = _longestToken)
        {
            Interlocked.CompareExchange(ref _longestToken, token.Length, longest);
        }
        return token;
    }

    private async Task<byte[]> ExchangeAsync(TimeStampRequest request, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_options.Timeout);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, address);
            message.Content = new ByteArrayContent(request.Encoded.ToArray());
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/timestamp-reply"));
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw new TimeStampException(TimeStampRefusal.UnexpectedAnswer, $"The time-stamping authority at {address.Host} answered HTTP {(int)response.StatusCode}.");
            }
            return await ReadBoundedAsync(response.Content, deadline.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new TimeStampException(TimeStampRefusal.Unreachable, $"The time-stamping authority at {address.Host} could not be reached: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeStampException(TimeStampRefusal.Unreachable, $"The time-stamping authority at {address.Host} did not answer within {_options.Timeout.TotalSeconds:0} s.", e);
        }
    }

    private async Task<byte[]> ReadBoundedAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > _options.MaximumAnswerLength)
            {
                throw new TimeStampException(TimeStampRefusal.UnexpectedAnswer, $"The answer of {address.Host} is longer than {_options.MaximumAnswerLength} bytes.");
            }
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }
}
