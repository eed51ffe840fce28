using System.Text;
using System.Text.Json.Nodes;
using Tera.EndToEnd.Product;

namespace Tera.EndToEnd.Hostile;

/// <summary>One running product with a letter still being drafted and a letter under review, for all rows of the table.</summary>
public sealed class HostileFixture : IAsyncLifetime
{
    private TeraProcess? _product;
    private byte[]? _signed;

    internal ApiClient Client { get; private set; } = null!;

    internal TeraProcess Product => _product!;

    /// <summary>A Lamandau letter whose drafter has the step <c>sunting</c> open.</summary>
    public Guid Draft { get; private set; }

    /// <summary>A Lamandau letter that waits for the review by the Kabag, PDF made.</summary>
    public Guid Review { get; private set; }

    /// <summary>A proper docx made from a template.</summary>
    public byte[] Docx { get; private set; } = [];

    /// <summary>The PDF under review: unsigned.</summary>
    public byte[] Pdf { get; private set; } = [];

    /// <summary>What a reader sees of the two letters before any hostile input; it must stay so.</summary>
    internal string Before { get; private set; } = "";

    /// <summary>The drafter at the pages.</summary>
    internal PageClient Page { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _product = await TeraProcess.StartAsync();
        Client = new ApiClient(_product.Url);
        string template = (string)(await Client.JsonAsync(Client.GetAsync("staf", "letters/templates"))).AsArray()
            .First(t => (string)t!["kop"]! == "bupati" && (string)t["kind"]! == "undangan")!["id"]!;
        Docx = DocxForge.Fill(await Client.BytesAsync("staf", $"letters/templates/{template}/file"));
        Draft = await StartAsync("Naskah yang sedang disusun", template);
        Review = await StartAsync("Naskah yang sedang direviu", template);
        await Client.JsonAsync(Client.DraftAsync("staf", Review, "konsep.docx", Docx));
        await ActAsync("staf", Review, "sunting");
        await Client.JsonAsync(Client.PutAsync("staf", $"letters/{Review}/registration", Registration("Undangan Rapat")));
        await ActAsync("staf", Review, "registrasi");
        await WaitForAsync("kabag", Review, "reviu");
        Pdf = await Client.BytesAsync("kabag", $"letters/{Review}/pdf");
        await WaitForAsync("staf", Draft, "sunting");
        Page = await PageClient.LoginAsync(Client.Http, "staf");
        Before = await StateAsync();
    }

    /// <summary>The PDF of a letter that was signed in this product; signed once, when it is first asked for.</summary>
    internal async Task<byte[]> SignedAsync()
    {
        if (_signed is null)
        {
            Guid id = await NewReviewAsync();
            (string signer, string step) = await UpToSigningAsync(id);
            await Client.JsonAsync(SignAsync(signer, id, step, ApiClient.Passphrase));
            for (int i = 0; i < 600 && !(bool)(await Client.JsonAsync(Client.GetAsync("staf", $"letters/{id}")))["signed"]!; i++)
            {
                await Task.Delay(100);
            }

            _signed = await Client.BytesAsync("staf", $"letters/{id}/pdf");
        }

        return _signed;
    }

    /// <summary>Everything of the two letters that a reader can see.</summary>
    internal async Task<string> StateAsync()
    {
        var state = new StringBuilder();
        foreach (Guid id in new[] { Draft, Review })
        {
            state.Append(await Client.CaseAsync("staf", id)).Append(await Client.JsonAsync(Client.GetAsync("staf", $"letters/{id}")));
        }

        return state.ToString();
    }

    /// <summary>A letter of its own that is still being written.</summary>
    internal async Task<Guid> NewDraftAsync() =>
        await StartAsync("Naskah uji", (string)(await Client.JsonAsync(Client.GetAsync("staf", $"letters/{Review}")))["templateId"]!);

    /// <summary>A letter of its own, up to the review.</summary>
    internal async Task<Guid> NewReviewAsync()
    {
        Guid id = await NewDraftAsync();
        await Client.JsonAsync(Client.DraftAsync("staf", id, "konsep.docx", Docx));
        await ActAsync("staf", id, "sunting");
        await Client.JsonAsync(Client.PutAsync("staf", $"letters/{id}/registration", Registration("Undangan")));
        await ActAsync("staf", id, "registrasi");
        await WaitForAsync("kabag", id, "reviu");
        return id;
    }

