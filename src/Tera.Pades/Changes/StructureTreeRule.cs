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
            if (!step.Uses.OwnersOf(changed).Contains(ObjectUses.StructureTree) || Grows(step, change.Old, change.Now, depth: 0))
                continue;
            step.Report(ChangeKind.Unexplained, Id, changed, null,
                $"Object {SignatureRule.Number(changed)} of the structure tree is changed: a screen reader will read something else.");
        }
    }

    // What was there is there still, in its order; lists (/K, /Nums, /Kids) may be longer.
    private static bool Grows(RevisionStep step, PdfObject old, PdfObject now, int depth)
    {
        if (depth > 32)
            return false;
        switch (old, now)
        {
            case (PdfDictionary earlier, PdfDictionary later):
                return earlier.Keys.All(k => later[k] is { } value && (k is "ParentTreeNextKey" or "Limits" || GrowsEntry(step, k, earlier[k]!, value, depth))) &&
                    later.Keys.All(k => earlier[k] is not null || k is "K" or "ParentTree" or "ParentTreeNextKey" or "RoleMap" or "IDTree" or "ClassMap");
            case (PdfArray earlier, PdfArray later):
                return IsWithin(earlier, later) && AddsObjectsOnly(step, earlier, later);
            default:
                return old.Equals(now);
        }
    }

    private static bool GrowsEntry(RevisionStep step, string key, PdfObject old, PdfObject now, int depth)
    {
        if (old.Equals(now))
            return true;
        if (key == "ParentTree")
            return Entries(step.Before.View, old) is { } earlierTree && Entries(step.After.View, now) is { } laterTree && Keeps(step, earlierTree, laterTree);
        return key is "K" or "Nums" or "Kids"
            ? (old, now) switch
            {
                (PdfArray earlier, PdfArray later) => IsWithin(earlier, later) && AddsObjectsOnly(step, earlier, later),
                (not PdfArray, PdfArray later) => later.Contains(old) && AddsObjectsOnly(step, new PdfArray([old]), later),
                _ => Grows(step, old, now, depth + 1),
            }
            : key == "RoleMap" && Grows(step, old, now, depth + 1);
    }

    // What comes in names a field or an annotation (14.7.5.3), and says nothing of its own about the page.
    private static bool AddsObjectsOnly(RevisionStep step, PdfArray earlier, PdfArray later)
    {
        var budget = 1000;
        return later.Except(earlier).All(item => IsAboutObjects(step.After.View, item, 0, ref budget));
    }

    private static bool IsAboutObjects(PdfView view, PdfObject item, int depth, ref int budget)
    {
        if (depth > 8 || --budget < 0 || view.Resolve(item) is not PdfDictionary element || element["ActualText"] is not null || element.Is("Type", "MCR"))
            return false;
        if (element["Obj"] is not null)
            return true;
        foreach (var kid in view.Resolve(element["K"]) switch { PdfArray kids => kids.AsEnumerable(), PdfNull => [], var one => [one] })
        {
            if (!IsAboutObjects(view, kid, depth + 1, ref budget))
                return false;
        }
        return true;
    }

    private static bool Keeps(RevisionStep step, Dictionary<long, PdfObject> earlier, Dictionary<long, PdfObject> later) =>
        earlier.All(e => later.TryGetValue(e.Key, out var value) &&
            (e.Value.Equals(value) || step.Same(e.Value, value) || (step.Before.View.Resolve(e.Value), step.After.View.Resolve(value)) is (PdfArray was, PdfArray now) && IsWithin(was, now)));

    // A number tree (7.9.7) as a list; null where it is larger or deeper than an honest one.
    private static Dictionary<long, PdfObject>? Entries(PdfView view, PdfObject tree)
    {
        const int MaxNodes = 100_000;
        var entries = new Dictionary<long, PdfObject>();
        var pending = new Stack<PdfObject>([tree]);
        for (var nodes = 0; pending.TryPop(out var next); nodes++)
        {
            if (nodes > MaxNodes)
                return null;
            var node = view.Resolve(next) as PdfDictionary;
            if (view.GetArray(node, "Nums") is { } numbers)
            {
                for (var i = 0; i + 1 < numbers.Count; i += 2)
                {
                    if (view.Resolve(numbers[i]) is PdfInteger key)
                        entries[key.Value] = numbers[i + 1];
                }
            }
            foreach (var kid in view.GetArray(node, "Kids") ?? new PdfArray([]))
                pending.Push(kid);
        }
        return entries;
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
