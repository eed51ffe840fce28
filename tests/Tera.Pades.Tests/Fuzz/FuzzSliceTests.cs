using System.Diagnostics;
using System.Globalization;
using Tera.Pades.Tests.Pdf;

namespace Tera.Pades.Tests.Fuzz;

/// <summary>A slice of the fuzzing that <c>fuzz/run</c> does for hours, and of the files that are laid out by hand to be dear.</summary>
public sealed class FuzzSliceTests
{
    /// <summary>The same inputs every time, as far as the time suffices; <c>TERA_FUZZ_SEED</c> makes others.</summary>
    private const string Seed = "20261122";

    /// <summary>
    /// A guard against work that explodes, not a measurement: other tests, and on a shared machine other programs, slow this down.
    /// The aim is 2 s, which <c>fuzz/run --hostile all</c> measures.
    /// </summary>
    private const double MaxSeconds = 10;

    [Fact]
    public void A_minute_of_mutations_finds_nothing()
    {
        var seed = Environment.GetEnvironmentVariable("TERA_FUZZ_SEED") ?? Seed;
        var findings = Path.Combine(Path.GetTempPath(), $"tera-fuzz-slice-{Environment.ProcessId}");
        List<string> arguments = ["--seconds", "60", "--executions", "150000", "--seed", seed, "--documents", "60", "--findings", findings, "--ledger", Path.Combine(findings, "ledger.tsv")];
        if (Corpus.Folder is { } corpus)
            arguments.AddRange(["--corpus", corpus]);
        var (code, output) = Run(arguments);
        TestContext.Current.TestOutputHelper?.WriteLine(output);
        // What was found lies beside the reproducer that the output names.
        Assert.True(code == 0, output + string.Concat(Directory.EnumerateFiles(findings, "*.txt").Select(f => Environment.NewLine + File.ReadAllText(f))));
        Assert.Matches("seed [0-9]+: [1-9][0-9,]+ executions", output);
        Directory.Delete(findings, recursive: true);
    }

    [Theory]
    [InlineData("strings without an end, found by repair")]
    [InlineData("strings without an end, each read to the end")]
    [InlineData("100,000 object streams of one object")]
    [InlineData("4,000 revisions of 10,000 fields")]
    [InlineData("4,000 revisions of a security store of 100,000 entries")]
    [InlineData("10,000 fields that share 10,000 objects")]
    [InlineData("50,000 kids below a name of a megabyte")]
    [InlineData("a security store of bombs")]
    public void A_file_laid_out_to_be_dear_is_judged_and_signed_or_refused_at_a_bounded_cost(string name)
    {
        // The process that measures has a hard limit of 256 MiB for its heap beyond the file: it dies where that is passed.
        var (code, output) = Run(["--hostile-one", name], heapLimit: true);
        Assert.True(code == 0, $"{name}: {output}");
        var parts = output.Trim().Split('\t');
        Assert.InRange(long.Parse(parts[1], CultureInfo.InvariantCulture), 1, 10_000_000);
        foreach (var seconds in parts[2..5])
            Assert.InRange(double.Parse(seconds, CultureInfo.InvariantCulture), 0, MaxSeconds);
    }

    private static (int Code, string Output) Run(List<string> arguments, bool heapLimit = false)
    {
        var info = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        info.ArgumentList.Add(Program());
        arguments.ForEach(info.ArgumentList.Add);
        if (heapLimit)
            info.Environment["DOTNET_GCHeapHardLimit"] = "0x11400000";
        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    // tests/Tera.Pades.Tests/bin/CONFIGURATION/net10.0/ and fuzz/Tera.Fuzz/bin/CONFIGURATION/net10.0/ are built together.
    private static string Program()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = own.Parent!.Parent!.Parent!.Parent!.Parent!;
        return Path.Combine(root.FullName, "fuzz", "Tera.Fuzz", "bin", own.Parent.Name, own.Name, "Tera.Fuzz.dll");
    }
}
