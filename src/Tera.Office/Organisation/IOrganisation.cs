namespace Tera.Office.Organisation;

/// <summary>Front of the slice: agencies, units, positions, who holds them today, acting officials (Plt, Plh).</summary>
public interface IOrganisation
{
    Task<Agency?> FindAgencyAsync(Guid agencyId, CancellationToken cancellation);

    Task<Person?> FindPersonAsync(Guid personId, CancellationToken cancellation);

    /// <summary>Positions the person may act for on that day: definitif, Plt, Plh.</summary>
    Task<IReadOnlyList<Holding>> HoldingsOfAsync(Guid personId, DateOnly on, CancellationToken cancellation);

    /// <summary>Who may act for a position on that day, definitive holder first.</summary>
    Task<IReadOnlyList<Holding>> HoldersOfAsync(Guid positionId, DateOnly on, CancellationToken cancellation);

    /// <summary>
    /// Resolves a lane's <c>calon</c> predicate (<c>jabatan(kabag)</c>, <c>atasan(pembuat, III.b)</c>, <c>unit.staf</c>, <c>peran(verifikator)</c>, ...)
    /// for a case that was started by <paramref name="starter"/> in <paramref name="unitId"/>. Empty: the lane has no holder today.
    /// </summary>
    Task<IReadOnlyList<Holding>> ResolveAsync(Guid agencyId, Guid unitId, Guid starter, string calon, bool setara, DateOnly on, CancellationToken cancellation);

    /// <summary>Positions below the signer's in the tree (of the same agency) that may stand in a verification chain.</summary>
    Task<IReadOnlyList<Holding>> EligibleVerifiersAsync(Guid agencyId, Guid signerPositionId, DateOnly on, CancellationToken cancellation);

    /// <summary>All positions of the agency with today's holder, in the order of the tree.</summary>
    Task<IReadOnlyList<Holding>> DirectoryAsync(Guid agencyId, DateOnly on, CancellationToken cancellation);
}

/// <summary>An agency (kabupaten, kementerian); its data is invisible to all others.</summary>
/// <param name="Zone">IANA zone: Asia/Jakarta (WIB), Asia/Makassar (WITA), Asia/Jayapura (WIT).</param>
public sealed record Agency(Guid Id, string Name, string ShortName, string Address, string Zone);

/// <summary>A person. NIK and telephone are not part of this view.</summary>
/// <param name="Name">Without titles.</param>
/// <param name="DisplayName">With titles, as printed under a letter (Permendagri 1/2023 art. 44).</param>
/// <param name="Nip">18 digits, or null: elected heads have none.</param>
public sealed record Person(Guid Id, Guid AgencyId, string Name, string DisplayName, string? Nip, string? Pangkat, string? Email);

/// <summary>One person in one position, definitive or acting.</summary>
/// <param name="PositionCode">Short code used by SOP lanes: bupati, wabup, sekda, asisten, kabag, staf, ...</param>
/// <param name="Eselon">II.a, II.b, III.a, III.b, IV.a, ... or null.</param>
public sealed record Holding(
    Guid PersonId, string PersonName, Guid PositionId, string PositionCode, string PositionName, Guid UnitId, string UnitName, string? Eselon, HoldingKind Kind);

/// <summary>How a position is held (UU 30/2014 art. 14).</summary>
public enum HoldingKind
{
    Definitif,
    Plt,
    Plh,
    Pj,
}
