using Tera.Pades.Changes.Painting;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>What a signature field that a later revision brings may be: a place for a signature and nothing else (ISO 32000-2 12.7.5.5).</summary>
internal static class NewSignatureField
{
    private static readonly HashSet<string> Keys = new(
        ["Type", "Subtype", "FT", "T", "V", "Rect", "P", "F", "AP", "AS", "Parent", "Kids", "Lock", "SV", "DA", "DR", "DS", "DV", "MK", "Ff", "TU", "TM", "StructParent", "NM", "M", "Border", "BS", "H", "Q", "Contents", "C", "Lang", "OPR"],
        StringComparer.Ordinal);

    /// <summary>What is wrong with the field or one of its widgets, as the end of a sentence; null where nothing is.</summary>
    public static string? ProblemOf(DocumentStructure structure, FormField field)
    {
        foreach (var node in Nodes(structure, field))
        {
            if (node.Dictionary.HasDuplicateKeys)
                return "has a key twice: reader programs will not agree on what it shows";
            if (node.Dictionary["Subtype"] is { } subtype && (structure.View.Resolve(subtype) as PdfName)?.Value != "Widget")
                return "is an annotation of another kind as well";
            if (node.Dictionary["AA"] is not null || node.Dictionary["A"] is not null)
                return "makes the reader program do something";
            if (node.Dictionary.Keys.FirstOrDefault(k => !Keys.Contains(k)) is { } key)
                return $"has an entry /{key}, which signing does not need";
        }
        return null;
    }

    /// <summary>What its picture amounts to: none, one in a free place, or one over something that the page showed.</summary>
    public static ChangeKind KindOf(RevisionStep step, FormField field)
    {
        if (!IsVisible(step.After, field))
            return ChangeKind.Signature;
        foreach (var node in Nodes(step.After, field).Where(n => ShowsSomething(step.After.View, n.Dictionary)))
        {
            if (step.After.Annotations.GetValueOrDefault(node.Number) is { } shown && shown.Page <= step.Before.Pages.Count &&
                step.InkOf(shown.Page).IsHiddenBy(AnnotationInk.Read(step.After.View, node.Dictionary).Boxes, node.Number))
                return ChangeKind.CoveringSignature;
        }
        return ChangeKind.NewVisibleSignature;
    }

    /// <summary>Whether the field shows anything: a widget with an area, a picture or a background, and no flag that hides it for good.</summary>
    public static bool IsVisible(DocumentStructure structure, FormField field) => Nodes(structure, field).Any(n => ShowsSomething(structure.View, n.Dictionary));

    private static IEnumerable<FormField> Nodes(DocumentStructure structure, FormField field) => structure.FieldsNamed(field.Name).Where(f => ReferenceEquals(f, field) || f.IsSignature);

    private static bool ShowsSomething(PdfView view, PdfDictionary widget)
    {
        if (RemarkKind.IsHidden(view, widget))
            return false;
        var hasPicture = view.GetDictionary(widget, "AP") is { } looks && looks.Any(l => view.Resolve(l.Value) is not PdfNull);
        var hasGround = view.GetDictionary(widget, "MK") is { } look && (look["BG"] ?? look["CA"] ?? look["I"]) is not null;
        if (!hasPicture && !hasGround)
            return false;
        // A place that is malformed is one that some reader program will make something of.
        return PdfRectangle.Read(view, widget["Rect"]) is not { } place ? widget["Rect"] is not null : place is { Width: > 0.5, Height: > 0.5 };
    }
}
