using System.Globalization;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>Says where on its page something lies, for a reader with a ruler.</summary>
internal static class Place
{
    /// <summary>" at [left bottom right top]" in points from the bottom left, rounded; empty where there is no area.</summary>
    public static string Of(PdfView view, PdfDictionary annotation) =>
        PdfRectangle.Read(view, annotation["Rect"]) is { IsEmpty: false } r
            ? string.Create(CultureInfo.InvariantCulture, $" at [{r.X:0} {r.Y:0} {r.X + r.Width:0} {r.Y + r.Height:0}]")
            : "";

    /// <summary>" on page N at [...]" for each widget of a field that lies on a page, or nothing.</summary>
    public static string Of(DocumentStructure structure, FormField field)
    {
        const int MaxTold = 3;
        var places = structure.Fields.Where(f => f.Name == field.Name && structure.Annotations.ContainsKey(f.Number))
            .Select(f => string.Create(CultureInfo.InvariantCulture, $" on page {structure.Annotations[f.Number].Page}{Of(structure.View, f.Dictionary)}")).Take(MaxTold + 1).ToList();
        return places.Count > MaxTold ? " in several places" : string.Join(" and", places);
    }
}
