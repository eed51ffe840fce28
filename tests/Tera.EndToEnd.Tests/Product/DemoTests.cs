using System.Globalization;
using System.Text.Json;
using Tera.Testing.Databases;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Tera.EndToEnd.Product;

/// <summary>`tera demo` as somebody at a shell starts it: on SQLite, on PostgreSQL, on office and authority apart.</summary>
public sealed class DemoTests(PostgresServer postgres)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task The_demo_needs_nobody_and_leaves_letters_that_hold()
    {
        string folder = Directory.CreateTempSubdirectory("tera-demo-test-").FullName;
        string data = Path.Combine(folder, "data"), results = Path.Combine(folder, "out");
        (int code, string text, string error) = await TeraProcess.RunAsync(Limit, "demo", "--json", "--out", results, "--data", data);
        Assert.True(code == 0, error);
        AssertReport(text, results);
        await using (TeraProcess product = await TeraProcess.StartVerbAsync("serve", data))
        {
            await SignedLetters.AssertHoldAsync(product, product, results);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task On_PostgreSQL_the_demo_runs_the_same()
    {
        await using TeraProcess product = await TeraProcess.StartAsync(
            "--office-db", await postgres.CreateDatabaseAsync(), "--authority-db", await postgres.CreateDatabaseAsync());
        Assert.False(File.Exists(Path.Combine(product.DataFolder, "office", "office.db")));
        Assert.False(File.Exists(Path.Combine(product.DataFolder, "authority", "authority.db")));
        await DriveAsync(product, product);
    }

    [Fact]
    public async Task Office_and_authority_run_as_two_processes()
    {
        await using TeraProcess authority = await TeraProcess.StartVerbAsync("authority", Directory.CreateTempSubdirectory("tera-authority-").FullName);
        await using TeraProcess office = await TeraProcess.StartVerbAsync(
            "office", Directory.CreateTempSubdirectory("tera-office-").FullName,
            "--authority", authority.Url.ToString(), "--authority-secret", Path.Combine(authority.DataFolder, "authority", "clients", "tera-office.secret"));
        Assert.False(Directory.Exists(Path.Combine(office.DataFolder, "authority")));
        Assert.False(Directory.Exists(Path.Combine(authority.DataFolder, "office")));
        await DriveAsync(office, authority);
    }

    [Fact]
    public async Task An_unusable_call_ends_with_2_and_one_line()
    {
        string folder = Directory.CreateTempSubdirectory("tera-calls-").FullName;
        string file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "");
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        string port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        (string Says, string[] Call)[] calls =
        [
            ("--frobnicate", ["serve", "--frobnicate"]),
            ("--frobnicate", ["demo", "--frobnicate"]),
            ("frobnicate", ["frobnicate"]),
            ("--data", ["serve", "--data"]),
            ("--listen", ["serve", "--listen", "ftp://127.0.0.1"]),
            ("no/such-sop", ["demo", "--sop", "no/such-sop"]),
            ("already in use", ["serve", "--data", Path.Combine(folder, "data"), "--listen", $"http://127.0.0.1:{port}"]),
            ("data folder", ["serve", "--data", Path.Combine(file, "data")]),
            ("data folder", ["serve", "--data", "/proc"]),
            ("data folder", ["demo", "--data", Path.Combine(file, "data")]),
            (file, ["demo", "--out", Path.Combine(file, "out")]),
        ];
        foreach ((string says, string[] call) in calls)
        {
            (int code, string output, string error) = await TeraProcess.RunAsync(TimeSpan.FromMinutes(1), call);
            Assert.True(code == 2, $"{string.Join(' ', call)}: {code} {error}");
            Assert.Equal("", output);
            string[] lines = [.. error.Split('\n').Where(line => !IsLog(line))];
            Assert.True(lines.Length == 1, error);
            Assert.Contains(says, lines[0], StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task DriveAsync(TeraProcess office, TeraProcess authority)
    {
        string results = Directory.CreateTempSubdirectory("tera-demo-out-").FullName;
        (int code, string text, string error) = await TeraProcess.RunAsync(Limit, "demo", "--json", "--out", results, "--url", office.Url.ToString());
        Assert.True(code == 0, error + office.Log);
        AssertReport(text, results);
        await SignedLetters.AssertHoldAsync(office, authority, results);
        Directory.Delete(results, recursive: true);
    }

    /// <summary>The contract of the command line: every member it names, of its kind.</summary>
    private static void AssertReport(string text, string results)
    {
        using JsonDocument report = JsonDocument.Parse(text);
        JsonElement[] cases = [.. report.RootElement.EnumerateArray()];
        Assert.Equal(["lamandau/naskah-keluar-tte-bupati", "purwakarta/penggunaan-tte"], cases.Select(c => c.GetProperty("sop").GetString()!));
        foreach (JsonElement item in cases)
        {
            Assert.Equal("selesai", item.GetProperty("state").GetString());
            Assert.NotEqual("", item.GetProperty("case").GetString());
            JsonElement[] steps = [.. item.GetProperty("steps").EnumerateArray()];
            Assert.All(steps, step => Assert.All((string[])["id", "nomor", "actor", "outcome"], name => Assert.NotEqual("", step.GetProperty(name).GetString())));
            int returned = Array.FindIndex(steps, step => step.GetProperty("outcome").GetString() == "tidak");
            Assert.InRange(returned, 1, steps.Length - 2);
            string first = steps[returned + 1].GetProperty("id").GetString()!;
            Assert.Contains(steps[..returned], step => step.GetProperty("id").GetString() == first); // done again after the return
            Assert.Contains(steps[(returned + 1)..], step => step.GetProperty("id").GetString() == steps[returned].GetProperty("id").GetString() && step.GetProperty("outcome").GetString() == "ya");
            JsonElement document = Assert.Single(item.GetProperty("documents").EnumerateArray());
            string file = document.GetProperty("file").GetString()!;
            Assert.Equal(results, Path.GetDirectoryName(file));
            Assert.True(File.Exists(file), file);
            Assert.Equal(SignedLetters.Signatures[Path.GetFileName(file)], document.GetProperty("signatures").GetInt32());
        }
    }

    /// <summary>A line of the log, as the console writes it: time, then level.</summary>
    private static bool IsLog(string line) => line.Length > 9 && line[2] == ':' && line[5] == ':';
}
