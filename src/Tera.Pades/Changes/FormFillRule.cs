using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// A later revision may fill in a form: a field that is no signature gets another value, and the picture that goes with it
/// (ISO 32000-2 12.8.2.2.2). It keeps its name, type, place and actions, and no field comes or goes.
/// Example that breaks it: a revision that gives a field another picture and the same value.
/// </summary>
internal sealed class FormFillRule : IChangeRule
{
    public const string Id = "form-fill";

    private static readonly HashSet<string> FillKeys = new(["V", "I", "RV", "DS", "AP", "AS", "M", "Ff", "MK", "DA", "Type"], StringComparer.Ordinal);

    public void Look(RevisionStep step)
    {
        var filled = FilledNames(step);
        foreach (var field in step.After.Fields)
        {
            if (field.IsSigned && step.NewlySigned.Contains(field.Number))
                continue;
            var old = Find(step.Before, field);
            if (old is null)
                Added(step, field);
            else if (!old.IsSignature)
                Changed(step, old, field, filled);
            else if (!old.IsSigned && !field.IsSigned)
                EmptySignatureField(step, old, field);
        }
        foreach (var old in step.Before.Fields)
        {
            if (!old.IsSigned && Find(step.After, old) is null && !IsTornOff(step, old))
                step.Report(ChangeKind.Unexplained, Id, old.Number, old.Name, $"The form field {old.Name} is taken away.");
        }
    }

    private static FormField? Find(DocumentStructure structure, FormField field) =>
        field.Number != 0 && structure.FieldsByNumber.TryGetValue(field.Number, out var found) ? found
            : structure.Fields.Find(f => f.Number == 0 && f.Name == field.Name && f.IsWidgetOnly == field.IsWidgetOnly);

    private static HashSet<string> FilledNames(RevisionStep step)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in step.After.Fields.Where(f => !f.IsSignature))
        {
            if (Find(step.Before, field) is not { } old || step.Same(old.Value, field.Value))
                continue;
            if (names.Add(field.Name))
                step.Report(ChangeKind.FormFill, Id, field.Number, field.Name, $"The form field {field.Name} is filled in: it shows another value.");
        }
        foreach (var node in step.After.Fields.Where(f => names.Contains(f.Name)))
            step.Touched.TryAdd(node.Number, ChangeKind.FormFill);
        return names;
    }

    private static void Added(RevisionStep step, FormField field)
    {
        // A field above new signature fields, or a widget of one, comes with them.
        if (field.IsSignature || (field.Type.Length == 0 && field.Dictionary["Kids"] is not null && field.Dictionary["Subtype"] is null))
            return;
        step.Report(ChangeKind.Unexplained, Id, field.Number, field.Name,
            field.IsWidgetOnly ? $"The form field {field.Name} gets another place on the pages." : $"A form field {field.Name} is added.");
    }

    private static void Changed(RevisionStep step, FormField old, FormField field, HashSet<string> filled)
    {
        if (field.Dictionary.HasDuplicateKeys && !old.Dictionary.HasDuplicateKeys)
            step.Report(ChangeKind.Unexplained, Id, field.Number, field.Name, $"The field {field.Name} has a key twice: readers will not agree on what it shows.");
        foreach (var key in RevisionStep.DifferentKeys(old.Dictionary, field.Dictionary))
        {
            if ((FillKeys.Contains(key) && filled.Contains(field.Name)) || IsHarmless(key, old, field))
                continue;
            if (key == "Kids" ? KeepsKids(step, old, field) : key is not ("P" or "Parent") && step.Same(old.Dictionary[key], field.Dictionary[key]))
                continue;
            // A widget is an annotation: its looks may change where annotations may.
            var isLook = key is "AP" or "MK" or "AS" or "BS" or "Border" or "DA" or "F" or "Rect";
            step.Report(isLook ? ChangeKind.Annotation : ChangeKind.Unexplained, Id, field.Number, field.Name, key == "AP"
                ? $"The form field {field.Name} looks different though its value is the same."
                : $"The form field {field.Name} gets another /{key}, which filling in does not need.");
            if (isLook)
                step.Touched.TryAdd(field.Number, ChangeKind.Annotation);
        }
    }

    private static void EmptySignatureField(RevisionStep step, FormField old, FormField field)
    {
        foreach (var key in RevisionStep.DifferentKeys(old.Dictionary, field.Dictionary))
        {
            if (IsHarmless(key, old, field) || step.Same(old.Dictionary[key], field.Dictionary[key]))
                continue;
            step.Report(ChangeKind.Unexplained, Id, field.Number, field.Name, $"The empty signature field {field.Name} gets another /{key}.");
        }
    }

    // The time of a change is not seen. Read-only (bit 1) may be set, as locking does; every other flag changes how the field behaves.
    private static bool IsHarmless(string key, FormField old, FormField field) => key switch
    {
        "M" or "Type" or "StructParent" => true,
        "P" or "Parent" => old.Dictionary[key] is null,
        "Ff" => ((old.Dictionary["Ff"] as PdfInteger)?.Value ?? 0) is var was && ((field.Dictionary["Ff"] as PdfInteger)?.Value ?? 0) is var now && (now | 1) == (was | 1),
        _ => false,
    };

    // Kids may be joined by fields that have rules of their own; those there stay, but for a widget that its page gives up.
    private static bool KeepsKids(RevisionStep step, FormField old, FormField field)
    {
        if (step.Before.View.Resolve(old.Dictionary["Kids"]) is not PdfArray earlier)
            return true;
        var later = step.After.View.Resolve(field.Dictionary["Kids"]) as PdfArray ?? new PdfArray([]);
        return earlier.All(k => later.Contains(k) || (step.Before.FieldsByNumber.TryGetValue(DocumentStructure.NumberOf(k), out var kid) && IsTornOff(step, kid)));
    }

    // A widget that goes with its page's list of annotations is looked at there.
    private static bool IsTornOff(RevisionStep step, FormField old) =>
        old.IsWidgetOnly && step.After.Fields.Exists(f => f.Name == old.Name && !f.IsWidgetOnly) && !step.After.Annotations.ContainsKey(old.Number);
}
