using System.Text.Json.Nodes;
using Tera.EndToEnd.Hostile;

namespace Tera.EndToEnd.Product;

/// <summary>Carries a Lamandau letter step by step over REST, as the people of the demo agency would.</summary>
internal sealed class LetterDriver(ApiClient client, Guid id)
{
    public const string Sop = "lamandau/naskah-keluar-tte-bupati";

    public Guid Id => id;

    /// <summary>A letter whose PDF waits for the review by the Kabag.</summary>
    public static async Task<LetterDriver> RegisterAsync(ApiClient client, string title)
    {
        JsonNode page = await client.JsonAsync(client.PostAsync("staf", "cases", new { sop = Sop, title }, Guid.NewGuid().ToString()));
        var letter = new LetterDriver(client, (Guid)page["id"]!);
        await client.JsonAsync(client.PutAsync("staf", $"letters/{letter.Id}/template", new { templateId = "bupati-undangan" }));
        await letter.ActAsync("staf", "templat");
        await client.JsonAsync(client.DraftAsync("staf", letter.Id, "konsep.docx", await letter.DraftAsync("isi")));
        await letter.ActAsync("staf", "sunting");
        await client.JsonAsync(client.PutAsync("staf", $"letters/{letter.Id}/registration", HostileFixture.Registration(title)));
        await letter.ActAsync("staf", "registrasi");
        await letter.WaitAsync("kabag", "reviu");
        return letter;
    }

    /// <summary>The template with every blank filled by a word.</summary>
    public async Task<byte[]> DraftAsync(string word) =>
        DocxForge.Edit(await client.BytesAsync("staf", "letters/templates/bupati-undangan/file"), "word/document.xml", xml => xml.Replace("…", word, StringComparison.Ordinal));

    public Task<JsonNode> PageAsync() => client.CaseAsync("staf", id);

    public async Task<JsonNode> LetterAsync() => await client.JsonAsync(client.GetAsync("staf", $"letters/{id}"));

    /// <summary>The open step once the person may act on it and nothing is pending.</summary>
    public async Task<JsonNode> WaitAsync(string username, string step)
    {
        JsonNode? page = null;
        for (int i = 0; i < 600; i++)
        {
            page = await client.CaseAsync(username, id);
            if (page["pending"]!.AsArray().Count == 0 && page["open"]!.AsArray().FirstOrDefault(t => (string)t!["stepId"]! == step && (bool)t["mine"]!) is { } task)
            {
                return task;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{step} did not open for {username}: {page}");
    }

    /// <summary>Goes on: the outcome that returns nothing.</summary>
    public async Task<JsonNode> ActAsync(string username, string step, string? outcome = null, string? returnTo = null, string? reason = null, string? passphrase = null) =>
        await client.JsonAsync(SendAsync(username, step, outcome, returnTo, reason, passphrase));

    public async Task<HttpResponseMessage> SendAsync(string username, string step, string? outcome = null, string? returnTo = null, string? reason = null, string? passphrase = null)
    {
        JsonNode task = await WaitAsync(username, step);
        long version = (long)(await client.CaseAsync(username, id))["version"]!;
        outcome ??= (string)task["outcomes"]!.AsArray().First(o => o!["returnTargets"]!.AsArray().Count == 0)!["name"]!;
        return await client.PostAsync(
            username, $"cases/{id}/steps/{step}",
            new { version, outcome, returnTo, reason, seenHash = (string?)task["documentHash"], passphrase }, Guid.NewGuid().ToString());
    }

    public async Task SignAsync()
    {
        await WaitAsync("bupati", "tte");
        await client.JsonAsync(client.PostAsync("bupati", $"letters/{id}/prepare", new { }));
        await ActAsync("bupati", "tte", passphrase: ApiClient.Passphrase);
    }
}
