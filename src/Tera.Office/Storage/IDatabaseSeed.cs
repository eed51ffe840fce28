namespace Tera.Office.Storage;

/// <summary>
/// What a slice puts into an empty database: classification codes, templates, the demo agency. Runs at every start, after the tables are there,
/// in one transaction of its own and on one node at a time; so it looks first whether its rows exist.
/// </summary>
public interface IDatabaseSeed
{
    /// <summary>Smaller first: 10 organisation, 20 accounts, 30 and above what refers to them.</summary>
    int Order { get; }

    Task SeedAsync(OfficeDb db, CancellationToken cancellation);
}
