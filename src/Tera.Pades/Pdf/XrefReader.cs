namespace Tera.Pades.Pdf;

/// <summary>Reads cross-reference sections and follows /Prev (ISO 32000-1 7.5.4, 7.5.8). Answers null where the chain is broken.</summary>
internal sealed class XrefReader(PdfBytes bytes, long bias, PdfLimits limits, WorkBudget work, Func<PdfStream, byte[]?> decode)
{
    private const int EntryLength = 20;

    private const int MaxBlocks = 100_000;

    private int _entries;

    /// <summary>The sections from the newest to the oldest, each with its hybrid companion behind it.</summary>
    public List<List<XrefSection>>? ReadChain(long startxref)
    {
        var chain = new List<List<XrefSection>>();
        var seen = new HashSet<long>();
        for (long? at = startxref; at is { } offset;)
        {
            if (!seen.Add(offset))
                return chain;
            if (chain.Count >= limits.MaxSections || ReadSection(offset) is not { } section)
                return null;
            var sections = new List<XrefSection> { section };
            if (!section.IsStream && Integer(section.Trailer["XRefStm"]) is { } hybrid && seen.Add(hybrid) && ReadSection(hybrid) is { IsStream: true } companion)
                sections.Add(companion);
            chain.Add(sections);
            at = Integer(section.Trailer["Prev"]);
        }
        return chain;
    }

    private static long? Integer(PdfObject? value) => value switch
    {
        PdfInteger integer => integer.Value,
        PdfReal { Value: >= 0 and < 1e15 } real => (long)real.Value,
        _ => null,
    };

    private XrefSection? ReadSection(long offset)
    {
        if (offset < 0 || offset > bytes.Length - bias)
            return null;
        var cursor = new ByteCursor(bytes, offset + bias);
        cursor.SkipSpace();
        var start = cursor.Position;
        return cursor.TrySkipKeyword("xref"u8) ? ReadTable(cursor, start) : ReadStream(cursor, start);
    }

    private XrefSection? ReadTable(ByteCursor cursor, long start)
    {
        var blocks = new List<XrefBlock>();
        while (true)
        {
            cursor.SkipSpace();
            if (cursor.TrySkipKeyword("trailer"u8))
                break;
            if (!cursor.TryReadUnsigned(out var first) || first > int.MaxValue - 1)
                return null;
            cursor.SkipSpace();
            // An entry takes 18 bytes at the very least, so a false count cannot make us reserve more than the file holds.
            if (!cursor.TryReadUnsigned(out var count) || count > (cursor.Length - cursor.Position) / 18 || !Count(count) || first + count > int.MaxValue)
                return null;
            if (ReadEntries(cursor, (int)count) is not { } entries)
                return null;
            // A table that should begin with object 0 and says 1 is a known fault of old writers; its first entry gives it away.
            if (first == 1 && entries.Length > 0 && entries[0] is { Placement: ObjectPlacement.Free, Extra: 65535, Field: 0 })
                first = 0;
            blocks.Add(new XrefBlock((int)first, entries));
        }
        var parser = new PdfParser(cursor, limits, work);
        return parser.ReadValue() is PdfDictionary trailer
            ? new XrefSection(start, cursor.Position, isStream: false, trailer, blocks)
            : null;
    }

    private XrefEntry[]? ReadEntries(ByteCursor cursor, int count)
    {
        var entries = new XrefEntry[count];
        for (var i = 0; i < count; i++)
        {
            cursor.SkipSpace();
            if (TryReadRegular(cursor.Ahead(EntryLength), out entries[i]))
            {
                cursor.Skip(EntryLength);
                continue;
            }
            if (!cursor.TryReadUnsigned(out var offset))
                return null;
            cursor.SkipSpace();
            if (!cursor.TryReadUnsigned(out var generation) || generation > int.MaxValue)
                return null;
            cursor.SkipSpace();
            entries[i] = Entry(cursor.Next(), offset, (int)generation);
        }
        return entries;
    }

    // Offset 0 is the header; writers put it for objects that they dropped.
    private XrefEntry Entry(int kind, long offset, int generation) => kind switch
    {
        'n' when offset > 0 && offset <= bytes.Length - bias => new XrefEntry(ObjectPlacement.Offset, generation, offset + bias),
        'n' or 'f' => new XrefEntry(ObjectPlacement.Free, generation, 0),
        _ => default,
    };

