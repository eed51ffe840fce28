using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;
using Tera.Authority;
using Tera.Office;

namespace Tera.Door.Serve;

/// <summary>Which floors run in this process.</summary>
[Flags]
internal enum Floors
{
    Authority = 1,
    Office = 2,
    Both = Authority | Office,
}

/// <summary>Office and authority on one Kestrel (a trial), or one of them alone (production). They meet over HTTP in either case.</summary>
internal sealed class TeraServer : IAsyncDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly WebApplication _app;
    private readonly TrialMail? _mail;

    private TeraServer(WebApplication app, TrialMail? mail)
    {
        _app = app;
        _mail = mail;
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>Maildir of the trial, or null where mail goes to a real server.</summary>
    public string? MailFolder => _mail?.Folder;

    /// <param name="clock">Another clock than the machine's, to try what a later day brings; null otherwise.</param>
    public static async Task<TeraServer> StartAsync(ServeOptions options, Floors floors, CancellationToken cancellation, TimeProvider? clock = null)
    {
        CreateDataFolder(options.DataFolder, floors);
        TrialMail? mail = floors.HasFlag(Floors.Office) && options.Smtp is null
            ? await TrialMail.StartAsync(Path.Combine(options.DataFolder, "mail"), cancellation)
            : null;
        WebApplication? app = null;
        try
        {
            app = Build(options, floors, mail, clock ?? TimeProvider.System);
            await app.StartAsync(cancellation);
            return new TeraServer(app, mail);
        }
        catch (Exception failed)
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            mail?.Dispose();
            if (failed is IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException })
            {
                throw new UsageException($"{options.Listen} is already in use; --listen names another address");
            }

            throw;
        }
    }

    public Task WaitForShutdownAsync(CancellationToken cancellation) => _app.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _mail?.Dispose();
    }

    /// <summary>A loopback address nobody listens on.</summary>
    public static Uri FreeLoopbackAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
    }

    private static WebApplication Build(ServeOptions options, Floors floors, TrialMail? mail, TimeProvider clock)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        // Logs go to stderr: stdout belongs to the verbs that print an answer.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Tera", LogLevel.Information);
        // It warns that keys lie unwrapped; the data folder is for its owner alone (0700), and docs/operator.md says what to guard.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls(options.Listen.GetLeftPart(UriPartial.Authority));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The largest body anybody may send; endpoints set lower limits of their own.
            kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
        });
        builder.Services.AddSingleton(clock);

        if (floors.HasFlag(Floors.Authority))
        {
            builder.Services.AddAuthority(new AuthorityOptions
            {
                DataFolder = Path.Combine(options.DataFolder, "authority"),
                PublicBaseUrl = options.PublicBaseUrl,
                Database = options.AuthorityDatabase is { } connection ? AuthorityDatabase.PostgreSql(connection) : null,
            });
        }

        if (floors.HasFlag(Floors.Office))
        {
            builder.Services.AddOffice(new OfficeOptions
            {
                DataFolder = Path.Combine(options.DataFolder, "office"),
                SopFolder = Path.Combine(AppContext.BaseDirectory, "sop"),
                Database = options.OfficeDatabase is { } connection
                    ? new DatabaseChoice.PostgreSql(connection)
                    : new DatabaseChoice.Sqlite(Path.Combine(options.DataFolder, "office", "office.db")),
                PublicBaseUrl = options.PublicBaseUrl,
                AuthorityBaseUrl = options.AuthorityBaseUrl,
                AuthorityClientSecretFile = options.AuthoritySecretFile,
                Smtp = options.Smtp is { } smtp
                    ? new SmtpChoice(smtp.Host, smtp.Port, smtp.From)
                    : new SmtpChoice("127.0.0.1", mail!.Port, "tera@localhost"),
                SeedDemoAgency = options.DemoAgency,
            });
        }

        WebApplication app = builder.Build();
        // A proxy on this host says who asked and how; from anybody else the headers mean nothing. Without it one guesser behind the proxy
        // would use up the attempts of everybody.
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = 1 });
        if (floors.HasFlag(Floors.Office))
        {
            app.UseOffice();
        }

        app.MapHealth(floors);
        if (floors.HasFlag(Floors.Authority))
        {
            app.MapAuthority();
        }

        if (floors.HasFlag(Floors.Office))
        {
            app.MapOffice();
        }

        return app;
    }

    private static void CreateDataFolder(string folder, Floors floors)
    {
        try
        {
            // Databases with letters and sealed keys lie below: nobody else on the host has a way in. A folder that exists keeps its mode.
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
                return;
            }

            Directory.CreateDirectory(folder, OwnerOnly);
            foreach (Floors floor in new[] { Floors.Authority, Floors.Office }.Where(floor => floors.HasFlag(floor)))
            {
                Directory.CreateDirectory(Path.Combine(folder, floor == Floors.Authority ? "authority" : "office"), OwnerOnly);
            }

            string probe = Path.Combine(folder, $".write-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the data folder {folder} cannot be made or written: {refused.Message}");
        }
    }
}
