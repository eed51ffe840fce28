namespace Tera.Door.Serve;

/// <summary><c>tera [serve|office|authority]</c></summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string verb, string[] args, TextWriter output, CancellationToken cancellation)
    {
        if (args is ["--help" or "-h"])
        {
            await output.WriteLineAsync(ServeOptions.Usage);
            return 0;
        }

        ServeOptions options = ServeOptions.Parse(args);
        Floors floors = verb switch
        {
            "office" => Floors.Office,
            "authority" => Floors.Authority,
            _ => Floors.Both,
        };
        await using TeraServer server = await TeraServer.StartAsync(options, floors, cancellation);
        await output.WriteLineAsync($"Tera: {options.PublicBaseUrl}  (data: {options.DataFolder})");
        if (floors == Floors.Both)
        {
            await output.WriteLineAsync("Trial: office and authority run in one process. In production start 'tera office' and 'tera authority' apart.");
        }

        if (server.MailFolder is { } folder)
        {
            await output.WriteLineAsync($"Mail is not sent out: it is kept in {folder}. --smtp HOST:PORT names a real server.");
        }

        try
        {
            await server.WaitForShutdownAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C: disposing stops the server in order.
        }

        return 0;
    }
}
