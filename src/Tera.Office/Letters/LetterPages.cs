using Microsoft.EntityFrameworkCore;
using Tera.Office.Letters.Dispatch;
using Tera.Office.Letters.Numbering;
using Tera.Office.Storage;

namespace Tera.Office.Letters;

/// <summary>A letter as its screen shows it. What is staged is shown before what is registered: it is what the person just entered.</summary>
internal static class LetterPages
{
    public static async Task<LetterPage> OfAsync(OfficeDb db, LetterRow letter, CancellationToken cancellation)
    {
        LetterNumberRow? number = await NumberRegister.FindOpenAsync(db, letter.CaseId, cancellation);
        List<LetterVersionRow> versions = await db.Set<LetterVersionRow>().AsNoTracking().Where(row => row.CaseId == letter.CaseId).OrderBy(row => row.Seq).ToListAsync(cancellation);
        List<LetterDispatchRow> dispatches = await db.Set<LetterDispatchRow>().AsNoTracking().Where(row => row.CaseId == letter.CaseId).OrderBy(row => row.Id).ToListAsync(cancellation);
        return new LetterPage(
            letter.CaseId, letter.AgencyId, letter.TemplateId,
            (letter.StagedRegistration ?? letter.Registration) is { } json ? LetterStore.ReadRegistration(json) : null,
            number?.Text, number?.State == NumberState.Final, letter.PrintedDate,
            letter.StagedDraft ?? letter.Draft, letter.StagedDraft is null ? letter.DraftFileName : letter.StagedFileName,
            letter.CurrentPdf, letter.Signed, letter.Code,
            versions.Select(row => new LetterVersion(row.Seq, row.Kind, row.Hash, row.Length, row.MadeBy, row.At)).ToList(),
            dispatches.Select(row => new LetterDispatch(row.Kind, row.Name, row.State, row.At)).ToList());
    }
}
