using System.Buffers;
using Tera.Pades.Pdf;

namespace Tera.Pades.Validation;

/// <summary>
/// Which bytes a signature covers, and whether they are a revision of the file with exactly the /Contents string left out
/// (ISO 32000-2 12.8.1, EN 319 142-1 5.1). Wrapping and forgery attacks live on verifiers that are content with less.
/// </summary>
internal sealed class SignedRange
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private SignedRange()
    {
    }

    public IReadOnlyList<long> ByteRange { get; private init; } = [];

    public List<StructureDefect> Defects { get; } = [];

    public int? Revision { get; private set; }

    public long Hole => ByteRange[1];

    public long Behind => ByteRange[2];

    public long End { get; private set; }

    /// <summary>Whether there is something to hash.</summary>
    public bool CanBeHashed { get; private set; }

    public static SignedRange Read(PdfFile file, PdfDictionary signature, PdfView view)
    {
        var range = new SignedRange { ByteRange = Integers(view, signature["ByteRange"]) };
        if (signature.HasDuplicateKeys)
            range.Defects.Add(StructureDefect.DuplicateKeys);
        if (range.ByteRange.Count != 4)
        {
            range.Defects.Add(StructureDefect.ByteRangeMalformed);
            return range;
        }
        range.CheckShape(file, signature, view);
        return range;
    }

    private void CheckShape(PdfFile file, PdfDictionary signature, PdfView view)
    {
        if (ByteRange[0] != 0)
            Defects.Add(StructureDefect.ByteRangeNotFromStart);
        var length = file.Bytes.Length;
        if (Hole <= 0 || Behind <= Hole || ByteRange[3] <= 0 || Behind > length || ByteRange[3] > length - Behind)
        {
            Defects.Add(StructureDefect.ByteRangeOutsideFile);
            return;
        }
        End = Behind + ByteRange[3];
        CanBeHashed = ByteRange[0] == 0;
        if (signature["Contents"] is not PdfString contents || contents.Start != Hole || contents.End != Behind)
        {
            // Where /Contents is a reference, the string it leads to must be the hole.
            if (view.Resolve(signature["Contents"]) is not PdfString behind || behind.Start != Hole || behind.End != Behind)
                Defects.Add(StructureDefect.HoleIsNotContents);
        }
        else if (!contents.IsHex)
        {
            Defects.Add(StructureDefect.ContentsMissing);
        }
        else if (!IsPlainHex(file))
        {
            Defects.Add(StructureDefect.ContentsNotHex);
        }
        Revision = RevisionThatEndsAt(file, End);
        if (Revision is null)
            Defects.Add(StructureDefect.EndIsNotRevision);
        else if (file.Revisions.Take(Revision.Value + 1).Any(r => r.FarthestOffset >= End))
            Defects.Add(StructureDefect.ReachesBeyond);
        else if (!file.WasRepaired && !LeadsTo(file, Revision.Value, End))
            Defects.Add(StructureDefect.RevisionNotInHistory);
        if (signature.Start < 0 || signature.Start >= End)
            Defects.Add(StructureDefect.DictionaryNotCovered);
    }

    private static int? RevisionThatEndsAt(PdfFile file, long end)
    {
        if (end == file.Bytes.Length)
            return file.Revisions.Count - 1;
        for (var i = file.Revisions.Count - 1; i >= 0; i--)
        {
            // The end of line behind %%EOF may be signed or not.
            if (file.Revisions[i].EofOffset is { } eof && eof <= end && end - eof <= 64 && IsBlank(file.Bytes.Look(eof, (int)(end - eof))))
                return i;
        }
        return null;
    }

    // A reader that was given the signed bytes alone would begin at their last "startxref": it must lead to this very revision.
    private static bool LeadsTo(PdfFile file, int revision, long end)
    {
        var from = Math.Max(0, end - 2048);
        var at = file.Bytes.Look(from, (int)(end - from)).LastIndexOf("startxref"u8);
        if (at < 0)
            return false;
        var cursor = new ByteCursor(file.Bytes, from + at + 9);
        cursor.SkipSpace();
        if (!cursor.TryReadUnsigned(out var offset))
            return false;
        cursor.Position = Math.Min(file.Bytes.Length, offset + file.OffsetBias);
        cursor.SkipSpace();
        return file.Revisions[revision].HasSectionAt(cursor.Position);
    }

    // The hole is not signed: what stands in it besides digits is read differently by different programs.
    private bool IsPlainHex(PdfFile file)
    {
        const int MaxHole = 64 * 1024 * 1024;
        if (Behind - Hole > MaxHole)
            return false;
        var digits = file.Bytes.ReadRange(Hole, (int)(Behind - Hole)).AsSpan()[1..^1];
        return digits.Length % 2 == 0 && digits.IndexOfAnyExcept(HexDigits) < 0;
    }

    internal static bool IsBlank(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept(" \t\r\n\f\0"u8) < 0;

    private static long[] Integers(PdfView view, PdfObject? value)
    {
        if (view.Resolve(value) is not PdfArray array || array.Count > 16)
            return [];
        var items = array.Select(view.Resolve).ToArray();
        return Array.TrueForAll(items, i => i is PdfInteger) ? [.. items.Cast<PdfInteger>().Select(i => i.Value)] : [];
    }
}
