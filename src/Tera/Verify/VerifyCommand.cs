using System.Globalization;
using Tera.Pades.Pdf;
using Tera.Pades.Validation;
using Tera.Pki.Online;

namespace Tera.Door.Verify;

/// <summary>`tera verify`: checks the signatures of PDF files.</summary>
internal static class VerifyCommand
{
    private const string Usage = """
        tera verify FILE... [--trust ROOTS.pem] [--policy FILE.json] [--at ISO-TIME] [--password-file F] [--offline] [--json]
                            [--xml FILE|-] [--evidence-out DIR|FILE]
        tera verify --evidence FACTS.json... [--trust ROOTS.pem] [--policy FILE.json] [--at ISO-TIME] [--json] [--xml FILE|-]

          --trust ROOTS.pem  the roots that are trusted; without it no signer is known and the best verdict is INDETERMINATE
          --policy FILE.json rules: roots with what they are trusted for and when, required revocation data, ages, algorithms
          --at ISO-TIME      judge as of this instant, for example 2026-11-22T10:15:00+08:00; now when left out
          --password-file F  the password of encrypted files, the first line of F
          --offline          use only what the files hold; otherwise missing issuers and revocation data are fetched, 5 s a file at most
          --json             print one JSON array, an object for each file, and nothing else
          --xml FILE|-       also write the report of ETSI TS 119 102-2 about the one file named; with - it is all that is printed
          --evidence-out P   also keep the facts that the verdict is made from: in the file P, or, in a folder P, as NAME.facts.json
          --evidence         the files are such facts: they are judged again; no PDF is needed, and nothing is fetched

        Exit 0: every file is TOTAL_PASSED; 1: some file is not; 2: a file or the call is unusable.
        """;

    /// <summary>Fetching for one file ends here: a verdict from what came is better than none.</summary>
    private static readonly TimeSpan FetchingTime = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var words = Arguments.Read(args, VerifyOptions.WithValue, VerifyOptions.Flags);
        if (words.Has("--help") || words.Has("-h"))
        {
            await output.WriteLineAsync(Usage);
            return 0;
        }
        var options = VerifyOptions.Read(words);
        // Whoever calls the command stands in his own network, where an agency's authority may be.
        using var source = options.IsOffline ? null
            : new HttpValidationDataSource(TimeProvider.System, new HttpFetchOptions { AllowsPrivateAddresses = true, Timeout = FetchingTime, Proxy = HttpClient.DefaultProxy });
        var reports = new List<(string File, ValidationReport Report)>();
        foreach (var file in options.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            var evidence = options.ReadsFacts ? FactsFile.Read(file) : Collect(file, options.Password);
            if (source is not null)
                evidence = await CompleteAsync(evidence, options.Policy, source, cancellation);
            if (options.FactsPlace is { } place)
                FactsFile.Write(place, file, evidence, isOnlyFile: options.Files.Count == 1);
            var report = PadesValidator.Judge(evidence, options.Policy);
            reports.Add((file, report));
            if (options.XmlPlace is { } xml)
                await WriteXmlAsync(xml, evidence, report, output);
            if (report.Verdict == FileVerdict.Unreadable)
                await error.WriteLineAsync($"tera verify: {file}: {report.Reason}");
        }
        Array.Clear(options.Password);
        if (options.IsJson)
            await output.WriteLineAsync(ReportJson.Write(reports));
        else if (options.XmlPlace != "-")
            await PrintAsync(output, reports);
        return reports.Exists(r => r.Report.Verdict == FileVerdict.Unreadable) ? 2 : reports.TrueForAll(r => r.Report.Verdict == FileVerdict.TotalPassed) ? 0 : 1;
    }

    private static async Task<Evidence> CompleteAsync(Evidence evidence, ValidationPolicy policy, HttpValidationDataSource source, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(FetchingTime);
        var completed = await PadesValidator.CompleteAsync(evidence, policy, source, TimeProvider.System, limit.Token);
        cancellation.ThrowIfCancellationRequested();
        return completed;
    }

    private static async Task WriteXmlAsync(string place, Evidence evidence, ValidationReport report, TextWriter output)
    {
        var xml = EtsiReport.Write(evidence, report);
        try
        {
            if (place == "-")
                await output.WriteLineAsync(xml);
            else
                await File.WriteAllTextAsync(place, xml, CancellationToken.None);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new UsageException($"--xml {place}: {unusable.Message}");
        }
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
