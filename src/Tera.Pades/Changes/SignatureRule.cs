using System.Globalization;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// A later revision may sign: fill an empty signature field, or add a field that is signed (ISO 32000-2 12.7.5.5, 12.8.2.2.2).
/// What was signed before stays, field and picture and all. A new field with a picture covers what lies below; it is told apart,
/// because a certified document has a right to say where signatures go (the sneaky signature attack).
/// Example that breaks it: a new signature field with a picture and no signature.
/// </summary>
internal sealed class SignatureRule : IChangeRule
{
    public const string Id = "signature";

    private static readonly HashSet<string> FillKeys = new(
        ["V", "AP", "AS", "M", "F", "Ff", "MK", "DA", "DR", "Lock", "NM", "P", "Type", "Subtype", "StructParent", "TU", "Rect", "Border", "BS"], StringComparer.Ordinal);

    public void Look(RevisionStep step)
    {
        foreach (var field in step.After.Fields.Where(f => f.IsSignature && !f.IsWidgetOnly))
        {
            var old = Find(step.Before, field);
            if (old is null)
                Added(step, field);
            else if (old.IsSigned)
                Kept(step, old, field);
            else if (field.IsSigned)
                Filled(step, old, field);
        }
        foreach (var widget in step.After.Fields.Where(f => f.IsSignature && f.IsWidgetOnly))
            Widget(step, widget);
        foreach (var old in step.Before.Fields.Where(f => f.IsSigned && !f.IsWidgetOnly && Find(step.After, f) is null))
            Refuse(step, old, $"The signed field {old.Name} is taken away.");
    }

    internal static FormField? Find(DocumentStructure structure, FormField field) =>
        field.Number != 0 && structure.FieldsByNumber.TryGetValue(field.Number, out var found)
            ? found
            : structure.FieldsNamed(field.Name).FirstOrDefault(f => f.Number == 0 && !f.IsWidgetOnly);

    private static void Added(RevisionStep step, FormField field)
    {
        if (step.Before.FieldsNamed(field.Name).Any(f => !f.IsWidgetOnly))
        {
            Refuse(step, field, $"A second field with the name {field.Name} is added.");
            return;
        }
        if (NewSignatureField.ProblemOf(step.After, field) is { } problem)
        {
            Refuse(step, field, $"The new signature field {field.Name} {problem}.");
            return;
        }
        var kind = NewSignatureField.KindOf(step, field);
        if (field.IsSigned)
            Signed(step, field, kind);
        else if (kind == ChangeKind.Signature)
            step.Report(kind, Id, field.Number, field.Name, $"An empty signature field {field.Name} is added.");
        else
            Refuse(step, field, $"A signature field {field.Name} with a picture and no signature is added{Place.Of(step.After, field)}: the picture may cover what was signed.");
    }

    private static void Filled(RevisionStep step, FormField old, FormField field)
    {
        var kind = ChangeKind.Signature;
        foreach (var node in step.After.Fields.Where(f => f == field || (f.IsWidgetOnly && f.Name == field.Name)))
        {
            var was = node == field ? old : Find(step.Before, node);
            if (was is null)
                continue;
            if (RevisionStep.DifferentKeys(was.Dictionary, node.Dictionary).FirstOrDefault(k => !FillKeys.Contains(k) && !step.Same(was.Dictionary[k], node.Dictionary[k])) is { } other)
            {
                Refuse(step, field, $"The signature field {field.Name} gets another /{other} as it is signed.");
                return;
            }
            if (!step.Same(was.Dictionary["Rect"], node.Dictionary["Rect"]) || !step.Same(was.Dictionary["Subtype"], node.Dictionary["Subtype"]))
                kind = NewSignatureField.KindOf(step, field);
        }
        // A picture that the field shares with the content was laid out to be mistaken; signing such a field is no honest act.
        if (old.Dictionary["AP"] is PdfReference looks && step.Uses.FrozenFor(looks.Id.Number) is { } use && !use.StartsWith("the signed", StringComparison.Ordinal))
            Refuse(step, field, $"The signature field {field.Name} gives up a picture that {use} uses as well.");
        else
            Signed(step, field, kind);
    }

