using System.Diagnostics;

namespace Tera.Bench;

/// <summary>A window of CPU time in which a piece of work was done over and over.</summary>
/// <param name="Micros">Microseconds of process CPU time each, collector and compiler included.</param>
/// <param name="WallMicros">Microseconds of wall time each.</param>
/// <param name="AllocatedBytes">Bytes allocated each.</param>
internal readonly record struct Lap(double Micros, double WallMicros, double AllocatedBytes)
{
    public static Lap Run(Action work, TimeSpan window)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var wall = Stopwatch.GetTimestamp();
        var begin = Environment.CpuUsage.TotalTime;
        var used = TimeSpan.Zero;
        long done = 0;
        // The clock is asked about twenty times a window, so that asking costs nothing.
        for (long batch = 1; used < window;)
        {
            for (long i = 0; i < batch; i++)
                work();
            done += batch;
            used = Environment.CpuUsage.TotalTime - begin;
            batch = Math.Max(1, used > TimeSpan.Zero ? (long)(done * (window / used) / 20) : 2 * batch);
        }
        return new Lap(
            used.TotalMicroseconds / done,
            Stopwatch.GetElapsedTime(wall).TotalMicroseconds / done,
            (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / done);
    }
}
