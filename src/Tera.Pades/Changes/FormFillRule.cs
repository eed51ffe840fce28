using Tera.Pades.Changes.Painting;
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

    private static readonly HashSet<string> TextKeys = new(["V", "I", "TI", "RV", "DS", "AP", "AS"], StringComparer.Ordinal);

    /// <summary>A box is ticked by choosing among the pictures it has.</summary>
    private static readonly HashSet<string> BoxKeys = new(["V", "AS"], StringComparer.Ordinal);

    public void Look(RevisionStep step)
    {
        var filled = FilledNames(step);
        foreach (var field in step.After.Fields.Where(f => !f.IsSigned || !step.NewlySigned.Contains(f.Number)))
        {
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
                step.Report(ChangeKind.Unexplained, Id, old.Number, old.Name, $"The form field {old.Name}{Place.Of(step.Before, old)} is taken away.");
        }
    }

    private static FormField? Find(DocumentStructure structure, FormField field) =>
        field.Number != 0 && structure.FieldsByNumber.TryGetValue(field.Number, out var found) ? found
            : structure.FieldsNamed(field.Name).FirstOrDefault(f => f.Number == 0 && f.IsWidgetOnly == field.IsWidgetOnly);

    private static HashSet<string> FilledNames(RevisionStep step)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in step.After.Fields.Where(f => !f.IsSignature))
        {
            if (Find(step.Before, field) is not { } old || step.Same(old.Value, field.Value))
                continue;
            if (names.Add(field.Name))
            {
                step.Report(ChangeKind.FormFill, Id, field.Number, field.Name,
                    $"The form field {field.Name}{Place.Of(step.After, field)} is filled in: {FieldText.Told(step.Before.View, old)} before, {FieldText.Told(step.After.View, field)} now.");
            }
        }
        foreach (var node in step.After.Fields.Where(f => names.Contains(f.Name)))
        {
            step.Touched.TryAdd(node.Number, ChangeKind.FormFill);
            if (FieldText.Contradiction(step.After.View, node) is { } shown)
            {
                step.Report(ChangeKind.Unexplained, Id, node.Number, node.Name,
                    $"The form field {node.Name}{Place.Of(step.After, node)} has the value {FieldText.Told(step.After.View, node)} and shows \"{shown}\".");
            }
        }
        return names;
    }

    private static void Added(RevisionStep step, FormField field)
    {
        // A signature field has a rule of its own; a field above new ones comes with them.
        if (field.IsSignature || (field.Type.Length == 0 && field.Dictionary["Kids"] is not null && field.Dictionary["Subtype"] is null))
            return;
        step.Report(ChangeKind.Unexplained, Id, field.Number, field.Name, field.IsWidgetOnly
            ? $"The form field {field.Name} gets another place{Place.Of(step.After, field)}." : $"A form field {field.Name} is added{Place.Of(step.After, field)}.");
    }

    private static void Changed(RevisionStep step, FormField old, FormField field, HashSet<string> filled)
    {
        if (field.Dictionary.HasDuplicateKeys && !old.Dictionary.HasDuplicateKeys)
            step.Report(ChangeKind.Unexplained, Id, field.Number, field.Name, $"The field {field.Name} has a key twice: readers will not agree on what it shows.");
        var fillKeys = !filled.Contains(field.Name) || FieldText.IsPushButton(step.Before.View, old) ? [] : field.Type == "Btn" ? BoxKeys : TextKeys;
        if (fillKeys.Contains("AP") && HidesThePage(step, old, field))
            step.Report(ChangeKind.Unexplained, Id, field.Number, field.Name, $"The form field {field.Name}{Place.Of(step.After, field)} is filled in with a picture that hides a part of the page.");
        foreach (var key in RevisionStep.DifferentKeys(old.Dictionary, field.Dictionary))
        {
            if (fillKeys.Contains(key) || IsHarmless(key, old, field))
                continue;
            if (key == "Kids" ? KeepsKids(step, old, field) : key is not ("P" or "Parent") && step.Same(old.Dictionary[key], field.Dictionary[key]))
                continue;
            // A widget is an annotation: where annotations may be changed, so may its picture, as long as it shows its value and hides nothing more.
            if (key == "AP" && FieldText.Contradiction(step.After.View, field) is null && IsNoCover(step, old, field))
            {
                step.Report(ChangeKind.AnnotationChanged, Id, field.Number, field.Name, $"The form field {field.Name}{Place.Of(step.After, field)} looks different though its value is the same.");
                step.Touched.TryAdd(field.Number, ChangeKind.AnnotationChanged);
                continue;
            }
            if (key is "MK" or "BS" or "Border" && field.Type is "Tx" or "Ch" && field.Dictionary["AP"] is not null)
            {
                step.Report(ChangeKind.AnnotationChanged, Id, field.Number, field.Name, $"The form field {field.Name}{Place.Of(step.After, field)} gets another /{key}.");
                continue;
            }
            // The default appearance is not seen where there is a picture.
            if (key == "DA" && filled.Contains(field.Name) && field.Dictionary["AP"] is not null && step.After.View.Resolve(step.After.Form?["NeedAppearances"]) is not PdfBoolean { Value: true })
                continue;
            step.Report(ChangeKind.Unexplained, Id, field.Number, field.Name, key switch
            {
                "AP" when !filled.Contains(field.Name) => $"The form field {field.Name}{Place.Of(step.After, field)} looks different though its value is the same.",
                "Rect" => $"The form field {field.Name} is moved{Place.Of(step.After, field)}.",
                _ => $"The form field {field.Name}{Place.Of(step.After, field)} gets another /{key}, which filling in does not need.",
            });
        }
    }

    // A field laid over the text lets it be seen until it is filled in: a shadow attack.
    private static bool HidesThePage(RevisionStep step, FormField old, FormField field)
    {
        if (step.After.Annotations.GetValueOrDefault(field.Number) is not { } shown || shown.Page > step.Before.Pages.Count)
            return false;
        var ink = AnnotationInk.Read(step.After.View, field.Dictionary);
        return ink.Hides && !AnnotationInk.Read(step.Before.View, old.Dictionary).Hides &&
            step.InkOf(shown.Page).IsHiddenBy(ink.Boxes.Where(b => b.Kind is PaintKind.Area or PaintKind.Image), field.Number);
    }

    private static bool IsNoCover(RevisionStep step, FormField old, FormField field) =>
        field.Type is "Tx" or "Ch" && (!AnnotationInk.Read(step.After.View, field.Dictionary).Hides || AnnotationInk.Read(step.Before.View, old.Dictionary).Hides);

    private static void EmptySignatureField(RevisionStep step, FormField old, FormField field)
    {
        foreach (var key in RevisionStep.DifferentKeys(old.Dictionary, field.Dictionary))
        {
            if (IsHarmless(key, old, field) || step.Same(old.Dictionary[key], field.Dictionary[key]))
                continue;
            step.Report(ChangeKind.Unexplained, Id, field.Number, field.Name, $"The empty signature field {field.Name}{Place.Of(step.After, field)} gets another /{key}.");
        }
    }

    // The time of a change is not seen. Read-only (bit 1) may be set, as locking does; every other flag changes how the field behaves.
    private static bool IsHarmless(string key, FormField old, FormField field) => key switch
    {
        "M" or "StructParent" => true,
        "Type" => field.Dictionary.Is("Type", "Annot"),
        "P" or "Parent" => old.Dictionary[key] is null,
        "Ff" => ((old.Dictionary["Ff"] as PdfInteger)?.Value ?? 0) is var was && ((field.Dictionary["Ff"] as PdfInteger)?.Value ?? 0) is var now && (now | 1) == (was | 1),
        _ => false,
    };

    // Kids may be joined by fields that have rules of their own; those there stay, but for a widget that its page gives up.
    private static bool KeepsKids(RevisionStep step, FormField old, FormField field)
    {
        if (step.Before.View.Resolve(old.Dictionary["Kids"]) is not PdfArray earlier)
            return true;
        var later = (step.After.View.Resolve(field.Dictionary["Kids"]) as PdfArray ?? new PdfArray([])).ToHashSet();
        return earlier.All(k => later.Contains(k) || (step.Before.FieldsByNumber.TryGetValue(DocumentStructure.NumberOf(k), out var kid) && IsTornOff(step, kid)));
    }

    // A widget that goes with its page's list of annotations is looked at there.
    private static bool IsTornOff(RevisionStep step, FormField old) =>
        old.IsWidgetOnly && step.After.FieldsNamed(old.Name).Any(f => !f.IsWidgetOnly) && !step.After.Annotations.ContainsKey(old.Number);
}
