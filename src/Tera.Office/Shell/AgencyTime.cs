using System.Globalization;

namespace Tera.Office.Shell;

/// <summary>
/// Instants as an agency reads them: "Senin, 24 November 2025 09.30 WIB". Names of days and months stand here,
/// so that a letter's date does not depend on what the operating system knows of Indonesian.
/// </summary>
public sealed record AgencyTime
{
    private static readonly string[] Days = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"];

    private static readonly string[] Months =
        ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];

    private readonly TimeZoneInfo _zone;

    private AgencyTime(TimeZoneInfo zone) => _zone = zone;

    public static AgencyTime Jakarta { get; } = Of("Asia/Jakarta");

    public Language Language { get; init; } = Language.Indonesian;

    /// <summary>WIB, WITA or WIT; Indonesia has no daylight saving (Keppres 41/1987).</summary>
    public string ZoneName => _zone.BaseUtcOffset.Hours switch
    {
        7 => "WIB",
        8 => "WITA",
        9 => "WIT",
        _ => "UTC",
    };

    /// <summary> (UTC+8), for readers who do not know the names of the zones.</summary>
    public string Offset => string.Create(CultureInfo.InvariantCulture, $" (UTC{_zone.BaseUtcOffset.Hours:+0;-0;+0})");

    public static AgencyTime Of(string zone) =>
        new(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? found) ? found : TimeZoneInfo.Utc);

    /// <summary>Senin, 24 November 2025 09.30 WIB.</summary>
    public string Long(DateTimeOffset instant)
    {
        DateTimeOffset local = Local(instant);
        return $"{DayOf(local)}, {Date(DateOnly.FromDateTime(local.DateTime))} {Clock(local)} {ZoneName}";
    }

    /// <summary>24 Nov 2025 09.30 WIB: for tables and lists.</summary>
    public string Short(DateTimeOffset instant)
    {
        DateTimeOffset local = Local(instant);
        string month = MonthOf(local.Month)[..3];
        return string.Create(CultureInfo.InvariantCulture, $"{local.Day} {month} {local.Year} {Clock(local)} {ZoneName}");
    }

    /// <summary>09.30 for an instant of today, 24 Nov 09.30 for another day of this year.</summary>
    public string Brief(DateTimeOffset instant, DateTimeOffset now)
    {
        DateTimeOffset local = Local(instant);
        DateTimeOffset today = Local(now);
        return local.Date == today.Date ? $"{Clock(local)} {ZoneName}"
            : local.Year == today.Year ? string.Create(CultureInfo.InvariantCulture, $"{local.Day} {MonthOf(local.Month)[..3]} {Clock(local)}")
            : Short(instant);
    }

    /// <summary>24 November 2025.</summary>
    public string Date(DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"{date.Day} {MonthOf(date.Month)} {date.Year}");

    public DateOnly DayIn(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>How long ago or how far ahead, in the largest unit that says something.</summary>
    public string Distance(TimeSpan span)
    {
        TimeSpan size = span.Duration();
        bool english = Language == Language.English;
        (int count, string unit, string singular) = size switch
        {
            { TotalMinutes: < 1 } => (0, "", ""),
            { TotalHours: < 1 } => ((int)size.TotalMinutes, english ? "minutes" : "menit", "minute"),
            { TotalDays: < 1 } => ((int)size.TotalHours, english ? "hours" : "jam", "hour"),
            _ => ((int)size.TotalDays, english ? "days" : "hari", "day"),
        };
        return count == 0 ? (english ? "less than a minute" : "kurang dari semenit")
            : string.Create(CultureInfo.InvariantCulture, $"{count} {(english && count == 1 ? singular : unit)}");
    }

    private DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _zone);

    /// <summary>Hours and minutes with a full stop, as PUEBI wants it; English with a colon.</summary>
    private string Clock(DateTimeOffset local) =>
        local.ToString(Language == Language.English ? "HH':'mm" : "HH'.'mm", CultureInfo.InvariantCulture);

    private string DayOf(DateTimeOffset local) => Language == Language.English ? local.DayOfWeek.ToString() : Days[(int)local.DayOfWeek];

    private string MonthOf(int month) =>
        Language == Language.English ? CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month) : Months[month - 1];
}
