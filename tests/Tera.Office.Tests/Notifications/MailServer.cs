using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Tera.Office.Tests.Notifications;

/// <summary>A real SMTP server (aiosmtpd) that puts every mail into a Maildir; it can be stopped and started again on its port.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("tera-mail-").FullName, "box");
    private Process? _process;

    public int Port { get; } = FreePort();

    /// <summary>The mails as they came in.</summary>
    public IReadOnlyList<string> Mails => Directory.Exists(Path.Combine(_folder, "new"))
        ? Directory.GetFiles(Path.Combine(_folder, "new")).Select(File.ReadAllText).ToList()
        : [];

    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(
            "/usr/bin/python3",
            ["-m", "aiosmtpd", "-n", "-l", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}"), "-c", "aiosmtpd.handlers.Mailbox", _folder]))!;
        for (int attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        throw new TimeoutException("aiosmtpd did not start.");
    }

    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
