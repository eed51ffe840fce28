namespace Tera.Sop.Calendar;

/// <summary>A stretch of working time within a day, local time.</summary>
/// <param name="From">From.</param>
/// <param name="Until">Until, later on the same day.</param>
public readonly record struct WorkingHours(TimeOnly From, TimeOnly Until);

/// <summary>What is known of one year.</summary>
/// <param name="Year">The year.</param>
/// <param name="IsDecreed">By decree; otherwise computed and to be replaced when the decree is out.</param>
/// <param name="DaysOff">National holidays and collective leave.</param>
/// <param name="Ramadan">First and last day of the fasting month.</param>
public sealed record CalendarYear(int Year, bool IsDecreed, IReadOnlySet<DateOnly> DaysOff, (DateOnly From, DateOnly Until) Ramadan);

/// <summary>
/// Working time of an agency. It answers only within the years it knows: a calendar that has run out says so instead of
/// counting holidays as working days.
/// </summary>
public sealed class WorkingCalendar
{
    private readonly IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingHours>> normal;
    private readonly IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingHours>> ramadan;
    private readonly IReadOnlyDictionary<int, CalendarYear> years;

    internal WorkingCalendar(
        string name, int version, IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingHours>> normal, IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingHours>> ramadan, IReadOnlyList<CalendarYear> years)
    {
        Name = name;
        Version = version;
        this.normal = normal;
        this.ramadan = ramadan;
        this.years = years.ToDictionary(year => year.Year);
    }

    /// <summary>Its name, as an SOP gives it.</summary>
    public string Name { get; }

    /// <summary>Its version, to be stored with whatever was computed by it.</summary>
    public int Version { get; }

    /// <summary>True when the day lies in a year the calendar knows.</summary>
    public bool Covers(DateOnly day) => years.ContainsKey(day.Year);

    /// <summary>The working hours of a day; empty on days off and outside the years it knows.</summary>
    public IReadOnlyList<WorkingHours> HoursOf(DateOnly day)
    {
        if (!years.TryGetValue(day.Year, out var year) || year.DaysOff.Contains(day))
        {
            return [];
        }

        var week = day >= year.Ramadan.From && day <= year.Ramadan.Until ? ramadan : normal;
        return week.GetValueOrDefault(day.DayOfWeek) ?? [];
    }

    /// <summary>The instant at which the working time is used up.</summary>
    /// <param name="start">From here.</param>
    /// <param name="working">Working time, not negative.</param>
    /// <param name="zone">The agency's zone.</param>
    /// <param name="due">The instant, UTC.</param>
    /// <returns>False when the calendar runs out before.</returns>
    public bool TryAdd(DateTimeOffset start, TimeSpan working, IndonesianZone zone, out DateTimeOffset due)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(working, TimeSpan.Zero);
        var local = Local(start, zone);
        due = start.ToUniversalTime();
        for (var day = DateOnly.FromDateTime(local); Covers(day); day = day.AddDays(1))
        {
            foreach (var (from, until) in Stretches(day, local))
            {
                if (until - from >= working)
                {
                    due = new DateTimeOffset(from + working, Offset(zone)).ToUniversalTime();
                    return true;
                }

                working -= until - from;
            }
        }

        return false;
    }

    /// <summary>The instant that lies so many working days later, at the same time of day or the end of the working day before it.</summary>
    /// <param name="start">From here.</param>
    /// <param name="workingDays">Working days, at least one.</param>
    /// <param name="zone">The agency's zone.</param>
    /// <param name="due">The instant, UTC.</param>
    /// <returns>False when the calendar runs out before.</returns>
    public bool TryAddWorkingDays(DateTimeOffset start, int workingDays, IndonesianZone zone, out DateTimeOffset due)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workingDays, 1);
        var local = Local(start, zone);
        due = start.ToUniversalTime();
        for (var day = DateOnly.FromDateTime(local).AddDays(1); Covers(day); day = day.AddDays(1))
        {
            var hours = HoursOf(day);
            if (hours.Count == 0 || --workingDays > 0)
            {
                continue;
            }

            var time = TimeOnly.FromDateTime(local);
            time = time < hours[0].From ? hours[0].From : time > hours[^1].Until ? hours[^1].Until : time;
            due = new DateTimeOffset(day.ToDateTime(time), Offset(zone)).ToUniversalTime();
            return true;
        }

        return false;
    }

    /// <summary>Working time between two instants.</summary>
    /// <param name="start">From here.</param>
    /// <param name="end">To here, not earlier.</param>
    /// <param name="zone">The agency's zone.</param>
    /// <param name="working">The working time.</param>
    /// <returns>False when part of the time lies outside the years the calendar knows.</returns>
    public bool TryBetween(DateTimeOffset start, DateTimeOffset end, IndonesianZone zone, out TimeSpan working)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        working = TimeSpan.Zero;
        var (local, last) = (Local(start, zone), Local(end, zone));
        for (var day = DateOnly.FromDateTime(local); day <= DateOnly.FromDateTime(last); day = day.AddDays(1))
        {
            if (!Covers(day))
            {
                return false;
            }

            foreach (var (from, until) in Stretches(day, local))
            {
                working += last <= from ? TimeSpan.Zero : (last < until ? last : until) - from;
            }
        }

        return true;
    }

    /// <summary>What an administrator should know: years that are missing or only computed.</summary>
    /// <param name="today">The day, local.</param>
    /// <returns>Sentences in Indonesian; empty when all is well.</returns>
    public IReadOnlyList<string> Warnings(DateOnly today) =>
        [.. from year in new[] { today.Year, today.Year + 1 }
            let known = years.GetValueOrDefault(year)
            where known is not { IsDecreed: true }
            select known is null ? $"Kalender '{Name}' belum memuat tahun {year}." : $"Kalender '{Name}' tahun {year} masih perkiraan; cocokkan dengan SKB hari libur dan cuti bersama."];

    private IEnumerable<(DateTime From, DateTime Until)> Stretches(DateOnly day, DateTime notBefore) =>
        from hours in HoursOf(day)
        let begin = day.ToDateTime(hours.From)
        let end = day.ToDateTime(hours.Until)
        where end > notBefore
        select (begin < notBefore ? notBefore : begin, end);

    private static TimeSpan Offset(IndonesianZone zone) => TimeSpan.FromHours((int)zone);

    private static DateTime Local(DateTimeOffset instant, IndonesianZone zone) => instant.ToOffset(Offset(zone)).DateTime;
}
