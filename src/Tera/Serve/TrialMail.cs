using System.Diagnostics;
using System.Globalization;

namespace Tera.Door.Serve;

/// <summary>
/// The mail server of a trial: Debian's aiosmtpd on a free loopback port, keeping each mail as a file of a Maildir.
/// A real SMTP server, so that what works here works with the agency's own.
/// </summary>
internal sealed class TrialMail : IDisposable
{
    private readonly Process _process;

    private TrialMail(Process process, int port, string folder)
    {
        _process = process;
        Port = port;
        Folder = folder;
    }

    public int Port { get; }

    /// <summary>The Maildir.</summary>
    public string Folder { get; }

    public static async Task<TrialMail> StartAsync(string folder, CancellationToken cancellation)
    {
        // Python's mailbox makes the Maildir itself, but not the folders above it.
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(folder))!);
        var start = new ProcessStartInfo("/usr/bin/python3")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Serve", "trial_mail.py"));
        start.ArgumentList.Add(folder);
        Process process = Process.Start(start) ?? throw new UsageException("the trial's mail server did not start");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        string? line = await process.StandardOutput.ReadLineAsync(limit.Token);
        if (!int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int port))
        {
            string said = await process.StandardError.ReadToEndAsync(limit.Token);
            process.Dispose();
            throw new UsageException("the trial's mail server did not start (package python3-aiosmtpd): " + said.Trim().Split('\n')[^1]);
        }

        // Nobody reads its log; an unread pipe would block it.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new TrialMail(process, port, folder);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(2)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
