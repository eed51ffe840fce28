using System.Net;
using System.Net.Sockets;

namespace Tera.Pki.Tests.Online;

/// <summary>A real HTTP server on loopback whose answers a test decides.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Dictionary<string, Func<HttpListenerContext, byte[], Task>> _pages = new(StringComparer.Ordinal);
    private readonly List<string> _asked = [];

    internal LoopbackServer()
    {
        // The listener takes no port 0: the system names a free one first.
        for (var attempt = 0; ; attempt++)
        {
            var port = FreePort();
            _listener = new HttpListener();
            _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                _listener.Start();
                Address = $"http://127.0.0.1:{port}";
                break;
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                _listener.Close();
            }
        }
        _ = ServeAsync();
    }

    internal string Address { get; }

    /// <summary>The paths asked for so far.</summary>
    internal IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    internal string On(string path, Func<byte[], Task<byte[]>> answer) => OnRaw(path, async (context, body) =>
    {
        var bytes = await answer(body);
        context.Response.ContentLength64 = bytes.Length;
        await context.Response.OutputStream.WriteAsync(bytes);
    });

    internal string On(string path, byte[] answer) => On(path, _ => Task.FromResult(answer));

    internal string OnStatus(string path, int status, string? location = null) => OnRaw(path, (context, _) =>
    {
        context.Response.StatusCode = status;
        context.Response.RedirectLocation = location;
        return Task.CompletedTask;
    });

    internal string OnRaw(string path, Func<HttpListenerContext, byte[], Task> answer)
    {
        lock (_pages)
        {
            _pages[path] = answer;
        }
        return Address + path;
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        lock (_asked)
        {
            _asked.Add(path);
        }
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        Func<HttpListenerContext, byte[], Task>? page;
        lock (_pages)
        {
            page = _pages.GetValueOrDefault(path);
        }
        try
        {
            if (page is null)
            {
                context.Response.StatusCode = 404;
            }
            else
            {
                await page(context, body.ToArray());
            }
            context.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            context.Response.Abort();
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
