using Microsoft.EntityFrameworkCore;
using Tera.Office.Accounts;
using Tera.Office.Storage;

namespace Tera.Office.Organisation;

/// <summary>The slice's front, answered from its tables.</summary>
internal sealed class OrganisationDirectory(IDbContextFactory<OfficeDb> factory, IAccounts accounts) : IOrganisation
{
    public async Task<Agency?> FindAgencyAsync(Guid agencyId, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<AgencyRow>().AsNoTracking().Where(agency => agency.Id == agencyId)
            .Select(agency => new Agency(agency.Id, agency.Name, agency.ShortName, agency.Address, agency.Zone))
            .SingleOrDefaultAsync(cancellation);
    }

    public async Task<Person?> FindPersonAsync(Guid personId, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<PersonRow>().AsNoTracking().Where(person => person.Id == personId)
            .Select(person => new Person(person.Id, person.AgencyId, person.Name, person.DisplayName, person.Nip, person.Pangkat, person.Email))
            .SingleOrDefaultAsync(cancellation);
    }

    public async Task<IReadOnlyList<Holding>> HoldingsOfAsync(Guid personId, DateOnly on, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        return await HoldingsAsync(db, db.Set<HoldingRow>().Where(holding => holding.PersonId == personId), on, cancellation);
    }

    public async Task<IReadOnlyList<Holding>> HoldersOfAsync(Guid positionId, DateOnly on, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        return await HoldingsAsync(db, db.Set<HoldingRow>().Where(holding => holding.PositionId == positionId), on, cancellation);
    }

    public async Task<IReadOnlyList<Holding>> ResolveAsync(
        Guid agencyId, Guid unitId, Guid starter, string calon, bool setara, DateOnly on, CancellationToken cancellation)
    {
        Calon asked = Calon.TryParse(calon) ?? throw new ArgumentException($"'{calon}' is no known predicate of a lane.", nameof(calon));
        IReadOnlyList<Guid> inRole = asked is Calon.Peran(string name) && RoleNames.TryParse(name) is { } role
            ? await accounts.PersonsInRoleAsync(agencyId, role, cancellation)
            : [];
        PositionTree tree = await TreeAsync(agencyId, on, cancellation);
        return new LaneResolution(tree, unitId, starter).Resolve(asked, setara, inRole);
    }

    public async Task<IReadOnlyList<Holding>> EligibleVerifiersAsync(Guid agencyId, Guid signerPositionId, DateOnly on, CancellationToken cancellation)
    {
        PositionTree tree = await TreeAsync(agencyId, on, cancellation);
        return tree.InOrder()
            .Where(position => position.Kind is JobKind.Struktural or JobKind.PejabatNegara)
            .Where(position => tree.Above(position.Id).Any(above => above.Id == signerPositionId))
            .SelectMany(position => tree.HoldersOf(position.Id).Take(1))
            .ToList();
    }

    public async Task<IReadOnlyList<Holding>> DirectoryAsync(Guid agencyId, DateOnly on, CancellationToken cancellation)
    {
        PositionTree tree = await TreeAsync(agencyId, on, cancellation);
        return tree.InOrder().SelectMany(position => tree.HoldersOf(position.Id)).ToList();
    }

    private async Task<PositionTree> TreeAsync(Guid agencyId, DateOnly on, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        List<PositionRow> positions = await db.Set<PositionRow>().AsNoTracking().Where(position => position.AgencyId == agencyId).ToListAsync(cancellation);
        IReadOnlyList<Holding> holdings = await HoldingsAsync(db, db.Set<HoldingRow>().Where(holding => holding.AgencyId == agencyId), on, cancellation);
        return new PositionTree(positions, holdings);
    }

    private static async Task<IReadOnlyList<Holding>> HoldingsAsync(OfficeDb db, IQueryable<HoldingRow> rows, DateOnly day, CancellationToken cancellation)
    {
        List<Holding> holdings = await (
            from holding in rows.AsNoTracking()
            where holding.From <= day && (holding.To == null || holding.To >= day)
            join position in db.Set<PositionRow>() on holding.PositionId equals position.Id
            join person in db.Set<PersonRow>() on holding.PersonId equals person.Id
            join unit in db.Set<UnitRow>() on position.UnitId equals unit.Id
            orderby position.Rank, person.Name
            select new Holding(person.Id, person.DisplayName, position.Id, position.Code, position.Name, unit.Id, unit.Name, position.Eselon, holding.Kind))
            .ToListAsync(cancellation);
        return holdings.OrderBy(holding => holding.Kind).ToList(); // a stable sort keeps rank within a kind
    }
}
