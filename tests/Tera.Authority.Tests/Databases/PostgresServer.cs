using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;
using Xunit;

namespace Tera.Testing.Databases;

/// <summary>
/// A PostgreSQL server for tests: Debian's binaries, a temporary folder, loopback, a free port, an ordinary user.
/// One file without other parts, so that any test project can link it:
/// <c>[assembly: AssemblyFixture(typeof(PostgresServer))]</c>, then take it as a constructor argument.
/// The server ends with the test process even when that is killed: its shell waits on our end of a pipe.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Superuser = "tera";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly string folder = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "tera-pg-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)));
    private readonly string password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private Process? server;
    private int port;

    public async ValueTask InitializeAsync()
    {
        var programs = FindPrograms();
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "password"), password);
        if (string.Equals(Environment.UserName, "root", StringComparison.Ordinal))
        {
            await RunAsync("chown", "-R", "postgres", folder); // PostgreSQL refuses to run as root
        }

        await RunAsync(AsOrdinaryUser([
            Path.Combine(programs, "initdb"), "-D", Path.Combine(folder, "data"), "-U", Superuser, "--encoding=UTF8", "--locale=C.UTF-8",
            "--auth=scram-sha-256", "--pwfile", Path.Combine(folder, "password"), "--no-sync", "--no-instructions"]));
        port = FreePort();
        server = Start(programs);
        await WaitUntilReadyAsync();
    }

    /// <summary>A new, empty database; its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "t" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "CREATE DATABASE " + name; // hexadecimal: nothing to quote
        await command.ExecuteNonQueryAsync();
        return ConnectionTo(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is null)
        {
            return;
        }

        NpgsqlConnection.ClearAllPools();
        server.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await server.WaitForExitAsync(patience.Token);
        server.Dispose();
    }

    private string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = Superuser,
        Password = password,
        Database = database,
        MaxPoolSize = 20,
    }.ConnectionString;

    private static string FindPrograms()
    {
        const string root = "/usr/lib/postgresql";
        var found = Directory.Exists(root)
            ? Directory.EnumerateDirectories(root)
                .OrderByDescending(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(path => Path.Combine(path, "bin"))
                .FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")))
            : null;
        return found ?? throw new InvalidOperationException(
            "These tests need PostgreSQL's server programs, and there is no initdb under /usr/lib/postgresql/*/bin. On Debian: apt-get install postgresql");
    }

    private Process Start(string programs)
    {
        // The shell outlives nobody: when our end of its standard input closes, it stops the server (at once: nothing of it is kept)
        // and removes the folder.
        const string script =
            "\"$1\" -D \"$2/data\" -k \"$2\" -h 127.0.0.1 -p \"$3\" -c fsync=off -c max_connections=200 </dev/null >\"$2/log\" 2>&1 & "
            + "pid=$!; cat >/dev/null; kill -QUIT $pid; wait $pid; rm -rf \"$2\"";
        var start = StartInfo(AsOrdinaryUser([
            "sh", "-c", script, "tera-pg", Path.Combine(programs, "postgres"), folder, port.ToString(CultureInfo.InvariantCulture)]));
        start.RedirectStandardInput = true;
        return Process.Start(start)!;
    }

    private async Task WaitUntilReadyAsync()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (waited.Elapsed < StartLimit && !server!.HasExited)
            {
                await Task.Delay(50);
            }
            catch (NpgsqlException e)
            {
                var log = Path.Combine(folder, "log");
                throw new InvalidOperationException(
                    $"PostgreSQL did not come up in {waited.Elapsed.TotalSeconds:0} s. Its log: " + (File.Exists(log) ? await File.ReadAllTextAsync(log) : "none"), e);
            }
        }
    }

    private static string[] AsOrdinaryUser(string[] command) =>
        string.Equals(Environment.UserName, "root", StringComparison.Ordinal) ? ["runuser", "-u", "postgres", "--", .. command] : command;

    private static async Task RunAsync(params string[] command)
    {
        var start = StartInfo(command);
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {await errors}{await output}");
        }
    }

    private static ProcessStartInfo StartInfo(string[] command) =>
        new(command[0], command[1..]) { WorkingDirectory = Path.GetTempPath() };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
