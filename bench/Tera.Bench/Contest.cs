using System.Globalization;

namespace Tera.Bench;

/// <summary>
/// Contestants that run in turns, a lap each a round, so that what else the machine does falls on all alike. Figures are medians
/// over the rounds; a ratio is the median of the ratios within each round.
/// </summary>
internal sealed class Contest(string title)
{
    private static readonly TimeSpan WarmUpLap = TimeSpan.FromMilliseconds(500);

    private readonly List<Contestant> _contestants = [];

    public Contestant Add(string name, Action work)
    {
        var contestant = new Contestant(name, work);
        _contestants.Add(contestant);
        return contestant;
    }

    public void Run(int rounds, TimeSpan window)
    {
        // The compiler needs some thousands of calls and some seconds in the background before code is at its best.
        for (var i = 0; i < 3; i++)
            _contestants.ForEach(c => c.WarmUp(window > WarmUpLap ? window : WarmUpLap));
        for (var round = 0; round < rounds; round++)
            _contestants.ForEach(c => c.RunLap(window));
    }

    /// <summary>Cost of the one in terms of the other, and how far rounds differ in it.</summary>
    public static (double Ratio, double Noise) Compare(Contestant one, Contestant other)
    {
        double[] ratios = [.. one.Laps.Zip(other.Laps, (a, b) => a.Micros / b.Micros)];
        return (Statistics.Median(ratios), Statistics.Noise(ratios));
    }

    /// <summary>Writes a Markdown table; the first contestant is what the others are compared with.</summary>
    public void Print()
    {
        var first = _contestants[0];
        Console.WriteLine($"\n### {title}\n");
        Console.WriteLine("| | CPU us each | allocated bytes | times the first | share of the first's rate | noise |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var contestant in _contestants)
        {
            var (ratio, noise) = contestant == first ? (1, Statistics.Noise(first.Laps.Select(l => l.Micros))) : Compare(contestant, first);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {contestant.Name} | {contestant.Micros:N1} | {contestant.AllocatedBytes:N0} | {ratio:N2} | {1 / ratio:P0} | {noise:P0} |"));
        }
    }
}
