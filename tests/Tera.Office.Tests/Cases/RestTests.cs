using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tera.Office.Accounts;
using Tera.Office.Api;
using Tera.Office.Cases;
using Tera.Office.Organisation;
using Tera.Office.Tests.Storage;
using Tera.Testing.Databases;

namespace Tera.Office.Tests.Cases;

public sealed class RestTests(PostgresServer server) : IAsyncLifetime
{
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        OfficeOptions options = await TestOffice.OptionsAsync(Database.Sqlite, server);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        TestOffice.Add(builder.Services, options, TimeProvider.System);
        builder.Services.AddApi();
        FakeEffects.AddTo(builder.Services);
        _app = builder.Build();
        _app.UseApiErrors();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapAccounts().MapOrganisation().MapCases().MapApi();
        await _app.StartAsync();
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_letter_goes_from_the_drafter_to_the_first_paraf_over_HTTP()
    {
        string staff = await TokenAsync("stafdinas"), kasi = await TokenAsync("kasi");
        JsonElement procedures = await GetAsync(staff, "/api/v1/procedures");
        Assert.Contains("purwakarta/penggunaan-tte", procedures.EnumerateArray().Select(one => one.GetProperty("sop").GetString()));

        (HttpStatusCode status, JsonElement page) = await SendAsync(staff, HttpMethod.Post, "/api/v1/cases", """{"sop":"purwakarta/penggunaan-tte","title":"Undangan rapat"}""");
        Assert.Equal(HttpStatusCode.Created, status);
        string id = page.GetProperty("id").GetString()!;
        (status, page) = await SendAsync(staff, HttpMethod.Post, $"/api/v1/cases/{id}/steps/buat", $$"""{"version":{{page.GetProperty("version")}},"outcome":"kirim"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        page = await WaitForAsync(kasi, id, "paraf4");

        JsonElement task = page.GetProperty("open")[0];
        Assert.True(task.GetProperty("mine").GetBoolean());
        string yes = $$"""{"version":{{page.GetProperty("version")}},"outcome":"ya","seenHash":"{{task.GetProperty("documentHash").GetString()}}","passphrase":"frasa \"sandi\" é"}""";
        (status, _) = await SendAsync(kasi, HttpMethod.Post, $"/api/v1/cases/{id}/steps/paraf4", yes);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(2, (await GetAsync(staff, $"/api/v1/cases/{id}")).GetProperty("history").GetArrayLength());
        Assert.Equal("paraf3b", (await GetAsync(await TokenAsync("kabid"), "/api/v1/inbox"))[0].GetProperty("stepId").GetString());
        Assert.Single((await GetAsync(staff, "/api/v1/cases")).EnumerateArray());

        (status, page) = await SendAsync(staff, HttpMethod.Post, $"/api/v1/cases/{id}/cancel", """{"reason":"Rapat batal"}""");
        Assert.Equal((HttpStatusCode.OK, "dibatalkan"), (status, page.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Another_agency_meets_not_found_on_every_route_of_a_case()
    {
        string staff = await TokenAsync("stafdinas"), stranger = await TokenAsync("samudra.kadis");
        (_, JsonElement page) = await SendAsync(staff, HttpMethod.Post, "/api/v1/cases", """{"sop":"purwakarta/penggunaan-tte","title":"Undangan rapat"}""");
        string id = page.GetProperty("id").GetString()!;
        await ProblemAsync(stranger, HttpMethod.Get, $"/api/v1/cases/{id}", null, HttpStatusCode.NotFound, "not_found");
        await ProblemAsync(stranger, HttpMethod.Post, $"/api/v1/cases/{id}/steps/buat", """{"version":1,"outcome":"kirim"}""", HttpStatusCode.NotFound, "not_found");
        await ProblemAsync(stranger, HttpMethod.Post, $"/api/v1/cases/{id}/cancel", """{"reason":"x"}""", HttpStatusCode.NotFound, "not_found");
        Assert.Empty((await GetAsync(stranger, "/api/v1/cases")).EnumerateArray());
        Assert.Empty((await GetAsync(stranger, "/api/v1/inbox")).EnumerateArray());
        Assert.Equal(2, (await GetAsync(stranger, "/api/v1/organisation/positions")).GetArrayLength());
        string bupati = (await GetAsync(staff, "/api/v1/organisation/positions"))[0].GetProperty("positionId").GetString()!;
        Assert.Empty((await GetAsync(stranger, $"/api/v1/organisation/verifiers?signer={bupati}")).EnumerateArray());
        Assert.NotEmpty((await GetAsync(staff, $"/api/v1/organisation/verifiers?signer={bupati}")).EnumerateArray());
    }

    [Theory]
    [InlineData("GET", "/api/v1/me")]
    [InlineData("GET", "/api/v1/procedures")]
    [InlineData("GET", "/api/v1/cases")]
    [InlineData("POST", "/api/v1/cases")]
    [InlineData("GET", "/api/v1/cases/00000000-0000-0000-0000-000000000001")]
    [InlineData("POST", "/api/v1/cases/00000000-0000-0000-0000-000000000001/steps/x")]
    [InlineData("POST", "/api/v1/cases/00000000-0000-0000-0000-000000000001/cancel")]
    [InlineData("GET", "/api/v1/inbox")]
    [InlineData("DELETE", "/api/v1/session")]
    [InlineData("GET", "/api/v1/organisation/positions")]
    [InlineData("GET", "/api/v1/organisation/verifiers?signer=00000000-0000-0000-0000-000000000001")]
    [InlineData("POST", "/api/v1/organisation/acting")]
    public async Task Without_a_token_every_route_asks_for_one_and_a_page_cookie_is_none(string method, string path)
    {
        await ProblemAsync(null, new HttpMethod(method), path, method == "POST" ? "{}" : null, HttpStatusCode.Unauthorized, "session_missing");
        OpenSession page = Assert.IsType<LoginAnswer.Opened>(await _app.Services.GetRequiredService<IAccounts>()
            .LoginAsync("stafdinas", TestOffice.Secret(DemoAgency.Password), IPAddress.Loopback, SessionKind.Page, default)).Session;
        using var withCookie = new HttpRequestMessage(new HttpMethod(method), path);
        withCookie.Headers.Add("Cookie", $"{SessionCookie.Name}={page.Token}");
        withCookie.Content = method == "POST" ? new StringContent("{}", Encoding.UTF8, "application/json") : null;
        using HttpResponseMessage refused = await _http.SendAsync(withCookie);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        await ProblemAsync(page.Token, new HttpMethod(method), path, method == "POST" ? "{}" : null, HttpStatusCode.Unauthorized, "session_missing");
    }

    [Fact]
    public async Task Logging_out_ends_the_token()
    {
        string token = await TokenAsync("stafdinas");
        Assert.Equal("Bayu Tirtakusuma, S.Kom.", (await GetAsync(token, "/api/v1/me")).GetProperty("name").GetString());
        (HttpStatusCode status, _) = await SendAsync(token, HttpMethod.Delete, "/api/v1/session", null);
        Assert.Equal(HttpStatusCode.NoContent, status);
        await ProblemAsync(token, HttpMethod.Get, "/api/v1/me", null, HttpStatusCode.Unauthorized, "session_missing");
    }

    [Fact]
    public async Task Bad_input_is_told_without_repeating_it()
    {
        string token = await TokenAsync("stafdinas");
        await ProblemAsync(null, HttpMethod.Post, "/api/v1/session", """{"username":"staf","password":"salah-salah-salah"}""", HttpStatusCode.Unauthorized, "login_wrong");
        await ProblemAsync(null, HttpMethod.Post, "/api/v1/session", """{"username":"staf"}""", HttpStatusCode.BadRequest, "invalid_input");
        await ProblemAsync(token, HttpMethod.Post, "/api/v1/cases", """{"sop":"x","title":"y","tambahan":1}""", HttpStatusCode.BadRequest, "invalid_input");
        await ProblemAsync(token, HttpMethod.Post, "/api/v1/cases", """{"sop":"x","sop":"y","title":"y"}""", HttpStatusCode.BadRequest, "invalid_input");
        await ProblemAsync(token, HttpMethod.Post, "/api/v1/cases", "{\"sop\":\"tidak/ada\",\"title\":\"y\"}", HttpStatusCode.NotFound, "not_found");
        await ProblemAsync(token, HttpMethod.Post, "/api/v1/cases", new string('[', 60_000), HttpStatusCode.BadRequest, "invalid_input");
        await ProblemAsync(token, HttpMethod.Post, "/api/v1/cases", "{\"title\":\"" + new string('x', 70_000) + "\"}", HttpStatusCode.RequestEntityTooLarge, "too_large");
        string secret = await ProblemAsync(token, HttpMethod.Post, $"/api/v1/cases/{Guid.NewGuid()}/steps/tte", """{"version":1,"outcome":"ya","passphrase":"sangat rahasia" oops}""", HttpStatusCode.BadRequest, "invalid_input");
        Assert.DoesNotContain("rahasia", secret, StringComparison.Ordinal);
        using var form = new HttpRequestMessage(HttpMethod.Post, "/api/v1/session") { Content = new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded") };
        using HttpResponseMessage notJson = await _http.SendAsync(form);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, notJson.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/v1/tidak-ada", 404, "not_found")]
    [InlineData("POST", "/api/v2/cases", 404, "not_found")]
    [InlineData("GET", "/api/v1/cases/bukan-id", 404, "not_found")]
    [InlineData("DELETE", "/api/v1/cases", 405, "method_not_allowed")]
    public async Task Addresses_that_are_none_answer_in_JSON(string method, string path, int status, string reason) =>
        await ProblemAsync(await TokenAsync("stafdinas"), new HttpMethod(method), path, null, (HttpStatusCode)status, reason);

    [Fact]
    public async Task The_description_names_every_route_with_a_summary()
    {
        using JsonDocument description = JsonDocument.Parse(await _http.GetStringAsync("/openapi/v1.json"));
        List<JsonProperty> operations = description.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).ToList();
        Assert.Equal(13, operations.Count);
        Assert.All(operations, operation => Assert.False(string.IsNullOrWhiteSpace(operation.Value.GetProperty("summary").GetString())));
    }

    private async Task<string> TokenAsync(string username)
    {
        (HttpStatusCode status, JsonElement session) = await SendAsync(null, HttpMethod.Post, "/api/v1/session", JsonSerializer.Serialize(new { username, password = DemoAgency.Password }));
        Assert.Equal(HttpStatusCode.OK, status);
        return session.GetProperty("token").GetString()!;
    }

    private async Task<JsonElement> GetAsync(string token, string path)
    {
        (HttpStatusCode status, JsonElement body) = await SendAsync(token, HttpMethod.Get, path, null);
        Assert.Equal(HttpStatusCode.OK, status);
        return body;
    }

    private async Task<JsonElement> WaitForAsync(string token, string id, string step)
    {
        for (int attempt = 0; attempt < 200; attempt++)
        {
            (HttpStatusCode status, JsonElement page) = await SendAsync(token, HttpMethod.Get, $"/api/v1/cases/{id}", null);
            if (status == HttpStatusCode.OK && page.GetProperty("open").EnumerateArray().Any(task => task.GetProperty("stepId").GetString() == step))
            {
                return page;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"The case never reached {step}.");
    }

    private async Task<string> ProblemAsync(string? token, HttpMethod method, string path, string? body, HttpStatusCode expected, string reason)
    {
        using HttpRequestMessage request = Request(token, method, path, body);
        using HttpResponseMessage response = await _http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using JsonDocument problem = JsonDocument.Parse(text);
        Assert.Equal(reason, problem.RootElement.GetProperty("reason").GetString());
        Assert.Equal((int)expected, problem.RootElement.GetProperty("status").GetInt32());
        Assert.All(new[] { "type", "title", "detail" }, name => Assert.False(string.IsNullOrWhiteSpace(problem.RootElement.GetProperty(name).GetString())));
        return text;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string? token, HttpMethod method, string path, string? body)
    {
        using HttpRequestMessage request = Request(token, method, path, body);
        using HttpResponseMessage response = await _http.SendAsync(request);
        return (response.StatusCode, response.Content.Headers.ContentLength == 0 || response.StatusCode == HttpStatusCode.NoContent ? default : await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static HttpRequestMessage Request(string? token, HttpMethod method, string path, string? body)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            request.Headers.Add("Idempotency-Key", TestOffice.Key());
        }

        return request;
    }
}
