using System.Globalization;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// Annotations may come, go and change only where annotations are permitted (level 3, ISO 32000-2 table 257), and only as remarks;
/// the widgets of form fields follow the rules of their fields. Those that stay lie over each other as they did.
/// Example that breaks it: at level 2, a revision that adds a stamp over a paragraph.
/// </summary>
internal sealed class AnnotationRule : IChangeRule
{
    public const string Id = "annotation";

    public void Look(RevisionStep step)
    {
        for (var i = 0; i < Math.Min(step.Before.Pages.Count, step.After.Pages.Count); i++)
        {
            var (old, now) = (step.Before.Pages[i], step.After.Pages[i]);
            var oldNumbers = old.Annotations.Where(a => a.Number != 0).Select(a => a.Number).ToHashSet();
            var newNumbers = now.Annotations.Where(a => a.Number != 0).Select(a => a.Number).ToHashSet();
            foreach (var annotation in now.Annotations.Where(a => a.Number != 0 && !oldNumbers.Contains(a.Number)))
                Added(step, now, annotation);
            foreach (var annotation in old.Annotations.Where(a => a.Number != 0 && !newNumbers.Contains(a.Number)))
                Removed(step, now, annotation);
            foreach (var annotation in now.Annotations.Where(a => oldNumbers.Contains(a.Number) && step.Changed.ContainsKey(a.Number)))
                Changed(step, now, annotation);
            Order(step, old, now, oldNumbers, newNumbers);
            Direct(step, old, now);
        }
    }

    private static void Added(RevisionStep step, PageNode page, AnnotationNode annotation)
    {
        if (step.After.FieldsByNumber.TryGetValue(annotation.Number, out var field))
        {
            if (field.IsSignature && (!step.Before.FieldsByNumber.ContainsKey(annotation.Number) || step.NewlySigned.Contains(annotation.Number)))
                return;
            if (step.Before.FieldsByNumber.ContainsKey(annotation.Number))
                step.Report(ChangeKind.Unexplained, Id, annotation.Number, field.Name, Sentence(step, page, annotation, $"shows the field {field.Name}, which it did not show"));
            return;
        }
        if (annotation.Subtype == "Widget")
        {
            step.Report(ChangeKind.Unexplained, Id, annotation.Number, null, Sentence(step, page, annotation, "gets a widget that belongs to no form field"));
            return;
        }
        Judge(step, page, annotation, $"gets a new annotation ({Name(annotation)})", null);
        if (!step.Before.Annotations.ContainsKey(annotation.Number))
            step.Added(annotation.Number);
    }

    private static void Removed(RevisionStep step, PageNode page, AnnotationNode annotation)
    {
        var field = step.Before.FieldsByNumber.GetValueOrDefault(annotation.Number);
        // A widget is an annotation: where annotations may be changed, one that is no signature's may go.
        var kind = field is { IsSignature: true } || (field is null && annotation.Subtype == "Widget") ? ChangeKind.Unexplained : ChangeKind.AnnotationChanged;
        var what = field is { IsSigned: true } ? $"does not show the signature in field {field.Name} any more"
            : field is not null ? $"does not show the form field {field.Name} any more" : $"loses an annotation ({Name(annotation)})";
        step.Report(kind, Id, annotation.Number, field?.Name, Sentence(step, page, annotation, what), step.AddedIn(annotation.Number));
        step.Touched.TryAdd(annotation.Number, kind);
    }

    private static void Changed(RevisionStep step, PageNode page, AnnotationNode annotation)
    {
        if (step.After.FieldsByNumber.ContainsKey(annotation.Number))
            return;
        var change = step.Changed[annotation.Number];
        if (change.Old is PdfDictionary before && change.Now is PdfDictionary after &&
            RevisionStep.DifferentKeys(before, after).All(k => k is "M" or "P" or "StructParent" || (k == "Popup" && before[k] is null) || step.Same(before[k], after[k])))
            return;
        if (annotation.Subtype == "Widget" || change.Old is PdfDictionary old && old.Is("Subtype", "Widget"))
        {
            step.Report(ChangeKind.Unexplained, Id, annotation.Number, null, Sentence(step, page, annotation, "has a widget of no form field changed"));
            return;
        }
        Judge(step, page, annotation, $"has an annotation ({Name(annotation)}) changed", change);
    }

    /// <summary>Reports an annotation by what it amounts to now: new where <paramref name="change"/> is null.</summary>
    internal static void Judge(RevisionStep step, PageNode page, AnnotationNode annotation, string what, ChangedObject? change)
    {
        var (kind, why) = RemarkKind.Of(step, page.Index, annotation);
        if (change is not null && kind is ChangeKind.Annotation)
            kind = ChangeKind.AnnotationChanged;
        step.Report(kind, Id, annotation.Number, null, Sentence(step, page, annotation, what, why), change is null ? step.After.View.RevisionIndex : step.AddedIn(annotation.Number));
        step.Touched.TryAdd(annotation.Number, kind);
    }

    // What is drawn last lies on top.
    private static void Order(RevisionStep step, PageNode old, PageNode now, HashSet<int> oldNumbers, HashSet<int> newNumbers)
    {
        var before = old.Annotations.Where(a => newNumbers.Contains(a.Number)).Select(a => a.Number);
        var after = now.Annotations.Where(a => oldNumbers.Contains(a.Number)).Select(a => a.Number);
        if (!before.SequenceEqual(after))
        {
            step.Report(ChangeKind.Unexplained, Id, now.Number, null,
                string.Create(CultureInfo.InvariantCulture, $"The annotations and fields of page {now.Index} lie over each other in another order: what one of them hid may be seen, and the other way round."));
        }
    }

    // Annotations that stand in the page's array itself have no number: they are compared by their content.
    private static void Direct(RevisionStep step, PageNode old, PageNode now)
    {
        var left = new LinkedList<PdfDictionary>(old.Annotations.Where(a => a.Number == 0).Select(a => a.Dictionary));
        foreach (var annotation in now.Annotations.Where(a => a.Number == 0))
        {
            // Nearly always they come in the order of before; where not, each is looked for among all that are left.
            if (left.First?.Value.Equals(annotation.Dictionary) != true)
                step.After.View.File.Work.Spend(WorkBudget.Node * (long)left.Count);
            if (left.Remove(annotation.Dictionary))
                continue;
            if (annotation.Subtype == "Widget")
                step.Report(ChangeKind.Unexplained, Id, 0, null, Sentence(step, now, annotation, "gets a widget that belongs to no form field"));
            else
                Judge(step, now, annotation, $"gets a new annotation ({Name(annotation)})", null);
        }
        if (left.Count > 0)
        {
            var isWidget = left.Any(d => d.Is("Subtype", "Widget"));
            step.Report(isWidget ? ChangeKind.Unexplained : ChangeKind.AnnotationChanged, Id, 0, null,
                string.Create(CultureInfo.InvariantCulture, $"Page {now.Index} loses {left.Count} annotation(s)."));
        }
    }

    private static string Name(AnnotationNode annotation) => annotation.Subtype.Length == 0 ? "of no kind" : annotation.Subtype;

    private static string Sentence(RevisionStep step, PageNode page, AnnotationNode annotation, string what, string? why = null) => string.Create(CultureInfo.InvariantCulture,
        $"Page {page.Index} {what}{Place.Of(step.After.View, annotation.Dictionary)} (object {annotation.Number}){(why is null ? "" : "; " + why)}.");
}
