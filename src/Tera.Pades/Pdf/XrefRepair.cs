using System.Buffers.Text;

namespace Tera.Pades.Pdf;

/// <summary>
/// Finds the objects of a file whose cross-reference sections cannot be used: reads it from end to end once for "n g obj" and
/// "trailer". What comes later in the file wins, as it would have in a sound one.
/// </summary>
internal sealed class XrefRepair(PdfBytes bytes, PdfLimits limits, WorkBudget work)
{
    private const int Overlap = 64;

    private readonly Dictionary<int, XrefEntry> _entries = [];
    private readonly Dictionary<int, long> _streamed = [];
    private readonly List<(ObjectId Id, long Offset)> _objectStreams = [];
    private readonly List<PdfDictionary> _trailers = [];
    private int _highestReference;
    private ObjectId? _catalog;
    private long _catalogAt;

    /// <summary>The object streams found, in the order of the file.</summary>
    public IEnumerable<ObjectId> ObjectStreams => _objectStreams.Where(s => _entries[s.Id.Number].Field == s.Offset).Select(s => s.Id);

    /// <summary>Reads the file. One section that lists what lies in it outside of object streams; null where there is nothing.</summary>
    public XrefSection? Scan() => ReadWhole() ? Section(Trailer()) : null;

    /// <summary>One section that lists everything found; null where there is no catalog among it.</summary>
    public XrefSection? Rebuild()
    {
        if (_entries.Count == 0)
            return null;
        var trailer = Trailer();
        var rootIsThere = trailer["Root"] is PdfReference root && _entries.ContainsKey(root.Id.Number);
        if (!rootIsThere)
        {
            if (_catalog is not { } catalog)
                return null;
            trailer = trailer.With("Root", new PdfReference(catalog));
        }
        return Section(trailer);
    }

    private PdfDictionary Trailer()
    {
        var trailer = _trailers.LastOrDefault(t => t["Root"] is PdfReference) ?? PdfDictionary.Of();
        if (_trailers.LastOrDefault(t => t["Encrypt"] is not null)?["Encrypt"] is { } encrypt && trailer["Encrypt"] is null)
            trailer = trailer.With("Encrypt", encrypt);
        if (trailer["ID"] is null && _trailers.LastOrDefault(t => t["ID"] is PdfArray)?["ID"] is { } id)
            trailer = trailer.With("ID", id);
        foreach (var key in (ReadOnlySpan<string>)["Prev", "XRefStm", "W", "Index", "Filter", "DecodeParms", "Length", "Type"])
            trailer = trailer.With(key, null);
        return trailer;
    }

    private XrefSection Section(PdfDictionary trailer)
    {
        var numbers = _entries.Keys.Order().ToArray();
        // Above every reference too: the next new object must not become what a dangling one asked for.
        trailer = trailer.With("Size", new PdfInteger(Math.Max(numbers[^1], _highestReference) + 1L));
        return new XrefSection(0, bytes.Length, isStream: false, trailer, Blocks(numbers));
    }

    private List<XrefBlock> Blocks(int[] numbers)
    {
        var blocks = new List<XrefBlock>();
        for (var i = 0; i < numbers.Length;)
        {
            var first = i;
            while (++i < numbers.Length && numbers[i] == numbers[i - 1] + 1)
            {
            }
            blocks.Add(new XrefBlock(numbers[first], numbers[first..i].Select(n => _entries[n]).ToArray()));
        }
        return blocks;
    }

