namespace Tera.Sop.Definitions;

/// <summary>
/// A checked procedure. Immutable, named by the hash of its content: a running case keeps the one it began with, so
/// whoever stores cases stores <see cref="Source"/> beside them.
/// </summary>
public sealed class SopDefinition
{
    private readonly Dictionary<string, Step> byId;

    internal SopDefinition(
        string name, int version, string source, DefinitionHash hash, SopIdentity identity, string calendar, ParafMode paraf,
        IReadOnlyList<Lane> lanes, IReadOnlyList<Berkas> documents, IReadOnlyList<Chain> chains, IReadOnlyList<Step> steps,
        IReadOnlyList<SopNote> notes)
    {
        Name = name;
        Version = version;
        Source = source;
        Hash = hash;
        Identity = identity;
        Calendar = calendar;
        Paraf = paraf;
        Lanes = lanes;
        Documents = documents;
        Chains = chains;
        Steps = steps;
        Notes = notes;
        byId = steps.ToDictionary(step => step.Id, StringComparer.Ordinal);
        Graph = new SopGraph(this);
    }

    /// <summary>The path of its file below <c>sop/</c> without the ending: <c>lamandau/naskah-keluar-tte-bupati</c>.</summary>
    public string Name { get; }

    /// <summary>The number its owner gave this version (<c>versi</c>).</summary>
    public int Version { get; }

    /// <summary>The file as it was read.</summary>
    public string Source { get; }

    /// <summary>The hash of the file.</summary>
    public DefinitionHash Hash { get; }

    /// <summary>The identity block.</summary>
    public SopIdentity Identity { get; }

    /// <summary>Name of the working calendar.</summary>
    public string Calendar { get; }

    /// <summary>How initials are put.</summary>
    public ParafMode Paraf { get; }

    /// <summary>The lanes, in the order of the columns.</summary>
    public IReadOnlyList<Lane> Lanes { get; }

    /// <summary>The documents and records.</summary>
    public IReadOnlyList<Berkas> Documents { get; }

    /// <summary>The chains that are chosen at run time.</summary>
    public IReadOnlyList<Chain> Chains { get; }

    /// <summary>The steps, in the order of the form.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>How unclear places of the source were read.</summary>
    public IReadOnlyList<SopNote> Notes { get; }

    /// <summary>The step a case begins with.</summary>
    public Step First => Steps[0];

    /// <summary>What follows from the arrows.</summary>
    public SopGraph Graph { get; }

    /// <summary>The step with that id, or null.</summary>
    public Step? FindStep(string id) => byId.GetValueOrDefault(id);

    /// <summary>The step with that id.</summary>
    /// <exception cref="KeyNotFoundException">The definition has no such step.</exception>
    public Step Step(string id) => byId[id];

    /// <summary>The lane with that id, or null.</summary>
    public Lane? FindLane(string id) => Lanes.FirstOrDefault(lane => string.Equals(lane.Id, id, StringComparison.Ordinal));

    /// <summary>The document with that name, or null.</summary>
    public Berkas? FindDocument(string name) => Documents.FirstOrDefault(document => string.Equals(document.Name, name, StringComparison.Ordinal));

    /// <summary>The chain with that name, or null.</summary>
    public Chain? FindChain(string name) => Chains.FirstOrDefault(chain => string.Equals(chain.Name, name, StringComparison.Ordinal));
}
