using System.Text;

namespace Tera.Pades.Appearances;

/// <summary>Lines of text in a box: broken between words, and as large as they fit.</summary>
internal sealed class TextBlock(MarkFace face, SignatureAppearance appearance)
{
    /// <summary>Below this nobody reads it, not even enlarged.</summary>
    private const double MinFontSize = 2;

    private const double LineHeight = 1.2;

    // A mark has a handful of words; each step of the fitting measures all of them.
    private const int MaxLetters = 4000;

    private readonly List<string> _lines = [.. appearance.Lines.SelectMany(l => l.ReplaceLineEndings("\n").Split('\n'))];

    /// <summary>Whether there is anything to show.</summary>
    public bool IsEmpty => _lines.All(string.IsNullOrWhiteSpace);

    /// <summary>Draws the text, in the middle of the box's height.</summary>
    public void Append(StringBuilder content, double x, double y, double width, double height)
    {
        var (size, lines) = Fit(width, height);
        var top = y + ((height + (lines.Count * size * LineHeight)) / 2);
        for (var i = 0; i < lines.Count; i++)
        {
            var spare = Math.Max(0, width - (face.WidthOf(lines[i]) * size / 1000));
            var indent = appearance.Alignment switch { TextAlignment.Center => spare / 2, TextAlignment.Right => spare, _ => 0 };
            face.AppendLine(content, lines[i], x + indent, top - ((i + 1) * size * LineHeight) + (size * face.Descent), size);
        }
    }

    /// <summary>The height that the text takes in a column of this width, at most <paramref name="height"/>.</summary>
    public double HeightIn(double width, double height)
    {
        var (size, lines) = Fit(width, height);
        return lines.Count * size * LineHeight;
    }

    private (double Size, List<string> Lines) Fit(double width, double height)
    {
        if (_lines.Sum(l => l.Length) > MaxLetters || _lines.Count > MaxLetters)
            throw MarkException.Of(MarkRefusal.TextDoesNotFit, $"more than {MaxLetters} letters or lines");
        var size = Math.Max(MinFontSize, Math.Min(appearance.MaxFontSize, height / LineHeight));
        while (true)
        {
            var mayCut = size <= MinFontSize;
            var lines = _lines.SelectMany(l => Break(l, width * 1000 / size, mayCut)).ToList();
            if (lines.Count * size * LineHeight <= height + 0.01 && lines.All(l => face.WidthOf(l) <= (width * 1000 / size) + 1))
                return (size, lines);
            if (mayCut)
                throw MarkException.Of(MarkRefusal.TextDoesNotFit, $"{width:0.#} x {height:0.#} points for {_lines.Sum(l => l.Length)} letters");
            size = Math.Max(MinFontSize, size * 0.95);
        }
    }

    // A word wider than the line makes the text smaller; only where that does not help either it is cut.
    private IEnumerable<string> Break(string text, double width, bool mayCut)
    {
        var line = "";
        foreach (var word in text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (face.WidthOf(longer) <= width)
            {
                line = longer;
                continue;
            }
            if (line.Length > 0)
                yield return line;
            line = word;
            while (mayCut && face.WidthOf(line) > width && Cut(line, width) is > 0 and var letters)
            {
                yield return line[..letters];
                line = line[letters..];
            }
        }
        yield return line;
    }

    private int Cut(string word, double width)
    {
        var (length, sum) = (0, 0.0);
        foreach (var letter in word.EnumerateRunes())
        {
            sum += face.WidthOf(letter.ToString());
            if (sum > width)
                break;
            length += letter.Utf16SequenceLength;
        }
        return length;
    }
}
