using System.Globalization;
using System.Text;

namespace Tera.Pades.Appearances;

/// <summary>
/// The shapes of letters as paths. A mark drawn with them needs no font in the file, which PDF/A would want embedded
/// (ISO 19005-2 6.2.11) and which a word processor's subset may lack.
/// </summary>
internal static class GlyphOutlines
{
    private static readonly Lazy<Dictionary<int, (int Advance, string Path)>> Glyphs = new(Load);

    /// <summary>The width of a text in thousandths of the font size.</summary>
    public static int WidthOf(string text) => text.EnumerateRunes().Sum(r => Find(r).Advance);

    /// <summary>The glyph of a letter; the replacement character's where there is none.</summary>
    public static (int Advance, string Path) Find(Rune letter) =>
        Glyphs.Value.TryGetValue(letter.Value, out var glyph) ? glyph : Glyphs.Value[0xFFFD];

    private static Dictionary<int, (int Advance, string Path)> Load()
    {
        using var resource = typeof(GlyphOutlines).Assembly.GetManifestResourceStream("Tera.Pades.Appearances.glyphs.txt")!;
        using var reader = new StreamReader(resource, Encoding.ASCII);
        var glyphs = new Dictionary<int, (int, string)>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var parts = line.Split(' ', 3);
            glyphs[int.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture)] =
                (int.Parse(parts[1], CultureInfo.InvariantCulture), parts.Length > 2 ? parts[2] : "");
        }
        return glyphs;
    }
}
