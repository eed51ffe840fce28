namespace Tera.Sop.Definitions;

/// <summary>The identity block of the official form.</summary>
public sealed record SopIdentity
{
    /// <summary>Name of the SOP.</summary>
    public required string Nama { get; init; }

    /// <summary>Number, as printed; null when the source has none.</summary>
    public string? Nomor { get; init; }

    /// <summary>Agency.</summary>
    public required string Instansi { get; init; }

    /// <summary>Unit within the agency.</summary>
    public string? Unit { get; init; }

    /// <summary>Made on.</summary>
    public DateOnly? Pembuatan { get; init; }

    /// <summary>Revised on.</summary>
    public DateOnly? Revisi { get; init; }

    /// <summary>In force from.</summary>
    public DateOnly? Efektif { get; init; }

    /// <summary>The post that enacted it.</summary>
    public string? Disahkan { get; init; }

    /// <summary>Legal basis.</summary>
    public IReadOnlyList<string> DasarHukum { get; init; } = [];

    /// <summary>Qualifications of the actors.</summary>
    public IReadOnlyList<string> Kualifikasi { get; init; } = [];

    /// <summary>Related SOPs.</summary>
    public IReadOnlyList<string> Keterkaitan { get; init; } = [];

    /// <summary>Equipment.</summary>
    public IReadOnlyList<string> Peralatan { get; init; } = [];

    /// <summary>Warnings.</summary>
    public IReadOnlyList<string> Peringatan { get; init; } = [];

    /// <summary>Records kept.</summary>
    public IReadOnlyList<string> Pencatatan { get; init; } = [];
}

/// <summary>A note of how an unclear place of the source was read.</summary>
/// <param name="Soal">What was unclear.</param>
/// <param name="Jawaban">How it was read.</param>
public sealed record SopNote(string Soal, string Jawaban);
