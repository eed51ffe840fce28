using Microsoft.Extensions.Logging;
using Tera.Authority.Databases;
using Tera.Pki.TimeStamping;

namespace Tera.Authority.TimeStamping;

/// <summary>
/// The system's clock, which is not believed when it is behind an instant that this authority has already seen, in this
/// life or before: then there are no time stamps rather than wrong ones. The host's time service keeps the accuracy.
/// </summary>
internal sealed class TimeStampClock(Counters counters, TimeProvider time, ILogger<TimeStampClock> log) : ITimeStampClock
{
    public const string Counter = "tsa-clock";
    private static readonly TimeSpan Accuracy = TimeSpan.FromSeconds(1);
    private long latest;

    public TimeStampClockReading? Read()
    {
        var now = time.GetUtcNow();
        var milliseconds = now.ToUnixTimeMilliseconds();
        var seen = Interlocked.Read(ref latest);
        if (milliseconds < seen - (long)Accuracy.TotalMilliseconds)
        {
            log.ClockWentBack((seen - milliseconds) / 1000.0);
            return null;
        }

        while (milliseconds > seen && Interlocked.CompareExchange(ref latest, milliseconds, seen) is var found && found != seen)
        {
            seen = found;
        }

        return new TimeStampClockReading(now, Accuracy);
    }

    public async Task RecallAsync(CancellationToken cancellation) => Interlocked.Exchange(ref latest, await counters.ReadAsync(Counter, cancellation));

    /// <summary>Writes down what was seen, so that the next life does not go behind it.</summary>
    public Task RememberAsync(CancellationToken cancellation) => counters.RaiseAsync(Counter, Interlocked.Read(ref latest), cancellation);
}
