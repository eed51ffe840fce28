using System.Buffers.Binary;
using System.Text;

namespace Tera.Pades.Appearances;

/// <summary>
/// A TrueType font of some glyphs only (ISO/IEC 14496-22). The glyphs keep their numbers; those that are not used are empty, and
/// those behind the last one used are gone.
/// </summary>
internal static class FontSubset
{
    /// <summary>Accents on letters are composed one or two deep.</summary>
    private const int MaxComposition = 8;

    private const int MoreComponents = 0x20;

    public static byte[] Make(MarkFont font, IEnumerable<int> glyphs)
    {
        var outlines = new SortedDictionary<int, ReadOnlyMemory<byte>>();
        var tables = font.Tables;
        var (head, locations) = (tables.Require("head"), tables.Require("loca"));
        var isLong = FontTables.I16(head, 50) != 0;
        Add(0, 0);
        foreach (var glyph in glyphs)
            Add(glyph, 0);

        var count = outlines.Keys.Last() + 1;
        var (glyf, loca) = (new MemoryStream(), new byte[4 * (count + 1)]);
        for (var glyph = 0; glyph < count; glyph++)
        {
            if (outlines.TryGetValue(glyph, out var outline))
            {
                glyf.Write(outline.Span);
                glyf.Write(new byte[(4 - (outline.Length % 4)) % 4]);
            }
            BinaryPrimitives.WriteUInt32BigEndian(loca.AsSpan(4 * (glyph + 1)), (uint)glyf.Length);
        }

        var newHead = head.ToArray();
        BinaryPrimitives.WriteInt16BigEndian(newHead.AsSpan(50), 1);
        newHead.AsSpan(8, 4).Clear();
        var (newHhea, newMaxp) = (tables.Require("hhea").ToArray(), tables.Require("maxp").ToArray());
        BinaryPrimitives.WriteUInt16BigEndian(newHhea.AsSpan(34), (ushort)count);
        BinaryPrimitives.WriteUInt16BigEndian(newMaxp.AsSpan(4), (ushort)count);
        var parts = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["glyf"] = glyf.ToArray(),
            ["head"] = newHead,
            ["hhea"] = newHhea,
            ["hmtx"] = Metrics(tables, count),
            ["loca"] = loca,
            ["maxp"] = newMaxp,
        };
        // The instructions of the glyphs need these.
        foreach (var tag in (ReadOnlySpan<string>)["cvt ", "fpgm", "prep"])
        {
            if (tables.Find(tag) is { } table)
                parts[tag] = table.ToArray();
        }
        return Write(parts);

        void Add(int glyph, int depth)
        {
            if (glyph >= font.GlyphCount || depth > MaxComposition || outlines.ContainsKey(glyph))
                return;
            var (start, end) = isLong
                ? (FontTables.U32(locations, 4L * glyph), FontTables.U32(locations, (4L * glyph) + 4))
                : (2L * FontTables.U16(locations, 2L * glyph), 2L * FontTables.U16(locations, (2L * glyph) + 2));
            var outline = FontTables.Slice(tables.Require("glyf"), start, end - start);
            outlines[glyph] = outline;
            if (outline.Length < 10 || FontTables.I16(outline, 0) >= 0)
                return;
            // 5.3.3.2: a composite glyph names its components; the flags say how long each entry is.
            for (int at = 10, flags = MoreComponents; (flags & MoreComponents) != 0;)
            {
                flags = FontTables.U16(outline, at);
                Add(FontTables.U16(outline, at + 2), depth + 1);
                at += 4 + ((flags & 1) != 0 ? 4 : 2) + ((flags & 8) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0);
            }
        }
    }

    private static byte[] Metrics(FontTables tables, int count)
    {
        var (metrics, full) = (tables.Require("hmtx"), FontTables.U16(tables.Require("hhea"), 34));
        var result = new byte[4 * count];
        for (var glyph = 0; glyph < count; glyph++)
        {
            FontTables.Slice(metrics, 4L * Math.Min(glyph, full - 1), 2).Span.CopyTo(result.AsSpan(4 * glyph));
            var bearing = glyph < full ? (4L * glyph) + 2 : (4L * full) + (2L * (glyph - full));
            if (bearing + 2 <= metrics.Length)
                metrics.Span.Slice((int)bearing, 2).CopyTo(result.AsSpan((4 * glyph) + 2));
        }
        return result;
    }

    private static byte[] Write(SortedDictionary<string, byte[]> parts)
    {
        var power = (int)Math.Log2(parts.Count);
        var header = new byte[12 + (16 * parts.Count)];
        BinaryPrimitives.WriteUInt32BigEndian(header, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), (ushort)parts.Count);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), (ushort)(16 << power));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(8), (ushort)power);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), (ushort)((16 * parts.Count) - (16 << power)));
        var (body, entry, headAt) = (new MemoryStream(), 12, 0);
        foreach (var (tag, table) in parts)
        {
            var offset = header.Length + (int)body.Length;
            if (tag == "head")
                headAt = offset;
            Encoding.ASCII.GetBytes(tag, header.AsSpan(entry));
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(entry + 4), CheckSum(table));
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(entry + 8), (uint)offset);
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(entry + 12), (uint)table.Length);
            body.Write(table);
            body.Write(new byte[(4 - (table.Length % 4)) % 4]);
            entry += 16;
        }
        byte[] file = [.. header, .. body.ToArray()];
        // 5.2.4: checkSumAdjustment.
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(headAt + 8), unchecked(0xB1B0AFBA - CheckSum(file)));
        return file;
    }

    private static uint CheckSum(ReadOnlySpan<byte> table)
    {
        uint sum = 0;
        Span<byte> word = stackalloc byte[4];
        for (var at = 0; at < table.Length; at += 4)
        {
            word.Clear();
            table[at..Math.Min(at + 4, table.Length)].CopyTo(word);
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(word));
        }
        return sum;
    }
}
