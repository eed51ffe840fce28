using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// What each revision after a signed one changes. Each is compared with the one before it once, whatever the number of signatures:
/// the changes after a signature are those of all later revisions.
/// </summary>
internal static class RevisionHistory
{
    /// <summary>The rules. The order counts: who signs and who fills in is known before pictures are looked at.</summary>
    private static readonly IChangeRule[] Rules =
    [
        new TrailerRule(), new AppendedBytesRule(), new ContentRule(), new CatalogRule(), new LongTermDataRule(), new FormRule(), new PageRule(),
        new SignatureRule(), new FormFillRule(), new AnnotationRule(), new StructureTreeRule(), new PictureRule(),
    ];

    /// <summary>The changes of all revisions after <paramref name="first"/>.</summary>
    public static IReadOnlyList<Change> ChangesAfter(PdfFile file, int first)
    {
        var changes = new List<Change>();
        if (first >= file.Revisions.Count - 1)
            return changes;
        var before = DocumentStructure.Read(file.At(first));
        var uses = new ObjectUses(before);
        var added = new Dictionary<int, int>();
        for (var r = first + 1; r < file.Revisions.Count; r++)
        {
            var after = DocumentStructure.Read(file.At(r));
            var step = RevisionStep.Take(before, after, uses, added);
            foreach (var rule in Rules)
                rule.Look(step);
            uses.Extend(after, step.Changed.Keys);
            OrphanRule.Look(step, uses);
            changes.AddRange(step.Changes);
            before = after;
        }
        return changes;
    }
}
