using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// Tells a remark from a cover-up. A certification that permits annotations permits remarks; the evil annotation attack
/// (Mainka and others, 2021) uses it to paint over what was certified. An annotation larger than an icon that fills an area opaquely,
/// or draws an image, is taken for one.
/// </summary>
internal static class CoveringAnnotation
{
    /// <summary>Icons of remarks are 18 to 32 points wide.</summary>
    private const double IconSize = 36;

    private const int MaxPicture = 1024 * 1024;

    private static readonly HashSet<string> Fillers = new(["f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "BI"], StringComparer.Ordinal);

    public static bool IsOne(PdfView view, AnnotationNode annotation)
    {
        var dictionary = annotation.Dictionary;
        if (view.Resolve(dictionary["Rect"]) is not PdfArray { Count: 4 } rectangle)
            return false;
        var corners = rectangle.Select(c => view.Resolve(c) switch { PdfInteger i => i.Value, PdfReal r => r.Value, _ => 0d }).ToArray();
        if (Math.Abs(corners[2] - corners[0]) <= IconSize && Math.Abs(corners[3] - corners[1]) <= IconSize)
            return false;
        if (annotation.Subtype is "Redact" or "Watermark" or "Screen" or "Movie" or "RichMedia" or "3D" or "Projection")
            return true;
        if (view.GetDictionary(dictionary, "AP") is not { } looks || view.Resolve(looks["N"]) is PdfNull)
        {
            // Drawn by the reader from its entries: an interior colour, or the background of free text, covers.
            var colour = annotation.Subtype == "FreeText" ? "C" : "IC";
            return view.GetArray(dictionary, colour) is { Count: > 0 };
        }
        return view.Resolve(looks["N"]) switch
        {
            PdfStream picture => Covers(view, picture),
            PdfDictionary states => states.Any(s => view.Resolve(s.Value) is PdfStream picture && Covers(view, picture)),
            _ => false,
        };
    }

    private static bool Covers(PdfView view, PdfStream picture)
    {
        if (view.File.TryDecode(picture, view.RevisionIndex, out var data) != PdfRefusal.None || data.Length > MaxPicture)
            return true;
        var paints = System.Text.Encoding.Latin1.GetString(data).Split([' ', '\r', '\n', '\t', '\0', '\f'], StringSplitOptions.RemoveEmptyEntries).Any(Fillers.Contains);
        return paints && !IsSeeThrough(view, picture.Dictionary);
    }

    // A highlighter multiplies, or is half transparent: what lies below stays legible.
    private static bool IsSeeThrough(PdfView view, PdfDictionary picture)
    {
        var states = view.GetDictionary(view.GetDictionary(picture, "Resources"), "ExtGState");
        return states is not null && states.Any(s => view.Resolve(s.Value) is PdfDictionary state &&
            (view.GetName(state, "BM") is "Multiply" or "Darken" || (view.Resolve(state["ca"]) is PdfReal { Value: < 0.6 })));
    }
}
