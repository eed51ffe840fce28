[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace Tera.Authority.Tests;

/// <summary>The system's clock, moved by hand.</summary>
internal sealed class TestTime : TimeProvider
{
    private long shift;

    public void Advance(TimeSpan by) => Interlocked.Add(ref shift, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref shift));
}
