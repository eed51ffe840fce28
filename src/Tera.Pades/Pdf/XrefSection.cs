namespace Tera.Pades.Pdf;

/// <summary>One cross-reference table or stream, its entries in blocks of consecutive numbers.</summary>
internal sealed class XrefSection(long offset, long end, bool isStream, PdfDictionary trailer, IReadOnlyList<XrefBlock> blocks)
{
    private Dictionary<int, RevisionObject>? _scattered;

    public long Offset => offset;

    /// <summary>Offset behind the trailer dictionary or the stream object.</summary>
    public long End => end;

    public bool IsStream => isStream;

    public PdfDictionary Trailer => trailer;

    public int Count => blocks.Sum(b => b.Entries.Length);

    public int HighestNumber => blocks.Where(b => b.Entries.Length > 0).Select(b => b.First + b.Entries.Length - 1).DefaultIfEmpty(0).Max();

    public IEnumerable<RevisionObject> Objects
    {
        get
        {
            foreach (var block in blocks)
            {
                for (var i = 0; i < block.Entries.Length; i++)
                    yield return block.Entries[i].At(block.First + i);
            }
        }
    }

    public RevisionObject? Find(int number)
    {
        // A section of a thousand one-entry blocks would make each search slow: such a one is indexed at first use.
        if (blocks.Count > 16)
        {
            if (_scattered is null)
            {
                _scattered = new Dictionary<int, RevisionObject>(Count);
                foreach (var entry in Objects)
                    _scattered.TryAdd(entry.Number, entry);
            }
            return _scattered.TryGetValue(number, out var found) ? found : null;
        }
        foreach (var block in blocks)
        {
            if (number >= block.First && number - block.First < block.Entries.Length)
                return block.Entries[number - block.First].At(number);
        }
        return null;
    }
}

/// <summary>Entries of consecutive object numbers.</summary>
internal readonly record struct XrefBlock(int First, XrefEntry[] Entries);

/// <summary>An entry without its number. <paramref name="Field"/> is an offset or an object stream's number, <paramref name="Extra"/> a generation or an index.</summary>
internal readonly record struct XrefEntry(ObjectPlacement Placement, int Extra, long Field)
{
    public RevisionObject At(int number) => Placement switch
    {
        ObjectPlacement.Offset => new(number, Extra, Placement, Field, 0, 0),
        ObjectPlacement.ObjectStream => new(number, 0, Placement, -1, (int)Field, Extra),
        _ => new(number, Extra, ObjectPlacement.Free, -1, 0, 0),
    };
}
