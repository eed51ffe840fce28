using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tera.Office.Storage;
using Tera.Sop.Calendar;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases;

/// <summary>When a task is due, when a wait ends, and how urgent that is today.</summary>
internal sealed class CaseClock(CaseCast cast, CaseForms forms, WorkCalendars calendars, IEnumerable<ISampai> instants)
{
    /// <summary>
    /// How long a task may lie in an inbox is not its working time (<c>waktu</c>). Where the SOP gives no <c>tenggat</c> but measures the step,
    /// it is one working day; a step that the SOP does not measure at all has no due time. Null too when the calendar has run out.
    /// </summary>
    public async Task<DateTimeOffset?> DueAsync(SopDefinition definition, TaskView view, Guid agencyId, CancellationToken cancellation)
    {
        if (!view.Step.ClockRuns)
        {
            return view.ExpiresAt;
        }

        if (view.Step is { Tenggat: null, Waktu: null } || calendars.Find(definition.Calendar) is not { } calendar)
        {
            return view.ExpiresAt;
        }

        IndonesianZone zone = WorkCalendars.ZoneOf(await cast.ZoneAsync(agencyId, cancellation));
        (int days, TimeSpan hours) = view.Step.Tenggat is { } tenggat ? (tenggat.Days, tenggat.Time) : (1, TimeSpan.Zero);
        DateTimeOffset due = view.Task.Since;
        if ((days > 0 && !calendar.TryAddWorkingDays(due, days, zone, out due)) || (hours > TimeSpan.Zero && !calendar.TryAdd(due, hours, zone, out due)))
        {
            return view.ExpiresAt;
        }

        return view.ExpiresAt is { } expires && expires < due ? expires : due;
    }

    /// <summary>
    /// When a <c>tunggu</c> step's time comes: <c>jadwal.waktu</c> is the field of a form, <c>sertifikat.habis-P30D</c> thirty days before an
    /// instant that an <see cref="ISampai"/> knows. Null: not known, so only an outside event ends the wait until it is.
    /// </summary>
    public async Task<DateTimeOffset?> WaitEndsAsync(OfficeDb db, Guid caseId, Step step, CancellationToken cancellation)
    {
        if (step is not { Kind: StepKind.Tunggu, Sampai: { } until } || Parse(until) is not { } parsed || parsed.Name.Split('.', 2) is not [var berkas, var field])
        {
            return null;
        }

        IReadOnlyDictionary<string, string> values = await forms.LatestAsync(db, caseId, berkas, cancellation);
        return values.TryGetValue(field, out string? text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset instant)
                ? parsed.Shift(instant)
                : null;
    }

    /// <summary>The same, asked of the other slices; outside any transaction, because it may go over the network.</summary>
    public async Task<DateTimeOffset?> AskWaitEndsAsync(Guid caseId, Guid starter, Step step, CancellationToken cancellation) =>
        step is { Kind: StepKind.Tunggu, Sampai: { } until } && Parse(until) is { } parsed && instants.FirstOrDefault(known => known.Name == parsed.Name) is { } known
            && await known.FindAsync(caseId, starter, cancellation) is { } instant
                ? parsed.Shift(instant)
                : null;

    private static Until? Parse(string text)
    {
        int sign = text.IndexOfAny(['-', '+']);
        return sign < 0 ? new Until(text, 0, default)
            : IsoDuration.TryParse(text[(sign + 1)..], out IsoDuration offset) ? new Until(text[..sign], text[sign] == '-' ? -1 : 1, offset)
            : null;
    }

    public static InboxBand BandOf(DateTimeOffset? due, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (due is not { } instant)
        {
            return InboxBand.Nanti;
        }

        return instant < now ? InboxBand.Lewat
            : TimeZoneInfo.ConvertTime(instant, zone).Date == TimeZoneInfo.ConvertTime(now, zone).Date ? InboxBand.HariIni
            : InboxBand.Nanti;
    }

    /// <summary>A named instant, moved on or back by a duration.</summary>
    private readonly record struct Until(string Name, int Direction, IsoDuration Offset)
    {
        public DateTimeOffset Shift(DateTimeOffset instant) => instant
            .AddYears(Direction * Offset.Years).AddMonths(Direction * Offset.Months).AddDays(Direction * Offset.Days) + (Direction * Offset.Time);
    }
}
