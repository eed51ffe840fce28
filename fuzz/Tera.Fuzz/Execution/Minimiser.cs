using System.Diagnostics;
using Tera.Fuzz.Targets;

namespace Tera.Fuzz.Execution;

/// <summary>Makes an input smaller while it shows the same fault: takes out ever smaller chunks, then blanks bytes.</summary>
internal static class Minimiser
{
    public static byte[] Minimise(FuzzTarget target, byte[] input, Finding finding, TimeSpan allowance)
    {
        var began = Stopwatch.GetTimestamp();
        var best = input;
        for (var chunk = Math.Max(1, best.Length / 2); chunk >= 1; chunk /= 2)
        {
            for (var at = 0; at < best.Length;)
            {
                if (Stopwatch.GetElapsedTime(began) > allowance)
                    return best;
                var count = Math.Min(chunk, best.Length - at);
                byte[] shorter = [.. best.AsSpan(0, at), .. best.AsSpan(at + count)];
                if (Guard.Run(target, shorter, out _)?.Key == finding.Key)
                    best = shorter;
                else
                    at += count;
            }
        }
        return best;
    }
}
