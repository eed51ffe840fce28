using System.Text;

namespace Tera.Pades.Appearances;

/// <summary>
/// A font for the text of a mark: a TrueType or OpenType file (.ttf, .otf, the first of a .ttc). What the text uses of it is
/// embedded, with a ToUnicode map, so that the text can be searched, copied and read aloud and PDF/A stays PDF/A.
/// Letters are set one after the other: scripts that need shaping (Arabic, Javanese) do not come out right.
/// </summary>
public sealed class MarkFont
{
    /// <summary>The large fonts of East Asia have some 20 MB.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    private readonly FontTables _tables;
    private readonly CharacterMap _characters;
    private readonly ReadOnlyMemory<byte> _metrics;
    private readonly int _metricsCount;

    private MarkFont(FontTables tables)
    {
        _tables = tables;
        var head = tables.Require("head");
        UnitsPerEm = FontTables.U16(head, 18);
        GlyphCount = FontTables.U16(tables.Require("maxp"), 4);
        if (UnitsPerEm is < 16 or > 16384 || GlyphCount == 0)
            throw FontTables.Unreadable("its measures are impossible");
        Box = [.. Enumerable.Range(0, 4).Select(i => PerMille(FontTables.I16(head, 36 + (2 * i))))];
        var horizontal = tables.Require("hhea");
        (Ascent, Descent) = (PerMille(FontTables.I16(horizontal, 4)), PerMille(FontTables.I16(horizontal, 6)));
        _metricsCount = FontTables.U16(horizontal, 34);
        _metrics = tables.Require("hmtx");
        if (_metricsCount == 0 || _metrics.Length < 4 * _metricsCount)
            throw FontTables.Unreadable("its widths are missing");
        // OS/2 fsType: bit 1 alone forbids embedding; 0x0200 allows bitmaps only.
        if (tables.Find("OS/2") is { Length: > 10 } licence && FontTables.U16(licence, 8) is var type && ((type & 0xF) == 2 || (type & 0x200) != 0))
            throw new MarkException(MarkRefusal.FontForbidsEmbedding, $"fsType {type:X4}");
        _characters = CharacterMap.Read(tables.Require("cmap"));
        if (!HasOutlines)
            throw FontTables.Unreadable("it has no outlines");
    }

    /// <summary>Reads a font file.</summary>
    /// <param name="file">The bytes; they must not change while the font is in use.</param>
    /// <returns>The font.</returns>
    /// <exception cref="MarkException">It is no such font, is damaged, larger than <see cref="MaxBytes"/>, or forbids embedding.</exception>
    public static MarkFont Read(ReadOnlyMemory<byte> file) =>
        file.Length <= MaxBytes ? new MarkFont(new FontTables(file)) : throw MarkException.Of(MarkRefusal.FontUnreadable, $"{file.Length} bytes, at most {MaxBytes}");

    internal int UnitsPerEm { get; }

    internal int GlyphCount { get; }

    /// <summary>In thousandths of the font size, as are <see cref="Descent"/> and <see cref="Box"/>.</summary>
    internal int Ascent { get; }

    internal int Descent { get; }

    internal IReadOnlyList<int> Box { get; }

    internal FontTables Tables => _tables;

    /// <summary>Whether the outlines are those of CFF (OpenType), not of TrueType.</summary>
    internal bool IsCff => _tables.Find("CFF ") is not null;

    private bool HasOutlines => IsCff || (_tables.Find("glyf") is not null && _tables.Find("loca") is not null);

    /// <summary>The PostScript name (name table, 6); "Font" where it has none that a PDF could write.</summary>
    internal string PostScriptName
    {
        get
        {
            if (_tables.Find("name") is not { Length: >= 6 } names)
                return "Font";
            var strings = FontTables.U16(names, 4);
            for (int i = 0, count = FontTables.U16(names, 2); i < count; i++)
            {
                var record = 6 + (12 * i);
                if (FontTables.U16(names, record + 6) != 6)
                    continue;
                var value = FontTables.Slice(names, strings + FontTables.U16(names, record + 10), FontTables.U16(names, record + 8)).Span;
                var name = FontTables.U16(names, record) == 1 ? Encoding.Latin1.GetString(value) : Encoding.BigEndianUnicode.GetString(value);
                if (name.Length is > 0 and <= 63 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
                    return name;
            }
            return "Font";
        }
    }

    /// <summary>The glyph of a letter.</summary>
    /// <exception cref="MarkException">There is none.</exception>
    internal int GlyphOf(Rune letter) =>
        _characters.Find(letter.Value) is > 0 and var glyph && glyph < GlyphCount ? glyph
            : throw new MarkException(MarkRefusal.GlyphMissing, $"U+{letter.Value:X4}");

    /// <summary>The width of a glyph in thousandths of the font size.</summary>
    internal int WidthOf(int glyph) => PerMille(FontTables.U16(_metrics, 4L * Math.Min(glyph, _metricsCount - 1)));

    private int PerMille(int units) => (int)Math.Round(units * 1000.0 / UnitsPerEm);
}
