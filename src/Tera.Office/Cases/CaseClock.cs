using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tera.Office.Storage;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases;

/// <summary>When a task is due, when a wait ends, and how urgent that is today.</summary>
internal sealed class CaseClock(CaseCast cast, CaseForms forms)
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
    /// When a <c>tunggu</c> step's time comes: <c>jadwal.waktu</c> is the field of a form, <c>sertifikat.habis-P30D</c> thirty days before one.
    /// Null: no such value was entered, so only an outside event ends the wait.
    /// </summary>
    public async Task<DateTimeOffset?> WaitEndsAsync(OfficeDb db, Guid caseId, Step step, CancellationToken cancellation)
    {
        if (step is not { Kind: StepKind.Tunggu, Sampai: { } until } || until.Split('.', 2) is not [var berkas, var rest])
        {
            return null;
        }

        int sign = rest.IndexOfAny(['-', '+']);
        string field = sign < 0 ? rest : rest[..sign];
        IReadOnlyDictionary<string, string> values = await forms.LatestAsync(db, caseId, berkas, cancellation);
        if (!values.TryGetValue(field, out string? text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset instant))
        {
            return null;
        }

        if (sign < 0 || !IsoDuration.TryParse(rest[(sign + 1)..], out IsoDuration offset))
        {
            return instant;
        }

        int direction = rest[sign] == '-' ? -1 : 1;
        return instant.AddYears(direction * offset.Years).AddMonths(direction * offset.Months).AddDays(direction * offset.Days) + (direction * offset.Time);
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
}
