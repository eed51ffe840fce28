namespace Tera.EndToEnd.Product;

/// <summary>The machine's clock, moved on by as much as a test says. Timers run as ever.</summary>
internal sealed class TurnableClock : TimeProvider
{
    private long _ahead;

    public void TurnOn(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));
}
