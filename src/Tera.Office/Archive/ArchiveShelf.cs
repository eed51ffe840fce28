using Microsoft.EntityFrameworkCore;
using Tera.Office.Accounts;
using Tera.Office.Cases;
using Tera.Office.Letters;
using Tera.Office.Storage;

namespace Tera.Office.Archive;

internal sealed class ArchiveShelf(IDbContextFactory<OfficeDb> factory) : IArchive
{
    public async Task<IReadOnlyList<ArchivedLetter>> SearchAsync(Caller caller, string? text, int limit, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        IQueryable<ArchiveRow> rows = db.Set<ArchiveRow>().AsNoTracking().Where(row => row.AgencyId == caller.AgencyId);
        if (text?.Trim().ToLowerInvariant() is { Length: > 0 } wanted)
        {
            rows = rows.Where(row => row.Search.Contains(wanted));
        }

        List<ArchiveRow> found = await rows.OrderByDescending(row => row.FiledAt).Take(Math.Clamp(limit, 1, 500)).ToListAsync(cancellation);
        return found.Select(row => new ArchivedLetter(
            row.CaseId, row.Number, row.Kind, row.Hal, row.Classification, ClassificationTable.Find(row.Classification)?.Nama ?? "", row.Sifat, row.Date, row.Pdf.Hex, row.Length,
            row.FiledAt, row.RetensiAktif, row.RetensiInaktif, row.NasibAkhir, row.RetensiSejak)).ToList();
    }
}

/// <summary><c>arsip.simpan</c>: files the signed letter under its classification, once a case.</summary>
internal sealed class FileLetter(ILetters letters, TimeProvider time) : IOutboxEffect
{
    public string Name => "arsip.simpan";

    public async Task<EffectResult> RunAsync(OutboxContext context, CancellationToken cancellation)
    {
        if (await context.Db.Set<ArchiveRow>().AnyAsync(row => row.CaseId == context.CaseId, cancellation))
        {
            return EffectResult.Ok;
        }

        if (await letters.FindSignedAsync(context.Db, context.CaseId, cancellation) is not { } letter)
        {
            return new EffectResult.Failed("Naskah belum ditandatangani, jadi belum dapat diarsipkan.");
        }

        context.Db.Add(new ArchiveRow
        {
            CaseId = letter.CaseId,
            AgencyId = letter.AgencyId,
            Number = letter.Number,
            Kind = letter.Kind,
            Hal = letter.Hal,
            Classification = letter.Classification,
            Sifat = letter.Sifat,
            Date = letter.Date,
            Pdf = letter.Pdf,
            Length = letter.Length,
            Search = string.Join(' ', letter.Number, letter.Hal, letter.Classification, ClassificationTable.Find(letter.Classification)?.Nama).ToLowerInvariant(),
            FiledAt = time.GetUtcNow(),
        });
        return EffectResult.Ok;
    }
}
