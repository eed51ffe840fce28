using System.Text.Json.Nodes;
using Tera.EndToEnd.Product;

namespace Tera.EndToEnd.Hostile;

/// <summary>One running product with a letter still being drafted and a letter under review, for all rows of the table.</summary>
public sealed class HostileFixture : IAsyncLifetime
{
    private TeraProcess? _product;

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
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_product is not null)
        {
            await _product.DisposeAsync();
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
