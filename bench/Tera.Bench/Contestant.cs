namespace Tera.Bench;

/// <summary>One way of doing a piece of work, and what its laps cost.</summary>
internal sealed class Contestant(string name, Action work)
{
    private readonly List<Lap> _laps = [];

    public string Name => name;

    public IReadOnlyList<Lap> Laps => _laps;

    public double Micros => Statistics.Median(_laps.Select(l => l.Micros));

    public double WallMicros => Statistics.Median(_laps.Select(l => l.WallMicros));

    public double AllocatedBytes => Statistics.Median(_laps.Select(l => l.AllocatedBytes));

    public void WarmUp(TimeSpan window) => Lap.Run(work, window);

    public void RunLap(TimeSpan window) => _laps.Add(Lap.Run(work, window));
}
