using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// The trailer of a later revision leads to the same catalog (ISO 32000-2 7.5.6). /Info, /ID, /Size, /Prev are bookkeeping; /Encrypt stays.
/// Example that breaks it: a trailer without /Root, which sends readers searching.
/// </summary>
internal sealed class TrailerRule : IChangeRule
{
    public const string Id = "trailer";

    public void Look(RevisionStep step)
    {
        var trailer = step.After.View.Trailer;
        if (trailer.HasDuplicateKeys)
            step.Report(ChangeKind.Unexplained, Id, 0, null, "The new trailer has a key twice: readers will not agree on what it says.");
        if (!step.Same(step.Before.View.Trailer["Encrypt"], trailer["Encrypt"]))
            step.Report(ChangeKind.Unexplained, Id, 0, null, "The new trailer says otherwise than the signed one whether and how the file is encrypted: readers will see something else, or nothing.");
        if (trailer["Root"] is not PdfReference)
            step.Report(ChangeKind.Unexplained, Id, 0, null, "The new trailer names no catalog: readers will search for one, and may not find the same.");
        else if (step.After.View.Catalog is null)
            step.Report(ChangeKind.Unexplained, Id, 0, null, "The new trailer names a catalog that is none.");
        // 7.6.2: one encryption dictionary holds for the whole file, so another one changes what every signed string and stream says.
        if (!step.Same(step.Before.View.Trailer["Encrypt"], trailer["Encrypt"]))
            step.Report(ChangeKind.Unexplained, Id, DocumentStructure.NumberOf(trailer["Encrypt"]), null, "The new trailer enciphers the file otherwise, so that everything in it reads differently.");
        if (step.Uses.OwnersOf(DocumentStructure.NumberOf(trailer["Info"])).Contains(ObjectUses.Metadata) ||
            !(trailer["Info"] ?? PdfNull.Instance).Equals(step.Before.View.Trailer["Info"] ?? PdfNull.Instance))
        {
            if (!step.Same(step.Before.View.Trailer["Info"], trailer["Info"]))
                step.Report(ChangeKind.Bookkeeping, Id, DocumentStructure.NumberOf(trailer["Info"]), null, "The file information (title, dates, program) is updated; the pages do not show it.");
        }
    }
}
