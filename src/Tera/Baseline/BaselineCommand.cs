using System.Text.Json;
using Tera.Pades.Baseline;
using Tera.Pades.Pdf;
using Tera.Pades.Signing.LongTerm;

namespace Tera.Door.Baseline;

/// <summary>`tera baseline`: holds the signatures of PDF files to the checklist of the PAdES baseline levels.</summary>
internal static class BaselineCommand
{
    private const string Usage = """
        tera baseline FILE... [--level b|t|lt|lta] [--trust ROOTS.pem] [--password-file F] [--json]

          Holds each signature to every line of EN 319 142-1 clause 6.3, and tells the level it reaches. Whether its signer is
          trusted is what tera verify tells.

          --level    the level that every signature shall reach; b when left out
          --trust    certificates where chains may end; a self-signed certificate ends one anyway
          --json     an array, an object for each file: {"file","error","signatures":[{"field","level","requirements":[{"id","level","letter","text","holds","objection"}]}]}

        Exit 0: every file has signatures and all reach the level; 1: not all; 2: a file or the call is unusable.
        """;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var words = Arguments.Read(args, ["--level", "--trust", "--password-file"], ["--json", "--help", "-h"]);
        if (words.Has("--help") || words.Has("-h"))
        {
            await output.WriteLineAsync(Usage);
            return 0;
        }
        if (words.Rest.Count == 0)
            throw new UsageException("no file is named");
        var wanted = LevelOf(words.Find("--level") ?? "b");
        var anchors = words.Find("--trust") is { } trust ? CertificateFile.Read("--trust", trust) : [];
        var password = words.Find("--password-file") is { } secret ? SecretFile.Read("--password-file", secret) : [];
        var results = new List<(string File, IReadOnlyList<BaselineReport> Reports, string? Error)>();
        foreach (var file in words.Rest)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                using var handle = File.OpenHandle(file, options: FileOptions.RandomAccess);
                results.Add((file, BaselineRequirements.Check(PdfFile.Open(PdfBytes.From(handle), password: password), anchors), null));
            }
            catch (Exception unusable) when (unusable is PdfException or IOException or UnauthorizedAccessException)
            {
                results.Add((file, [], unusable.Message));
                await error.WriteLineAsync($"tera baseline: {file}: {unusable.Message}");
            }
        }
        Array.Clear(password);
        await output.WriteLineAsync(words.Has("--json") ? JsonSerializer.Serialize(results.Select(r => Shape(r.File, r.Reports, r.Error)), Json) : Table(results));
        return results.Exists(r => r.Error is not null) ? 2
            : results.TrueForAll(r => r.Reports.Count > 0 && r.Reports.All(s => s.Level >= wanted)) ? 0 : 1;
    }

    private static PadesLevel LevelOf(string text) => text switch
    {
        "b" => PadesLevel.B,
        "t" => PadesLevel.T,
        "lt" => PadesLevel.Lt,
        "lta" => PadesLevel.Lta,
        _ => throw new UsageException($"--level {text}: b, t, lt or lta"),
    };

    private static string Table(IEnumerable<(string File, IReadOnlyList<BaselineReport> Reports, string? Error)> results)
    {
        var lines = new List<string>();
        foreach (var (file, reports, error) in results)
        {
            if (reports.Count == 0)
                lines.Add($"{file}: {error ?? "no signature"}");
            foreach (var report in reports)
            {
                lines.Add($"{file}: {report.Field}: {NameOf(report.Level)}");
                lines.AddRange(report.Findings.Where(f => !f.Holds).Select(f => $"  {f.Requirement.Id}: {f.Requirement.Text}: {f.Objection}"));
            }
        }
        return string.Join('\n', lines);
    }

    private static object Shape(string file, IReadOnlyList<BaselineReport> reports, string? error) => new
    {
        file,
        error,
        signatures = reports.Select(r => new
        {
            field = r.Field,
            level = r.Level is null ? null : NameOf(r.Level),
            requirements = r.Findings.Select(f => new
            {
                id = f.Requirement.Id,
                level = NameOf(f.Requirement.Level),
                letter = f.Requirement.Letter,
                text = f.Requirement.Text,
                holds = f.Holds,
                objection = f.Objection,
            }),
        }),
    };

    private static string NameOf(PadesLevel? level) => level is { } reached ? $"PAdES-B-{reached.ToString().ToUpperInvariant()}" : "below PAdES-B-B";
}
