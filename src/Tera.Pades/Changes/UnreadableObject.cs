using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// Stands for an object whose bytes cannot be read here. Another reader may well read them: put in other bytes' place they are a
/// change, and are not equal because neither says anything.
/// </summary>
internal sealed class UnreadableObject(RevisionObject entry, long place) : PdfObject
{
    private readonly RevisionObject _entry = entry;
    private readonly long _place = place;

    /// <summary>The object as it stood at a revision, or what stands for it.</summary>
    public static PdfObject ReadOrStandFor(PdfFile file, int number, int revision)
    {
        if (file.Locate(number, revision) is not { } entry)
            return PdfNull.Instance;
        if (file.TryGetObject(entry.Id, revision, out var value) == PdfRefusal.None)
            return value;
        return new UnreadableObject(entry, entry.Placement == ObjectPlacement.ObjectStream ? file.Locate(entry.StreamNumber, revision)?.Offset ?? -1 : entry.Offset);
    }

    /// <summary>Equal when both stand for the same bytes.</summary>
    public override bool Equals(object? obj) => obj is UnreadableObject other && other._entry == _entry && other._place == _place;

    public override int GetHashCode() => _entry.GetHashCode();
}
