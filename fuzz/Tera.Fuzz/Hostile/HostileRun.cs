using System.Diagnostics;
using System.Globalization;
using Tera.Fuzz.Targets;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing;
using Tera.Pades.Validation;
using Tera.Pki.Keys;

namespace Tera.Fuzz.Hostile;

/// <summary>
/// Validates and signs every hostile file, each in a process of its own whose heap has a hard limit, and says what it cost:
/// <c>name TAB bytes TAB seconds of CPU to validate TAB to sign TAB to validate once signed and added to TAB peak in MiB TAB outcome</c>.
/// </summary>
internal static class HostileRun
{
    /// <summary>256 MiB for the work; the file's own bytes, and a copy of it that is signed, lie in the same heap.</summary>
    private const long HeapLimit = (256L + 20) * 1024 * 1024;

    /// <summary>What Tera promises for files under 10 MB.</summary>
    private const double CpuLimit = 2;

    public static int All(string pattern, TextWriter output)
    {
        var failed = 0;
        foreach (var name in HostileFiles.Names.Where(n => pattern == "all" || n.Contains(pattern, StringComparison.Ordinal)))
        {
            var info = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            info.ArgumentList.Add(typeof(HostileRun).Assembly.Location);
            info.ArgumentList.Add("--hostile-one");
            info.ArgumentList.Add(name);
            info.Environment["DOTNET_GCHeapHardLimit"] = "0x" + HeapLimit.ToString("X", CultureInfo.InvariantCulture);
            using var process = Process.Start(info)!;
            var errors = process.StandardError.ReadToEndAsync();
            var line = process.StandardOutput.ReadToEndAsync();
            process.WaitForExit();
            var said = line.GetAwaiter().GetResult().Trim();
            var problem = process.ExitCode == 0 ? Problem(said) : "died: " + errors.GetAwaiter().GetResult().Split('\n')[0];
            failed += problem is null ? 0 : 1;
            output.WriteLine($"{(problem is null ? "ok  " : "FAIL")}\t{(said.Length > 0 ? said : name)}\t{problem}");
            output.Flush();
        }
        return failed == 0 ? 0 : 1;
    }

    public static int One(string name, TextWriter output)
    {
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        var file = HostileFiles.Make(name);
        // The compiler's work is not the file's.
        for (var i = 0; i < 3; i++)
            Validate(identity.Sign(SmallPdf.Make(SmallPdf.Kinds[i]), "Bupati"));
        GC.Collect();
        EndAfter(TimeSpan.FromSeconds(15));
        var before = Process.GetCurrentProcess().WorkingSet64;
        var start = Environment.CpuUsage.TotalTime;
        var outcome = Validate(file);
        var validated = Environment.CpuUsage.TotalTime;
        outcome += ", " + Sign(identity, file, out var result);
        var signed = Environment.CpuUsage.TotalTime;
        if (result is not null)
            outcome += ", then " + Validate(result);
        var again = Environment.CpuUsage.TotalTime;
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 - before;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}\t{file.Length}\t{(validated - start).TotalSeconds:F2}\t{(signed - validated).TotalSeconds:F2}\t{(again - signed).TotalSeconds:F2}\t{peak / (1024 * 1024)}\t{outcome}"));
        return 0;
    }

    private static void EndAfter(TimeSpan cpu)
    {
        var from = Environment.CpuUsage.TotalTime;
        var watch = new Thread(() =>
        {
            while (Environment.CpuUsage.TotalTime - from < cpu)
                Thread.Sleep(200);
            Console.Error.WriteLine("more than 15 s of CPU");
            Environment.Exit(1);
        })
        { IsBackground = true };
        watch.Start();
    }

    private static string? Problem(string line)
    {
        var parts = line.Split('\t');
        if (long.Parse(parts[1], CultureInfo.InvariantCulture) > 10_000_000)
            return "the file is too large to count";
        return double.Parse(parts[2], CultureInfo.InvariantCulture) > CpuLimit ? "slow to validate"
            : double.Parse(parts[3], CultureInfo.InvariantCulture) > CpuLimit ? "slow to sign"
            : double.Parse(parts[4], CultureInfo.InvariantCulture) > CpuLimit ? "slow to validate once signed" : null;
    }

    private static string Validate(byte[] file)
    {
        var evidence = PadesValidator.Collect(PdfBytes.From(file));
        var report = PadesValidator.Judge(evidence, ValidationTarget.PolicyFor(evidence));
        return string.Create(CultureInfo.InvariantCulture, $"{report.Verdict} with {evidence.Signatures.Count} signatures and {evidence.Changes.Count} changes{(evidence.WasRepaired ? ", repaired" : "")}: {(report.Reason.Length > 90 ? report.Reason[..90] : report.Reason)}");
    }

    // Signed, and the catalog and the first page put once more: what the file hides has to be compared now.
    private static string Sign(Identity identity, byte[] file, out byte[]? result)
    {
        result = null;
        try
        {
            var output = new MemoryStream();
            identity.Sign(PdfFile.Open(file), identity.Request("Sekda"), output);
            var update = new IncrementalUpdate(PdfFile.Open(output.ToArray()));
            var latest = update.File.Latest;
            update.Put(latest.CatalogId!.Value, latest.Catalog!.With("Extra", new PdfInteger(1)));
            if (PdfPages.Find(latest, 0) is { } page)
                update.Put(page.Id, page.Dictionary.With("Extra", new PdfInteger(1)));
            result = [.. output.ToArray(), .. update.Build()];
            return "signed";
        }
        catch (Exception refused) when (refused is PdfException or SigningException)
        {
            return $"not signed: {refused.Message}";
        }
    }
}
