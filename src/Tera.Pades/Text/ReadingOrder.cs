namespace Tera.Pades.Text;

/// <summary>The order in which a reader meets things on a page as it is shown: line by line, each from the left.</summary>
internal static class ReadingOrder
{
    public static List<Letter> OfLetters(List<Letter> letters, int rotate) =>
        Sort(letters, l => Turn(l.X, l.Y, rotate), l => 0.3 * l.Size);

    public static List<TextMatch> OfMatches(List<TextMatch> matches, int rotate) =>
        Sort(matches, m => Turn(m.Box.X + (m.Box.Width / 2), m.Box.Y + (m.Box.Height / 2), rotate), m => 0.4 * Math.Min(m.Box.Height, m.Box.Width));

    private static List<T> Sort<T>(List<T> items, Func<T, (double X, double Y)> place, Func<T, double> lineHeight)
    {
        var line = new List<(T Item, double X)>();
        var sorted = new List<T>(items.Count);
        var lineAt = double.NaN;
        foreach (var (item, x, y) in items.Select(i => (Item: i, place(i).X, place(i).Y)).OrderByDescending(i => i.Y))
        {
            if (line.Count > 0 && lineAt - y > lineHeight(item))
                EndLine();
            if (line.Count == 0)
                lineAt = y;
            line.Add((item, x));
        }
        EndLine();
        return sorted;

        void EndLine()
        {
            sorted.AddRange(line.OrderBy(i => i.X).Select(i => i.Item));
            line.Clear();
        }
    }

    // Where a point comes to lie, but for a shift.
    private static (double X, double Y) Turn(double x, double y, int rotate) => rotate switch
    {
        90 => (y, -x),
        180 => (-x, -y),
        270 => (-y, x),
        _ => (x, y),
    };
}
