using System.Numerics;
using Tera.Pades.Changes.Painting;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>What a field says by its value, and what it shows by its picture (ISO 32000-2 12.7.4.3).</summary>
internal static class FieldText
{
    private const int MaxTold = 60;

    public static bool IsPushButton(PdfView view, FormField field) => field.Type == "Btn" && (Flags(view, field) & 65536) != 0;

    /// <summary>The value, for a sentence.</summary>
    public static string Told(PdfView view, FormField field) => view.Resolve(field.Value) switch
    {
        PdfString text => Quote(PdfText.Decode(text)),
        PdfName name => Quote(name.Value),
        PdfNull => "nothing",
        PdfStream => "a long text",
        _ => "something",
    };

    /// <summary>
    /// The characters that a text field shows, where its value is made of others; null where they agree or cannot be compared:
    /// passwords, formatted and rich text, fonts with codes of their own.
    /// </summary>
    public static string? Contradiction(PdfView view, FormField field)
    {
        const long Password = 8192;
        if (field.Type != "Tx" || (Flags(view, field) & Password) != 0 || field.Dictionary["RV"] is not null || HasFormat(view, field) ||
            (view.Resolve(field.Value) is not (PdfString or PdfNull)))
            return null;
        if (view.GetDictionary(field.Dictionary, "AP") is not { } looks || view.Resolve(looks["N"]) is not PdfStream picture)
            return null;
        var painter = new ContentPainter(view);
        painter.Paint(picture, view.GetDictionary(picture.Dictionary, "Resources"), Matrix3x2.Identity, PaintedBox.Everywhere);
        if (painter.IsPartial || painter.Text is not { } shown)
            return null;
        var value = view.Resolve(field.Value) is PdfString text ? PdfText.Decode(text) : "";
        return IsComparable(value) && IsComparable(shown) && !Agree(Essence(value), Essence(shown)) ? Shorten(shown) : null;
    }

    // Long values are cut off at the edge, and numbers are grouped.
    private static bool Agree(string value, string shown) =>
        shown.Length == 0 || (value.Length > 0 && (shown.Contains(value, StringComparison.Ordinal) || value.Contains(shown, StringComparison.Ordinal)));

    // Beyond Latin, what is shown may be shaped and turned round.
    private static bool IsComparable(string text) => text.All(c => c <= '\u024F');

    private static string Essence(string text) => string.Concat(text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    private static bool HasFormat(PdfView view, FormField field)
    {
        var node = field.Dictionary;
        for (var depth = 0; depth < 16 && node is not null; depth++, node = view.Resolve(node["Parent"]) as PdfDictionary)
        {
            if (node["AA"] is not null)
                return true;
        }
        return false;
    }

    private static long Flags(PdfView view, FormField field)
    {
        var node = field.Dictionary;
        for (var depth = 0; depth < 16 && node is not null; depth++, node = view.Resolve(node["Parent"]) as PdfDictionary)
        {
            if (view.GetInteger(node, "Ff") is { } flags)
                return flags;
        }
        return 0;
    }

    private static string Quote(string text) => text.Length == 0 ? "nothing" : "\"" + Shorten(text) + "\"";

    private static string Shorten(string text)
    {
        var clean = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return clean.Length <= MaxTold ? clean : string.Concat(clean.AsSpan(0, MaxTold), "...");
    }
}
