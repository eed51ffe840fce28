using System.Globalization;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// Annotations may come, go and change only where the certification permits annotations (level 3, ISO 32000-2 table 257);
/// the widgets of form fields follow the rules of their fields.
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
                step.Report(ChangeKind.Unexplained, Id, annotation.Number, field.Name, Sentence(page, annotation, $"shows the field {field.Name}, which it did not show"));
            return;
        }
        var isWidget = annotation.Subtype == "Widget";
        step.Report(isWidget ? ChangeKind.Unexplained : KindOf(step, annotation), Id, annotation.Number, null,
            Sentence(page, annotation, isWidget ? "gets a widget that belongs to no form field" : $"gets a new annotation ({annotation.Subtype})"));
        step.Touched.TryAdd(annotation.Number, ChangeKind.Annotation);
    }

    private static void Removed(RevisionStep step, PageNode page, AnnotationNode annotation)
    {
        var field = step.Before.FieldsByNumber.GetValueOrDefault(annotation.Number);
        if (field is { IsSigned: true })
        {
            step.Report(ChangeKind.Unexplained, Id, annotation.Number, field.Name, Sentence(page, annotation, $"does not show the signature in field {field.Name} any more"));
            return;
        }
        step.Report(ChangeKind.Annotation, Id, annotation.Number, field?.Name, Sentence(page, annotation, $"loses an annotation ({annotation.Subtype})"));
        step.Touched.TryAdd(annotation.Number, ChangeKind.Annotation);
    }

    private static void Changed(RevisionStep step, PageNode page, AnnotationNode annotation)
    {
        if (step.After.FieldsByNumber.ContainsKey(annotation.Number))
            return;
        var change = step.Changed[annotation.Number];
        var isWidget = annotation.Subtype == "Widget" || change.Old is PdfDictionary old && old.Is("Subtype", "Widget");
        if (change.Old is PdfDictionary before && change.Now is PdfDictionary after &&
            RevisionStep.DifferentKeys(before, after).All(k => k is "M" or "P" or "StructParent" || step.Same(before[k], after[k])))
            return;
        step.Report(isWidget ? ChangeKind.Unexplained : KindOf(step, annotation), Id, annotation.Number, null,
            Sentence(page, annotation, $"has an annotation ({annotation.Subtype}) changed"));
        step.Touched.TryAdd(annotation.Number, ChangeKind.Annotation);
    }

    // Annotations that stand in the page's array itself have no number: they are compared by their content.
    private static void Direct(RevisionStep step, PageNode old, PageNode now)
    {
        var left = old.Annotations.Where(a => a.Number == 0).Select(a => a.Dictionary).ToList();
        foreach (var annotation in now.Annotations.Where(a => a.Number == 0))
        {
            if (left.Remove(annotation.Dictionary))
                continue;
            var isWidget = annotation.Subtype == "Widget";
            step.Report(isWidget ? ChangeKind.Unexplained : KindOf(step, annotation), Id, 0, null, Sentence(now, annotation, $"gets a new annotation ({annotation.Subtype})"));
        }
        if (left.Count > 0)
        {
            var isWidget = left.Exists(d => d.Is("Subtype", "Widget"));
            step.Report(isWidget ? ChangeKind.Unexplained : ChangeKind.Annotation, Id, 0, null,
                string.Create(CultureInfo.InvariantCulture, $"Page {now.Index} loses {left.Count} annotation(s)."));
        }
    }

    private static ChangeKind KindOf(RevisionStep step, AnnotationNode annotation) =>
        CoveringAnnotation.IsOne(step.After.View, annotation) ? ChangeKind.CoveringAnnotation : ChangeKind.Annotation;

    private static string Sentence(PageNode page, AnnotationNode annotation, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"Page {page.Index} {what} (object {annotation.Number}).");
}
