using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Tera.Office.Api;
using Tera.Office.Cases;

namespace Tera.Door.Demo;

/// <summary>
/// The product's HTTP door as the demo's people use it: each signs in with their own password. A connection that fails is tried
/// again for a while (the product may be restarting); every write carries an idempotency key, so that trying again is safe.
/// </summary>
internal sealed class OfficeHttp(HttpClient http, Uri baseUrl, TimeSpan patience)
{
    private static JsonSerializerOptions Json => ApiJson.Options;

    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);

    public Uri BaseUrl => baseUrl;

    public Task<T> GetAsync<T>(string username, string path, CancellationToken cancellation) =>
        SendAsync<T>(username, HttpMethod.Get, path, null, null, cancellation);

    public Task<T> SendJsonAsync<T>(string username, HttpMethod method, string path, object body, string? idempotencyKey, CancellationToken cancellation) =>
        SendAsync<T>(username, method, path, () => JsonContent.Create(body, options: Json), idempotencyKey, cancellation);

    public Task<T> SendFileAsync<T>(string username, HttpMethod method, string path, byte[] content, string mediaType, string fileName, CancellationToken cancellation) =>
        SendAsync<T>(username, method, path, () => new ByteArrayContent(content)
        {
            Headers = { ContentType = new MediaTypeHeaderValue(mediaType), ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = fileName } },
        }, null, cancellation, fileName);

    public Task<byte[]> DownloadAsync(string username, string path, CancellationToken cancellation) =>
        SendAsync<byte[]>(username, HttpMethod.Get, path, null, null, cancellation);

    private async Task<T> SendAsync<T>(
        string username, HttpMethod method, string path, Func<HttpContent>? content, string? idempotencyKey, CancellationToken cancellation, string? fileName = null)
    {
        using HttpResponseMessage response = await PersistAsync(async () =>
        {
            string token = await TokenAsync(username, cancellation);
            using var request = new HttpRequestMessage(method, new Uri(baseUrl, "api/v1/" + path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (idempotencyKey is not null)
            {
                request.Headers.Add("Idempotency-Key", idempotencyKey);
            }

            if (fileName is not null)
            {
                request.Headers.Add("X-File-Name", fileName);
            }

            request.Content = content?.Invoke();
            HttpResponseMessage answer = await http.SendAsync(request, cancellation);
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
            {
                _tokens.Remove(username);
                answer.Dispose();
                throw new HttpRequestException("the session ended");
            }

            return answer;
        }, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw await DemoRefusedException.FromAsync($"{username}: {method} {path}", response, cancellation);
        }

        if (typeof(T) == typeof(byte[]))
        {
            return (T)(object)await response.Content.ReadAsByteArrayAsync(cancellation);
        }

        return await response.Content.ReadFromJsonAsync<T>(Json, cancellation) ?? throw new JsonException($"{path} answered null");
    }

    private async Task<string> TokenAsync(string username, CancellationToken cancellation)
    {
        if (_tokens.TryGetValue(username, out string? known))
        {
            return known;
        }

        using HttpResponseMessage response = await http.PostAsJsonAsync(
            new Uri(baseUrl, "api/v1/session"), new { username, password = Office.Organisation.DemoAgency.Password }, Json, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw await DemoRefusedException.FromAsync($"{username}: POST session", response, cancellation);
        }

        using JsonDocument answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellation), cancellationToken: cancellation);
        return _tokens[username] = answer.RootElement.GetProperty("token").GetString()!;
    }

    /// <summary>Tries again while the product does not answer or says that it is not ready.</summary>
    private async Task<HttpResponseMessage> PersistAsync(Func<Task<HttpResponseMessage>> send, CancellationToken cancellation)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                HttpResponseMessage response = await send();
                if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests) || TimeProvider.System.GetElapsedTime(began) > patience)
                {
                    return response;
                }

                response.Dispose();
            }
            catch (Exception lost) when ((lost is HttpRequestException or IOException || (lost is OperationCanceledException && !cancellation.IsCancellationRequested))
                && TimeProvider.System.GetElapsedTime(began) <= patience)
            {
                // The product restarts: the same request goes again, with the same key.
            }

            await Task.Delay(200, cancellation);
        }
    }
}

/// <summary>The product refused a step of the demo.</summary>
internal sealed class DemoRefusedException : Exception
{
    private DemoRefusedException(string message, HttpStatusCode status, string? reason)
        : base(message)
    {
        Status = status;
        Reason = reason;
    }

    public HttpStatusCode Status { get; }

    private string? Reason { get; }

    /// <summary>True when the product gave this reason (in the snake_case of its interface).</summary>
    public bool Is(CaseRefusalReason reason) => Reason == JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    public static async Task<DemoRefusedException> FromAsync(string what, HttpResponseMessage response, CancellationToken cancellation)
    {
        string body = await response.Content.ReadAsStringAsync(cancellation);
        string? reason = null;
        string detail = body.Length > 300 ? body[..300] : body;
        try
        {
            using JsonDocument problem = JsonDocument.Parse(body);
            reason = problem.RootElement.TryGetProperty("reason", out JsonElement r) ? r.GetString() : null;
            detail = problem.RootElement.TryGetProperty("detail", out JsonElement d) ? d.GetString() ?? detail : detail;
        }
        catch (JsonException)
        {
            // Not a problem document: the text itself is shown.
        }

        return new DemoRefusedException($"{what} -> {(int)response.StatusCode} {reason}: {detail}", response.StatusCode, reason);
    }
}
