using System.Diagnostics;
using System.Globalization;

namespace Tera.Fuzz.Execution;

/// <summary>Starts workers, collects what they find and what kills them, starts them anew, and sums up.</summary>
internal sealed class Watcher(FuzzOptions options, TextWriter output)
{
    // 256 MiB for an execution, and what the seeds and the runtime hold.
    private const string HeapLimit = "0x18000000";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _executions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _findings = new(StringComparer.Ordinal);

    public int Run()
    {
        Directory.CreateDirectory(options.Findings);
        var began = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, options.Workers).Select(w => new Thread(() => Watch(w, began))).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        var elapsed = Stopwatch.GetElapsedTime(began);
        new Ledger(options.Ledger).Add(options.Seed, elapsed, _executions, _findings.Count);
        foreach (var (target, count) in _executions)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target,-12} {count,12:N0} executions"));
        foreach (var finding in _findings)
            output.WriteLine($"finding: {finding}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seed {options.Seed}: {_executions.Values.Sum():N0} executions in {elapsed.TotalSeconds:F0} s, {_findings.Count} findings"));
        return _findings.Count == 0 ? 0 : 1;
    }

    private void Watch(int worker, long began)
    {
        for (var life = 0; ; life++)
        {
            var left = options.Duration - Stopwatch.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || (life > 0 && options.Executions != long.MaxValue) || life > 200)
                return;
            var isOver = Live(worker, life, left);
            if (isOver)
                return;
        }
    }

    // A life of a worker ends at its time, or early: then what it was executing is a finding.
    private bool Live(int worker, int life, TimeSpan left)
    {
        using var process = Process.Start(StartInfo(worker, options.Seed + (1000 * life) + worker, left))!;
        var counted = new Dictionary<string, long>(StringComparer.Ordinal);
        var errors = process.StandardError.ReadToEndAsync();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith("STATS ", StringComparison.Ordinal))
                Count(line[6..], counted);
            else if (line.StartsWith("FINDING ", StringComparison.Ordinal))
                Add(line[8..]);
        }
        process.WaitForExit();
        var said = errors.GetAwaiter().GetResult();
        if (process.ExitCode == 0)
            return true;
        if (CurrentInput.Read(Worker.CurrentPath(options, worker)) is { } last)
        {
            var kind = process.ExitCode == Worker.HangCode ? "hang" : "crash";
            var cause = said.Split('\n').FirstOrDefault(l => l.Length > 0) ?? "";
            var where = said.Split('\n').FirstOrDefault(l => l.Contains("at Tera.", StringComparison.Ordinal))?.Trim() ?? "";
            Add(Reproducer.SaveDead(options.Findings, last.Target, last.Input, new Finding(kind, $"{cause} {where}", said.Length > 20_000 ? said[..20_000] : said)));
        }
        else
        {
            Add($"a worker ended with code {process.ExitCode} between two executions: {said.Split('\n')[0]}");
        }
        return false;
    }

    private ProcessStartInfo StartInfo(int worker, int seed, TimeSpan left)
    {
        var info = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        var own = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["--worker"] = worker.ToString(CultureInfo.InvariantCulture),
            ["--seed"] = seed.ToString(CultureInfo.InvariantCulture),
            ["--seconds"] = left.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            ["--documents"] = options.Documents.ToString(CultureInfo.InvariantCulture),
            ["--findings"] = options.Findings,
            ["--corpus"] = options.Corpus,
            ["--executions"] = options.Executions == long.MaxValue ? null : options.Executions.ToString(CultureInfo.InvariantCulture),
        };
        info.ArgumentList.Add(typeof(Watcher).Assembly.Location);
        foreach (var (name, value) in own.Where(o => o.Value is not null))
        {
            info.ArgumentList.Add(name);
            info.ArgumentList.Add(value!);
        }
        foreach (var target in options.Targets)
        {
            info.ArgumentList.Add("--target");
            info.ArgumentList.Add(target);
        }
        info.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        return info;
    }

    private void Count(string stats, Dictionary<string, long> counted)
    {
        lock (_lock)
        {
            foreach (var item in stats.Split(' '))
            {
                var (target, count) = (item.Split('=')[0], long.Parse(item.Split('=')[1].Split('/')[0], CultureInfo.InvariantCulture));
                _executions[target] = _executions.GetValueOrDefault(target) + count - counted.GetValueOrDefault(target);
                counted[target] = count;
            }
        }
    }

    private void Add(string finding)
    {
        lock (_lock)
        {
            if (_findings.Add(finding))
                output.WriteLine($"finding: {finding}");
        }
    }
}
