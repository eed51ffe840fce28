using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Tera.Authority.Tests.Access;

public sealed class AccessTests() : OnBothDatabases(null)
{
    public override AuthorityOptions Change(AuthorityOptions options) => options with { Rates = options.Rates with { PerClient = 20 } };

    [Theory]
    [InlineData("tera-office", "wrong", "client_credentials", "invalid_client", HttpStatusCode.Unauthorized)]
    [InlineData("nobody", "wrong", "client_credentials", "invalid_client", HttpStatusCode.Unauthorized)]
    [InlineData("tera-office", null, "password", "unsupported_grant_type", HttpStatusCode.BadRequest)]
    public async Task A_token_is_refused(string clientId, string? secret, string grant, string error, HttpStatusCode status)
    {
        var answer = await AskAsync(clientId, secret ?? await SecretAsync(clientId), grant);
        Assert.Equal(error, answer.Error);
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task A_client_gets_no_scope_that_it_does_not_have_and_no_path_beyond_its_scope()
    {
        Assert.Equal("invalid_scope", (await AskAsync("signer", await SecretAsync("signer"), "client_credentials", "enrolment")).Error);
        using var signer = await Host.ClientAsync("signer");
        var answer = await signer.EnrolAsync();
        Assert.Equal("insufficient_scope", answer.Error);
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        using var narrowed = await Host.ClientAsync(scope: "enrolment");
        Assert.Equal("insufficient_scope", (await narrowed.PostAsync("/csc/v2/credentials/list", new JsonObject { ["userID"] = "x" })).Error);
    }

    [Fact]
    public async Task Basic_authentication_does_as_well()
    {
        using var http = new HttpClient { BaseAddress = Host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/csc/v2/oauth2/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("signer:" + await SecretAsync("signer"))));
        var answer = await ApiClient.ReadAsync(await http.SendAsync(request));
        Assert.Equal("service", answer.Text("scope"));
        Assert.Equal(3600, answer.Number("expires_in"));
    }

    [Fact]
    public async Task A_token_ends_by_time_and_by_revocation()
    {
        using var client = await Host.ClientAsync();
        using var other = await Host.ClientAsync();
        var token = client.Http.DefaultRequestHeaders.Authorization!.Parameter!;
        using var form = new FormUrlEncodedContent([new("client_id", "tera-office"), new("client_secret", await SecretAsync("tera-office")), new("token", token)]);
        Assert.Equal(HttpStatusCode.NoContent, (await client.Http.PostAsync("/csc/v2/oauth2/revoke", form)).StatusCode);
        Assert.Equal("invalid_token", (await client.GetAsync("/enrolment/v1/credentials?subjectId=x")).Error);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/enrolment/v1/credentials?subjectId=x")).Status);

        Host.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("invalid_token", (await other.GetAsync("/enrolment/v1/credentials?subjectId=x")).Error);
    }

    [Theory]
    [InlineData("/csc/v2/credentials/list")]
    [InlineData("/csc/v2/credentials/info")]
    [InlineData("/csc/v2/credentials/authorize")]
    [InlineData("/csc/v2/signatures/signHash")]
    [InlineData("/csc/v2/signatures/timestamp")]
    [InlineData("/enrolment/v1/credentials")]
    [InlineData("/enrolment/v1/credentials/c-1/revoke")]
    [InlineData("/enrolment/v1/credentials/c-1/suspend")]
    [InlineData("/enrolment/v1/credentials/c-1/release")]
    [InlineData("/enrolment/v1/credentials/c-1/passphrase")]
    public async Task Without_a_token_no_door_opens(string path)
    {
        using var http = new HttpClient { BaseAddress = Host.Address };
        using var response = await http.PostAsync(path, new StringContent("{}", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("[]", 400)]
    [InlineData("{\"credentialID\":", 400)]
    [InlineData("{\"credentialID\":7}", 400)]
    [InlineData("{\"credentialID\":\"\"}", 400)]
    [InlineData("{\"credentialID\":\"a\\u0000b\"}", 400)]
    [InlineData("{\"credentialID\":\"\\ud800\"}", 400)]
    [InlineData("{\"credentialID\":\"x\",\"certificates\":\"all\"}", 400)]
    [InlineData("{\"credentialID\":\"x\",\"certInfo\":\"yes\"}", 400)]
    public async Task A_malformed_request_is_refused_and_named(string body, int status)
    {
        using var client = await Host.ClientAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await ApiClient.ReadAsync(await client.Http.PostAsync("/csc/v2/credentials/info", content));
        Assert.Equal(status, (int)answer.Status);
        Assert.Equal("invalid_request", answer.Error);
    }

    [Fact]
    public async Task Depth_and_size_are_bounded_also_without_a_length()
    {
        using var client = await Host.ClientAsync();
        using var deep = new StringContent(new string('[', 200) + new string(']', 200), Encoding.UTF8, "application/json");
        Assert.Equal("invalid_request", (await ApiClient.ReadAsync(await client.Http.PostAsync("/csc/v2/credentials/info", deep))).Error);

        foreach (var chunked in new[] { false, true })
        {
            using var large = new StringContent("{\"x\":\"" + new string('x', 70_000) + "\"}", Encoding.UTF8, "application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, "/csc/v2/credentials/info") { Content = large };
            request.Headers.TransferEncodingChunked = chunked;
            var answer = await ApiClient.ReadAsync(await client.Http.SendAsync(request));
            Assert.Equal("payload_too_large", answer.Error);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        }
    }

    [Fact]
    public async Task A_client_that_asks_too_fast_is_told_when_to_come_back()
    {
        using var client = await Host.ClientAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 120).Select(_ => client.GetAsync("/enrolment/v1/credentials?subjectId=x")));
        Assert.Contains(answers, x => x.Status == HttpStatusCode.OK);
        var refused = answers.First(x => x.Error == "rate_limited");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal(1, refused.Number("retryAfter"));
    }

    [Fact]
    public async Task The_clients_secret_is_for_its_owner_alone()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Host.DataFolder, "clients", "tera-office.secret")));
        Assert.True((await SecretAsync("tera-office")).Length >= 43);
    }

    [Fact]
    public async Task Info_says_what_is_offered()
    {
        using var http = new HttpClient { BaseAddress = Host.Address };
        var answer = await ApiClient.ReadAsync(await http.PostAsync("/csc/v2/info", new StringContent("{}", Encoding.UTF8, "application/json")));
        Assert.Equal("2.0.0.2", answer.Text("specs"));
        Assert.Contains("signatures/signHash", answer.Body["methods"]!.AsArray().Select(x => x!.GetValue<string>()));
    }

    private async Task<string> SecretAsync(string clientId) =>
        (await File.ReadAllTextAsync(Path.Combine(Host.DataFolder, "clients", clientId + ".secret"))).Trim();

    private async Task<ApiAnswer> AskAsync(string clientId, string secret, string grant, string? scope = null)
    {
        using var http = new HttpClient { BaseAddress = Host.Address };
        List<KeyValuePair<string, string>> fields = [new("grant_type", grant), new("client_id", clientId), new("client_secret", secret)];
        if (scope is not null)
        {
            fields.Add(new("scope", scope));
        }

        return await ApiClient.ReadAsync(await http.PostAsync("/csc/v2/oauth2/token", new FormUrlEncodedContent(fields)));
    }
}
