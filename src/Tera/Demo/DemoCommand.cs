using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Tera.Door.Serve;
using Tera.Office.Cases;
using Tera.Pades.Pdf;
using Tera.Pades.Validation;

namespace Tera.Door.Demo;

/// <summary><c>tera demo</c>: the procedures from end to end through the product's own HTTP door, each person with their own account.</summary>
internal static class DemoCommand
{
    private static readonly JsonSerializerOptions ReportJson = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (args is ["--help" or "-h"])
        {
            await output.WriteLineAsync(DemoOptions.Usage);
            return 0;
        }

        DemoOptions options = DemoOptions.Parse(args);
        if (options.Out is { } folder)
        {
            CreateOut(folder);
        }

        string? temporary = options.Url is null && options.Data is null ? Directory.CreateTempSubdirectory("tera-demo-").FullName : null;
        try
        {
            Uri url = options.Url ?? TeraServer.FreeLoopbackAddress();
            await using TeraServer? server = options.Url is null ? await StartAsync(url, options.Data ?? temporary!, cancellation) : null;
            return await DriveAsync(options, url, output, error, cancellation);
        }
        catch (Exception failed) when (failed is DemoRefusedException or TimeoutException or HttpRequestException)
        {
            await error.WriteLineAsync($"tera demo: {failed.Message}");
            return 1;
        }
        finally
        {
            if (temporary is not null)
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    private static void CreateOut(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--out: the folder {folder} cannot be made: {refused.Message}");
        }
    }

    private static Task<TeraServer> StartAsync(Uri url, string data, CancellationToken cancellation) =>
        TeraServer.StartAsync(ServeOptions.Parse(["--data", data, "--listen", url.ToString()]), Floors.Both, cancellation);

    private static async Task<int> DriveAsync(DemoOptions options, Uri url, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        var office = new OfficeHttp(http, url, patience: TimeSpan.FromSeconds(90));
        var results = new List<DemoResult>();
        foreach (LetterScript script in LetterScript.All.Where(s => options.Sop is null || s.Sop == options.Sop))
        {
            await error.WriteLineAsync($"tera demo: {script.Sop}");
            long began = TimeProvider.System.GetTimestamp();
            CasePage page = await new LetterRun(office, script, line => error.WriteLine("  " + line)).RunAsync($"{options.Key}-{script.Sop}", cancellation);
            TimeSpan took = TimeProvider.System.GetElapsedTime(began);
            results.Add(await ResultAsync(office, script, page, took, options.Out, cancellation));
        }

        if (options.Json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(results, ReportJson));
        }
        else
        {
            await DemoTable.WriteAsync(results, output);
        }

        return results.All(r => r.State == "selesai") ? 0 : 1;
    }

    private static async Task<DemoResult> ResultAsync(OfficeHttp office, LetterScript script, CasePage page, TimeSpan took, string? folder, CancellationToken cancellation)
    {
        JsonNode letter = await office.GetAsync<JsonNode>(script.Starter, $"letters/{page.Id}", cancellation);
        byte[] pdf = await office.DownloadAsync(script.Starter, $"letters/{page.Id}/pdf", cancellation);
        string file = script.FileName;
        if (folder is not null)
        {
            file = Path.Combine(folder, script.FileName);
            string partial = file + ".partial";
            await File.WriteAllBytesAsync(partial, pdf, cancellation);
            File.Move(partial, file, overwrite: true);
        }

        return new DemoResult(
            script.Sop, page.Id.ToString(), page.State,
            [.. page.History.Select(h => new DemoStep(h.StepId, h.Nomor, $"{h.Actor}, {h.ActorPosition}", h.Outcome) { Reason = h.Reason, At = h.DoneAt, Round = h.Round })],
            [new DemoDocument(file, PadesValidator.Collect(PdfBytes.From(pdf)).Signatures.Count) { Number = (string?)letter["number"] }])
        { Title = page.Title, Seconds = Math.Round(took.TotalSeconds, 1) };
    }
}

/// <summary>One case as the contract of the command line prints it.</summary>
internal sealed record DemoResult(string Sop, string Case, string State, IReadOnlyList<DemoStep> Steps, IReadOnlyList<DemoDocument> Documents)
{
    public required string Title { get; init; }

    public required double Seconds { get; init; }
}

internal sealed record DemoStep(string Id, string Nomor, string Actor, string Outcome)
{
    public string? Reason { get; init; }

    public required DateTimeOffset At { get; init; }

    public required int Round { get; init; }
}

internal sealed record DemoDocument(string File, int Signatures)
{
    public string? Number { get; init; }
}
