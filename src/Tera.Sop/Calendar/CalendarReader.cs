using System.Globalization;
using Tera.Sop.Definitions;

namespace Tera.Sop.Calendar;

/// <summary>What reading a calendar gave.</summary>
/// <param name="Calendar">The calendar; null when something is wrong.</param>
/// <param name="Problems">What is wrong.</param>
public sealed record CalendarReading(WorkingCalendar? Calendar, IReadOnlyList<SopProblem> Problems);

/// <summary>Reads a calendar file and the file of holidays.</summary>
public static class CalendarReader
{
    private static readonly (string Word, DayOfWeek Day)[] Days =
    [
        ("senin", DayOfWeek.Monday), ("selasa", DayOfWeek.Tuesday), ("rabu", DayOfWeek.Wednesday), ("kamis", DayOfWeek.Thursday),
        ("jumat", DayOfWeek.Friday), ("sabtu", DayOfWeek.Saturday), ("minggu", DayOfWeek.Sunday),
    ];

    /// <summary>Reads a calendar that travels inside the library.</summary>
    /// <param name="name">asn-5-hari or kemhan.</param>
    /// <returns>The calendar, or null when there is none of that name.</returns>
    public static WorkingCalendar? Bundled(string name) =>
        Content(name) is { } hours && Content("libur-nasional") is { } holidays ? Read(name, hours, holidays).Calendar : null;

    /// <summary>Reads both files.</summary>
    /// <param name="name">Name of the calendar; its file must say the same.</param>
    /// <param name="hours">The working hours, UTF-8.</param>
    /// <param name="holidays">The holidays, UTF-8.</param>
    public static CalendarReading Read(string name, ReadOnlySpan<byte> hours, ReadOnlySpan<byte> holidays)
    {
        var unreadable = new List<SopProblem>();
        var root = SopFile.Parse(name, hours, unreadable);
        var off = SopFile.Parse("libur-nasional", holidays, unreadable);
        if (root is null || off is null)
        {
            return new CalendarReading(null, unreadable);
        }

        var problems = new SopProblems(name);
        var top = SopScope.Open(problems, root, root.Place, "kalender", "kalender", "versi", "jam", "ramadan");
        if (top.Text("kalender", required: true) is { } own && !string.Equals(own, name, StringComparison.Ordinal))
        {
            top.Problem("kalender", $"berkas ini bernama '{name}', tetapi menulis '{own}'.");
        }

        var normal = Week(problems, top, "jam");
        var ramadan = top.Node("ramadan") is null ? normal : Week(problems, top, "ramadan");
        var offProblems = new SopProblems("libur-nasional");
        var years = Years(offProblems, SopScope.Open(offProblems, off, off.Place, "libur-nasional", "libur"));
        IReadOnlyList<SopProblem> found = [.. problems.Sorted, .. offProblems.Sorted];
        return new CalendarReading(found.Count > 0 ? null : new WorkingCalendar(name, top.Number("versi", 1, 100_000) ?? 1, normal, ramadan, years), found);
    }

    private static Dictionary<DayOfWeek, IReadOnlyList<WorkingHours>> Week(SopProblems problems, SopScope top, string key)
    {
        var week = new Dictionary<DayOfWeek, IReadOnlyList<WorkingHours>>();
        var scope = SopScope.Open(problems, top.Node(key), top.Place, key, [.. Days.Select(day => day.Word)]);
        foreach (var (word, day) in Days)
        {
            var stretches = new List<WorkingHours>();
            foreach (var text in scope.Texts(word, most: 6))
            {
                if (text.Split('-') is [var from, var until] && Time(from) is { } start && Time(until) is { } end && start < end && (stretches.Count == 0 || stretches[^1].Until <= start))
                {
                    stretches.Add(new WorkingHours(start, end));
                }
                else
                {
                    scope.Problem(word, $"'{text}' bukan jam kerja yang berurutan (contoh: 07:30-12:00).");
                }
            }

            if (stretches.Count > 0)
            {
                week[day] = stretches;
            }
        }

        if (week.Count == 0)
        {
            top.Problem(key, "tidak ada hari kerja.");
        }

        return week;
    }

    private static List<CalendarYear> Years(SopProblems problems, SopScope top)
    {
        var years = new List<CalendarYear>();
        foreach (var node in top.Node("libur") is YamlList list ? list.Items : [])
        {
            var scope = SopScope.Open(problems, node, node.Place, "libur", "tahun", "status", "nasional", "cuti_bersama", "ramadan");
            var year = scope.Number("tahun", 2000, 2200) ?? 0;
            var ramadan = SopScope.Open(problems, scope.Node("ramadan"), node.Place, "libur.ramadan", "dari", "sampai");
            var days = new HashSet<DateOnly>();
            foreach (var key in new[] { "nasional", "cuti_bersama" })
            {
                foreach (var text in scope.Texts(key))
                {
                    if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year == year && days.Add(day))
                    {
                        continue;
                    }

                    scope.Problem(key, $"'{text}' bukan tanggal pada tahun {year}, atau ditulis dua kali.");
                }
            }

            if (years.Exists(known => known.Year == year))
            {
                scope.Problem("tahun", $"tahun {year} ditulis dua kali.");
                continue;
            }

            years.Add(new CalendarYear(year, scope.Choice("status", false, ("keputusan", true), ("perkiraan", false)), days, (ramadan.Date("dari") ?? DateOnly.MaxValue, ramadan.Date("sampai") ?? DateOnly.MinValue)));
        }

        if (years.Count == 0)
        {
            top.Problem("libur", "tidak ada satu tahun pun.");
        }

        return years;
    }

    private static TimeOnly? Time(string text) => TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static byte[]? Content(string name)
    {
        using var stream = typeof(CalendarReader).Assembly.GetManifestResourceStream($"sop/kalender/{name}.yaml");
        if (stream is null)
        {
            return null;
        }

        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
