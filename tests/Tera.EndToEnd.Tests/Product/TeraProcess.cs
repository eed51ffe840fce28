using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tera.EndToEnd.House;

namespace Tera.EndToEnd.Product;

/// <summary>The product as users start it: its own process, on a free loopback port, with a data folder of its own. Can be killed and started again.</summary>
internal sealed class TeraProcess : IAsyncDisposable
{
    private readonly StringBuilder _log = new();
    private Process? _process;

    private readonly string _verb;

    private TeraProcess(string verb, string dataFolder, Uri url)
    {
        _verb = verb;
        DataFolder = dataFolder;
        Url = url;
    }

    public string DataFolder { get; }

    public Uri Url { get; }

    /// <summary>The running process, for what the system knows of it.</summary>
    public int Id => _process!.Id;

    /// <summary>Everything the product wrote to its standard streams, over all its lives.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public static Task<TeraProcess> StartAsync(params string[] options) => StartVerbAsync("serve", Directory.CreateTempSubdirectory("tera-e2e-").FullName, options);

    /// <param name="verb">serve, office, authority.</param>
    /// <param name="dataFolder">Deleted at the end.</param>
    public static async Task<TeraProcess> StartVerbAsync(string verb, string dataFolder, params string[] options)
    {
        var product = new TeraProcess(verb, dataFolder, new Uri($"http://127.0.0.1:{FreePort()}/"));
        await product.LaunchAsync(options);
        return product;
    }

    /// <summary>Starts and does not wait.</summary>
    public void Launch(params string[] options) => _process = Start([_verb, "--data", DataFolder, "--listen", Url.ToString(), .. options], Record);

    public async Task LaunchAsync(params string[] options)
    {
        Launch(options);
        Process process = _process!;
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(60);)
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"tera ended with code {process.ExitCode}:\n{Log}");
            }

            try
            {
                using HttpResponseMessage ready = await http.GetAsync(new Uri(Url, "health/ready"));
                if (ready.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("tera was not ready after 60 s:\n" + Log);
    }

    public async Task<byte[]> DownloadAsync(string path)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        return await http.GetByteArrayAsync(new Uri(Url, path));
    }

    /// <summary>kill -9: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        _process!.Kill(entireProcessTree: false);
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Runs a verb of the product to its end.</summary>
    public static Task<(int Code, string Output, string Error)> RunAsync(TimeSpan limit, params string[] args) => RunAsync(limit, null, args);

    /// <param name="said">Gets every line of standard error as it comes.</param>
    public static async Task<(int Code, string Output, string Error)> RunAsync(TimeSpan limit, Action<string>? said, params string[] args)
    {
        var output = new StringBuilder();
        var error = new StringBuilder();
        using Process process = Start(args, null);
        process.OutputDataReceived += (_, e) => output.AppendLine(e.Data);
        process.ErrorDataReceived += (_, e) =>
        {
            error.AppendLine(e.Data);
            said?.Invoke(e.Data ?? "");
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var timer = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(timer.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"tera {string.Join(' ', args)} ran longer than {limit}:\n{error}", late);
        }

        return (process.ExitCode, output.ToString().Trim(), error.ToString().Trim());
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            Kill();
        }

        await Task.Yield();
        Directory.Delete(DataFolder, recursive: true);
    }

    private static Process Start(string[] args, Action<string>? record)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
        };
        start.ArgumentList.Add(Executable);
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        Process process = Process.Start(start)!;
        if (record is not null)
        {
            process.OutputDataReceived += (_, e) => record(e.Data ?? "");
            process.ErrorDataReceived += (_, e) => record(e.Data ?? "");
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        return process;
    }

    /// <summary>What ./tera built and runs; the test's own copy when only the tests were built.</summary>
    private static string Executable
    {
        get
        {
            string built = Repository.PathOf("artifacts", "tera", "tera.dll");
            return File.Exists(built) ? built : Path.Combine(AppContext.BaseDirectory, "tera.dll");
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private void Record(string line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }
    }
}
