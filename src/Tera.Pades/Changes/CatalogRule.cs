using System.Globalization;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// The catalog keeps its entries. A form, a security store, metadata, developer extensions and a later version may come;
/// page tree, names, actions, layers, permissions may not change (ISO 32000-2 7.7.2).
/// Example that breaks it: a revision whose catalog has another /OpenAction.
/// </summary>
internal sealed class CatalogRule : IChangeRule
{
    public const string Id = "catalog";

    public void Look(RevisionStep step)
    {
        var (old, now) = (step.Before.Catalog, step.After.Catalog);
        var number = step.After.View.CatalogId?.Number ?? 0;
        if (now.HasDuplicateKeys)
            Refuse(step, number, "The new catalog has a key twice: readers will not agree on what it says.");
        foreach (var key in RevisionStep.DifferentKeys(old, now))
        {
            if (Explains(step, key, old[key], now[key]))
                continue;
            Refuse(step, number, string.Create(CultureInfo.InvariantCulture, $"The catalog (object {number}) gets another /{key}: {EffectOf(key)}."));
        }
        if (step.Before.Pages.Count != step.After.Pages.Count)
        {
            Refuse(step, number, string.Create(CultureInfo.InvariantCulture,
                $"The document has {step.After.Pages.Count} pages where {step.Before.Pages.Count} were signed."));
        }
        if (step.Before.IsPartial || step.After.IsPartial)
            Refuse(step, number, "The document is too large or nested too deep for its revisions to be compared.");
    }

    private static bool Explains(RevisionStep step, string key, PdfObject? old, PdfObject? now) => key switch
    {
        // Rules of their own look at these.
        "AcroForm" or "DSS" or "StructTreeRoot" => true,
        "Type" => now is PdfName { Value: "Catalog" },
        "Metadata" => IsMetadata(step.After.View.Resolve(now)),
        "Version" => step.After.View.Resolve(now) is PdfName { Value: "1.3" or "1.4" or "1.5" or "1.6" or "1.7" or "2.0" },
        "Names" => KeepsNames(step, old, now),
        "Extensions" => KeepsExtensions(step, old, now),
        "MarkInfo" => old is null,
        _ => step.Same(old, now),
    };

    // 14.3.2: an XML stream. Anything else under that name might be shown somewhere.
    private static bool IsMetadata(PdfObject now) =>
        now is PdfNull || (now is PdfStream stream && stream.Dictionary.Is("Type", "Metadata") && stream.Dictionary.Is("Subtype", "XML"));

    // 7.12: developer extensions may be declared when a later revision uses them; none declared may go.
    private static bool KeepsExtensions(RevisionStep step, PdfObject? old, PdfObject? now)
    {
        if (step.After.View.Resolve(now) is not PdfDictionary later)
            return false;
        return step.Before.View.Resolve(old) is not PdfDictionary earlier || earlier.Keys.All(k => later[k] is not null);
    }

    // 7.7.4: named appearances are used by scripts only, and Acrobat notes the icons of its remarks there.
    private static bool KeepsNames(RevisionStep step, PdfObject? old, PdfObject? now)
    {
        var earlier = step.Before.View.Resolve(old) as PdfDictionary ?? PdfDictionary.Of();
        return step.After.View.Resolve(now) is PdfDictionary later &&
            RevisionStep.DifferentKeys(earlier, later).All(k => (k == "AP" && earlier[k] is null) || step.Same(earlier[k], later[k]));
    }

    private static string EffectOf(string key) => key switch
    {
        "Pages" => "the pages a reader sees are others",
        "OpenAction" or "AA" => "something else happens when the file is opened",
        "OCProperties" => "layers may be shown or hidden",
        "Perms" => "what the certification permits is changed",
        "Names" or "Dests" => "scripts, attachments or destinations are changed",
        "Outlines" => "the bookmarks are changed",
        _ => "nothing permits that after a signature",
    };

    private static void Refuse(RevisionStep step, int number, string text) => step.Report(ChangeKind.Unexplained, Id, number, null, text);
}
