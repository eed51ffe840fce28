using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Tera.EndToEnd.Hostile;

/// <summary>The authority's addresses with garbage and without a token: refused in the words of their own standards.</summary>
[Collection(HostileProduct.Name)]
public sealed class HostileAuthorityTests(HostileFixture fixture)
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";
    private const string Ocsp = "application/ocsp-request";
    private const string Tsq = "application/timestamp-query";

    private static readonly string Long = new('a', 100_000);

    /// <summary>Method, path, content type, body, status.</summary>
    public static TheoryData<string, string, string?, string?, int> Requests => new()
    {
        { "POST", "/csc/v2/credentials/list", Json, "{}", 401 },
        { "POST", "/csc/v2/credentials/info", Json, "{}", 401 },
        { "POST", "/csc/v2/credentials/authorize", Json, """{"authData":[{"id":"PIN","value":"x"}]}""", 401 },
        { "POST", "/csc/v2/signatures/signHash", Json, "\0\u00ff", 401 },
        { "POST", "/csc/v2/signatures/timestamp", Json, "{}", 401 },
        { "POST", "/csc/v2/oauth2/token", Form, "grant_type=client_credentials&client_id=tera-office&client_secret=x", 401 },
        { "POST", "/csc/v2/oauth2/token", Json, "{}", 401 },
        { "POST", "/csc/v2/oauth2/token", Form, Long, 413 },
        { "POST", "/csc/v2/oauth2/token", "multipart/form-data; boundary=x", "x", 401 },
        { "POST", "/csc/v2/oauth2/revoke", Form, "token=x", 401 },
        { "DELETE", "/csc/v2/info", null, null, 405 },
        { "GET", "/csc/v2/nope", null, null, 404 },
        { "POST", "/enrolment/v1/credentials", Json, "{}", 401 },
        { "GET", "/enrolment/v1/credentials", null, null, 401 },
        { "GET", "/enrolment/v1/credentials/..%2f..%2fx", null, null, 401 },
        { "POST", "/enrolment/v1/credentials/x/passphrase", Json, """{"passphrase":"x"}""", 401 },
        { "POST", "/ocsp", "text/plain", "x", 400 },
        { "POST", "/ocsp", Ocsp, Long, 413 },
        { "GET", "/ocsp/%%%", null, null, 400 },
        { "GET", "/ocsp", null, null, 400 },
        { "POST", "/tsa", "text/plain", "x", 400 },
        { "POST", "/tsa", Tsq, Long, 413 },
        { "GET", "/tsa", null, null, 405 },
        { "GET", "/crl/..%2f..%2fetc%2fpasswd.crl", null, null, 404 },
        { "GET", "/crl/nope.crl", null, null, 404 },
        { "GET", "/ca/nope.cer", null, null, 404 },
        { "GET", "/ca/..%2fkey.cer", null, null, 404 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Garbage_without_a_token_is_refused(string method, string path, string? type, string? body, int status)
    {
        using HttpResponseMessage response = await SendAsync(method, path, type, body is null ? null : Encoding.Latin1.GetBytes(body));
        string said = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} {said}");
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        if (said.Length > 0)
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)JsonNode.Parse(said)!["error"]), said);
            Assert.True(response.Headers.CacheControl!.NoStore);
        }
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("====")]
    [InlineData("a b c")]
    public async Task An_invented_token_is_refused(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/csc/v2/credentials/list") { Content = new StringContent("{}", Encoding.UTF8, Json) };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using HttpResponseMessage response = await fixture.Client.Http.SendAsync(request);
        Assert.Equal(401, (int)response.StatusCode);
        Assert.Contains("invalid_token", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_of_the_office_is_no_token_of_the_authority()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/enrolment/v1/credentials");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await fixture.Client.TokenAsync("admin"));
        using HttpResponseMessage response = await fixture.Client.Http.SendAsync(request);
        Assert.Equal(401, (int)response.StatusCode);
    }

    /// <summary>RFC 6960 4.2.1: malformedRequest (1) is an answer of its own, inside HTTP 200.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("67617262616765")]
    [InlineData("3084FFFFFFFF")]
    [InlineData("30803080308030803080308030803080")]
    public async Task OCSP_garbage_is_a_malformed_request(string hex)
    {
        using HttpResponseMessage response = await SendAsync("POST", "/ocsp", Ocsp, Convert.FromHexString(hex));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("30030A0101", Convert.ToHexString(await response.Content.ReadAsByteArrayAsync()));
    }

    /// <summary>RFC 3161 2.4.2: PKIStatus rejection (2), again inside HTTP 200.</summary>
    [Theory]
    [InlineData("67617262616765")]
    [InlineData("3084FFFFFFFF")]
    [InlineData("30803080308030803080308030803080")]
    public async Task Time_stamp_garbage_is_rejected(string hex)
    {
        using HttpResponseMessage response = await SendAsync("POST", "/tsa", Tsq, Convert.FromHexString(hex));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("application/timestamp-reply", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("020102", Convert.ToHexString(await response.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? type, byte[]? body)
    {
        // A Uri made of a string would tidy the escapes away before they are sent.
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(fixture.Product.Url.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type!);
        }

        return await fixture.Client.Http.SendAsync(request);
    }
}
