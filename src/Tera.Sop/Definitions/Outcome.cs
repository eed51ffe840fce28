namespace Tera.Sop.Definitions;

/// <summary>An effect as the SOP names it: <c>notif.kirim(pemohon)</c>. What it does is the office's business.</summary>
/// <param name="Name">A name of <see cref="EffectCatalog"/>.</param>
/// <param name="Argument">The text between the brackets, or null.</param>
public sealed record EffectCall(string Name, string? Argument)
{
    /// <summary>The effect as written in the file.</summary>
    public override string ToString() => Argument is null ? Name : $"{Name}({Argument})";
}

/// <summary>Where an outcome leads.</summary>
public abstract record OutcomeTarget
{
    private OutcomeTarget()
    {
    }

    /// <summary>To another step.</summary>
    /// <param name="Step">Its id.</param>
    public sealed record Next(string Step) : OutcomeTarget;

    /// <summary>The case reaches its good end, the state <c>selesai</c>.</summary>
    public sealed record Finish : OutcomeTarget;

    /// <summary>Back to an earlier actor; one of the targets is chosen when it happens.</summary>
    /// <param name="Targets">Step ids, <see cref="Outcome.SelfEdit"/> or <c>step.sebelumnya</c>.</param>
    /// <param name="Rule">What is done again.</param>
    public sealed record Return(IReadOnlyList<string> Targets, ReturnRule Rule) : OutcomeTarget;

    /// <summary>The case ends badly, in the named state (<c>ditolak</c>).</summary>
    /// <param name="End">The end state.</param>
    public sealed record Reject(string End) : OutcomeTarget;
}

/// <summary>One outcome (<c>hasil</c>) of a step.</summary>
/// <param name="Name">As written: ya, tidak, kirim, kedaluwarsa.</param>
/// <param name="Goes">Where it leads.</param>
/// <param name="Effects">Effects of this outcome only (<c>efek_bila</c>, or <c>efek</c> within <c>akhir</c>).</param>
public sealed record Outcome(string Name, OutcomeTarget Goes, IReadOnlyList<EffectCall> Effects)
{
    /// <summary>Return target: the refuser edits and so makes a new version.</summary>
    public const string SelfEdit = "sunting_sendiri";

    /// <summary>Ending of a return target that means the previous member of the chain.</summary>
    public const string PreviousMemberSuffix = ".sebelumnya";

    /// <summary>The outcome of a task that was not done in time.</summary>
    public const string Expired = "kedaluwarsa";

    /// <summary>The outcome of a system step whose effect failed.</summary>
    public const string Failed = "gagal";

    /// <summary>The good outcome of a system step that names none.</summary>
    public const string Ok = "ok";

    /// <summary>The outcome of a wait whose time has come.</summary>
    public const string Reached = "tiba";

    /// <summary>The good end state.</summary>
    public const string Finished = "selesai";

    /// <summary>Leads on, to a step or to the good end.</summary>
    public bool IsForward => Goes is OutcomeTarget.Next or OutcomeTarget.Finish;

    /// <summary>Only the system reports it; a person cannot choose it.</summary>
    public bool IsSystemOnly => Name is Expired or Failed;

    /// <summary>Says no by its name. A forward outcome with such a name is no approval.</summary>
    public bool IsNegative =>
        Name.StartsWith("tidak", StringComparison.Ordinal) || Name is "tolak" or "perbaiki" or "dibatalkan" or Expired or Failed;

    /// <summary>A yes: leads on and does not say no. In a decision about a versioned document it is an approval of the bytes seen.</summary>
    public bool IsApproving => IsForward && !IsNegative;
}