    // 7.5.4: "nnnnnnnnnn ggggg n" and two bytes of line end. Whatever differs is read token by token.
    private bool TryReadRegular(ReadOnlySpan<byte> ahead, out XrefEntry entry)
    {
        entry = default;
        if (ahead.Length < EntryLength || ahead[10] != ' ' || ahead[16] != ' ' || ahead[17] is not ((byte)'n' or (byte)'f') ||
            !ByteCursor.IsSpace(ahead[18]) || !ByteCursor.IsSpace(ahead[19]) ||
            !TryReadDigits(ahead[..10], out var offset) || !TryReadDigits(ahead[11..16], out var generation))
            return false;
        entry = Entry(ahead[17], offset, (int)generation);
        return true;
    }

    private static bool TryReadDigits(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            value = (10 * value) + (digit - '0');
        }
        return true;
    }

    private XrefSection? ReadStream(ByteCursor cursor, long start)
    {
        var parser = new PdfParser(cursor, limits, work);
        if (!parser.TryReadObjectHeader(out _) ||
            parser.ReadIndirectValue(_ => null) is not PdfStream stream ||
            !stream.Dictionary.Is("Type", "XRef") ||
            decode(stream) is not { } data)
            return null;
        return ReadBlocks(stream.Dictionary, data) is { } blocks
            ? new XrefSection(start, cursor.Position, isStream: true, stream.Dictionary, blocks)
            : null;
    }

    private List<XrefBlock>? ReadBlocks(PdfDictionary dictionary, byte[] data)
    {
        if (dictionary["W"] is not PdfArray { Count: >= 3 } w || w[0] is not PdfInteger { Value: >= 0 and <= 8 } w0 ||
            w[1] is not PdfInteger { Value: >= 0 and <= 8 } w1 || w[2] is not PdfInteger { Value: >= 0 and <= 8 } w2)
            return null;
        var (typeWidth, fieldWidth, extraWidth) = ((int)w0.Value, (int)w1.Value, (int)w2.Value);
        var width = typeWidth + fieldWidth + extraWidth;
        if (width == 0)
            return null;

        var index = dictionary["Index"] as PdfArray ?? (dictionary["Size"] is PdfInteger size ? PdfArray.Of(0, size.Value) : PdfArray.Of());
        var blocks = new List<XrefBlock>();
        var at = 0;
        for (var i = 0; i + 1 < index.Count; i += 2)
        {
            if (index[i] is not PdfInteger { Value: >= 0 and < int.MaxValue } first || index[i + 1] is not PdfInteger { Value: >= 0 } stated)
                return null;
            // Some writers state more entries than they wrote; the missing ones are undefined objects.
            var count = Math.Min(stated.Value, (data.Length - at) / width);
            if (!Count(count) || first.Value + count > int.MaxValue)
                return null;
            var entries = new XrefEntry[count];
            for (var e = 0; e < count; e++, at += width)
            {
                // 7.5.8.3: a type field of no width means type 1.
                var type = typeWidth == 0 ? 1 : Field(data.AsSpan(at, typeWidth));
                entries[e] = Entry(type, Field(data.AsSpan(at + typeWidth, fieldWidth)), Field(data.AsSpan(at + typeWidth + fieldWidth, extraWidth)));
            }
            // Each block costs an array; writers that list a block for every object do so for some thousands.
            if (blocks.Count >= MaxBlocks)
                return null;
            blocks.Add(new XrefBlock((int)first.Value, entries));
        }
        return blocks;
    }

    private XrefEntry Entry(long type, long field, long extra) => type switch
    {
        1 when field > 0 && field <= bytes.Length - bias && extra is >= 0 and <= 65535 => new(ObjectPlacement.Offset, (int)extra, field + bias),
        2 when field is > 0 and < int.MaxValue && extra is >= 0 and < int.MaxValue => new(ObjectPlacement.ObjectStream, (int)extra, field),
        _ => new(ObjectPlacement.Free, (int)Math.Clamp(extra, 0, 65535), 0),
    };

    private static long Field(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        foreach (var b in bytes)
            value = ((value & 0x007F_FFFF_FFFF_FFFF) << 8) | b;
        return (long)value;
    }

    // An object takes four bytes of a file at the very least, packed as it may be; a few more are listed as free.
    private bool Count(long more)
    {
        if (more > Math.Min(limits.MaxObjects, 65_536 + (bytes.Length / 4)) - _entries)
            return false;
        _entries += (int)more;
        return true;
    }
}
