using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Tera.Office.Letters.Rendering;

/// <summary>One LibreOffice with its profile, driven by a small Python program over lines of JSON. Used by one conversion at a time.</summary>
internal sealed class ConverterWorker : IAsyncDisposable
{
    /// <summary>LibreOffice's own settings, beside the work folders.</summary>
    public const string ProfileFolder = "profile";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(70);

    private readonly Process _python;

    private ConverterWorker(Process python, int officeProcess)
    {
        _python = python;
        OfficeProcess = officeProcess;
    }

    /// <summary>Process id of LibreOffice itself.</summary>
    public int OfficeProcess { get; }

    /// <exception cref="ConverterUnavailableException">LibreOffice or Python is missing, or does not start.</exception>
    public static async Task<ConverterWorker> StartAsync(ConverterSettings settings, string folder, string script, CancellationToken cancellation)
    {
        string profile = Path.Combine(folder, ProfileFolder);
        Directory.CreateDirectory(profile);
        var start = new ProcessStartInfo(settings.PythonFile)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        foreach (string argument in new[] { "-I", script, settings.OfficeFile, profile, "tera-" + Guid.NewGuid().ToString("N"), PidFile(folder) })
        {
            start.ArgumentList.Add(argument);
        }

        Process python;
        try
        {
            python = Process.Start(start) ?? throw new ConverterUnavailableException($"{settings.PythonFile} did not start.");
        }
        catch (Win32Exception exception)
        {
            throw new ConverterUnavailableException($"{settings.PythonFile} did not start: {exception.Message}");
        }

        var errors = new BoundedText(4_000);
        python.ErrorDataReceived += (_, line) => errors.Add(line.Data);
        python.BeginErrorReadLine();
        try
        {
            WorkerAnswer answer = await ReadAsync(python, StartLimit, cancellation);
            return new ConverterWorker(python, answer.Pid);
        }
        catch (Exception exception) when (exception is WorkerLostException or TimeoutException)
        {
            await EndAsync(python);
            throw new ConverterUnavailableException($"LibreOffice did not start: {exception.Message} {errors}".Trim());
        }
    }

    /// <summary>Converts one file. Throws <see cref="WorkerLostException"/> or <see cref="TimeoutException"/> when this worker is of no more use.</summary>
    public async Task<WorkerAnswer> ConvertAsync(string source, string target, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            await _python.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["in"] = source, ["out"] = target }).AsMemory(), cancellation);
            await _python.StandardInput.FlushAsync(cancellation);
        }
        catch (IOException exception)
        {
            throw new WorkerLostException(exception.Message);
        }

        WorkerAnswer answer = await ReadAsync(_python, limit, cancellation);
        return answer.Fatal ? throw new WorkerLostException(answer.Error ?? "LibreOffice ended.") : answer;
    }

    /// <summary>Ends a worker that hangs without asking it first.</summary>
    public void Kill() => _python.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync() => await EndAsync(_python);

    /// <summary>Ends a LibreOffice that an earlier run of the program left behind: only a process that works on this very profile.</summary>
    public static void EndOrphan(string folder)
    {
        if (!File.Exists(PidFile(folder)) || !int.TryParse(File.ReadAllText(PidFile(folder)).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
        {
            return;
        }

        string commandLine = $"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/cmdline";
        if (File.Exists(commandLine) && File.ReadAllText(commandLine).Contains(new Uri(Path.Combine(folder, ProfileFolder)).AbsolutePath, StringComparison.Ordinal))
        {
            using Process orphan = Process.GetProcessById(pid);
            orphan.Kill();
            orphan.WaitForExit(5_000);
        }

        File.Delete(PidFile(folder));
    }

    private static string PidFile(string folder) => Path.Combine(folder, "office.pid");

    private static async Task<WorkerAnswer> ReadAsync(Process python, TimeSpan limit, CancellationToken cancellation)
    {
        string? line = await python.StandardOutput.ReadLineAsync(cancellation).AsTask().WaitAsync(limit, cancellation);
        return line is null
            ? throw new WorkerLostException("The worker ended without an answer.")
            : JsonSerializer.Deserialize<WorkerAnswer>(line, JsonSerializerOptions.Web) ?? throw new WorkerLostException("The worker answered nothing.");
    }

    // Closing stdin is the polite way; LibreOffice hangs sometimes, so its whole tree is ended after a moment.
    private static async Task EndAsync(Process python)
    {
        try
        {
            python.StandardInput.Close();
            await python.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(3));
        }
        catch (Exception exception) when (exception is TimeoutException or IOException)
        {
            python.Kill(entireProcessTree: true);
        }
        finally
        {
            python.Dispose();
        }
    }
}

internal sealed record WorkerAnswer(bool Ok, string? Error = null, bool Fatal = false, int Pid = 0);

/// <summary>The worker's process ended in the middle.</summary>
internal sealed class WorkerLostException(string message) : Exception(message);

/// <summary>The last lines a process wrote, for an error message.</summary>
internal sealed class BoundedText(int max)
{
    private readonly Lock _lock = new();
    private string _text = "";

    public void Add(string? line)
    {
        lock (_lock)
        {
            string all = _text + line + "\n";
            _text = all.Length > max ? all[^max..] : all;
        }
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return _text.Trim();
        }
    }
}
