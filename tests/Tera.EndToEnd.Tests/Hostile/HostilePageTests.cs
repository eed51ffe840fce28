using System.Net;
using System.Text;

namespace Tera.EndToEnd.Hostile;

/// <summary>The same hostility at the pages: every answer is a page in our own words or a way to one, never a bare error.</summary>
[Collection(HostileProduct.Name)]
public sealed class HostilePageTests(HostileFixture fixture)
{
    public static TheoryData<string> Names => [.. HostilePages.All.Select(input => input.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_hostile_request_at_a_page_has_its_clear_answer_and_changes_nothing(string name)
    {
        HostileInput input = HostilePages.All.Single(i => i.Name == name);
        using HttpResponseMessage response = await input.Send(fixture);
        string body = await response.Content.ReadAsStringAsync();
        int status = (int)response.StatusCode;
        Assert.True(input.Statuses.Contains(status), $"{status}: {(body.Length > 2000 ? body[..2000] : body)}");
        if (status is >= 300 and < 400)
        {
            Assert.Matches("^/(?!/)", response.Headers.Location!.OriginalString);
        }
        else if (status is >= 400 and not 414 && body.Length > 0)
        {
            // A bare 400 is the server's own, of an address that cannot be read.
            Assert.Contains("<h1", body, StringComparison.Ordinal);
            Assert.Contains("lang=\"id\"", body, StringComparison.Ordinal);
        }
        else
        {
            Assert.True(status is 200 or 400 or 404 or 414, $"{status} without a page");
        }

        Assert.DoesNotContain("   at Tera.", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("root:x:", body, StringComparison.Ordinal);
        Assert.DoesNotContain(response.Headers, h => h.Key == "X-Evil");
        Assert.Equal(fixture.Before, await fixture.StateAsync());
    }

    [Fact]
    public async Task After_the_logout_the_old_cookie_opens_nothing()
    {
        PageClient person = await PageClient.LoginAsync(fixture.Client.Http, "auditor");
        string session = person.Session;
        using HttpResponseMessage open = await person.GetAsync("/akun");
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        using HttpResponseMessage goodbye = await person.PostAsync("/keluar");
        Assert.Equal("/masuk", goodbye.Headers.Location!.OriginalString);
        PageClient thief = person.WithSession(session);
        using HttpResponseMessage page = await thief.GetAsync("/akun");
        Assert.Equal("/masuk?kembali=%2Fakun", page.Headers.Location!.OriginalString);
        using HttpResponseMessage form = await thief.PostAsync("/mulai", ("sop", "lamandau/naskah-keluar-tte-bupati"), ("judul", "x"), ("kunci", "k"));
        Assert.NotEqual(HttpStatusCode.OK, form.StatusCode);
    }

    [Fact]
    public async Task A_changed_password_ends_the_sessions_that_were_open()
    {
        PageClient thief = await PageClient.LoginAsync(fixture.Client.Http, "operator");
        PageClient owner = await PageClient.LoginAsync(fixture.Client.Http, "operator");
        string token = await fixture.Client.TokenAsync("operator");
        const string Fresh = "sandi baru yang panjang 7";
        using HttpResponseMessage changed = await owner.PostAsync("/akun/sandi", ("lama", ApiClient.Password), ("baru", Fresh), ("ulang", Fresh));
        Assert.Equal("/akun?sandi=baru", changed.Headers.Location?.OriginalString);
        using HttpResponseMessage kept = await owner.GetAsync("/akun");
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        using HttpResponseMessage ended = await thief.GetAsync("/akun");
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        using HttpResponseMessage api = await fixture.Client.SendAsync(null, HttpMethod.Get, "inbox", null, null, ("Authorization", "Bearer " + token));
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
    }

    [Theory]
    [InlineData("a%0d%0aX-Evil%3A 1.docx")]
    [InlineData("a\"b;c.docx")]
    [InlineData("../../etc/passwd.docx")]
    [InlineData("a\r\nX-Evil: 1.docx")]
    [InlineData("=cmd|' /C calc'!A0.docx")]
    [InlineData("<script>alert(1)</script>.docx")]
    public async Task A_file_name_stays_a_name_in_what_is_sent_back(string fileName)
    {
        Guid draft = await fixture.NewDraftAsync();
        using HttpResponseMessage stored = await fixture.Client.DraftAsync("staf", draft, fileName, fixture.Docx);
        if (!stored.IsSuccessStatusCode)
        {
            Assert.InRange((int)stored.StatusCode, 400, 422);
            return;
        }

        using HttpResponseMessage api = await fixture.Client.GetAsync("staf", $"letters/{draft}/draft");
        using HttpResponseMessage page = await fixture.Page.GetAsync($"/surat/{draft}/konsep");
        foreach (HttpResponseMessage download in new[] { api, page })
        {
            Assert.Equal(HttpStatusCode.OK, download.StatusCode);
            Assert.DoesNotContain(download.Headers, h => h.Key == "X-Evil");
            string name = download.Content.Headers.ContentDisposition!.FileName!.Trim('"');
            Assert.DoesNotContain('/', name);
            Assert.DoesNotContain("..", name, StringComparison.Ordinal);
            Assert.EndsWith(".docx", name, StringComparison.Ordinal);
            Assert.Contains("private", download.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }

        using HttpResponseMessage screen = await fixture.Page.GetAsync($"/surat/{draft}");
        Assert.DoesNotContain("<script>", await screen.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_strange_host_name_is_repeated_nowhere()
    {
        foreach (string path in new[] { "/", "/masuk", "/verifikasi", "/openapi/v1.json", "/api/v1/verify/ABCDEFGH", "/akun" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "evil.example" } };
            request.Headers.Add("X-Forwarded-Host", "evil.example");
            using HttpResponseMessage response = await fixture.Client.Http.SendAsync(request);
            Assert.DoesNotContain("evil.example", response.ToString() + await response.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }
    }
}
