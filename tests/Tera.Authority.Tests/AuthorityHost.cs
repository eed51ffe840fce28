using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tera.Authority.Vault;

namespace Tera.Authority.Tests;

/// <summary>The authority in a real Kestrel on loopback, with a data folder of its own; it can be stopped and started again.</summary>
internal sealed class AuthorityHost : IAsyncDisposable
{
    public const string PublicHost = "http://127.0.0.1";
    private readonly AuthorityOptions options;
    private WebApplication? running;

    private AuthorityHost(AuthorityOptions options) => this.options = options;

    public TestTime Time { get; } = new();

    public CapturedLog Log { get; } = new();

    public string DataFolder => options.DataFolder;

    public AuthorityOptions Options => options;

    public Uri Address { get; private set; } = new(PublicHost);

    public IServiceProvider Services => running!.Services;

    public static async Task<AuthorityHost> StartAsync(AuthorityDatabase? database = null, Func<AuthorityOptions, AuthorityOptions>? change = null)
    {
        // In memory where there is such a folder: every commit is flushed, and the disk is not what is tested.
        var parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var folder = Directory.CreateDirectory(Path.Combine(parent, "tera-authority-" + Guid.NewGuid().ToString("N"))).FullName;
        var standard = new AuthorityOptions
        {
            DataFolder = folder,
            PublicBaseUrl = new Uri("http://tera.example"),
            Database = database,
            Kdf = new KdfParameters(Iterations: 1, MemoryKiB: 256, Lanes: 1),
            Clients =
            [
                AuthorityClient.Office(folder),
                new AuthorityClient("other", Path.Combine(folder, "clients", "other.secret"), [AuthorityClient.ServiceScope, AuthorityClient.EnrolmentScope]),
                new AuthorityClient("signer", Path.Combine(folder, "clients", "signer.secret"), [AuthorityClient.ServiceScope]),
            ],
            Rates = new RateLimits { PerAddress = 100_000, PerClient = 100_000, TokensPerAddress = 100_000 },
        };
        var host = new AuthorityHost(change?.Invoke(standard) ?? standard);
        await host.StartAgainAsync();
        return host;
    }

    public Task StartAgainAsync() => StartAgainAsync(x => x);

    public async Task StartAgainAsync(Func<AuthorityOptions, AuthorityOptions> change)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = options.DataFolder });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddAuthority(change(options));
        running = builder.Build();
        running.MapAuthority();
        await running.StartAsync();
        Address = new Uri(running.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async Task StopAsync()
    {
        if (running is not null)
        {
            await running.StopAsync();
            await running.DisposeAsync();
            running = null;
        }
    }

    public async Task<ApiClient> ClientAsync(string clientId = AuthorityClient.OfficeClientId, string? scope = null)
    {
        var secret = await File.ReadAllTextAsync(Path.Combine(DataFolder, "clients", clientId + ".secret"));
        return await ApiClient.LogInAsync(Address, clientId, secret.Trim(), scope);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(DataFolder, recursive: true);
    }
}

/// <summary>Everything that was logged, at every level, in one text.</summary>
internal sealed class CapturedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = new();

    public string Text => string.Join('\n', lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
