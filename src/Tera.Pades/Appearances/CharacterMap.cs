namespace Tera.Pades.Appearances;

/// <summary>From letters to glyphs: the Unicode subtable of a font's cmap (ISO/IEC 14496-22 5.2.1), formats 4 and 12.</summary>
internal sealed class CharacterMap
{
    private readonly ReadOnlyMemory<byte> _table;
    private readonly int _format;

    private CharacterMap(ReadOnlyMemory<byte> table, int format) => (_table, _format) = (table, format);

    public static CharacterMap Read(ReadOnlyMemory<byte> cmap)
    {
        CharacterMap? found = null;
        for (int i = 0, count = FontTables.U16(cmap, 2); i < count; i++)
        {
            var record = 4 + (8 * i);
            var (platform, encoding) = (FontTables.U16(cmap, record), FontTables.U16(cmap, record + 2));
            if (platform != 0 && (platform, encoding) is not (3, 1 or 10))
                continue;
            var offset = FontTables.U32(cmap, record + 4);
            var table = FontTables.Slice(cmap, offset, cmap.Length - offset);
            // Format 12 reaches beyond the 65,536 letters of format 4.
            var format = FontTables.U16(table, 0);
            if (format is 4 or 12 && (found is null || format > found._format))
                found = new CharacterMap(table, format);
        }
        return found ?? throw FontTables.Unreadable("it has no Unicode character map");
    }

    /// <summary>The glyph; 0 where there is none.</summary>
    public int Find(int letter) => _format == 12 ? FindInGroups(letter) : letter <= 0xFFFF ? FindInSegments(letter) : 0;

    private int FindInSegments(int letter)
    {
        var doubled = FontTables.U16(_table, 6);
        var (ends, starts) = (14, 16 + doubled);
        var (low, high) = (0, (doubled / 2) - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (FontTables.U16(_table, ends + (2 * middle)) < letter)
                low = middle + 1;
            else
                high = middle;
        }
        if (low > high || FontTables.U16(_table, ends + (2 * low)) < letter || FontTables.U16(_table, starts + (2 * low)) > letter)
            return 0;
        var delta = FontTables.U16(_table, starts + doubled + (2 * low));
        var range = starts + (2 * doubled) + (2 * low);
        var offset = FontTables.U16(_table, range);
        if (offset == 0)
            return (letter + delta) & 0xFFFF;
        var glyph = FontTables.U16(_table, range + offset + (2 * (letter - FontTables.U16(_table, starts + (2 * low)))));
        return glyph == 0 ? 0 : (glyph + delta) & 0xFFFF;
    }

    private int FindInGroups(int letter)
    {
        long low = 0, high = FontTables.U32(_table, 12) - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var group = 16 + (12 * middle);
            if (FontTables.U32(_table, group + 4) < letter)
                low = middle + 1;
            else if (FontTables.U32(_table, group) > letter)
                high = middle - 1;
            else
                return (int)Math.Min(FontTables.U32(_table, group + 8) + letter - FontTables.U32(_table, group), ushort.MaxValue);
        }
        return 0;
    }
}
