using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Tera.EndToEnd.Hostile;

/// <summary>Every hostile input has its clear answer, the product lives on, and nothing that was there is changed.</summary>
[Collection(HostileProduct.Name)]
public sealed class HostileInputTests(HostileFixture fixture)
{
    public static TheoryData<string> Names => [.. HostileTable.All.Select(input => input.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_hostile_input_has_its_clear_answer_and_changes_nothing(string name)
    {
        HostileInput input = HostileTable.All.Single(i => i.Name == name);
        using HttpResponseMessage response = await input.Send(fixture);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(input.Statuses.Contains((int)response.StatusCode), $"{(int)response.StatusCode}: {(body.Length > 2000 ? body[..2000] : body)}");
        // 414 and 431 are the server's own, before any of our code.
        if ((int)response.StatusCode is >= 400 and not (405 or 414 or 431))
        {
            JsonNode problem = JsonNode.Parse(body)!;
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.False(string.IsNullOrWhiteSpace((string?)problem["detail"]));
            Assert.False(string.IsNullOrWhiteSpace((string?)problem["reason"]));
        }

        Assert.DoesNotContain("   at Tera.", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
        Assert.Equal(fixture.Before, await fixture.StateAsync());
    }

    [Theory]
    [InlineData("not a PDF", "unreadable")]
    [InlineData("a PDF cut in half", "unreadable unsigned changed")]
    [InlineData("a PDF with a broken cross reference", "unreadable unsigned")]
    [InlineData("nothing", "unreadable")]
    public async Task A_damaged_file_gets_a_verdict(string what, string verdicts)
    {
        byte[] file = what switch
        {
            "not a PDF" => "hello"u8.ToArray(),
            "a PDF cut in half" => fixture.Pdf[..(fixture.Pdf.Length / 2)],
            "nothing" => [],
            _ => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(fixture.Pdf).Replace("startxref\n", "startxref\n9", StringComparison.Ordinal)),
        };
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };
        JsonNode answer = await fixture.Client.JsonAsync(fixture.Client.SendAsync(null, HttpMethod.Post, "verify", content));
        Assert.Contains((string)answer["verdict"]!, verdicts.Split(' '));
        Assert.NotEmpty((string)answer["sentenceId"]!);
    }

    [Fact]
    public async Task Script_in_every_text_field_is_kept_as_text_and_never_runs()
    {
        const string Script = "<script>alert(1)</script> & \"quotes\" 'x' ${jndi:ldap://x}";
        JsonNode page = await fixture.Client.JsonAsync(fixture.Client.PostAsync(
            "staf", "cases", new { sop = "lamandau/naskah-keluar-tte-bupati", title = Script }, Guid.NewGuid().ToString()));
        Assert.Equal(Script, (string)page["title"]!);
        foreach (string path in new[] { "/", $"/kasus/{page["id"]}", "/surat" })
        {
            using HttpResponseMessage response = await fixture.Page.GetAsync(path);
            string html = await response.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.DoesNotContain("<script>alert", html, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("script-src 'self';", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_decisions_at_the_same_moment_become_one()
    {
        Guid id = await fixture.NewReviewAsync();
        (long version, JsonNode? task) = await fixture.OpenAsync("kabag", id, "reviu");
        object act = new { version, outcome = "ya", seenHash = (string)task!["documentHash"]! };
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => fixture.Client.PostAsync("kabag", $"cases/{id}/steps/reviu", act, $"{id}-{i}")));
        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.OK), a => Assert.Equal(HttpStatusCode.Conflict, a.StatusCode));
        JsonNode page = await fixture.Client.CaseAsync("staf", id);
        Assert.Single(page["history"]!.AsArray(), h => (string)h!["stepId"]! == "reviu");
    }

    [Fact]
    public void What_the_product_keeps_is_for_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are of Unix.");
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Assert.All(["authority", "office"], floor => Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(fixture.Product.DataFolder, floor))));
        }
    }

    [Fact]
    public async Task A_guesser_behind_the_proxy_does_not_lock_out_the_others()
    {
        for (int guess = 0; guess < 60; guess++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await FromAsync("203.0.113.1"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await FromAsync("203.0.113.1"));
        Assert.Equal(HttpStatusCode.Unauthorized, await FromAsync("203.0.113.2"));

        async Task<HttpStatusCode> FromAsync(string address)
        {
            using var content = new StringContent("{\"username\":\"bukan nama\",\"password\":\"salah\"}", Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await fixture.Client.SendAsync(null, HttpMethod.Post, "session", content, null, ("X-Forwarded-For", address));
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_form_sent_twice_answers_as_the_first_time_and_does_nothing_again()
    {
        Guid id = await fixture.NewReviewAsync();
        (long version, JsonNode? task) = await fixture.OpenAsync("kabag", id, "reviu");
        object act = new { version, outcome = "ya", seenHash = (string)task!["documentHash"]! };
        JsonNode first = await fixture.Client.JsonAsync(fixture.Client.PostAsync("kabag", $"cases/{id}/steps/reviu", act, $"{id}-same"));
        JsonNode second = await fixture.Client.JsonAsync(fixture.Client.PostAsync("kabag", $"cases/{id}/steps/reviu", act, $"{id}-same"));
        Assert.Equal((long)first["version"]!, (long)second["version"]!);
        using HttpResponseMessage stale = await fixture.Client.PostAsync("kabag", $"cases/{id}/steps/reviu", act, $"{id}-other");
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
    }
}
