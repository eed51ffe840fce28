namespace Tera.Sop.Definitions;

/// <summary>A lane (<c>pelaksana</c>): a role in this SOP, a column of the official form.</summary>
public sealed record Lane
{
    /// <summary>Id in the file.</summary>
    public required string Id { get; init; }

    /// <summary>Heading of the column.</summary>
    public required string Nama { get; init; }

    /// <summary>Who can be it: a named predicate that the office resolves.</summary>
    public required Calon Calon { get; init; }

    /// <summary>A position of equal level counts as well.</summary>
    public bool Setara { get; init; }

    /// <summary>What happens when nobody holds it.</summary>
    public EmptyLanePolicy Kosong { get; init; }

    /// <summary>Qualifications a person must have.</summary>
    public IReadOnlyList<string> Kualifikasi { get; init; } = [];

    /// <summary>Kinds of acting official that may act (<c>plt</c>, <c>plh</c>); null when the SOP does not limit it.</summary>
    public IReadOnlyList<string>? Pengganti { get; init; }

    /// <summary>An outside party.</summary>
    public bool Luar { get; init; }
}

/// <summary>A named predicate with its arguments: <c>atasan(pembuat, IV)</c>.</summary>
/// <param name="Name">One of <see cref="Vocabulary.Calon"/>.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record Calon(string Name, IReadOnlyList<string> Arguments)
{
    /// <summary>As written in the file.</summary>
    public override string ToString() => Arguments.Count == 0 ? Name : $"{Name}({string.Join(", ", Arguments)})";
}

/// <summary>A document or record (<c>berkas</c>) of the SOP.</summary>
public sealed record Berkas
{
    /// <summary>Name in the file.</summary>
    public required string Name { get; init; }

    /// <summary>Its kind: formulir, berkas, naskah, biometrik, laporan and so on.</summary>
    public required string Jenis { get; init; }

    /// <summary>Every change makes a version with a hash, and approvals bind to it.</summary>
    public bool Berversi { get; init; }

    /// <summary>File formats.</summary>
    public IReadOnlyList<string> Format { get; init; } = [];

    /// <summary>Form fields.</summary>
    public IReadOnlyList<string> Isian { get; init; } = [];

    /// <summary>Parts that must all be there.</summary>
    public IReadOnlyList<string> Isi { get; init; } = [];

    /// <summary>Letter kinds.</summary>
    public IReadOnlyList<string> Macam { get; init; } = [];

    /// <summary>Name of the list of letter kinds that may be electronic.</summary>
    public string? Boleh { get; init; }

    /// <summary>Letterheads by registering unit.</summary>
    public IReadOnlyDictionary<string, string> Kop { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Holds personal data.</summary>
    public bool Pribadi { get; init; }

    /// <summary>To be deleted after this.</summary>
    public IsoDuration? HapusSetelah { get; init; }

    /// <summary>How long it is valid.</summary>
    public IsoDuration? Berlaku { get; init; }
}

/// <summary>A chain (<c>rantai</c>) of approvers that is chosen at run time.</summary>
public sealed record Chain
{
    /// <summary>Name in the file.</summary>
    public required string Name { get; init; }

    /// <summary>Lanes that make the chain when nobody chooses.</summary>
    public required IReadOnlyList<string> Bawaan { get; init; }

    /// <summary>Limit on who may be chosen (<c>bawah(bupati)</c>); the office passes only eligible members.</summary>
    public Calon? Batas { get; init; }

    /// <summary>Fewest members that really act.</summary>
    public int Min { get; init; } = 1;

    /// <summary>Most members.</summary>
    public int Maks { get; init; } = 10;

    /// <summary>The step in which it may be chosen; null: never, the default stands.</summary>
    public string? Ubah { get; init; }
}
