namespace Tera.Pades.Pdf;

/// <summary>
/// Which of the later revisions name an object: a file that was signed a thousand times would otherwise be searched revision by
/// revision for every reference. The oldest revision, where nearly all objects are, is not in it.
/// </summary>
internal sealed class RevisionIndex
{
    /// <summary>Fewer revisions are searched faster than they are indexed.</summary>
    public const int WorthFrom = 8;

    // Number and revision in one value, sorted: eight bytes an entry, whatever a hostile file lists.
    private readonly long[] _entries;

    public RevisionIndex(IReadOnlyList<Revision> revisions)
    {
        _entries = [.. revisions.Skip(1).SelectMany(r => r.Objects.Select(o => Key(o.Number, r.Index)))];
        Array.Sort(_entries);
    }

    /// <summary>The newest revision up to the one given that names the object; 0, the oldest, where no later one does.</summary>
    public int NewestWith(int number, int asOfRevision)
    {
        var at = Array.BinarySearch(_entries, Key(number, asOfRevision));
        if (at < 0)
            at = ~at - 1;
        return at >= 0 && _entries[at] >> 16 == number ? (int)(_entries[at] & 0xFFFF) : 0;
    }

    // PdfLimits.MaxSections keeps the revisions far below 65,536.
    private static long Key(int number, int revision) => ((long)number << 16) | (uint)Math.Min(revision, 0xFFFF);
}
