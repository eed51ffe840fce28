using System.Collections.Immutable;

namespace Tera.Sop.Calendar;

/// <summary>Why the clock of a step stands still.</summary>
public enum SuspensionReason
{
    /// <summary>The applicant has the ball.</summary>
    Applicant,

    /// <summary>An outside party has it.</summary>
    External,

    /// <summary>Somebody earlier corrects it.</summary>
    Correction,
}

/// <summary>A time in which the clock stood still.</summary>
/// <param name="From">From.</param>
/// <param name="Until">Until; null while it lasts.</param>
/// <param name="Reason">Why.</param>
public sealed record Suspension(DateTimeOffset From, DateTimeOffset? Until, SuspensionReason Reason);

/// <summary>
/// The time account of a running step. It stores the budget and what was used, never a target instant: the due instant follows
/// from the calendar and moves when the calendar or a suspension does.
/// </summary>
public sealed record TimeLedger
{
    private static readonly int[] Rungs = [50, 100, 150];

    /// <summary>The working time there is.</summary>
    public required TimeSpan Budget { get; init; }

    /// <summary>Name of the calendar it is counted by.</summary>
    public required string Calendar { get; init; }

    /// <summary>Version of that calendar.</summary>
    public required int CalendarVersion { get; init; }

    /// <summary>Working time used up to <see cref="RunningSince"/>.</summary>
    public TimeSpan Consumed { get; init; }

    /// <summary>The clock runs since; null while it stands still.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    /// <summary>When it stood still, and why.</summary>
    public ImmutableList<Suspension> Suspensions { get; init; } = [];

    /// <summary>Rungs of the escalation ladder (per cent of the budget) that were fired; each fires once.</summary>
    public ImmutableList<int> Fired { get; init; } = [];

    /// <summary>Opens an account whose clock runs.</summary>
    public static TimeLedger Open(WorkingCalendar calendar, TimeSpan budget, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(budget, TimeSpan.Zero);
        return new TimeLedger { Budget = budget, Calendar = calendar.Name, CalendarVersion = calendar.Version, RunningSince = now };
    }

    /// <summary>Working time used up to now; null when the calendar runs out.</summary>
    public TimeSpan? ConsumedAt(WorkingCalendar calendar, IndonesianZone zone, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return RunningSince is not { } since ? Consumed : calendar.TryBetween(since, now, zone, out var working) ? Consumed + working : null;
    }

    /// <summary>Stops the clock; null when the calendar runs out. A clock that stands still stays so.</summary>
    public TimeLedger? Suspend(WorkingCalendar calendar, IndonesianZone zone, DateTimeOffset now, SuspensionReason reason) =>
        RunningSince is null ? this
        : ConsumedAt(calendar, zone, now) is { } consumed ? this with { Consumed = consumed, RunningSince = null, Suspensions = Suspensions.Add(new Suspension(now, null, reason)) }
        : null;

    /// <summary>Lets the clock run again.</summary>
    public TimeLedger Resume(DateTimeOffset now) => RunningSince is not null ? this : this with
    {
        RunningSince = now,
        Suspensions = Suspensions.Count == 0 ? Suspensions : Suspensions.SetItem(Suspensions.Count - 1, Suspensions[^1] with { Until = now }),
    };

    /// <summary>When the budget is used up; null while the clock stands still or when the calendar runs out.</summary>
    public DateTimeOffset? DueAt(WorkingCalendar calendar, IndonesianZone zone)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return RunningSince is { } since && calendar.TryAdd(since, Consumed < Budget ? Budget - Consumed : TimeSpan.Zero, zone, out var due) ? due : null;
    }

    /// <summary>Rungs that are reached and were not fired: 50, 100 and 150 per cent.</summary>
    public IReadOnlyList<int> RungsReached(WorkingCalendar calendar, IndonesianZone zone, DateTimeOffset now) =>
        ConsumedAt(calendar, zone, now) is { } consumed ? [.. Rungs.Where(rung => !Fired.Contains(rung) && consumed * 100 >= Budget * rung)] : [];

    /// <summary>Remembers that a rung was fired.</summary>
    public TimeLedger Fire(int rung) => Fired.Contains(rung) ? this : this with { Fired = Fired.Add(rung) };
}
