using Microsoft.EntityFrameworkCore;
using Tera.Office.Storage;

namespace Tera.Office.Letters.Numbering;

/// <summary>
/// The register of outgoing letters: no gap, no number twice, nothing deleted. All of it happens in the caller's transaction: an act that is
/// refused gives its number back by never having taken it, and two acts at once wait for each other on the row of the series.
/// </summary>
internal sealed class NumberRegister(TimeProvider time)
{
    // One statement on both databases: the row is locked until the transaction ends (SQLite locks all of it).
    private const string NextSql =
        $"INSERT INTO {NumberSeriesTable.Name} (agency_id, kind, year, unit_id, last) VALUES ({{0}}, {{1}}, {{2}}, {{3}}, 1) "
        + $"ON CONFLICT (agency_id, kind, year, unit_id) DO UPDATE SET last = {NumberSeriesTable.Name}.last + 1 RETURNING last";

    /// <summary>Takes the next number of the register, or answers the one the case already has there. Outside a transaction it is one of its own.</summary>
    public async Task<LetterNumberRow> ReserveAsync(OfficeDb db, NumberRequest request, CancellationToken cancellation)
    {
        if (db.Database.CurrentTransaction is not null)
        {
            return await TakeAsync(db, request, cancellation);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        LetterNumberRow row = await TakeAsync(db, request, cancellation);
        await transaction.CommitAsync(cancellation);
        return row;
    }

    private async Task<LetterNumberRow> TakeAsync(OfficeDb db, NumberRequest request, CancellationToken cancellation)
    {
        LetterNumberRow? there = await FindOpenAsync(db, request.CaseId, cancellation);
        if (there is not null && there.Year == request.On.Year && there.Kind == request.Kind && there.UnitId == request.UnitId && there.Classification == request.Classification)
        {
            there.Hal = request.Hal;
            await db.SaveChangesAsync(cancellation);
            return there;
        }

        if (there is { State: NumberState.Final })
        {
            throw new InvalidOperationException($"The number {there.Text} is final; its letter cannot be registered again.");
        }

        if (there is not null)
        {
            Cancel(there, there.Year == request.On.Year ? "Registrasi diubah (jenis, unit, atau klasifikasi)." : "Tahun berganti sebelum surat ditandatangani.");
        }

        int seq = await NextAsync(db, request.AgencyId, request.Kind, request.On.Year, request.UnitId, cancellation);
        NumberPattern pattern = await PatternAsync(db, request.AgencyId, request.Kind, cancellation);
        var row = new LetterNumberRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            AgencyId = request.AgencyId,
            Kind = request.Kind,
            Year = request.On.Year,
            UnitId = request.UnitId,
            Seq = seq,
            CaseId = request.CaseId,
            Text = pattern.Write(seq, request.On, request.Classification, request.UnitCode),
            Classification = request.Classification,
            Hal = request.Hal,
            State = NumberState.Reserved,
            ReservedAt = time.GetUtcNow(),
        };
        db.Add(row);
        await db.SaveChangesAsync(cancellation);
        return row;
    }

    /// <summary>Makes the reserved number of a case final; false when it has none. Final twice is final.</summary>
    public async Task<bool> SettleAsync(OfficeDb db, Guid caseId, CancellationToken cancellation)
    {
        LetterNumberRow? row = await FindOpenAsync(db, caseId, cancellation);
        if (row is null)
        {
            return false;
        }

        if (row.State == NumberState.Reserved)
        {
            row.State = NumberState.Final;
            row.SettledAt = time.GetUtcNow();
            await db.SaveChangesAsync(cancellation);
        }

        return true;
    }

    /// <summary>Keeps the number in the register as cancelled. A final one stays final: its letter is out.</summary>
    public async Task CancelAsync(OfficeDb db, Guid caseId, string reason, CancellationToken cancellation)
    {
        if (await FindOpenAsync(db, caseId, cancellation) is { State: NumberState.Reserved } row)
        {
            Cancel(row, reason);
            await db.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>The number the case's letter bears: reserved or final.</summary>
    public static Task<LetterNumberRow?> FindOpenAsync(OfficeDb db, Guid caseId, CancellationToken cancellation) =>
        db.Set<LetterNumberRow>().Where(row => row.CaseId == caseId && row.State != NumberState.Cancelled).OrderByDescending(row => row.ReservedAt).FirstOrDefaultAsync(cancellation);

    public static async Task<int> NextAsync(OfficeDb db, Guid agency, string kind, int year, Guid unit, CancellationToken cancellation) =>
        (await db.Database.SqlQueryRaw<int>(NextSql, agency, kind, year, unit).ToListAsync(cancellation)).Single();

    public static async Task<NumberPattern> PatternAsync(OfficeDb db, Guid agency, string kind, CancellationToken cancellation) =>
        await db.Set<NumberPatternRow>().AsNoTracking().FirstOrDefaultAsync(row => row.AgencyId == agency && row.Kind == kind, cancellation) is { } row
        && NumberPattern.TryParse(row.Pattern, out NumberPattern pattern)
            ? pattern
            : NumberPattern.DefaultOf(kind);

    private void Cancel(LetterNumberRow row, string reason)
    {
        row.State = NumberState.Cancelled;
        row.Reason = reason.Length > 1_000 ? reason[..1_000] : reason;
        row.SettledAt = time.GetUtcNow();
    }
}

internal sealed record NumberRequest(Guid AgencyId, Guid CaseId, string Kind, Guid UnitId, string UnitCode, string Classification, string Hal, DateOnly On);

/// <summary>The short form of a unit's name in a letter number: <c>Bagian Umum</c> -> <c>UMUM</c>, <c>Dinas Komunikasi dan Informatika</c> -> <c>DKI</c>.</summary>
internal static class UnitCode
{
    private static readonly HashSet<string> Small = new(StringComparer.OrdinalIgnoreCase) { "dan", "atau", "di", "pada", "untuk", "serta" };
    private static readonly HashSet<string> Levels = new(StringComparer.OrdinalIgnoreCase) { "Bagian", "Bidang", "Seksi", "Subbagian", "Subbidang" };

    public static string Of(string unitName)
    {
        string[] words = unitName.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(word => !Small.Contains(word) && !Levels.Contains(word))
            .Select(word => new string(word.Where(char.IsAsciiLetterOrDigit).ToArray()))
            .Where(word => word.Length > 0).ToArray();
        return words.Length switch
        {
            0 => "UNIT",
            1 => words[0].ToUpperInvariant(),
            _ => string.Concat(words.Select(word => char.ToUpperInvariant(word[0]))),
        };
    }
}
