namespace Tera.Sop.Definitions;

/// <summary>The kinds of requirement in <c>kelengkapan</c>.</summary>
public enum RequirementKind
{
    /// <summary><c>alat:x</c>: equipment; printed, never blocks.</summary>
    Tool,

    /// <summary><c>keadaan:x</c>: a named predicate that the office answers.</summary>
    Fact,

    /// <summary><c>berkas</c>: the document or form must have been supplied.</summary>
    Document,

    /// <summary><c>berkas:keadaan</c>: the document must have reached a state.</summary>
    DocumentState,
}

/// <summary>One line of <c>kelengkapan</c> (quality standard, "what must be there").</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Equipment, predicate or document.</param>
/// <param name="State">The state of the document, or null.</param>
public sealed record Requirement(RequirementKind Kind, string Name, string? State)
{
    /// <summary>As written in the file.</summary>
    public override string ToString() => Kind switch
    {
        RequirementKind.Tool => $"alat:{Name}",
        RequirementKind.Fact => $"keadaan:{Name}",
        RequirementKind.DocumentState => $"{Name}:{State}",
        _ => Name,
    };
}

/// <summary>A document that a step leaves behind in a state.</summary>
/// <param name="Document">Name in <c>berkas</c>, or the built-in <c>disposisi</c>, <c>daftar_periksa</c>.</param>
/// <param name="State">The state, or null where only the thing itself is named.</param>
public sealed record DocumentOutput(string Document, string? State)
{
    /// <summary>As written in the file.</summary>
    public override string ToString() => State is null ? Document : $"{Document}:{State}";
}

/// <summary>One step (<c>langkah</c>): a row of the official form.</summary>
public sealed record Step
{
    /// <summary>Id in the file.</summary>
    public required string Id { get; init; }

    /// <summary>Position in the file, from 0: the order of the form.</summary>
    public required int Index { get; init; }

    /// <summary>Number on the form, always text (<c>3a</c>, <c>5-7</c>).</summary>
    public required string Nomor { get; init; }

    /// <summary>Wording on the form.</summary>
    public required string Uraian { get; init; }

    /// <summary>The SOP needs this step but does not number it: hidden in the official print.</summary>
    public bool Tersirat { get; init; }

    /// <summary>What kind of step it is.</summary>
    public required StepKind Kind { get; init; }

    /// <summary>The lane that acts; null for the system and for a chain.</summary>
    public string? Lane { get; init; }

    /// <summary>The chain whose members act one by one; null otherwise.</summary>
    public string? Chain { get; init; }

    /// <summary>Order of the chain's members.</summary>
    public ChainManner Manner { get; init; }

    /// <summary>In a chain <see cref="ChainManner.Bersama"/>: how many approvals suffice; null means all (<c>cukup</c>).</summary>
    public int? Suffices { get; init; }

    /// <summary>What must be there before the step can go ahead.</summary>
    public IReadOnlyList<Requirement> Kelengkapan { get; init; } = [];

    /// <summary>Quality standard: working time. Null where the SOP gives none.</summary>
    public TimeSpan? Waktu { get; init; }

    /// <summary>How long it may lie in the inbox; days are working days.</summary>
    public IsoDuration? Tenggat { get; init; }

    /// <summary>False when the clock of the office stands still (<c>jam: tidak_dihitung</c>).</summary>
    public bool ClockRuns { get; init; } = true;

    /// <summary>The task or link expires after this; gives the outcome <c>kedaluwarsa</c>.</summary>
    public TimeSpan? Batas { get; init; }

    /// <summary>Documents with their new state, when the step was left with a forward outcome.</summary>
    public IReadOnlyList<DocumentOutput> Output { get; init; } = [];

    /// <summary>The outcomes, in the order of the file.</summary>
    public required IReadOnlyList<Outcome> Outcomes { get; init; }

    /// <summary>Effects when the step opens (<c>efek_buka</c>).</summary>
    public IReadOnlyList<EffectCall> EffectsOnOpen { get; init; } = [];

    /// <summary>Effects when the step was done, whatever its outcome; for a system step, its work (<c>efek</c>).</summary>
    public IReadOnlyList<EffectCall> Effects { get; init; } = [];

    /// <summary>Lane that a disposition goes to (<c>ke</c>).</summary>
    public string? HandsTo { get; init; }

    /// <summary>Checklist to be ticked before a forward outcome.</summary>
    public IReadOnlyList<string> DaftarPeriksa { get; init; } = [];

    /// <summary>Steps that must have been done by another person.</summary>
    public IReadOnlyList<string> Pemisahan { get; init; } = [];

    /// <summary>What is typed here (a passphrase) never enters the data of the case.</summary>
    public bool Rahasia { get; init; }

    /// <summary>Ways in: daring, luring, myasn. Empty means any.</summary>
    public IReadOnlyList<string> Saluran { get; init; } = [];

    /// <summary>Lanes that must be present.</summary>
    public IReadOnlyList<string> Hadir { get; init; } = [];

    /// <summary>What a wait waits for (<c>jadwal.waktu</c>, <c>sertifikat.habis-P30D</c>).</summary>
    public string? Sampai { get; init; }

    /// <summary>Name of the SOP that this step runs (<c>panggil</c>).</summary>
    public string? Calls { get; init; }

    /// <summary>A <c>keadaan</c> under which the called SOP is not needed (<c>panggil_kecuali</c>).</summary>
    public string? CallsUnless { get; init; }

    /// <summary>The lane that asks for this step.</summary>
    public string? DimintaOleh { get; init; }

    /// <summary>Line in the file, from 1.</summary>
    public int Line { get; init; }

    /// <summary>A person does it.</summary>
    public bool IsHuman => Kind is not (StepKind.Sistem or StepKind.Tunggu);

    /// <summary>The outcome of that name, or null.</summary>
    public Outcome? FindOutcome(string name)
    {
        foreach (var outcome in Outcomes)
        {
            if (string.Equals(outcome.Name, name, StringComparison.Ordinal))
            {
                return outcome;
            }
        }

        return null;
    }
}
