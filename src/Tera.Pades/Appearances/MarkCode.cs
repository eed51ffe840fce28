using System.Globalization;
using System.Text;

namespace Tera.Pades.Appearances;

/// <summary>
/// A two-dimensional code (a QR code, ISO/IEC 18004) drawn as one path, sharp in every size. The caller makes the modules; the
/// light ones and the quiet zone are painted white, as a code over text or colour could not be read.
/// </summary>
public sealed class MarkCode : MarkPicture
{
    /// <summary>Version 40 of ISO/IEC 18004 has 177 modules a side; room is left for a quiet zone and other symbologies.</summary>
    private const int MaxModules = 256;

    /// <summary>ISO/IEC 18004 6.3.8: four modules on each side.</summary>
    private const int QuietZone = 4;

    private readonly bool[,] _modules;
    private readonly int _top;
    private readonly int _left;
    private readonly int _rows;
    private readonly int _columns;

    /// <summary>A code of these modules.</summary>
    /// <param name="modules">Row and column, the top left first; true is dark. A quiet zone around them may be there or not: there will be one of four modules.</param>
    /// <exception cref="MarkException">No module is dark, or there are more than 256 in a row.</exception>
    public MarkCode(bool[,] modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        if (modules.GetLength(0) > MaxModules || modules.GetLength(1) > MaxModules)
            throw MarkException.Of(MarkRefusal.NoCode, $"{modules.GetLength(0)} x {modules.GetLength(1)}, at most {MaxModules} a side");
        _modules = (bool[,])modules.Clone();
        var (bottom, right) = (-1, -1);
        (_top, _left) = (MaxModules, MaxModules);
        for (var row = 0; row < modules.GetLength(0); row++)
        {
            for (var column = 0; column < modules.GetLength(1); column++)
            {
                if (!modules[row, column])
                    continue;
                (_top, bottom) = (Math.Min(_top, row), Math.Max(bottom, row));
                (_left, right) = (Math.Min(_left, column), Math.Max(right, column));
            }
        }
        if (bottom < 0)
            throw new MarkException(MarkRefusal.NoCode, "no module is dark");
        (_rows, _columns) = (bottom - _top + 1, right - _left + 1);
    }

    /// <summary>A code of rows of modules, as encoders return them.</summary>
    /// <param name="rows">The rows, from the top; all of the same length, true is dark.</param>
    /// <returns>The code.</returns>
    /// <exception cref="MarkException">The rows differ in length, no module is dark, or there are too many.</exception>
    public static MarkCode Of(IReadOnlyList<IReadOnlyList<bool>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var width = rows.Count == 0 ? 0 : rows[0].Count;
        if (rows.Count > MaxModules || width > MaxModules || rows.Any(r => r.Count != width))
            throw new MarkException(MarkRefusal.NoCode, "rows of one length, at most 256 modules a side");
        var modules = new bool[rows.Count, width];
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < width; column++)
                modules[row, column] = rows[row][column];
        }
        return new MarkCode(modules);
    }

    internal override double AspectRatio => (_columns + (2.0 * QuietZone)) / (_rows + (2.0 * QuietZone));

    internal override void Append(StringBuilder content)
    {
        content.Append("1 1 1 rg 0 0 1 1 re f\n0 0 0 rg\n");
        content.Append(CultureInfo.InvariantCulture, $"{1.0 / (_columns + (2 * QuietZone)):0.########} 0 0 {1.0 / (_rows + (2 * QuietZone)):0.########} 0 0 cm\n");
        foreach (var loop in Outlines())
        {
            for (var i = 0; i < loop.Count; i++)
                content.Append(CultureInfo.InvariantCulture, $"{loop[i].X + QuietZone} {_rows - loop[i].Y + QuietZone} {(i == 0 ? 'm' : 'l')} ");
            content.Append("h\n");
        }
        content.Append("f\n");
    }

    private bool IsDark(int row, int column) =>
        row >= 0 && row < _rows && column >= 0 && column < _columns && _modules[_top + row, _left + column];

    // The borders of the dark areas. A square each would show hairlines between neighbours where a reader smooths edges.
    private IEnumerable<List<(int X, int Y)>> Outlines()
    {
        var edges = new Dictionary<(int X, int Y), Stack<(int X, int Y)>>();
        for (var row = 0; row < _rows; row++)
        {
            for (var column = 0; column < _columns; column++)
            {
                if (!IsDark(row, column))
                    continue;
                AddEdge(IsDark(row - 1, column), (column, row), (column + 1, row));
                AddEdge(IsDark(row, column + 1), (column + 1, row), (column + 1, row + 1));
                AddEdge(IsDark(row + 1, column), (column + 1, row + 1), (column, row + 1));
                AddEdge(IsDark(row, column - 1), (column, row + 1), (column, row));
            }
        }
        foreach (var start in edges.Keys.ToList())
        {
            while (edges[start].Count > 0)
                yield return Follow(edges, start);
        }

        void AddEdge(bool isInner, (int, int) from, (int, int) to)
        {
            if (isInner)
                return;
            if (!edges.TryGetValue(from, out var ends))
                edges[from] = ends = new();
            ends.Push(to);
        }
    }

    private static List<(int X, int Y)> Follow(Dictionary<(int X, int Y), Stack<(int X, int Y)>> edges, (int X, int Y) start)
    {
        var loop = new List<(int X, int Y)> { start };
        for (var at = edges[start].Pop(); at != start; at = edges[at].Pop())
        {
            var isStraight = loop.Count > 1 && ((loop[^2].X == at.X && loop[^1].X == at.X) || (loop[^2].Y == at.Y && loop[^1].Y == at.Y));
            if (isStraight)
                loop[^1] = at;
            else
                loop.Add(at);
        }
        return loop;
    }
}
