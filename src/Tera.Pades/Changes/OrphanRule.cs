using System.Globalization;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// An object that a revision brings and that nothing refers to shows nothing. It is reported, because a document that is certified
/// against all changes has no use for it, and a later revision might find one.
/// </summary>
internal static class OrphanRule
{
    public const string Id = "orphan";

    /// <summary>Looks at what is left when the uses of the new revision are known.</summary>
    public static void Look(RevisionStep step, ObjectUses uses)
    {
        foreach (var (number, change) in step.Changed)
        {
            if (change.Now.IsNull || uses.FrozenFor(number) is not null || uses.OwnersOf(number).Count > 0 ||
                step.After.IsNode(number) || IsStructure(step, number, change.Now))
                continue;
            step.Report(ChangeKind.Orphan, Id, number, null,
                string.Create(CultureInfo.InvariantCulture, $"Object {number} is {(change.Old.IsNull ? "added" : "changed")}, and nothing refers to it."));
        }
    }

    // Catalog, form and the lists of its default resources have rules of their own; streams of the file format hold other objects.
    private static bool IsStructure(RevisionStep step, int number, PdfObject now)
    {
        if (number == step.After.CatalogNumber || number == step.After.FormNumber || number == step.Before.CatalogNumber)
            return true;
        if (now is PdfStream stream)
            return stream.Dictionary.Is("Type", "XRef") || stream.Dictionary.Is("Type", "ObjStm");
        return DocumentStructure.NumberOf(step.After.Form?["DR"]) == number ||
            (step.After.View.GetDictionary(step.After.Form, "DR")?.Any(c => DocumentStructure.NumberOf(c.Value) == number) ?? false);
    }
}
