using System.Diagnostics;
using System.Globalization;
using Tera.Pades.Pdf;
using Tera.Pades.Validation;

namespace Tera.Bench;

/// <summary>
/// Our line in a table of peers: for each file and for one and two threads, after a warm-up of 8 windows, the medians of 5 windows:
/// peer, op, key, file, threads, documents a second (wall), CPU ms a document. Keys are keys/KEY.p12 (passphrase "test") and
/// the files that are verified signed/KEY-NAME.pdf, below the present folder.
/// </summary>
internal static class Engine
{
    public static void Run(string op, string kind, double seconds, IEnumerable<string> files)
    {
        var key = SigningKey.Open($"keys/{kind}.p12", "test");
        foreach (var file in files)
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var work = op == "sign" ? Sign(key, File.ReadAllBytes(file)) : Verify(key, File.ReadAllBytes($"signed/{kind}-{name.Split('-')[0]}.pdf"));
            Window(work, 1, 8 * seconds);
            for (var threads = 1; threads <= 2; threads++)
            {
                var windows = Enumerable.Range(0, 5).Select(_ => Window(work, threads, seconds)).ToList();
                var (rate, millis) = (Statistics.Median(windows.Select(w => w.Rate)), Statistics.Median(windows.Select(w => w.Millis)));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tera\t{op}\t{kind}\t{name}\t{threads}\t{rate:F1}\t{millis:F4}"));
            }
        }
    }

    private static Action Sign(SigningKey key, byte[] pdf)
    {
        RequirePassed(Verifying.Memory(Signing.ToArray(key, pdf), Verifying.PolicyOf(key)));
        return () => Signing.Memory(key, pdf);
    }

    private static Action Verify(SigningKey key, byte[] pdf)
    {
        var policy = Verifying.PolicyOf(key);
        RequirePassed(Verifying.Memory(pdf, policy));
        return () => Verifying.Memory(pdf, policy);
    }

    private static void RequirePassed(ValidationReport report)
    {
        if (report.Verdict != FileVerdict.TotalPassed)
            throw new InvalidOperationException($"What is timed does not pass: {report.Reason} {string.Join(' ', report.Signatures.Select(s => s.Reason))}");
    }

    private static (double Rate, double Millis) Window(Action work, int threads, double seconds)
    {
        var done = new long[threads];
        var wall = Stopwatch.GetTimestamp();
        var begin = Environment.CpuUsage.TotalTime;
        var end = begin + TimeSpan.FromSeconds(seconds * threads);
        var workers = Enumerable.Range(0, threads).Select(t => new Thread(() =>
        {
            while (Environment.CpuUsage.TotalTime < end)
            {
                work();
                done[t]++;
            }
        })).ToList();
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
        return (done.Sum() / Stopwatch.GetElapsedTime(wall).TotalSeconds, (Environment.CpuUsage.TotalTime - begin).TotalMilliseconds / done.Sum());
    }
}