    private static void Signed(RevisionStep step, FormField field, ChangeKind kind)
    {
        if (step.After.View.Resolve(field.Value) is not PdfDictionary signature || signature["ByteRange"] is null)
        {
            Refuse(step, field, $"The signature field {field.Name} is filled with something that is no signature.");
            return;
        }
        foreach (var node in step.After.Fields.Where(f => f.Name == field.Name && f.IsSignature))
            step.NewlySigned.Add(node.Number);
        var isTimeStamp = signature.Is("SubFilter", "ETSI.RFC3161") || signature.Is("Type", "DocTimeStamp");
        if (isTimeStamp && kind == ChangeKind.Signature && !NewSignatureField.IsVisible(step.After, field))
        {
            step.Report(ChangeKind.DocumentTimeStamp, Id, field.Number, field.Name, $"A document time stamp is put in field {field.Name}; the pages do not show it.");
            return;
        }
        var where = Place.Of(step.After, field);
        step.Report(kind, Id, field.Number, field.Name, kind switch
        {
            ChangeKind.CoveringSignature => $"A signature is put in field {field.Name}, with a picture that lies over what was there{where}.",
            ChangeKind.NewVisibleSignature => $"A signature is put in a new field {field.Name}, with a picture{where}.",
            _ => NewSignatureField.IsVisible(step.After, field) ? $"The field {field.Name} is signed; it shows the mark of its signer{where}." : $"The field {field.Name} is signed; the pages do not show it.",
        });
    }

    private static void Kept(RevisionStep step, FormField old, FormField field)
    {
        if (!(old.Value ?? PdfNull.Instance).Equals(field.Value ?? PdfNull.Instance) && !step.Same(old.Value, field.Value))
        {
            Refuse(step, field, $"The signature in field {field.Name} is replaced or taken away.");
            return;
        }
        if (field.Dictionary.HasDuplicateKeys && !old.Dictionary.HasDuplicateKeys)
            Refuse(step, field, $"The signed field {field.Name} has a key twice: readers will not agree on what it shows.");
        foreach (var key in RevisionStep.DifferentKeys(old.Dictionary, field.Dictionary))
        {
            // Readers note the time of a change, and lock fields by a flag when they sign; neither is seen.
            if (key is "M" or "V" or "Ff" or "StructParent" or "Type" || (key is "P" or "Parent" && old.Dictionary[key] is null) || step.Same(old.Dictionary[key], field.Dictionary[key]))
                continue;
            if (key == "Kids" && KeepsKids(step, old, field))
                continue;
            Refuse(step, field, $"The signed field {field.Name} gets another /{key}: its picture or its place is another one.");
        }
    }

    // Fields may join below a signed one; they have rules of their own, and so have widgets.
    private static bool KeepsKids(RevisionStep step, FormField old, FormField field) =>
        step.Before.View.Resolve(old.Dictionary["Kids"]) is not PdfArray earlier ||
        (step.After.View.Resolve(field.Dictionary["Kids"]) is PdfArray later && later.ToHashSet() is var there && earlier.All(there.Contains));

    private static void Widget(RevisionStep step, FormField widget)
    {
        var field = step.Before.FieldsNamed(widget.Name).FirstOrDefault(f => f.IsSignature && !f.IsWidgetOnly);
        if (field is null)
            return;
        if (Find(step.Before, widget) is not { } old)
            Refuse(step, widget, $"The signature field {widget.Name} gets another place{Place.Of(step.After, widget)}.");
        else if (field.IsSigned)
            Kept(step, old, widget);
    }

    private static void Refuse(RevisionStep step, FormField field, string text) => step.Report(ChangeKind.Unexplained, Id, field.Number, field.Name, text);

    internal static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
