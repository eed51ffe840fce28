using System.Diagnostics;
using System.Globalization;

namespace Tera.Bench;

/// <summary>A file of 200 MB: CPU time beside hashing and copying it, warm; and peak memory in a process of its own.</summary>
internal static class LargeTable
{
    private const long Size = 200_000_000;

    /// <summary>The assembly to name when the process is "dotnet"; nothing when it is a host of its own.</summary>
    private static string[] OwnAssembly =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(LargeTable).Assembly.Location] : [];

    public static void Run(Options options)
    {
        using var place = new Workplace(options.Folder);
        var input = place.PathOf("large.pdf");
        using (var file = File.Create(input))
            Letter.Write(file, Size);
        var key = SigningKey.Create("rsa");
        var limit = new Limit(key.Signer, 16_384);
        var contest = new Contest("sign rsa, 200 MB, file to file");
        contest.Add("read, hash, copy, one key operation", () => With(place, path => limit.SignFile(input, path)));
        contest.Add("Tera", () => With(place, path => Signing.File(key, input, path)));
        contest.Run(Math.Min(options.Rounds, 5), TimeSpan.FromMilliseconds(1));
        contest.Print();

        Console.WriteLine("\n| one cold process, 200 MB | CPU s | peak RSS MB | above the bare runtime MB |\n| --- | --- | --- | --- |");
        var bare = Child("once", "idle", input);
        foreach (var what in (string[])["idle", "limit", "sign", "sign and verify"])
        {
            var (cpu, peak) = what == "idle" ? bare : Child("once", what, input);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {cpu:F2} | {peak / 1e6:F0} | {(peak - bare.Peak) / 1e6:F0} |"));
        }
    }

    /// <summary>The work of a child: once, cold, then its CPU seconds and peak memory on a line.</summary>
    public static void Once(string what, string input)
    {
        var key = SigningKey.Create("ec");
        var output = input + ".out";
        switch (what)
        {
            case "limit":
                new Limit(key.Signer, 16_384).SignFile(input, output);
                break;
            case "sign":
                Signing.File(key, input, output);
                break;
            case "sign and verify":
                Signing.File(key, input, output);
                Verifying.File(output, Verifying.PolicyOf(key));
                break;
        }
        File.Delete(output);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.CpuUsage.TotalTime.TotalSeconds} {self.PeakWorkingSet64}"));
    }

    private static (double Cpu, long Peak) Child(params string[] words)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. OwnAssembly, .. words]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var child = Process.Start(start)!;
        var line = child.StandardOutput.ReadToEnd().Trim().Split(' ');
        child.WaitForExit();
        return (double.Parse(line[0], CultureInfo.InvariantCulture), long.Parse(line[1], CultureInfo.InvariantCulture));
    }

    private static void With(Workplace place, Action<string> work)
    {
        var path = place.NewPath();
        work(path);
        File.Delete(path);
    }
}
