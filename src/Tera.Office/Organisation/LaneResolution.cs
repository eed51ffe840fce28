namespace Tera.Office.Organisation;

/// <summary>Answers a <see cref="Calon"/> on the tree of one agency on one day. Pure: what it needs of other slices comes in.</summary>
internal sealed class LaneResolution(PositionTree tree, Guid unitId, Guid starter)
{
    public IReadOnlyList<Holding> Resolve(Calon calon, bool setara, IReadOnlyCollection<Guid> personsInRole) => calon switch
    {
        Calon.UnitStaf => StarterOrUnit(),
        Calon.PemilikSistem => StarterOrUnit(),
        Calon.Pemohon or Calon.Pemilik or Calon.BerhakCabut => OwnOf(starter),
        Calon.Jabatan(string code) => Nearest(code),
        Calon.Peran => personsInRole.SelectMany(OwnOf).ToList(),
        Calon.Atasan(_, string eselon) => Superior(eselon, setara),
        _ => throw new ArgumentOutOfRangeException(nameof(calon)),
    };

    private IReadOnlyList<Holding> OwnOf(Guid person) => tree.OwnOf(person, unitId) is { } own ? [own] : [];

    /// <summary>A letter stays with its drafter; when they left the unit, its other staff take over.</summary>
    private IReadOnlyList<Holding> StarterOrUnit()
    {
        List<Holding> staff = tree.Holdings
            .Where(holding => holding.UnitId == unitId && tree[holding.PositionId].Kind is JobKind.Pelaksana or JobKind.Fungsional)
            .OrderBy(holding => tree[holding.PositionId].Rank)
            .ToList();
        List<Holding> own = staff.Where(holding => holding.PersonId == starter).ToList();
        return own.Count > 0 ? own : staff;
    }

    /// <summary>A regency has many a kabag: above the starter first, then in the starter's unit, then the only one of the agency.</summary>
    private IReadOnlyList<Holding> Nearest(string code)
    {
        List<PositionRow> named = tree.InOrder().Where(position => PositionTree.HasCode(position, code)).ToList();
        Holding? own = tree.OwnOf(starter, unitId);
        PositionRow? found =
            (own is null ? null : tree.Above(own.PositionId).FirstOrDefault(named.Contains))
            ?? (named.Where(position => position.UnitId == unitId).Take(2).ToList() is [var only] ? only : null)
            ?? (named is [var single] ? single : null);
        return found is null ? [] : tree.HoldersOf(found.Id).ToList();
    }

    private IReadOnlyList<Holding> Superior(string eselon, bool setara)
    {
        if (tree.OwnOf(starter, unitId) is not { } own)
        {
            return [];
        }

        PositionRow? found = tree.Above(own.PositionId).FirstOrDefault(position =>
            Matches(position.Eselon, eselon) || (setara && Matches(position.SetaraEselon, eselon)));
        return found is null ? [] : tree.HoldersOf(found.Id).ToList();
    }

    /// <summary><c>III</c> means III.a and III.b; <c>III.b</c> only itself.</summary>
    private static bool Matches(string? held, string asked) =>
        held is not null && (held == asked || held.StartsWith(asked + ".", StringComparison.Ordinal));
}
