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
        ["V", "AP", "AS", "M", "F", "Ff", "MK", "DA", "Lock", "NM", "P", "Type", "Subtype", "StructParent", "TU", "Rect", "Border", "BS"], StringComparer.Ordinal);

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
        foreach (var old in step.Before.Fields.Where(f => f.IsSigned && !f.IsWidgetOnly && Find(step.After, f) is null))
            step.Report(ChangeKind.Unexplained, Id, old.Number, old.Name, $"The signed field {old.Name} is taken away.");
    }

    internal static FormField? Find(DocumentStructure structure, FormField field) =>
        field.Number != 0 && structure.FieldsByNumber.TryGetValue(field.Number, out var found)
            ? found
            : structure.Fields.Find(f => f.Number == 0 && !f.IsWidgetOnly && f.Name == field.Name);

    private static void Added(RevisionStep step, FormField field)
    {
        var visible = IsVisible(step.After, field);
        if (step.Before.Fields.Exists(f => f.Name == field.Name && !f.IsWidgetOnly))
        {
            step.Report(ChangeKind.Unexplained, Id, field.Number, field.Name, $"A second field with the name {field.Name} is added.");
        }
        else if (!field.IsSigned)
        {
            step.Report(visible ? ChangeKind.Unexplained : ChangeKind.Signature, Id, field.Number, field.Name,
                visible ? $"A signature field {field.Name} with a picture and no signature is added: the picture may cover what was signed."
                    : $"An empty signature field {field.Name} is added.");
        }
        else
        {
            Signed(step, field, visible ? ChangeKind.NewVisibleSignature : ChangeKind.Signature);
        }
    }

    private static void Filled(RevisionStep step, FormField old, FormField field)
    {
        var other = RevisionStep.DifferentKeys(old.Dictionary, field.Dictionary).FirstOrDefault(k => !FillKeys.Contains(k) && !step.Same(old.Dictionary[k], field.Dictionary[k]));
        if (other is not null)
        {
            step.Report(ChangeKind.Unexplained, Id, field.Number, field.Name, $"The signature field {field.Name} gets another /{other} as it is signed.");
            return;
        }
        // A picture that the field shares with the content was laid out to be mistaken; signing such a field is no honest act.
        if (old.Dictionary["AP"] is PdfReference looks && step.Uses.FrozenFor(looks.Id.Number) is { } use && !use.StartsWith("the signed", StringComparison.Ordinal))
        {
            step.Report(ChangeKind.Unexplained, Id, field.Number, field.Name, $"The signature field {field.Name} gives up a picture that {use} uses as well.");
            return;
        }
        var grows = IsVisible(step.After, field) && !step.Same(old.Dictionary["Rect"], field.Dictionary["Rect"]);
        Signed(step, field, grows ? ChangeKind.NewVisibleSignature : ChangeKind.Signature);
    }

    private static void Signed(RevisionStep step, FormField field, ChangeKind kind)
    {
        if (step.After.View.Resolve(field.Value) is not PdfDictionary signature || signature["ByteRange"] is null)
        {
            step.Report(ChangeKind.Unexplained, Id, field.Number, field.Name, $"The signature field {field.Name} is filled with something that is no signature.");
            return;
        }
        foreach (var node in step.After.Fields.Where(f => f.Name == field.Name && f.IsSignature))
            step.NewlySigned.Add(node.Number);
        var isTimeStamp = signature.Is("SubFilter", "ETSI.RFC3161") || signature.Is("Type", "DocTimeStamp");
        if (isTimeStamp && kind == ChangeKind.Signature && !IsVisible(step.After, field))
        {
            step.Report(ChangeKind.DocumentTimeStamp, Id, field.Number, field.Name, $"A document time stamp is put in field {field.Name}; the pages do not show it.");
            return;
        }
        step.Report(kind, Id, field.Number, field.Name, kind == ChangeKind.NewVisibleSignature
            ? $"A signature is put in a new field {field.Name}, with a picture on the page."
            : $"The field {field.Name} is signed.");
    }

    private static void Kept(RevisionStep step, FormField old, FormField field)
    {
        if (!(old.Value ?? PdfNull.Instance).Equals(field.Value ?? PdfNull.Instance) && !step.Same(old.Value, field.Value))
        {
            step.Report(ChangeKind.Unexplained, Id, field.Number, field.Name, $"The signature in field {field.Name} is replaced or taken away.");
            return;
        }
        foreach (var key in RevisionStep.DifferentKeys(old.Dictionary, field.Dictionary))
        {
            // Readers note the time of a change, and lock fields by a flag when they sign; neither is seen.
            if (key is "M" or "V" or "Ff" or "Kids" or "StructParent" or "Type" || (key is "P" or "Parent" && old.Dictionary[key] is null) || step.Same(old.Dictionary[key], field.Dictionary[key]))
                continue;
            step.Report(ChangeKind.Unexplained, Id, field.Number, field.Name, $"The signed field {field.Name} gets another /{key}: its picture or its place is another one.");
        }
    }

    /// <summary>Whether the field shows anything: a widget on a page, with an area, a picture, and no flag that hides it.</summary>
    internal static bool IsVisible(DocumentStructure structure, FormField field) =>
        structure.Fields.Exists(f => f.Name == field.Name && f.IsSignature && ShowsSomething(structure.View, f.Dictionary));

    internal static bool ShowsSomething(PdfView view, PdfDictionary widget)
    {
        const long Hidden = 2, NoView = 32;
        if (view.GetInteger(widget, "F") is { } flags && (flags & (Hidden | NoView)) != 0)
            return false;
        if (view.GetDictionary(widget, "AP") is not { } looks || view.Resolve(looks["N"]) is PdfNull)
            return false;
        if (view.Resolve(widget["Rect"]) is not PdfArray { Count: 4 } rectangle)
            return false;
        var corners = rectangle.Select(c => view.Resolve(c) switch { PdfInteger i => i.Value, PdfReal r => r.Value, _ => 0d }).ToArray();
        return Math.Abs(corners[2] - corners[0]) > 0.5 && Math.Abs(corners[3] - corners[1]) > 0.5;
    }

    internal static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
