using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tera.EndToEnd.House;

namespace Tera.EndToEnd.Product;

/// <summary>kill -9 at random moments: every case goes on, no number is used twice or lost, no mail goes twice, no file is half written.</summary>
public sealed partial class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;

    [Fact]
    public async Task Twenty_kills_during_the_demo_lose_nothing_and_do_nothing_twice()
    {
        int seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        var random = new Random(seed);
        output.WriteLine($"seed {seed}");
        string results = Directory.CreateTempSubdirectory("tera-kill-").FullName;
        await using TeraProcess product = await TeraProcess.StartAsync();
        int killed = 0;
        int runs = 0;
        var cases = new List<JsonElement>();
        while (killed < Kills)
        {
            runs++;
            Task<(int Code, string Output, string Error)> demo = TeraProcess.RunAsync(
                TimeSpan.FromMinutes(8), "demo", "--json", "--out", results, "--url", product.Url.ToString(), "--key", string.Create(CultureInfo.InvariantCulture, $"kill-{runs}"));
            while (killed < Kills && !demo.IsCompleted)
            {
                await Task.WhenAny(demo, Task.Delay(random.Next(200, 2500)));
                if (demo.IsCompleted)
                {
                    break;
                }

                product.Kill();
                killed++;
                await product.LaunchAsync();
            }

            (int code, string text, string error) = await demo;
            Assert.True(code == 0, $"run {runs} after {killed} kills ended with {code}: {error}\n{Tail(product.Log)}");
            using JsonDocument document = JsonDocument.Parse(text);
            cases.AddRange(document.RootElement.EnumerateArray().Select(e => e.Clone()));
            Assert.All(document.RootElement.EnumerateArray(), c => Assert.Equal("selesai", c.GetProperty("state").GetString()));
        }

        output.WriteLine($"{killed} kills, {runs} runs, {cases.Count} cases");
        AssertNumbersAreUniqueAndWithoutGap(cases);
        AssertNoMailTwice(product, cases);
        AssertDocumentsAreWhole(product);
        foreach (string pdf in Directory.GetFiles(results, "*.pdf"))
        {
            (int code, string said) = await ForeignTool.RunAsync("qpdf", "--check", pdf);
            Assert.True(code == 0, said);
        }

        Directory.Delete(results, recursive: true);
    }

    private static void AssertNumbersAreUniqueAndWithoutGap(List<JsonElement> cases)
    {
        foreach (IGrouping<string, JsonElement> procedure in cases.GroupBy(c => c.GetProperty("sop").GetString()!))
        {
            string[] numbers = [.. procedure.Select(c => c.GetProperty("documents")[0].GetProperty("number").GetString()!)];
            Assert.Equal(numbers.Length, numbers.Distinct().Count());
            int[] sequence = [.. numbers.Select(n => int.Parse(SequencePart().Match(n).Groups["urut"].Value, CultureInfo.InvariantCulture)).Order()];
            Assert.Equal(Enumerable.Range(1, sequence.Length), sequence);
        }
    }

    private static void AssertNoMailTwice(TeraProcess product, List<JsonElement> cases)
    {
        string folder = Path.Combine(product.DataFolder, "mail", "new");
        string[] letters = [.. Directory.GetFiles(folder).Select(File.ReadAllText).Where(m => m.Contains("bappeda@nusacendana.example", StringComparison.Ordinal))];
        string[] ids = [.. letters.Select(m => MessageId().Match(m).Groups["id"].Value)];
        int expected = cases.Count(c => c.GetProperty("sop").GetString()!.StartsWith("lamandau/", StringComparison.Ordinal));
        Assert.Equal(expected, ids.Distinct().Count());
        Assert.Equal(expected, ids.Length);
    }

    private static void AssertDocumentsAreWhole(TeraProcess product)
    {
        string[] files = Directory.GetFiles(Path.Combine(product.DataFolder, "office", "documents"), "*", SearchOption.AllDirectories)
            .Where(f => HexName().IsMatch(Path.GetFileName(f))).ToArray();
        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.Equal(Path.GetFileName(f), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))));
    }

    private static string Tail(string log) => log.Length > 4000 ? log[^4000..] : log;

    [GeneratedRegex(@"^[^/]+/(?<urut>\d+)/")]
    private static partial Regex SequencePart();

    [GeneratedRegex(@"(?im)^Message-ID:\s*<?(?<id>[^>\s]+)")]
    private static partial Regex MessageId();

    [GeneratedRegex(@"^[0-9a-f]{64}$")]
    private static partial Regex HexName();
}
