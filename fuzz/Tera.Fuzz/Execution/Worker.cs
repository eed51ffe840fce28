using System.Diagnostics;
using System.Globalization;
using Tera.Fuzz.Seeds;
using Tera.Fuzz.Targets;

namespace Tera.Fuzz.Execution;

/// <summary>Executes until the time is over, in a process of its own: what kills it kills nothing else.</summary>
internal sealed class Worker(FuzzOptions options, TextWriter told)
{
    public const int HangCode = 86;

    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(20);

    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private long _executing;
    private TimeSpan _cpuAtStart;

    public static string CurrentPath(FuzzOptions options, int worker) =>
        Path.Combine(options.Findings, string.Create(CultureInfo.InvariantCulture, $"current-{worker}.bin"));

    public int Run()
    {
        var random = new Random(options.Seed);
        var bank = new SeedBank(options.Corpus, random, options.Documents);
        var lanes = FuzzTarget.All(bank).Where(t => options.Targets.Count == 0 || options.Targets.Contains(t.Name)).Select(t => new Lane(t)).ToArray();
        using var current = new CurrentInput(CurrentPath(options, options.Worker!.Value));
        StartHangWatch();
        var began = Stopwatch.GetTimestamp();
        var lastReport = began;
        told.WriteLine("READY");
        for (long total = 0; total < options.Executions && Stopwatch.GetElapsedTime(began) < options.Duration; total++)
        {
            // The lane that has had the least of its share of time comes next: cheap targets get more executions, none starves.
            var lane = lanes.MinBy(l => l.Spent / l.Target.Share)!;
            Execute(lane, random, current);
            if (Stopwatch.GetElapsedTime(lastReport) > TimeSpan.FromSeconds(5))
            {
                Tell(lanes);
                lastReport = Stopwatch.GetTimestamp();
            }
        }
        Tell(lanes);
        return 0;
    }

    private void Execute(Lane lane, Random random, CurrentInput current)
    {
        var target = lane.Target;
        var start = Stopwatch.GetTimestamp();
        var input = target.Mutate(lane.Queue.Next(random), lane.Queue.Next(random), random);
        current.Write(target.Name, input);
        _cpuAtStart = Environment.CpuUsage.TotalTime;
        Interlocked.Increment(ref _executing);
        var finding = Guard.Run(target, input, out var outcome);
        Interlocked.Increment(ref _executing);
        current.Clear();
        lane.Executions++;
        lane.Queue.Tell(input, outcome, random);
        lane.Spent += Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (finding is null)
            return;
        var key = $"{target.Name} {finding.Key}";
        if (!_found.Add(key))
            return;
        // What a cold start, a busy machine or a full heap caused does not come again.
        if (finding.Kind is "slow" or "memory" || finding.Where.StartsWith(nameof(OutOfMemoryException), StringComparison.Ordinal))
        {
            GC.Collect();
            if (Guard.Run(target, input, out _)?.Kind != finding.Kind)
            {
                _found.Remove(key);
                return;
            }
        }
        told.WriteLine($"FINDING {Reproducer.Save(options.Findings, target, input, finding)}");
    }

    private void Tell(Lane[] lanes)
    {
        told.WriteLine("STATS " + string.Join(' ', lanes.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Target.Name}={l.Executions}/{l.Queue.Outcomes}"))));
        told.Flush();
    }

    // Odd while an input is being executed. The limit is on computing: a machine that is busy elsewhere makes no hang.
    private void StartHangWatch()
    {
        var thread = new Thread(() =>
        {
            for (var last = -1L; ;)
            {
                Thread.Sleep(1000);
                var now = Interlocked.Read(ref _executing);
                if (now % 2 == 1 && now == last && Environment.CpuUsage.TotalTime - _cpuAtStart > HangLimit)
                    Environment.Exit(HangCode);
                last = now;
            }
        })
        { IsBackground = true };
        thread.Start();
    }

    private sealed class Lane(FuzzTarget target)
    {
        public FuzzTarget Target => target;

        public SeedQueue Queue { get; } = new(target.Seeds);

        public double Spent { get; set; }

        public long Executions { get; set; }
    }
}
