using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Sop.Simulation;

/// <summary>How a procedure is tried out.</summary>
public sealed record SimulationOptions
{
    /// <summary>How many cases.</summary>
    public int Walks { get; init; } = 1000;

    /// <summary>Seed: the same seed gives the same cases.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>A case that is not over after so many commands is counted as still bouncing.</summary>
    public int MostCommands { get; init; } = 400;

    /// <summary>How often a person says no, from 0 to 1.</summary>
    public double NoShare { get; init; } = 0.2;

    /// <summary>How often an effect fails, from 0 to 1.</summary>
    public double FailureShare { get; init; } = 0.02;

    /// <summary>How often a task with a time limit expires, from 0 to 1.</summary>
    public double ExpiryShare { get; init; } = 0.03;

    /// <summary>How often nobody holds a lane that may be skipped, from 0 to 1.</summary>
    public double EmptyLaneShare { get; init; } = 0.05;
}

/// <summary>What happened at a step over all cases.</summary>
/// <param name="Step">The step.</param>
/// <param name="Nomor">Its number on the form.</param>
/// <param name="Done">How often it was done going forward, chain members counted each.</param>
/// <param name="Returned">How often it returned the case.</param>
/// <param name="Skipped">How often it was skipped.</param>
/// <param name="Failed">How often one of its effects failed.</param>
/// <param name="Work">Working time by the declared <c>waktu</c>, over all cases.</param>
public sealed record StepStatistics(string Step, string Nomor, int Done, int Returned, int Skipped, int Failed, TimeSpan Work);

/// <summary>What came of a simulation.</summary>
/// <param name="Sop">Name of the definition.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Walks">How many cases.</param>
/// <param name="Commands">Commands that were given, accepted or refused.</param>
/// <param name="Refused">Commands that were refused.</param>
/// <param name="Ends">Cases by end state.</param>
/// <param name="Bouncing">Cases that were not over in time.</param>
/// <param name="MeanRounds">Rounds (returns by a person, plus one) on average.</param>
/// <param name="MostRounds">Rounds of the worst case.</param>
/// <param name="MedianWork">Working time of the office, median of the cases that are over.</param>
/// <param name="P90Work">Working time of the office that nine of ten cases stay within.</param>
/// <param name="Steps">Each step.</param>
public sealed record SimulationReport(
    string Sop, int Seed, int Walks, long Commands, long Refused, IReadOnlyDictionary<string, int> Ends, int Bouncing, double MeanRounds, int MostRounds,
    TimeSpan MedianWork, TimeSpan P90Work, IReadOnlyList<StepStatistics> Steps);

/// <summary>Tries a procedure out with random cases before anybody enacts it.</summary>
public static class SopSimulation
{
    /// <summary>Runs the cases; the same definition, options and seed always give the same report.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Walks or commands are not from 1 to 100,000.</exception>
    public static SimulationReport Run(SopDefinition definition, SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Walks is < 1 or > 100_000 || options.MostCommands is < 1 or > 100_000)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "Walks and commands are from 1 to 100,000.");
        }

        var ends = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var steps = definition.Steps.ToDictionary(step => step.Id, _ => new Tally(), StringComparer.Ordinal);
        var work = new List<TimeSpan>();
        long commands = 0, refused = 0, rounds = 0;
        var (bouncing, mostRounds) = (0, 0);
        for (var walk = 0; walk < options.Walks; walk++)
        {
            var walker = new Walker(definition, options, new Random(unchecked((options.Seed * 7919) + walk)), walk);
            while (walker.Case?.End is null && walker.Commands < options.MostCommands)
            {
                walker.Step();
            }

            var current = walker.Case!;
            commands += walker.Commands;
            refused += walker.Refused;
            rounds += current.Returns + 1;
            mostRounds = Math.Max(mostRounds, current.Returns + 1);
            if (current.End is { } end)
            {
                ends[end] = ends.GetValueOrDefault(end) + 1;
                work.Add(Count(definition, current, steps));
            }
            else
            {
                bouncing++;
                Count(definition, current, steps);
            }
        }

        work.Sort();
        return new SimulationReport(
            definition.Name, options.Seed, options.Walks, commands, refused, ends, bouncing, (double)rounds / options.Walks, mostRounds, Quantile(work, 0.5), Quantile(work, 0.9),
            [.. definition.Steps.Select(step => steps[step.Id].Report(step))]);
    }

    private static TimeSpan Quantile(List<TimeSpan> sorted, double share) =>
        sorted.Count == 0 ? TimeSpan.Zero : sorted[(int)Math.Ceiling(share * sorted.Count) - 1];

    private static TimeSpan Count(SopDefinition definition, Case current, Dictionary<string, Tally> steps)
    {
        var office = TimeSpan.Zero;
        foreach (var row in current.History)
        {
            var step = definition.Step(row.Step);
            var tally = steps[row.Step];
            switch (row.How)
            {
                case HistoryKind.Returned:
                    tally.Returned++;
                    break;
                case HistoryKind.Skipped:
                    tally.Skipped++;
                    break;
                case HistoryKind.Failed:
                    tally.Failed++;
                    break;
                default:
                    tally.Done++;
                    break;
            }

            if (row.How != HistoryKind.Skipped && step.Waktu is { } waktu)
            {
                tally.Work += waktu;
                office += step.ClockRuns ? waktu : TimeSpan.Zero;
            }
        }

        return office;
    }

    private sealed class Tally
    {
        public int Done { get; set; }

        public int Returned { get; set; }

        public int Skipped { get; set; }

        public int Failed { get; set; }

        public TimeSpan Work { get; set; }

        public StepStatistics Report(Step step) => new(step.Id, step.Nomor, Done, Returned, Skipped, Failed, Work);
    }
}
