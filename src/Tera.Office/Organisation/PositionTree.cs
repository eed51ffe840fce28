namespace Tera.Office.Organisation;

/// <summary>The positions of one agency and who holds them on one day, loaded once and asked often: an agency has hundreds, not millions.</summary>
internal sealed class PositionTree
{
    private readonly Dictionary<Guid, PositionRow> _positions;
    private readonly ILookup<Guid, Holding> _byPosition;

    public PositionTree(IEnumerable<PositionRow> positions, IReadOnlyList<Holding> holdings)
    {
        _positions = positions.ToDictionary(position => position.Id);
        _byPosition = holdings.OrderBy(holding => holding.Kind).ToLookup(holding => holding.PositionId);
        Holdings = holdings;
    }

    public IReadOnlyList<Holding> Holdings { get; }

    public PositionRow this[Guid id] => _positions[id];

    /// <summary>Definitive holder first.</summary>
    public IEnumerable<Holding> HoldersOf(Guid position) => _byPosition[position];

    /// <summary>The person's own position: a definitive one before an acting one, the highest first.</summary>
    public Holding? OwnOf(Guid person, Guid? unit = null) => Holdings
        .Where(holding => holding.PersonId == person)
        .OrderBy(holding => unit is null || holding.UnitId == unit ? 0 : 1)
        .ThenBy(holding => holding.Kind)
        .ThenBy(holding => _positions[holding.PositionId].Rank)
        .FirstOrDefault();

    /// <summary>From the position above up to the top. A circle in the data ends the climb instead of hanging it.</summary>
    public IEnumerable<PositionRow> Above(Guid position)
    {
        var seen = new HashSet<Guid> { position };
        Guid? next = _positions.TryGetValue(position, out PositionRow? row) ? row.AboveId : null;
        while (next is { } id && seen.Add(id) && _positions.TryGetValue(id, out PositionRow? above))
        {
            yield return above;
            next = above.AboveId;
        }
    }

    /// <summary>All positions, each before those below it, siblings by rank.</summary>
    public IEnumerable<PositionRow> InOrder()
    {
        ILookup<Guid?, PositionRow> below = _positions.Values.OrderBy(position => position.Rank).ToLookup(position => position.AboveId);
        var open = new Stack<PositionRow>(below[null].Reverse());
        while (open.TryPop(out PositionRow? position))
        {
            yield return position;
            foreach (PositionRow child in below[position.Id].Reverse())
            {
                open.Push(child);
            }
        }
    }

    public static bool HasCode(PositionRow position, string code) =>
        position.Code == code || position.LaneCodes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(code, StringComparer.Ordinal);
}
