namespace Tera.Sop.Forms;

/// <summary>Widths of a sans-serif font, near enough to wrap by: the writers use fonts of their own.</summary>
internal static class FormText
{
    public static double Width(string text, double size) => text.Sum(WidthOf) * size;

    public static IReadOnlyList<string> Wrap(string text, double width, double size)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.Split('\n'))
        {
            var line = string.Empty;
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Pieces(word, width, size)))
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (line.Length > 0 && Width(longer, size) > width)
                {
                    lines.Add(line);
                    longer = word;
                }

                line = longer;
            }

            lines.Add(line);
        }

        return lines;
    }

    private static IEnumerable<string> Pieces(string word, double width, double size)
    {
        var start = 0;
        for (var end = 1; end <= word.Length; end++)
        {
            if (end - start > 1 && Width(word[start..end], size) > width)
            {
                yield return word[start..(end - 1)];
                start = end - 1;
            }
        }

        yield return word[start..];
    }

    private static double WidthOf(char character) => character switch
    {
        'i' or 'l' or 'j' or '.' or ',' or ':' or ';' or '|' or '!' or '\'' => 0.25,
        ' ' or 't' or 'f' or 'r' or '(' or ')' or '/' or '-' or 'I' => 0.33,
        'm' or 'w' or 'M' or 'W' => 0.86,
        >= 'A' and <= 'Z' => 0.7,
        _ => 0.56,
    };
}
