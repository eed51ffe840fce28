namespace Tera.Pades.Pdf;

/// <summary>Where an object lies.</summary>
public enum ObjectPlacement
{
    /// <summary>Nowhere: the revision says that the number is free.</summary>
    Free,

    /// <summary>At an offset in the file.</summary>
    Offset,

    /// <summary>Inside an object stream.</summary>
    ObjectStream,
}

/// <summary>What one revision's cross-reference section says of one object number.</summary>
/// <param name="Number">Object number.</param>
/// <param name="Generation">Generation; 0 for an object in an object stream.</param>
/// <param name="Placement">Which of the following applies.</param>
/// <param name="Offset">Offset of "n g obj" in the file; -1 where it does not apply.</param>
/// <param name="StreamNumber">Number of the object stream that holds it; 0 where it does not apply.</param>
/// <param name="StreamIndex">Index in the object stream.</param>
public readonly record struct RevisionObject(int Number, int Generation, ObjectPlacement Placement, long Offset, int StreamNumber, int StreamIndex)
{
    /// <summary>The object's name.</summary>
    public ObjectId Id => new(Number, Generation);
}

/// <summary>
/// One state of the file: what one save has appended (ISO 32000-1 7.5.6), from its objects to its %%EOF. The two sections of a
/// linearized file (Annex F) are one revision, and so are the two of a hybrid-reference file (7.5.8.4).
/// </summary>
public sealed class Revision
{
    private readonly IReadOnlyList<XrefSection> _sections;
    private long? _farthest;

    internal Revision(int index, IReadOnlyList<XrefSection> sections)
    {
        Index = index;
        _sections = sections;
    }

    /// <summary>0 for the oldest.</summary>
    public int Index { get; }

    /// <summary>The trailer dictionary, or the cross-reference stream's dictionary that stands for it.</summary>
    public PdfDictionary Trailer => _sections[0].Trailer;

    /// <summary>Offset of the cross-reference section.</summary>
    public long XrefOffset => _sections[0].Offset;

    /// <summary>Whether the section is a cross-reference stream.</summary>
    public bool UsesXrefStream => _sections[0].IsStream;

    /// <summary>Offset behind the last byte of this revision's %%EOF marker; null where there is none.</summary>
    public long? EofOffset { get; internal set; }

    /// <summary>Offset behind the end-of-line that follows %%EOF; null where there is no %%EOF.</summary>
    public long? End { get; internal set; }

    /// <summary>Number of entries in the section, free ones included.</summary>
    public int ObjectCount => _sections.Sum(s => s.Count);

    /// <summary>What the revision adds, changes and frees. A number stands here once.</summary>
    public IEnumerable<RevisionObject> Objects
    {
        get
        {
            if (_sections.Count == 1)
                return _sections[0].Objects.DistinctBy(o => o.Number);
            return _sections.SelectMany(s => s.Objects).Select(o => o.Number).Distinct().Select(n => Find(n)!.Value);
        }
    }

    /// <summary>What the revision says of an object number; null where it says nothing.</summary>
    /// <param name="number">The object number.</param>
    /// <returns>The entry.</returns>
    public RevisionObject? Find(int number)
    {
        // 7.5.8.4: an object that the table hides as free may be shown by the stream beside it; so a free entry yields.
        RevisionObject? free = null;
        foreach (var section in _sections)
        {
            if (section.Find(number) is not { } entry)
                continue;
            if (entry.Placement != ObjectPlacement.Free)
                return entry;
            free ??= entry;
        }
        return free;
    }

    /// <summary>Whether one of the revision's cross-reference sections lies at an offset.</summary>
    internal bool HasSectionAt(long offset) => _sections.Any(s => s.Offset == offset);

    /// <summary>From where to where the sections lie.</summary>
    internal IEnumerable<(long Start, long End)> Sections => _sections.Select(s => (s.Offset, s.End));

    /// <summary>The farthest offset that the sections name, and the farthest of their own.</summary>
    internal long FarthestOffset => _farthest ??= _sections.Max(s => s.Objects.Select(o => o.Offset).DefaultIfEmpty(0).Append(s.Offset).Max());

    /// <summary>
    /// An object that is given two places: twice in one section, or in a table and in the stream beside it. Which one counts is
    /// written down (7.5.8.4), and not all programs read it so. Null where there is none.
    /// </summary>
    internal int? FirstAmbiguous()
    {
        var known = new Dictionary<int, RevisionObject>();
        foreach (var section in _sections)
        {
            var own = new Dictionary<int, RevisionObject>();
            foreach (var entry in section.Objects)
            {
                if (!own.TryAdd(entry.Number, entry) && own[entry.Number] != entry)
                    return entry.Number;
            }
            foreach (var entry in own.Values.Where(e => e.Placement != ObjectPlacement.Free))
            {
                if (!known.TryAdd(entry.Number, entry) && known[entry.Number] != entry)
                    return entry.Number;
            }
        }
        return null;
    }

    internal int HighestNumber => _sections.Max(s => s.HighestNumber);
}
