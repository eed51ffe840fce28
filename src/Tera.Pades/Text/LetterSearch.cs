using System.Text;
using Tera.Pades.Pdf;

namespace Tera.Pades.Text;

/// <summary>Finds texts among letters.</summary>
internal static class LetterSearch
{
    /// <summary>The letters of one piece of text, as a box.</summary>
    public readonly record struct Range(PdfRectangle Box, string Text);

    /// <summary>More places than anybody signs at.</summary>
    private const int MaxMatches = 10_000;

    /// <summary>Between the letters of a tag, in parts of the font size; letters spaced wider are no word.</summary>
    private const double MaxGap = 1;

    public static List<Range> Find(List<Letter> letters, string text)
    {
        var (page, owners) = Flatten(letters);
        var tag = string.Concat(text.EnumerateRunes().Where(r => !IsSkipped(r)));
        var found = new List<Range>();
        for (var at = 0; tag.Length > 0 && found.Count < MaxMatches;)
        {
            at = page.IndexOf(tag, at, StringComparison.Ordinal);
            if (at < 0)
                break;
            var (first, last) = (owners[at], owners[at + tag.Length - 1]);
            if (HangsTogether(letters, first, last, text.Any(char.IsWhiteSpace)))
            {
                // Bold is sometimes made by drawing a text twice, a little apart.
                var box = BoxOf(letters, first, last);
                if (!found.Exists(f => IsSame(f.Box, box)))
                    found.Add(new Range(box, TextOf(letters, first, last)));
                at += tag.Length;
            }
            else
            {
                at++;
            }
        }
        return found;
    }

    public static List<Range> Words(List<Letter> letters)
    {
        var words = new List<Range>();
        var first = -1;
        for (var i = 0; i < letters.Count; i++)
        {
            var isBlank = letters[i].IsBlank;
            if (first >= 0 && (isBlank || !IsNext(letters[i - 1], letters[i], 0.2)))
            {
                words.Add(new Range(BoxOf(letters, first, i - 1), TextOf(letters, first, i - 1)));
                first = -1;
            }
            if (!isBlank && first < 0)
                first = i;
        }
        if (first >= 0)
            words.Add(new Range(BoxOf(letters, first, letters.Count - 1), TextOf(letters, first, letters.Count - 1)));
        return words;
    }

    private static (string Text, List<int> Owners) Flatten(List<Letter> letters)
    {
        var text = new StringBuilder();
        var owners = new List<int>();
        for (var i = 0; i < letters.Count; i++)
        {
            foreach (var rune in letters[i].Text.EnumerateRunes())
            {
                if (IsSkipped(rune))
                    continue;
                text.Append(rune.ToString());
                for (var unit = 0; unit < rune.Utf16SequenceLength; unit++)
                    owners.Add(i);
            }
        }
        return (text.ToString(), owners);
    }

    // Soft hyphens and zero-width characters are no letters that anybody types into a tag.
    private static bool IsSkipped(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value is 0xAD or 0 or (>= 0x200B and <= 0x200D) or 0xFEFF;

    private static bool HangsTogether(List<Letter> letters, int first, int last, bool mayHaveSpaces)
    {
        var previous = first;
        for (var i = first + 1; i <= last; i++)
        {
            if (letters[i].IsBlank)
                continue;
            var gap = mayHaveSpaces || i > previous + 1 ? 4 * MaxGap : MaxGap;
            if (!IsNext(letters[previous], letters[i], gap))
                return false;
            previous = i;
        }
        return true;
    }

    // On the same line, in the same direction, and close.
    private static bool IsNext(in Letter left, in Letter right, double gap)
    {
        var size = Math.Max(left.Size, right.Size);
        var (alongX, alongY) = (left.EndX - left.X, left.EndY - left.Y);
        var length = Math.Sqrt((alongX * alongX) + (alongY * alongY));
        if (size <= 0)
            return false;
        // A glyph without width has the direction of a line whose letters stand upright.
        (alongX, alongY) = length > 1e-9 ? (alongX / length, alongY / length) : (left.UpY / left.Size, -left.UpX / left.Size);
        var (x, y) = (right.X - left.EndX, right.Y - left.EndY);
        var along = (x * alongX) + (y * alongY);
        var across = Math.Abs((x * alongY) - (y * alongX));
        return across <= 0.5 * size && along >= -0.7 * size && along <= gap * size;
    }

    private static PdfRectangle BoxOf(List<Letter> letters, int first, int last)
    {
        var (left, bottom, right, top) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        for (var i = first; i <= last; i++)
        {
            var letter = letters[i];
            if (letter.IsBlank)
                continue;
            foreach (var height in (ReadOnlySpan<float>)[letter.Ascent, letter.Descent])
            {
                var (upX, upY) = (letter.UpX * height, letter.UpY * height);
                left = Math.Min(left, Math.Min(letter.X, letter.EndX) + upX);
                right = Math.Max(right, Math.Max(letter.X, letter.EndX) + upX);
                bottom = Math.Min(bottom, Math.Min(letter.Y, letter.EndY) + upY);
                top = Math.Max(top, Math.Max(letter.Y, letter.EndY) + upY);
            }
        }
        return new PdfRectangle(left, bottom, right - left, top - bottom);
    }

    private static string TextOf(List<Letter> letters, int first, int last) =>
        string.Concat(letters.GetRange(first, last - first + 1).Select(l => l.Text));

    private static bool IsSame(PdfRectangle a, PdfRectangle b) =>
        Math.Abs(a.X - b.X) < 0.2 * b.Height && Math.Abs(a.Y - b.Y) < 0.2 * b.Height && Math.Abs(a.Width - b.Width) < 0.2 * b.Height;
}
