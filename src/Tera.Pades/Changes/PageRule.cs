using System.Globalization;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// A page keeps everything but its list of annotations (ISO 32000-2 7.7.3.3): content, resources, boxes, rotation.
/// Example that breaks it: a revision in which page 2 has another /Contents.
/// </summary>
internal sealed class PageRule : IChangeRule
{
    public const string Id = "page";

    public void Look(RevisionStep step)
    {
        for (var i = 0; i < Math.Min(step.Before.Pages.Count, step.After.Pages.Count); i++)
        {
            var (old, now) = (step.Before.Pages[i], step.After.Pages[i]);
            if (old.Number == now.Number && old.Number != 0 && !step.Changed.ContainsKey(old.Number))
                continue;
            if (now.Dictionary.HasDuplicateKeys)
                Refuse(step, now, "has a key twice: readers will not agree on what it shows");
            foreach (var key in RevisionStep.DifferentKeys(old.Dictionary, now.Dictionary))
                LookAt(step, old, now, key);
        }
    }

    private static void LookAt(RevisionStep step, PageNode old, PageNode now, string key)
    {
        switch (key)
        {
            case "Annots" or "PieceInfo" or "LastModified":
            case "Type" when now.Dictionary.Is("Type", "Page"):
                return;
            case "StructParents" when old.Dictionary[key] is null:
                return;
            case "Tabs":
                if (IsDefaultOrder(old.Dictionary[key]) && IsDefaultOrder(now.Dictionary[key]))
                    return;
                step.Report(ChangeKind.Annotation, Id, now.Number, null,
                    string.Create(CultureInfo.InvariantCulture, $"The keyboard visits the annotations of page {now.Index} in another order."));
                return;
            case "Parent":
                if (!step.Same(old.Dictionary[key], now.Dictionary[key]))
                    Refuse(step, now, "hangs elsewhere in the page tree");
                return;
            default:
                if (!step.Same(old.Dictionary[key], now.Dictionary[key]))
                    Refuse(step, now, "gets another /" + key + ": " + EffectOf(key));
                return;
        }
    }

    private static string EffectOf(string key) => key switch
    {
        "Contents" or "Resources" => "other text or pictures are shown",
        "Rotate" => "it is turned",
        "MediaBox" or "CropBox" or "TrimBox" or "BleedBox" or "ArtBox" or "UserUnit" => "another part of it is shown, or in another size",
        "AA" => "the reader program does something when it is shown",
        _ => "it looks different",
    };

    private static bool IsDefaultOrder(PdfObject? tabs) => tabs is null or PdfNull or PdfName { Value: "S" };

    private static void Refuse(RevisionStep step, PageNode page, string what) =>
        step.Report(ChangeKind.Unexplained, Id, page.Number, null, string.Create(CultureInfo.InvariantCulture, $"Page {page.Index} (object {page.Number}) {what}."));
}
