using System.Text;
using System.Text.RegularExpressions;

namespace Tera.EndToEnd.Hostile;

/// <summary>A browser without a screen: cookies of one person, forms with the guard's token, or deliberately without.</summary>
internal sealed partial class PageClient
{
    private readonly HttpClient _http;
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    private PageClient(HttpClient http) => _http = http;

    /// <summary>The token that the last page's forms carried.</summary>
    public string Token { get; private set; } = "";

    public string Session => _cookies.GetValueOrDefault("tera_sesi", "");

    public static PageClient Stranger(HttpClient http) => new(http);

    public static async Task<PageClient> LoginAsync(HttpClient http, string username, string password = ApiClient.Password)
    {
        var client = new PageClient(http);
        using HttpResponseMessage door = await client.GetAsync("/masuk");
        using HttpResponseMessage inside = await client.PostAsync("/masuk", ("nama", username), ("sandi", password), ("kembali", "/"));
        Assert.True((int)inside.StatusCode == 302, await inside.Content.ReadAsStringAsync());
        // The guard's token belongs to the person; the next page has the new one.
        using HttpResponseMessage home = await client.GetAsync("/mulai");
        return client;
    }

    /// <summary>The same person with another session cookie.</summary>
    public PageClient WithSession(string session)
    {
        var other = new PageClient(_http) { Token = Token };
        foreach ((string name, string value) in _cookies)
        {
            other._cookies[name] = value;
        }

        other._cookies["tera_sesi"] = session;
        return other;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>A form with the token of the last page.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        PostRawAsync(path, [("penjaga", Token), .. fields]);

    public Task<HttpResponseMessage> PostRawAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(
                string.Join('&', fields.Select(f => Uri.EscapeDataString(f.Name) + "=" + Uri.EscapeDataString(f.Value))), Encoding.UTF8, "application/x-www-form-urlencoded"),
        });

    public Task<HttpResponseMessage> UploadAsync(string path, string field, string fileName, byte[] file, string type, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new StringContent(Token), "penjaga" } };
        foreach ((string name, string value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        var part = new ByteArrayContent(file);
        part.Headers.TryAddWithoutValidation("Content-Type", type);
        part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{field}\"; filename=\"{fileName}\"");
        form.Add(part);
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = form });
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        if (_cookies.Count > 0)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", _cookies.Select(c => c.Key + "=" + c.Value)));
        }

        HttpResponseMessage response = await _http.SendAsync(request);
        foreach (string set in response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? sets) ? sets : [])
        {
            string pair = set.Split(';')[0];
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            _cookies[pair[..equals]] = pair[(equals + 1)..];
        }

        await response.Content.LoadIntoBufferAsync();
        if (GuardToken().Match(await response.Content.ReadAsStringAsync()) is { Success: true } found)
        {
            Token = found.Groups["value"].Value;
        }

        return response;
    }

    [GeneratedRegex("name=\"penjaga\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex GuardToken();
}