    private bool ReadWhole()
    {
        var buffer = new byte[256 * 1024];
        for (long at = 0; at < bytes.Length;)
        {
            var count = bytes.Read(at, buffer);
            var window = buffer.AsSpan(0, count);
            var isLast = at + count >= bytes.Length;
            // What begins in the last bytes of a window is looked at in the next, which begins that much earlier.
            var limit = isLast ? count : count - Overlap;
            for (var i = 0; i < limit;)
            {
                var next = window[i..].IndexOfAny((byte)'o', (byte)'t', (byte)'R');
                if (next < 0 || i + next >= limit)
                    break;
                i += next;
                if (window[i..].StartsWith("obj"u8) && HeaderStart(window, i) is { } start)
                    AddObject(at + start);
                else if (window[i..].StartsWith("trailer"u8))
                    AddTrailer(at + i + 7);
                else if (window[i] == 'R' && HeaderStart(window, i) is { } number)
                    NoteReference(window[number..i]);
                i++;
                if (_entries.Count > limits.MaxObjects || _trailers.Count > limits.MaxSections)
                    return false;
            }
            if (isLast)
                break;
            at += count - (2 * Overlap);
        }
        return _entries.Count > 0;
    }

    private void NoteReference(ReadOnlySpan<byte> reference)
    {
        if (Utf8Parser.TryParse(reference, out int number, out _) && number <= PdfLimits.MaxObjectNumber)
            _highestReference = Math.Max(_highestReference, number);
    }

    // Reads "n g " backwards from "obj" or "R".
    private static int? HeaderStart(ReadOnlySpan<byte> window, int obj)
    {
        var i = obj;
        if (!SkipBack(window, ref i, space: true, atLeast: 0) || !SkipBack(window, ref i, space: false, atLeast: 1) ||
            !SkipBack(window, ref i, space: true, atLeast: 1) || !SkipBack(window, ref i, space: false, atLeast: 1))
            return null;
        return i;
    }

    private static bool SkipBack(ReadOnlySpan<byte> window, ref int i, bool space, int atLeast)
    {
        var from = i;
        while (i > 0 && from - i < 16 && (space ? ByteCursor.IsSpace(window[i - 1]) : window[i - 1] is >= (byte)'0' and <= (byte)'9'))
            i--;
        return from - i >= atLeast;
    }

    private void AddObject(long offset)
    {
        var cursor = new ByteCursor(bytes, offset);
        var parser = new PdfParser(cursor, limits, work);
        if (!parser.TryReadObjectHeader(out var id))
            return;
        _entries[id.Number] = new XrefEntry(ObjectPlacement.Offset, id.Generation, offset);

        var valueAt = cursor.Position;
        cursor.SkipSpace();
        work.Spend(cursor.Position - valueAt);
        if (cursor.Peek() != '<')
            return;
        if (parser.ReadValue() is not PdfDictionary { } dictionary || dictionary["Type"] is not PdfName type)
            return;
        switch (type.Value)
        {
            case "Catalog":
                (_catalog, _catalogAt) = (id, offset);
                break;
            case "XRef":
                _trailers.Add(dictionary);
                break;
            case "ObjStm":
                _objectStreams.Add((id, offset));
                break;
        }
    }

    private void AddTrailer(long offset)
    {
        if (new PdfParser(new ByteCursor(bytes, offset), limits, work).ReadValue() is PdfDictionary trailer)
            _trailers.Add(trailer);
    }

    /// <summary>Adds what an object stream holds, unless it stands further behind in the file as well.</summary>
    public void AddObjectStream(ObjectId id, PdfDictionary dictionary, byte[] data)
    {
        if (ObjectStream.TryOpen(dictionary, data, limits, work) is not { } objects)
            return;
        var at = _entries[id.Number].Field;
        for (var i = 0; i < objects.Numbers.Count; i++)
        {
            if (_entries.TryGetValue(objects.Numbers[i], out var known) && (known.Placement == ObjectPlacement.Offset ? known.Field : _streamed[objects.Numbers[i]]) > at)
                continue;
            _entries[objects.Numbers[i]] = new XrefEntry(ObjectPlacement.ObjectStream, i, id.Number);
            _streamed[objects.Numbers[i]] = at;
            if (at >= _catalogAt && objects.Read(i, out _) is PdfDictionary candidate && candidate.Is("Type", "Catalog"))
                (_catalog, _catalogAt) = (new ObjectId(objects.Numbers[i]), at);
        }
    }
}
