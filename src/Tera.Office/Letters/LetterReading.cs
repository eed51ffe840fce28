using Microsoft.EntityFrameworkCore;
using Tera.Office.Accounts;
using Tera.Office.Cases;
using Tera.Office.Letters.Dispatch;
using Tera.Office.Letters.Effects;
using Tera.Office.Letters.Numbering;
using Tera.Office.Letters.Registration;
using Tera.Office.Letters.Rendering;
using Tera.Office.Organisation;
using Tera.Office.Storage;

namespace Tera.Office.Letters;

/// <summary>What is only read: files, page pictures, the inbox of received letters, the register.</summary>
internal sealed class LetterReading(IOrganisation organisation, LetterData data, PagePictures pictures, IDocumentStore documents, IDbContextFactory<OfficeDb> factory)
{
    private const string DocxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static async Task<SignedLetter?> SignedAsync(OfficeDb db, Guid caseId, CancellationToken cancellation)
    {
        if (await LetterStore.FindAsync(db, caseId, cancellation) is not { Signed: true, CurrentPdf: { } pdf, PrintedDate: { } date, SignedAt: { } at } letter
            || LetterStore.RegistrationOf(letter) is not { } registration)
        {
            return null;
        }

        long length = await db.Set<LetterVersionRow>().Where(row => row.CaseId == caseId && row.Hash == pdf).Select(row => row.Length).FirstOrDefaultAsync(cancellation);
        return new SignedLetter(
            caseId, letter.AgencyId, LetterPress.ValuesOf(letter).Number, registration.Kind, registration.Hal, registration.Classification, registration.Sifat, date, pdf, length, at);
    }

    public async Task<IReadOnlyList<ReceivedLetter>> ReceivedAsync(Caller caller, int limit, CancellationToken cancellation)
    {
        List<Guid> positions = await PositionsAsync(caller, cancellation);
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<ReceivedLetterRow>().AsNoTracking()
            .Where(row => row.AgencyId == caller.AgencyId && positions.Contains(row.PositionId))
            .OrderByDescending(row => row.At).Take(Math.Clamp(limit, 1, 500))
            .Select(row => new ReceivedLetter(row.CaseId, row.Number, row.Hal, row.From, row.Pdf, row.At, row.ReadAt != null)).ToListAsync(cancellation);
    }

    public async Task<IReadOnlyList<RegisterLine>> RegisterAsync(Caller caller, int year, string? kind, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        List<LetterNumberRow> rows = await db.Set<LetterNumberRow>().AsNoTracking()
            .Where(row => row.AgencyId == caller.AgencyId && row.Year == year && (kind == null || row.Kind == kind))
            .OrderBy(row => row.Kind).ThenBy(row => row.UnitId).ThenBy(row => row.Seq).Take(5_000).ToListAsync(cancellation);
        return rows.Select(row => new RegisterLine(
            row.Seq, row.Text, row.Kind, row.UnitId, row.Hal, row.Classification,
            row.State switch { NumberState.Final => "tetap", NumberState.Cancelled => "batal", _ => "dipesan" }, row.Reason, row.ReservedAt, row.SettledAt, row.CaseId)).ToList();
    }

    public async Task<LetterFile?> FileAsync(ICaseDesk desk, Caller caller, Guid caseId, Sha256Digest? hash, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        LetterRow? letter = await LetterStore.FindAsync(db, caseId, cancellation);
        if (letter is null || letter.AgencyId != caller.AgencyId || (hash ?? letter.CurrentPdf) is not { } wanted || !await MaySeeAsync(desk, db, caller, letter, wanted, cancellation))
        {
            return null;
        }

        LetterVersionRow? version = await db.Set<LetterVersionRow>().AsNoTracking().FirstOrDefaultAsync(row => row.CaseId == caseId && row.Hash == wanted, cancellation);
        bool draft = version?.Kind == "docx" || wanted == letter.StagedDraft;
        if ((version is null && !draft) || await documents.OpenReadAsync(wanted, cancellation) is not { } content)
        {
            return null;
        }

        string name = draft ? FileNames.Safe(Path.GetFileNameWithoutExtension((wanted == letter.StagedDraft ? letter.StagedFileName : letter.DraftFileName) ?? "konsep")) + ".docx" : FileNames.Pdf(letter);
        return new LetterFile(name, draft ? DocxType : "application/pdf", wanted, content);
    }

    public async Task<byte[]?> PageImageAsync(ICaseDesk desk, Caller caller, Guid caseId, Sha256Digest? hash, int page, int width, CancellationToken cancellation)
    {
        LetterFile? file = await FileAsync(desk, caller, caseId, hash, cancellation);
        if (file is null || file.ContentType != "application/pdf")
        {
            await (file?.Content.DisposeAsync() ?? ValueTask.CompletedTask);
            return null;
        }

        await file.Content.DisposeAsync();
        return await pictures.DrawAsync(file.Hash, page, width, cancellation);
    }

    // Who sees the case sees its letter; who was sent the letter sees the signed one.
    private async Task<bool> MaySeeAsync(ICaseDesk desk, OfficeDb db, Caller caller, LetterRow letter, Sha256Digest wanted, CancellationToken cancellation)
    {
        if (await desk.FindAsync(caller, letter.CaseId, cancellation) is not null)
        {
            return true;
        }

        List<Guid> positions = await PositionsAsync(caller, cancellation);
        return await db.Set<ReceivedLetterRow>().AnyAsync(row => row.CaseId == letter.CaseId && row.Pdf == wanted && positions.Contains(row.PositionId), cancellation);
    }

    private async Task<List<Guid>> PositionsAsync(Caller caller, CancellationToken cancellation) =>
        (await organisation.HoldingsOfAsync(caller.PersonId, await data.TodayAsync(caller.AgencyId, cancellation), cancellation)).Select(holding => holding.PositionId).ToList();
}
