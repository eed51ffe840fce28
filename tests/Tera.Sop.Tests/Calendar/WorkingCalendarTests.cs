using System.Globalization;
using System.Text;
using Tera.Sop.Calendar;

namespace Tera.Sop.Tests.Calendar;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Asn = CalendarReader.Bundled("asn-5-hari")!;

    [Fact]
    public void A_normal_week_has_37_and_a_half_hours_and_a_week_of_Ramadan_32_and_a_half()
    {
        Assert.Equal(37.5, WeekHours(new DateOnly(2026, 2, 2)));
        Assert.Equal(32.5, WeekHours(new DateOnly(2026, 3, 2)));
    }

    [Theory]
    [InlineData("2026-02-02T09:00", 30, "2026-02-02T09:30")]
    [InlineData("2026-02-02T11:45", 30, "2026-02-02T13:15")]
    [InlineData("2026-02-06T11:15", 30, "2026-02-06T13:15")]
    [InlineData("2026-02-06T16:15", 30, "2026-02-09T07:45")]
    [InlineData("2026-02-13T16:00", 60, "2026-02-18T08:00")]
    [InlineData("2026-03-17T14:30", 60, "2026-03-25T08:00")]
    [InlineData("2026-02-07T10:00", 0, "2026-02-09T07:30")]
    public void Working_minutes_skip_breaks_weekends_holidays_and_collective_leave(string start, int minutes, string due)
    {
        Assert.True(Asn.TryAdd(Wib(start), TimeSpan.FromMinutes(minutes), IndonesianZone.Wib, out var found));
        Assert.Equal(Wib(due), found);
    }

    [Fact]
    public void The_day_begins_when_it_begins_there()
    {
        Assert.True(Asn.TryAdd(new DateTimeOffset(2026, 2, 2, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(30), IndonesianZone.Wib, out var west));
        Assert.True(Asn.TryAdd(new DateTimeOffset(2026, 2, 2, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(30), IndonesianZone.Wit, out var east));
        Assert.Equal(new DateTimeOffset(2026, 2, 2, 1, 0, 0, TimeSpan.Zero), west);
        Assert.Equal(new DateTimeOffset(2026, 2, 2, 0, 30, 0, TimeSpan.Zero), east);
    }

    [Fact]
    public void What_was_added_lies_between()
    {
        var random = new Random(11);
        for (var run = 0; run < 2000; run++)
        {
            var start = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(0, 900_000));
            var working = TimeSpan.FromMinutes(random.Next(1, 6000));
            Assert.True(Asn.TryAdd(start, working, IndonesianZone.Wita, out var due));
            Assert.True(Asn.TryBetween(start, due, IndonesianZone.Wita, out var between));
            Assert.Equal(working, between);
        }
    }

    [Fact]
    public void A_calendar_that_has_run_out_says_so()
    {
        Assert.False(Asn.TryAdd(Wib("2027-12-31T16:00"), TimeSpan.FromHours(5), IndonesianZone.Wib, out _));
        Assert.False(Asn.TryBetween(Wib("2027-12-31T10:00"), Wib("2028-01-03T10:00"), IndonesianZone.Wib, out _));
        Assert.False(Asn.TryAddWorkingDays(Wib("2027-12-31T10:00"), 1, IndonesianZone.Wib, out _));
        Assert.Contains("2028", Asn.Warnings(new DateOnly(2027, 5, 1))[1], StringComparison.Ordinal);
        Assert.Contains("perkiraan", Assert.Single(Asn.Warnings(new DateOnly(2026, 5, 1))), StringComparison.Ordinal);
        Assert.Empty(Asn.Warnings(new DateOnly(2025, 5, 1)));
    }

    [Fact]
    public void One_working_day_later_is_the_same_time_on_the_next_working_day()
    {
        Assert.True(Asn.TryAddWorkingDays(Wib("2026-02-13T10:00"), 1, IndonesianZone.Wib, out var due));
        Assert.Equal(Wib("2026-02-18T10:00"), due);
    }

    [Fact]
    public void The_ledger_stops_while_the_applicant_has_the_ball()
    {
        var ledger = TimeLedger.Open(Asn, TimeSpan.FromHours(2), Wib("2026-02-02T09:00"));
        Assert.Equal(Wib("2026-02-02T11:00"), ledger.DueAt(Asn, IndonesianZone.Wib));
        ledger = ledger.Suspend(Asn, IndonesianZone.Wib, Wib("2026-02-02T10:00"), SuspensionReason.Applicant)!;
        Assert.Null(ledger.DueAt(Asn, IndonesianZone.Wib));
        Assert.Equal(TimeSpan.FromHours(1), ledger.ConsumedAt(Asn, IndonesianZone.Wib, Wib("2026-02-05T10:00")));
        ledger = ledger.Resume(Wib("2026-02-04T15:30"));
        Assert.Equal(Wib("2026-02-05T08:00"), ledger.DueAt(Asn, IndonesianZone.Wib));
        Assert.Equal([50, 100], ledger.RungsReached(Asn, IndonesianZone.Wib, Wib("2026-02-05T08:00")));
        Assert.Equal([100], ledger.Fire(50).RungsReached(Asn, IndonesianZone.Wib, Wib("2026-02-05T08:00")));
    }

    [Fact]
    public void A_wrong_calendar_is_told_what_is_wrong()
    {
        var reading = CalendarReader.Read("x", Encoding.UTF8.GetBytes("kalender: x\njam: {senin: ['12:00-07:30']}"), Encoding.UTF8.GetBytes("libur:\n  - {tahun: 2025, status: keputusan, nasional: [2026-01-01], ramadan: {}}"));
        Assert.Null(reading.Calendar);
        Assert.Contains(reading.Problems, problem => problem.Sentence.Contains("12:00-07:30", StringComparison.Ordinal));
        Assert.Contains(reading.Problems, problem => problem.Sentence.Contains("2026-01-01", StringComparison.Ordinal));
    }

    [Fact]
    public void The_calendars_of_the_bundled_procedures_exist() => Assert.NotNull(CalendarReader.Bundled("kemhan"));

    private static double WeekHours(DateOnly monday) =>
        Enumerable.Range(0, 7).Sum(day => Asn.HoursOf(monday.AddDays(day)).Sum(hours => (hours.Until - hours.From).TotalHours));

    private static DateTimeOffset Wib(string local) => new(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeSpan.FromHours(7));
}
