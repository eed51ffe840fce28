using System.Diagnostics;
using System.Globalization;

namespace Tera.Bench;

/// <summary>The rate of several threads that do the same work side by side.</summary>
internal static class ThreadedLap
{
    /// <summary>Pieces of work a second: of the wall, or of the busiest thread's CPU time when other programs take the cores away.</summary>
    public static double Rate(Action work, int threads, TimeSpan window)
    {
        var counts = new long[threads];
        var begin = Environment.CpuUsage.TotalTime;
        var wall = Stopwatch.GetTimestamp();
        var workers = Enumerable.Range(0, threads).Select(t => new Thread(() =>
        {
            while (Stopwatch.GetElapsedTime(wall) < 2 * window)
            {
                work();
                counts[t]++;
            }
        })).ToList();
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
        // A thread's share of the CPU time is what it would have had of the wall on an idle machine.
        var used = (Environment.CpuUsage.TotalTime - begin) / threads;
        return counts.Sum() / used.TotalSeconds;
    }

    public static void Print(string title, List<(double One, double Two)> laps)
    {
        double[] ratios = [.. laps.Select(l => l.Two / l.One)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\n{title}: {Statistics.Median(laps.Select(l => l.One)):N0}/s on one thread, {Statistics.Median(laps.Select(l => l.Two)):N0}/s on two; {Statistics.Median(ratios):N2} times, noise {Statistics.Noise(ratios):P0}"));
    }
}
