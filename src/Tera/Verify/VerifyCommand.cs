using System.Globalization;
using System.Security.Cryptography;
using Tera.Pades.Pdf;
using Tera.Pades.Validation;
using Tera.Pki.Certificates;

namespace Tera.Door.Verify;

/// <summary>`tera verify`: checks the signatures of PDF files from the files themselves; nothing is fetched.</summary>
internal static class VerifyCommand
{
    private const string Usage = """
        tera verify FILE... [--trust ROOTS.pem] [--at ISO-TIME] [--password-file F] [--offline] [--json] [--evidence-out DIR|FILE]
        tera verify --evidence FACTS.json... [--trust ROOTS.pem] [--at ISO-TIME] [--json]

          --trust ROOTS.pem  the roots that are trusted; without it no signer is known and the best verdict is INDETERMINATE
          --at ISO-TIME      judge as of this instant, for example 2026-11-22T10:15:00+08:00; now when left out
          --password-file F  the password of encrypted files, the first line of F
          --offline          use only what the files hold; Tera fetches nothing when it verifies, so this is always so
          --json             print one JSON array, an object for each file, and nothing else
          --evidence-out P   also keep the facts that the verdict is made from: in the file P, or, in a folder P, as NAME.facts.json
          --evidence         the files are such facts: they are judged again, and no PDF is needed

        Exit 0: every file is TOTAL_PASSED; 1: some file is not; 2: a file or the call is unusable.
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var words = Arguments.Read(args, ["--trust", "--at", "--password-file", "--evidence-out"], ["--offline", "--json", "--evidence", "--help", "-h"]);
        if (words.Has("--help") || words.Has("-h"))
        {
            await output.WriteLineAsync(Usage);
            return 0;
        }
        if (words.Rest.Count == 0)
            throw new UsageException("no file is named");
        var policy = new ValidationPolicy { At = InstantOf(words.Find("--at")), TrustAnchors = AnchorsOf(words.Find("--trust")) };

        var password = words.Find("--password-file") is { } secret ? SecretFile.Read("--password-file", secret) : [];
        var reports = new List<(string File, ValidationReport Report)>();
        foreach (var file in words.Rest)
        {
            cancellation.ThrowIfCancellationRequested();
            var evidence = words.Has("--evidence") ? FactsFile.Read(file) : Collect(file, password);
            if (words.Find("--evidence-out") is { } place)
                FactsFile.Write(place, file, evidence, isOnlyFile: words.Rest.Count == 1);
            var report = PadesValidator.Judge(evidence, policy);
            reports.Add((file, report));
            if (report.Verdict == FileVerdict.Unreadable)
                await error.WriteLineAsync($"tera verify: {file}: {report.Reason}");
        }
        Array.Clear(password);
        if (words.Has("--json"))
            await output.WriteLineAsync(ReportJson.Write(reports));
        else
            await PrintAsync(output, reports);
        return reports.Exists(r => r.Report.Verdict == FileVerdict.Unreadable) ? 2 : reports.TrueForAll(r => r.Report.Verdict == FileVerdict.TotalPassed) ? 0 : 1;
    }

    private static Evidence Collect(string file, ReadOnlyMemory<char> password)
    {
        try
        {
            using var handle = File.OpenHandle(file, options: FileOptions.RandomAccess);
            return PadesValidator.Collect(PdfBytes.From(handle), password: password);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return new Evidence { Unreadable = unusable is FileNotFoundException or DirectoryNotFoundException ? "There is no such file." : unusable.Message };
        }
    }

    private static DateTimeOffset InstantOf(string? text)
    {
        if (text is null)
            return TimeProvider.System.GetUtcNow();
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw new UsageException($"--at {text}: no ISO 8601 time");
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> AnchorsOf(string? file) =>
        file is null ? [] : [.. CertificateFile.Read("--trust", file).Select(c => c.Encoded)];

    private static async Task PrintAsync(TextWriter output, List<(string File, ValidationReport Report)> reports)
    {
        foreach (var (file, report) in reports)
        {
            await output.WriteLineAsync($"{file}: {ReportJson.NameOf(report.Verdict)}");
            await output.WriteLineAsync($"  {report.Reason}");
            await output.WriteLineAsync($"  {VerdictSummary.Indonesian(report)}");
            foreach (var signature in report.Signatures)
            {
                var sub = signature.SubIndication is { } named ? ", " + ReportJson.NameOf(named) : "";
                var time = signature.SignedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd HH:mm:ss zzz}{(signature.IsTimeProven ? "" : " (claimed)")}") : "at an unknown time";
                await output.WriteLineAsync($"  {signature.Field}: {ReportJson.NameOf(signature.Indication)}{sub}; {signature.Level}; {signature.Signer ?? "unknown signer"}; {time}");
                await output.WriteLineAsync($"    {signature.Reason}");
                foreach (var change in signature.Changes)
                    await output.WriteLineAsync($"    - {change}");
            }
            foreach (var stamp in report.TimeStamps)
            {
                var state = !stamp.Intact ? "does not hold" : stamp.Trusted ? "trusted" : "holds, not trusted";
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  time stamp in {stamp.Field}: {stamp.Time:yyyy-MM-dd HH:mm:ss zzz}; {state}; {stamp.Reason}").TrimEnd(' ', ';'));
            }
        }
    }
}
