using System.Diagnostics;
using Tera.Fuzz.Targets;

namespace Tera.Fuzz.Execution;

/// <summary>Executes a target under watch: what it throws, how long it computes, how much it allocates.</summary>
internal static class Guard
{
    /// <summary>What Tera promises for files under 10 MB is 2 s; inputs here are far smaller, so that half of it is too much.</summary>
    public static readonly TimeSpan CpuLimit = TimeSpan.FromSeconds(1);

    /// <summary>Executes once.</summary>
    /// <param name="target">The target.</param>
    /// <param name="input">The input.</param>
    /// <param name="outcome">What came of it, in a few words: the same for inputs that took the same way.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public static Finding? Run(FuzzTarget target, byte[] input, out string outcome)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var wall = Stopwatch.GetTimestamp();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        Finding? finding = null;
        try
        {
            outcome = target.Execute(input);
        }
        catch (BrokenPromiseException broken)
        {
            outcome = "promise";
            finding = new Finding("promise", broken.Message, broken.ToString());
        }
        catch (Exception exception) when (target.IsDocumented(exception))
        {
            outcome = $"refused {exception.GetType().Name} {target.ReasonOf(exception)}";
        }
        catch (Exception exception)
        {
            outcome = "exception";
            finding = new Finding("exception", $"{exception.GetType().Name} in {PlaceOf(exception)}", exception.ToString());
        }
        if (finding is not null)
            return finding;
        // Wall time is the cheaper clock: only what took long is asked what it computed.
        if (Stopwatch.GetElapsedTime(wall) > CpuLimit && Environment.CpuUsage.TotalTime - cpu is var spent && spent > CpuLimit)
            return new Finding("slow", target.SlownessOf(outcome), $"{spent.TotalSeconds:F2} s of CPU for {input.Length} bytes");
        var grown = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return grown > target.AllocationLimit + (8L * input.Length)
            ? new Finding("memory", target.SlownessOf(outcome), $"{grown / (1024 * 1024)} MiB allocated for {input.Length} bytes")
            : null;
    }

    // The innermost frame of ours tells faults apart; line numbers move.
    private static string PlaceOf(Exception exception)
    {
        foreach (var frame in new StackTrace(exception).GetFrames())
        {
            if (frame.GetMethod() is { DeclaringType: { } type } method && type.FullName?.StartsWith("Tera.", StringComparison.Ordinal) == true)
                return $"{type.Name}.{method.Name}";
        }
        return "the platform";
    }
}
