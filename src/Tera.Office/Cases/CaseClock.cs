using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tera.Office.Storage;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases;

/// <summary>When a task is due, when a wait ends, and how urgent that is today.</summary>
internal sealed class CaseClock(CaseCast cast, CaseForms forms, IEnumerable<ISampai> instants)
{
    /// <summary>How long a task may lie where the SOP does not say (sops.md 8: a default of the agency, one working day).</summary>
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    public async Task<DateTimeOffset?> DueAsync(SopDefinition definition, TaskView view, Guid agencyId, CancellationToken cancellation)
    {
        if (!view.Step.ClockRuns)
        {
            return view.ExpiresAt;
        }

        _ = await cast.ZoneAsync(agencyId, cancellation);
        TimeSpan budget = view.Step.Tenggat is { } tenggat && tenggat.TryGetTimeSpan(out TimeSpan span) ? span : OneDay;
        DateTimeOffset due = view.Task.Since + budget;
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
