namespace Tera.Pki.TimeStamping;

/// <summary>A reading of the clock with its quality.</summary>
/// <param name="Instant">The instant.</param>
/// <param name="Accuracy">How far it may be off, from a microsecond to a day.</param>
public readonly record struct TimeStampClockReading(DateTimeOffset Instant, TimeSpan Accuracy);

/// <summary>The clock of a time-stamping unit: it knows whether it may be relied on.</summary>
public interface ITimeStampClock
{
    /// <summary>Reads the clock.</summary>
    /// <returns>The reading, or null when the clock is out of its accuracy: then the unit answers timeNotAvailable.</returns>
    TimeStampClockReading? Read();
}

/// <summary>A clock that takes the system's time as good within a fixed accuracy; for trials and for hosts whose time others watch.</summary>
/// <param name="time">The time.</param>
/// <param name="accuracy">The accuracy to state.</param>
public sealed class TrustingTimeStampClock(TimeProvider time, TimeSpan accuracy) : ITimeStampClock
{
    /// <inheritdoc/>
    public TimeStampClockReading? Read() => new(time.GetUtcNow(), accuracy);
}
