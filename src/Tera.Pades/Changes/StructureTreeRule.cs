using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// The structure tree of a tagged document is what a screen reader reads out (ISO 32000-2 14.7). A new field or annotation may be
/// entered in it; elements that were signed keep their type, text and order.
/// Example that breaks it: a revision that gives an element another /Alt.
/// </summary>
internal sealed class StructureTreeRule : IChangeRule
{
    public const string Id = "structure-tree";

    public void Look(RevisionStep step)
    {
        var old = step.Before.View.Resolve(step.Before.Catalog["StructTreeRoot"]) as PdfDictionary;
        var now = step.After.View.Resolve(step.After.Catalog["StructTreeRoot"]) as PdfDictionary;
        var number = DocumentStructure.NumberOf(step.After.Catalog["StructTreeRoot"]);
        if (old is not null && now is null)
            step.Report(ChangeKind.Unexplained, Id, number, null, "The structure tree is taken away: a screen reader will read something else.");
        foreach (var (changed, change) in step.Changed)
        {
            if (!step.Uses.OwnersOf(changed).Contains(ObjectUses.StructureTree) || Grows(change.Old, change.Now, depth: 0))
                continue;
            step.Report(ChangeKind.Unexplained, Id, changed, null,
                $"Object {SignatureRule.Number(changed)} of the structure tree is changed: a screen reader will read something else.");
        }
    }

    // What was there is there still, in its order; lists (/K, /Nums, /Kids) may be longer.
    private static bool Grows(PdfObject old, PdfObject now, int depth)
    {
        if (depth > 32)
            return false;
        switch (old, now)
        {
            case (PdfDictionary earlier, PdfDictionary later):
                return earlier.Keys.All(k => later[k] is { } value && (k is "ParentTreeNextKey" or "Limits" || GrowsEntry(k, earlier[k]!, value, depth))) &&
                    later.Keys.All(k => earlier[k] is not null || k is "K" or "ParentTree" or "ParentTreeNextKey" or "RoleMap" or "IDTree" or "ClassMap");
            case (PdfArray earlier, PdfArray later):
                return IsWithin(earlier, later);
            default:
                return old.Equals(now) || old.IsNull;
        }
    }

    private static bool GrowsEntry(string key, PdfObject old, PdfObject now, int depth)
    {
        if (old.Equals(now))
            return true;
        return key is "K" or "Nums" or "Kids" or "ParentTree"
            ? (old, now) switch
            {
                (PdfArray earlier, PdfArray later) => IsWithin(earlier, later),
                (not PdfArray, PdfArray later) => later.Contains(old),
                _ => Grows(old, now, depth + 1),
            }
            : key == "RoleMap" && Grows(old, now, depth + 1);
    }

    private static bool IsWithin(PdfArray earlier, PdfArray later)
    {
        var at = 0;
        foreach (var item in later)
        {
            if (at < earlier.Count && earlier[at].Equals(item))
                at++;
        }
        return at == earlier.Count;
    }
}
