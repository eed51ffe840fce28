using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tera.EndToEnd.Hostile;

/// <summary>A client written from the published interface only, that can also send what no client should.</summary>
internal sealed class ApiClient(Uri baseUrl) : IDisposable
{
    public const string Password = "arunika-demo-2026";
    public const string Passphrase = "contoh frasa sandi arunika";
    public const string DocxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = baseUrl, Timeout = TimeSpan.FromSeconds(60) };
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);

    public HttpClient Http => _http;

    public async Task<string> TokenAsync(string username)
    {
        if (!_tokens.TryGetValue(username, out string? token))
        {
            using HttpResponseMessage response = await _http.PostAsJsonAsync("api/v1/session", new { username, password = Password });
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
            token = (string)(await response.Content.ReadFromJsonAsync<JsonNode>())!["token"]!;
            _tokens[username] = token;
        }

        return token;
    }

    public async Task<HttpResponseMessage> SendAsync(string? username, HttpMethod method, string path, HttpContent? content = null, string? key = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "api/v1/" + path) { Content = content };
        if (username is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(username));
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string? username, string path) => SendAsync(username, HttpMethod.Get, path);

    public Task<HttpResponseMessage> PostAsync(string? username, string path, object body, string? key = null) =>
        SendAsync(username, HttpMethod.Post, path, JsonContent.Create(body), key);

    public Task<HttpResponseMessage> PutAsync(string? username, string path, object body) => SendAsync(username, HttpMethod.Put, path, JsonContent.Create(body));

    public Task<HttpResponseMessage> RawAsync(string? username, HttpMethod method, string path, string body, string type = "application/json", string? key = "raw") =>
        SendAsync(username, method, path, new StringContent(body, Encoding.UTF8, type), key);

    public Task<HttpResponseMessage> DraftAsync(string username, Guid letter, string fileName, byte[] content) =>
        SendAsync(username, HttpMethod.Put, $"letters/{letter}/draft", new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(DocxType) } }, null, ("X-File-Name", Uri.EscapeDataString(fileName)));

    public async Task<JsonNode> JsonAsync(Task<HttpResponseMessage> sending)
    {
        using HttpResponseMessage response = await sending;
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri} -> {(int)response.StatusCode} {body}");
        return JsonNode.Parse(body)!;
    }

    public async Task<byte[]> BytesAsync(string username, string path)
    {
        using HttpResponseMessage response = await GetAsync(username, path);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadAsByteArrayAsync();
    }

    public Task<JsonNode> CaseAsync(string username, Guid id) => JsonAsync(GetAsync(username, $"cases/{id}"));

    public void Dispose() => _http.Dispose();
}
