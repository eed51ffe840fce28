using System.Globalization;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// A later revision lies behind the one before it and consists of the objects that its cross-reference section lists, that section,
/// and the end (ISO 32000-2 7.5.6). Where it holds more, or says two things of one object, some reader program will show what others do not.
/// Example that breaks it: an object between two revisions that no section lists.
/// </summary>
internal sealed class AppendedBytesRule : IChangeRule
{
    public const string Id = "appended-bytes";

    private const int MaxGap = 1024 * 1024;

    public void Look(RevisionStep step)
    {
        var file = step.After.View.File;
        var (before, revision) = (step.Before.View.Revision, step.After.View.Revision);
        if (revision.FirstAmbiguous() is { } number)
            Refuse(step, number, $"The new revision says in two places where object {number} lies, and not the same.");
        if (before.EofOffset is not { } from)
            return;
        if (revision.EofOffset is not { } end)
        {
            Refuse(step, 0, "The new revision has no end-of-file marker: where it ends is for each reader program to guess.");
            return;
        }
        if (revision.XrefOffset < from)
        {
            Refuse(step, 0, "The new revision lies before the one that it follows: reader programs will not agree on which is the newer.");
            return;
        }
        var at = from;
        foreach (var (start, behind) in Parts(file, revision, step.After.View.RevisionIndex, from, end))
        {
            if (start > at && !IsFiller(file, at, start))
            {
                Refuse(step, 0, string.Create(CultureInfo.InvariantCulture, $"At byte {at} the new revision holds something that no cross-reference section lists: some reader programs may show it."));
                return;
            }
            at = Math.Max(at, behind);
        }
        if (!IsEnd(file, at, end))
            Refuse(step, 0, string.Create(CultureInfo.InvariantCulture, $"Between byte {at} and the end-of-file marker the new revision holds something that belongs to none of its parts."));
    }

    private static List<(long Start, long End)> Parts(PdfFile file, Revision revision, int index, long from, long end)
    {
        var parts = revision.Sections.ToList();
        foreach (var entry in revision.Objects.Where(o => o.Placement == ObjectPlacement.Offset && o.Offset >= from && o.Offset < end))
        {
            var refusal = file.TryGetObject(entry.Id, index, out var value);
            parts.Add((entry.Offset, refusal == PdfRefusal.None && value.End > entry.Offset ? value.End : entry.Offset + 1));
        }
        parts.Sort();
        return parts;
    }

    // Between objects: the end of the last one, blanks and comments.
    private static bool IsFiller(PdfFile file, long from, long to)
    {
        if (to - from > MaxGap)
            return false;
        var cursor = new ByteCursor(PdfBytes.From(file.Bytes.ReadRange(from, (int)(to - from))));
        do
            cursor.SkipSpace();
        while (cursor.TrySkipKeyword("endstream"u8) || cursor.TrySkipKeyword("endobj"u8));
        return cursor.Peek() < 0;
    }

    // Behind the section: "endobj" of a cross-reference stream, startxref and its number.
    private static bool IsEnd(PdfFile file, long from, long end)
    {
        // An object may reach beyond the marker, which is a comment to it.
        if (end < from || end - from > MaxGap)
            return false;
        var cursor = new ByteCursor(PdfBytes.From(file.Bytes.ReadRange(from, (int)(end - from))));
        do
            cursor.SkipSpace();
        while (cursor.TrySkipKeyword("endstream"u8) || cursor.TrySkipKeyword("endobj"u8));
        if (!cursor.TrySkipKeyword("startxref"u8))
            return false;
        cursor.SkipSpace();
        if (!cursor.TryReadUnsigned(out _))
            return false;
        cursor.SkipSpace();
        return cursor.Peek() < 0;
    }

    private static void Refuse(RevisionStep step, int number, string text) => step.Report(ChangeKind.Unexplained, Id, number, null, text);
}
