using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tera.EndToEnd.Product;

/// <summary>kill -9 at random moments: every case goes on, no number is used twice or lost, no mail goes twice, no file is half written.</summary>
public sealed partial class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;

    /// <summary>A kill while nothing moves tells little: the next one waits for the next step, but not for ever.</summary>
    private static readonly TimeSpan NoStep = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Twenty_kills_during_the_demo_lose_nothing_and_do_nothing_twice()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("TERA_KILL_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out int given)
            ? given
            : RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"seed {seed}; TERA_KILL_SEED repeats it");
        string results = Directory.CreateTempSubdirectory("tera-kill-").FullName;
        await using TeraProcess product = await TeraProcess.StartAsync();
        var storm = new KillStorm(product, new Random(seed), output);
        var cases = new List<JsonElement>();
        int runs = 0;
        while (storm.Killed < Kills)
        {
            runs++;
            var steps = new BlockingCollection<string>();
            Task<(int Code, string Output, string Error)> demo = TeraProcess.RunAsync(
                TimeSpan.FromMinutes(8), steps.Add,
                "demo", "--json", "--out", Path.Combine(results, $"run-{runs}"), "--url", product.Url.ToString(), "--key", string.Create(CultureInfo.InvariantCulture, $"kill-{runs}"));
            await storm.RageAsync(demo, steps, Kills, NoStep);
            (int code, string text, string error) = await demo;
            Assert.True(code == 0, $"run {runs} after {storm.Killed} kills ended with {code}: {error}\n{Tail(product.Log)}");
            using JsonDocument document = JsonDocument.Parse(text);
            cases.AddRange(document.RootElement.EnumerateArray().Select(e => e.Clone()));
        }

        output.WriteLine($"{storm.Killed} kills, {runs} runs, {cases.Count} cases");
        Assert.All(cases, AssertWentOnceThroughEveryStep);
        await AssertSignaturesHoldAsync(product, results);
        AssertNothingTemporaryIsLeft(product);
        product.Kill();
        Assert.Empty(await storm.LeftOverAsync());
        OfficeFile.AssertRegisterHasNoGap(product.DataFolder, cases);
        OfficeFile.AssertEveryMailWentOnce(product.DataFolder, cases, output);
        AssertDocumentsAreWhole(product);
        await AuthorityFolder.AssertAuditLogHoldsAsync(product.DataFolder, product.Url);
        Directory.Delete(results, recursive: true);
    }

    /// <summary>One return and one redo, as without kills; no step was recorded twice.</summary>
    private static void AssertWentOnceThroughEveryStep(JsonElement item)
    {
        Assert.Equal("selesai", item.GetProperty("state").GetString());
        string[] steps = [.. item.GetProperty("steps").EnumerateArray()
            .Select(s => $"{s.GetProperty("id")} {s.GetProperty("actor")} round {s.GetProperty("round")}")];
        Assert.Equal(steps.Distinct(), steps);
        bool lamandau = item.GetProperty("sop").GetString()!.StartsWith("lamandau/", StringComparison.Ordinal);
        Assert.Equal(lamandau ? 15 : 9, steps.Length);
        Assert.Equal(lamandau ? 1 : 4, item.GetProperty("documents")[0].GetProperty("signatures").GetInt32());
    }

    private static async Task AssertSignaturesHoldAsync(TeraProcess product, string results)
    {
        string[] files = Directory.GetFiles(results, "*.pdf", SearchOption.AllDirectories);
        string root = Path.Combine(results, "root.cer");
        await File.WriteAllBytesAsync(root, await product.DownloadAsync("ca/root.cer"));
        (int code, string text, string error) = await TeraProcess.RunAsync(TimeSpan.FromMinutes(1), ["verify", "--trust", root, "--json", .. files]);
        Assert.True(code == 0, text + error);
        using JsonDocument verdicts = JsonDocument.Parse(text);
        Assert.Equal(files.Length, verdicts.RootElement.GetArrayLength());
        Assert.All(verdicts.RootElement.EnumerateArray(), v => Assert.Equal("TOTAL_PASSED", v.GetProperty("verdict").GetString()));
        foreach (string pdf in files)
        {
            (int checkedCode, string said) = await ForeignTool.RunAsync("qpdf", "--check", pdf);
            Assert.True(checkedCode == 0, said);
        }
    }

    private static void AssertDocumentsAreWhole(TeraProcess product)
    {
        string[] files = Directory.GetFiles(Path.Combine(product.DataFolder, "office", "documents"), "*", SearchOption.AllDirectories)
            .Where(f => HexName().IsMatch(Path.GetFileName(f))).ToArray();
        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.Equal(Path.GetFileName(f), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))));
    }

    /// <summary>What killed processes left of letters in work folders, the next start took away.</summary>
    private static void AssertNothingTemporaryIsLeft(TeraProcess product)
    {
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(product.DataFolder, "office", "pdf-work")));
        Assert.Equal(
            ["profile"],
            Directory.GetDirectories(Path.Combine(product.DataFolder, "office", "converter", "worker-0")).Select(f => Path.GetFileName(f)!));
    }

    private static string Tail(string log) => log.Length > 4000 ? log[^4000..] : log;

    [GeneratedRegex(@"^[0-9a-f]{64}$")]
    private static partial Regex HexName();
}
