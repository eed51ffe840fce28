using Tera.Pades.Changes.Painting;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// Tells a remark from a cover-up. Who permits annotations permits remarks; the evil annotation attack (Mainka and others, 2021) and
/// the overlays of shadow attacks use them to paint over what was signed, or to put a script there.
/// </summary>
internal static class RemarkKind
{
    /// <summary>Icons of remarks are 18 to 32 points wide.</summary>
    private const double IconSize = 36;

    /// <summary>The annotations that people make with a reader program (ISO 32000-2 table 171); the others play, print or hide.</summary>
    private static readonly HashSet<string> Remarks = new(
        ["Text", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline", "Squiggly", "StrikeOut", "Stamp", "Caret", "Ink", "Popup", "FileAttachment", "Link"],
        StringComparer.Ordinal);

    /// <summary>Actions that lead somewhere and change nothing (12.6.4).</summary>
    private static readonly HashSet<string> Ways = new(["GoTo", "GoToR", "URI"], StringComparer.Ordinal);

    /// <summary>What an annotation amounts to that lies on a page as the step finds it, and what is to be said of it.</summary>
    public static (ChangeKind Kind, string? Why) Of(RevisionStep step, int page, AnnotationNode annotation)
    {
        var view = step.After.View;
        var dictionary = annotation.Dictionary;
        if (!Remarks.Contains(annotation.Subtype))
            return annotation.Subtype is "Redact" or "Watermark" ? (ChangeKind.CoveringAnnotation, null) : (ChangeKind.Unexplained, "it is no remark");
        if (dictionary["AA"] is not null || (view.Resolve(dictionary["A"]) is PdfDictionary action && !(Ways.Contains(view.GetName(action, "S") ?? "") && action["Next"] is null)))
            return (ChangeKind.Unexplained, "it makes the reader program do something");
        if (IsHidden(view, dictionary) || (annotation.Subtype is "Popup" or "Link" && dictionary["AP"] is null))
            return (ChangeKind.Annotation, null);
        var ink = AnnotationInk.Read(view, dictionary);
        if (ink.IsMalformed)
            return (ChangeKind.CoveringAnnotation, "reader programs will not agree on where it lies");
        if (IsIcon(view, annotation, ink))
            return (ChangeKind.Annotation, null);
        if (step.InkOf(page).IsHiddenBy(ink.Boxes, annotation.Number))
            return (ChangeKind.CoveringAnnotation, null);
        return (ink.Hides ? ChangeKind.PaintingAnnotation : ChangeKind.Annotation, null);
    }

    /// <summary>Whether flags keep an annotation from the screen and from paper for good (12.5.3).</summary>
    public static bool IsHidden(PdfView view, PdfDictionary annotation)
    {
        const long Hidden = 2, Print = 4, NoView = 32, ToggleNoView = 256;
        var flags = view.GetInteger(annotation, "F") ?? 0;
        return (flags & Hidden) != 0 || ((flags & NoView) != 0 && (flags & (Print | ToggleNoView)) == 0);
    }

    // An icon lies where the remark belongs, often on a word; it is drawn in lines and colours, not in letters or in white.
    private static bool IsIcon(PdfView view, AnnotationNode annotation, AnnotationInk ink) =>
        annotation.Subtype is "Text" or "FileAttachment" &&
        PdfRectangle.Read(view, annotation.Dictionary["Rect"]) is { Width: <= IconSize, Height: <= IconSize } &&
        !ink.Boxes.Any(b => b.Kind is PaintKind.Text or PaintKind.Image) && (ink.Boxes.Count == 0 || ink.Boxes.Any(b => !b.IsWhite));
}
