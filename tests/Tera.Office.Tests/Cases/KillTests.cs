using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Cases;
using Tera.Office.Cases.Outbox;
using Tera.Office.Storage;
using Tera.Office.Tests.Storage;
using Tera.Testing.Databases;

namespace Tera.Office.Tests.Cases;

/// <summary>A real process, really killed (SIGKILL): what it left is taken up by the next.</summary>
public sealed class KillTests(PostgresServer server)
{
    private const string FolderVariable = "TERA_KILL_FOLDER";
    private const string PlaceVariable = "TERA_KILL_PLACE";

    [Theory]
    [InlineData("outbox")]
    [InlineData("transaction")]
    public async Task A_killed_office_loses_nothing_and_does_nothing_twice(string place)
    {
        OfficeOptions options = await TestOffice.OptionsAsync(Database.Sqlite, server);
        await KillWhenReachedAsync(options.DataFolder, place);

        EffectLog log = null!;
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => log = FakeEffects.AddTo(services), options);
        var clerk = new Clerk(office);
        Guid id = Assert.Single(await clerk.Desk.MineAsync(await clerk.AsAsync("stafdinas"), 10, default)).Id;
        await clerk.DrainAsync();
        CasePage page = await clerk.PageAsync("stafdinas", id);
        if (place == "transaction")
        {
            Assert.Empty(page.History); // the act that was cut off has left nothing; it can be done again
            Assert.Equal("paraf4", Assert.Single((await clerk.DoAsync("stafdinas", id, "buat", "kirim")).Open).StepId);
            return;
        }

        Assert.Equal("buat", Assert.Single(page.Open).StepId); // its effect is still leased to the dead process
        office.Clock.Advance(OutboxQueue.Lease);
        await clerk.DrainAsync();
        Assert.Equal("paraf4", Assert.Single((await clerk.PageAsync("stafdinas", id)).Open).StepId);
        Assert.Single((await clerk.PageAsync("stafdinas", id)).History);
        Assert.Equal(["dok.cek_tata_naskah", "dok.siapkan_bidang_ttd"], log.Names); // the acts of the dead process are not done again
    }

    /// <summary>The other process: runs into the place where it is killed. Never part of an ordinary run.</summary>
    [Fact(Explicit = true)]
    public async Task Child()
    {
        string folder = Environment.GetEnvironmentVariable(FolderVariable)!;
        string place = Environment.GetEnvironmentVariable(PlaceVariable)!;
        OfficeOptions options = await TestOffice.OptionsAsync(Database.Sqlite, server) with
        {
            DataFolder = folder,
            Database = new DatabaseChoice.Sqlite(Path.Combine(folder, "office.db")),
        };
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services =>
        {
            EffectLog log = FakeEffects.AddTo(services, place == "outbox" ? "dok.cek_tata_naskah" : "");
            if (place == "outbox")
            {
                services.AddSingleton<IOutboxEffect>(new Endless("dok.cek_tata_naskah", folder));
            }
            else
            {
                log.OnPrepare = act => act.EffectKey.EndsWith("nomor.pesan", StringComparison.Ordinal)
                    ? new PreparedEffect.Ready((_, _) => Endless.ForeverAsync(folder)) : null;
            }
        }, options);
        var clerk = new Clerk(office);
        Guid id = await clerk.StartAsync("stafdinas", "purwakarta/penggunaan-tte");
        await clerk.DoAsync("stafdinas", id, "buat", "kirim");
    }

    private static async Task KillWhenReachedAsync(string folder, string place)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { [FolderVariable] = folder, [PlaceVariable] = place },
        };
        string assembly = typeof(KillTests).Assembly.Location;
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(assembly);
        }

        foreach (string argument in new[] { "-explicit", "only", "-method", $"{typeof(KillTests).FullName}.{nameof(Child)}" })
        {
            start.ArgumentList.Add(argument);
        }

        using Process child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        var waited = Stopwatch.StartNew();
        while (!File.Exists(Path.Combine(folder, Endless.Reached)))
        {
            Assert.False(child.HasExited, child.HasExited ? await output : "");
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(90), "The other process never came to the place.");
            await Task.Delay(50);
        }

        child.Kill(entireProcessTree: false); // SIGKILL; its database server notices the closed pipe and ends too
        await child.WaitForExitAsync();
    }

    private sealed class Endless(string name, string folder) : IOutboxEffect
    {
        public const string Reached = "reached";

        public string Name => name;

        public Task<EffectResult> RunAsync(OutboxContext context, CancellationToken cancellation) => ForeverAsync(folder);

        public static async Task<EffectResult> ForeverAsync(string folder)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, Reached), "");
            await Task.Delay(Timeout.Infinite);
            return EffectResult.Ok;
        }
    }
}
