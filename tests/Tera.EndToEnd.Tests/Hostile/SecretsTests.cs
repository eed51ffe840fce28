using System.Text;
using System.Text.Json.Nodes;

namespace Tera.EndToEnd.Hostile;

/// <summary>A passphrase is in memory while it is used, and nowhere else: not in a file of the data folder, not in the log, not in an answer.</summary>
[Collection(HostileProduct.Name)]
public sealed class SecretsTests(HostileFixture fixture)
{
    private const string Canary = "kenari-kuning-7g4w-di-tambang";

    [Fact]
    public async Task A_passphrase_is_in_no_file_and_in_no_log()
    {
        byte[] signed = await fixture.SignedAsync(); // with the right passphrase
        Assert.NotEmpty(signed);
        Guid id = await fixture.NewReviewAsync();
        (string signer, string step) = await fixture.UpToSigningAsync(id);
        var answers = new List<string>();
        using (HttpResponseMessage wrong = await fixture.SignAsync(signer, id, step, Canary))
        {
            answers.Add(await wrong.Content.ReadAsStringAsync());
            Assert.Equal("wrong_passphrase", (string?)JsonNode.Parse(answers[0])!["reason"]);
        }

        PageClient person = await PageClient.LoginAsync(fixture.Client.Http, signer);
        foreach (Task<HttpResponseMessage> sending in new[]
        {
            // Where it is not asked for, at the door, in the wrong member, in the wrong shape, at the authority.
            person.PostAsync($"/kasus/{id}/langkah/{step}", ("hasil", "ya"), ("versi", "1"), ("kunci", "kenari"), ("frasa", Canary)),
            person.PostAsync("/akun/sandi", ("lama", Canary), ("baru", Canary + "1"), ("ulang", Canary + "1")),
            PageClient.Stranger(fixture.Client.Http).PostRawAsync("/masuk", ("nama", "wabup"), ("sandi", Canary)),
            fixture.Client.PostAsync(null, "session", new { username = "wabup", password = Canary }),
            fixture.Client.PostAsync("kabag", $"cases/{fixture.Review}/steps/reviu", new { version = 1, outcome = "ya", passphrase = Canary }, "kenari-1"),
            fixture.Client.RawAsync("kabag", HttpMethod.Post, $"cases/{fixture.Review}/steps/reviu", $$"""{"version":1,"outcome":"ya","passphrase":"{{Canary}}","passphrase":1}"""),
            fixture.Client.RawAsync("kabag", HttpMethod.Post, $"cases/{fixture.Review}/steps/reviu", $$"""{"version":1,"outcome":"ya","passphrase":["{{Canary}}"]}"""),
            fixture.Client.RawAsync("kabag", HttpMethod.Post, $"cases/{fixture.Review}/steps/reviu", $$"""{"version":"{{Canary}}"}"""),
            fixture.Client.Http.PostAsync("/csc/v2/credentials/authorize", new StringContent($$"""{"authData":[{"id":"PIN","value":"{{Canary}}"}]}""", Encoding.UTF8, "application/json")),
            fixture.Client.Http.PostAsync("/enrolment/v1/credentials/x/passphrase", new StringContent($$"""{"passphrase":"{{Canary}}"}""", Encoding.UTF8, "application/json")),
            fixture.Client.Http.PostAsync("/csc/v2/oauth2/token", new StringContent($"grant_type=client_credentials&client_id=tera-office&client_secret={Canary}", Encoding.UTF8, "application/x-www-form-urlencoded")),
        })
        {
            using HttpResponseMessage answer = await sending;
            Assert.False(answer.IsSuccessStatusCode);
            answers.Add(answer + await answer.Content.ReadAsStringAsync());
        }

        Assert.All(answers, answer => Assert.DoesNotContain(Canary, answer, StringComparison.OrdinalIgnoreCase));
        // The search finds what is there: a title.
        Assert.NotEmpty(await FilesWithAsync(Encoding.UTF8.GetBytes("Naskah uji")));
        foreach (string secret in new[] { Canary, ApiClient.Passphrase, ApiClient.Password })
        {
            Assert.DoesNotContain(secret, fixture.Product.Log, StringComparison.OrdinalIgnoreCase);
            byte[] utf8 = Encoding.UTF8.GetBytes(secret);
            string[] written = [Convert.ToBase64String(utf8)[..20], Convert.ToHexString(utf8), Convert.ToHexStringLower(utf8)];
            Assert.Empty(await FilesWithAsync([utf8, Encoding.Unicode.GetBytes(secret), .. written.Select(Encoding.ASCII.GetBytes)]));
        }
    }

    private async Task<List<string>> FilesWithAsync(params byte[][] forms)
    {
        var found = new List<string>();
        foreach (string file in Directory.EnumerateFiles(fixture.Product.DataFolder, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content);
            byte[] bytes = content.ToArray();
            if (forms.Any(form => bytes.AsSpan().IndexOf(form) >= 0))
            {
                found.Add(file);
            }
        }

        return found;
    }
}