    /// <summary>Takes a letter up its chain until somebody is to sign it.</summary>
    internal async Task<(string Username, string Step)> UpToSigningAsync(Guid id)
    {
        for (int i = 0; i < 600; i++)
        {
            foreach (string username in new[] { "kabag", "asisten", "sekda", "wabup", "bupati", "staf" })
            {
                using HttpResponseMessage seen = await Client.GetAsync(username, $"cases/{id}");
                JsonNode? page = seen.IsSuccessStatusCode ? JsonNode.Parse(await seen.Content.ReadAsStringAsync()) : null;
                if (page is null || page["pending"]!.AsArray().Count > 0 || page["open"]!.AsArray().FirstOrDefault(t => (bool)t!["mine"]!) is not { } task)
                {
                    continue;
                }

                if ((string)task["kind"]! == "tte")
                {
                    return (username, (string)task["stepId"]!);
                }

                await Client.JsonAsync(SignAsync(username, id, (string)task["stepId"]!, ApiClient.Passphrase));
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"Nobody is to sign: {await Client.CaseAsync("staf", id)}");
    }

    /// <summary>Goes on with a step as its person would: what is shown, all of the checklist, the passphrase where it is asked for.</summary>
    internal async Task<HttpResponseMessage> SignAsync(string username, Guid id, string step, string passphrase)
    {
        using (HttpResponseMessage prepared = await Client.PostAsync(username, $"letters/{id}/prepare", new { }))
        {
            // Only a step that signs needs it; the others refuse it.
        }

        JsonNode page = await Client.CaseAsync(username, id);
        JsonNode task = page["open"]!.AsArray().First(t => (string)t!["stepId"]! == step && (bool)t["mine"]!)!;
        JsonNode outcome = task["outcomes"]!.AsArray().First(o => o!["returnTargets"]!.AsArray().Count == 0)!;
        return await Client.PostAsync(
            username,
            $"cases/{id}/steps/{step}",
            new
            {
                version = (long)page["version"]!,
                outcome = (string)outcome["name"]!,
                seenHash = (string?)task["documentHash"],
                @checked = task["checklist"],
                passphrase = (bool)task["needsPassphrase"]! ? passphrase : null,
            },
            Guid.NewGuid().ToString());
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_product is not null)
        {
            // Every refusal was foreseen; what was not is logged as a failure, however clear its answer was.
            string[] failures = [.. _product.Log.Split('\n').Where(line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal))];
            await _product.DisposeAsync();
            Assert.True(failures.Length == 0, string.Join('\n', failures));
        }
    }

    internal static object Registration(
        string hal, string classification = "000.7.5", object[]? destinations = null, object[]? verifiers = null, string sifat = "Biasa", string kind = "undangan") => new
        {
            kind,
            hal,
            ringkas = "ringkas",
            sifat,
            urgensi = "Biasa",
            classification,
            mark = "qr",
            destinations = destinations ?? [new { kind = "external", name = "Bappeda", target = "bappeda@nusacendana.example" }],
            verifiers = verifiers ?? [],
        };

    /// <summary>The open step of a case as the person sees it.</summary>
    internal async Task<(long Version, JsonNode? Task)> OpenAsync(string username, Guid id, string step)
    {
        JsonNode page = await Client.CaseAsync(username, id);
        return ((long)page["version"]!, page["open"]!.AsArray().FirstOrDefault(t => (string)t!["stepId"]! == step));
    }

    internal async Task<JsonNode> WaitForAsync(string username, Guid id, string step)
    {
        for (int i = 0; i < 600; i++)
        {
            JsonNode page = await Client.CaseAsync(username, id);
            if (page["pending"]!.AsArray().Count == 0 && page["open"]!.AsArray().FirstOrDefault(t => (string)t!["stepId"]! == step && (bool)t["mine"]!) is { } task)
            {
                return task;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{step} did not open: {await Client.CaseAsync(username, id)}\n{Product.Log}");
    }

    internal async Task ActAsync(string username, Guid id, string step)
    {
        JsonNode task = await WaitForAsync(username, id, step);
        long version = (long)(await Client.CaseAsync(username, id))["version"]!;
        await Client.JsonAsync(Client.PostAsync(username, $"cases/{id}/steps/{step}", new { version, outcome = (string)task["outcomes"]![0]!["name"]! }, Guid.NewGuid().ToString()));
    }

    private async Task<Guid> StartAsync(string title, string template)
    {
        JsonNode page = await Client.JsonAsync(Client.PostAsync("staf", "cases", new { sop = "lamandau/naskah-keluar-tte-bupati", title }, Guid.NewGuid().ToString()));
        Guid id = (Guid)page["id"]!;
        await Client.JsonAsync(Client.PutAsync("staf", $"letters/{id}/template", new { templateId = template }));
        await ActAsync("staf", id, "templat");
        return id;
    }
}
