using System.Globalization;

namespace Tera.Pades.Appearances;

/// <summary>Some pages of a document, whose number is not known yet: "1", "-1" for the last, "2-5", "2--1" from the second to the last, "all", or several with commas.</summary>
public sealed class PageSelection
{
    private const int MaxRanges = 1000;

    private readonly IReadOnlyList<(int From, int To)> _ranges;

    private PageSelection(IReadOnlyList<(int From, int To)> ranges) => _ranges = ranges;

    /// <summary>Every page.</summary>
    public static PageSelection All { get; } = new([(1, -1)]);

    /// <summary>The first page.</summary>
    public static PageSelection First { get; } = Single(1);

    /// <summary>The last page.</summary>
    public static PageSelection Last { get; } = Single(-1);

    /// <summary>One page.</summary>
    /// <param name="page">1 for the first, -1 for the last, -2 for the one before it.</param>
    /// <returns>The selection.</returns>
    public static PageSelection Single(int page)
    {
        ArgumentOutOfRangeException.ThrowIfZero(page);
        return new PageSelection([(page, page)]);
    }

    /// <summary>Reads a selection.</summary>
    /// <param name="text">The text.</param>
    /// <param name="selection">The selection; <see cref="First"/> where it is none.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, out PageSelection selection)
    {
        selection = First;
        var ranges = new List<(int, int)>();
        foreach (var part in (text ?? "").Split(','))
        {
            if (ranges.Count == MaxRanges || !TryParseRange(part.Trim(), out var range))
                return false;
            ranges.Add(range);
        }
        selection = new PageSelection(ranges);
        return true;
    }

    /// <summary>The pages of a document.</summary>
    /// <param name="count">How many pages it has.</param>
    /// <returns>Their indices, 0 for the first, in the order of the selection, each once.</returns>
    /// <exception cref="MarkException">A page that is named is not there.</exception>
    public IReadOnlyList<int> IndicesOf(int count)
    {
        var indices = new List<int>();
        var seen = new HashSet<int>();
        foreach (var (from, to) in _ranges)
        {
            var (first, last) = (IndexOf(from, count), IndexOf(to, count));
            for (var index = first; index <= last; index++)
            {
                if (seen.Add(index))
                    indices.Add(index);
            }
        }
        return indices;
    }

    private static int IndexOf(int page, int count) =>
        page > 0 && page <= count ? page - 1
        : page < 0 && -page <= count ? count + page
        : throw MarkException.Of(MarkRefusal.NoSuchPage, $"page {page} of {count}");

    private static bool TryParseRange(string part, out (int, int) range)
    {
        range = (1, -1);
        if (part.Equals("all", StringComparison.OrdinalIgnoreCase))
            return true;
        // The first hyphen behind a digit divides; one before a digit counts from the end.
        var hyphen = part.Length > 1 ? part.IndexOf('-', 1) : -1;
        if (!TryParsePage(hyphen < 0 ? part : part[..hyphen], out var from))
            return false;
        var to = from;
        if (hyphen >= 0 && !TryParsePage(part[(hyphen + 1)..], out to))
            return false;
        range = (from, to);
        // What can be seen to be backwards without the document is a mistake.
        return (from > 0) != (to > 0) || from <= to;
    }

    private static bool TryParsePage(string text, out int page) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out page) && page != 0 && page > int.MinValue;
}
