using System.Globalization;
using System.Text;

namespace Tera.Pades.Text;

/// <summary>
/// What ISO 32000-1 takes for known: the encodings of Annex D, the names of their glyphs, and the widths of the standard fonts
/// (9.6.2.2), which old files do not repeat.
/// </summary>
internal static class StandardFonts
{
    private static readonly string[] Latin = ["Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"];

    private static readonly Lazy<Tables> Data = new(Load);

    /// <summary>The code points of an encoding by code, 0 where it has none; null for an unknown encoding.</summary>
    public static IReadOnlyList<int>? Encoding(string name) => Data.Value.Encodings.GetValueOrDefault(name.Replace("Encoding", "", StringComparison.Ordinal));

    /// <summary>The text of a glyph by its name: of Annex D, "uni0041", "u1F600", "f_i", "a.alt"; null for an unknown one.</summary>
    public static string? TextOf(string glyph)
    {
        var dot = glyph.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0)
            glyph = glyph[..dot];
        if (Data.Value.Glyphs.TryGetValue(glyph, out var known))
            return char.ConvertFromUtf32(known);
        if (glyph.Contains('_', StringComparison.Ordinal) && glyph.Length < 64)
            return glyph.Split('_').Select(TextOf).Aggregate("", (text, part) => text is null || part is null ? null! : text + part);
        var digits = glyph.StartsWith("uni", StringComparison.Ordinal) && glyph.Length == 7 ? glyph.AsSpan(3)
            : glyph.StartsWith('u') && glyph.Length is >= 5 and <= 7 ? glyph.AsSpan(1) : [];
        return digits.Length > 0 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && Rune.IsValid(value)
            ? char.ConvertFromUtf32(value)
            : null;
    }

    /// <summary>The width of a letter or code in a standard font, in thousandths; null where the font is none of them.</summary>
    /// <param name="baseFont">The font's name, perhaps with a subset tag, perhaps one of the names that readers take for it ("Arial").</param>
    /// <param name="code">The code, for the fonts that are no letters.</param>
    /// <param name="text">What the code says.</param>
    public static double? WidthOf(string baseFont, int code, string? text)
    {
        var name = baseFont.Length > 7 && baseFont[6] == '+' ? baseFont[7..] : baseFont;
        if (Data.Value.Widths.TryGetValue(name, out var byCode))
            return byCode[code & 255];
        if (Family(name) is not { } family)
            return null;
        if (family < 0)
            return 600;
        return text is { Length: 1 } && Data.Value.LatinWidths.TryGetValue(text[0], out var widths) ? widths[family] : 0;
    }

    /// <summary>Ascent and descent in thousandths that a text's box takes; those of Helvetica for unknown fonts.</summary>
    public static (double Ascent, double Descent) HeightOf(string baseFont) => Family(baseFont) switch
    {
        < 0 => (629, -157),
        >= 2 => (683, -217),
        _ => (718, -207),
    };

    // -1 for Courier, whose letters all have one width.
    private static int? Family(string name)
    {
        var plain = name.Replace(" ", "", StringComparison.Ordinal);
        var isBold = plain.Contains("Bold", StringComparison.OrdinalIgnoreCase);
        var isItalic = plain.Contains("Italic", StringComparison.OrdinalIgnoreCase) || plain.Contains("Oblique", StringComparison.OrdinalIgnoreCase);
        if (plain.StartsWith("Courier", StringComparison.Ordinal))
            return -1;
        if (plain.StartsWith("Helvetica", StringComparison.Ordinal) || plain.StartsWith("Arial", StringComparison.Ordinal))
            return isBold ? 1 : 0;
        return plain.StartsWith("Times", StringComparison.Ordinal) ? 2 + (isBold ? 1 : 0) + (isItalic ? 2 : 0) : null;
    }

    private static Tables Load()
    {
        using var resource = typeof(StandardFonts).Assembly.GetManifestResourceStream("Tera.Pades.Text.standard-fonts.txt")!;
        using var reader = new StreamReader(resource, System.Text.Encoding.ASCII);
        var tables = new Tables();
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            switch (parts[0])
            {
                case "glyph":
                    var letter = int.Parse(parts[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                    tables.Glyphs.TryAdd(parts[1], letter);
                    if (parts.Length == 3 + Latin.Length)
                        tables.LatinWidths.TryAdd((char)letter, [.. parts.Skip(3).Select(w => int.Parse(w, CultureInfo.InvariantCulture))]);
                    break;
                case "encoding":
                    tables.Encodings[parts[1]] = [.. parts.Skip(2).Select(c => int.Parse(c, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
                    break;
                case "widths":
                    tables.Widths[parts[1]] = [.. parts.Skip(2).Select(w => int.Parse(w, CultureInfo.InvariantCulture))];
                    break;
            }
        }
        return tables;
    }

    private sealed class Tables
    {
        public Dictionary<string, int> Glyphs { get; } = new(StringComparer.Ordinal);

        public Dictionary<char, int[]> LatinWidths { get; } = [];

        public Dictionary<string, int[]> Encodings { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, int[]> Widths { get; } = new(StringComparer.Ordinal);
    }
}
