using System.Diagnostics;

namespace Tera.Authority.Tests;

/// <summary>The foreign tool whose opinion counts.</summary>
internal sealed class OpenSsl : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("tera-openssl-").FullName;

    public async Task<string> WriteAsync(string name, byte[] content)
    {
        var path = Path.Combine(Folder, name);
        await File.WriteAllBytesAsync(path, content);
        return path;
    }

    public async Task<string> WritePemAsync(string name, params byte[][] certificates)
    {
        var path = Path.Combine(Folder, name);
        await File.WriteAllTextAsync(path, string.Concat(certificates.Select(x => new string(System.Security.Cryptography.PemEncoding.Write("CERTIFICATE", x)) + "\n")));
        return path;
    }

    /// <summary>Exit code, and standard output and error together.</summary>
    public async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments)
        {
            WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
