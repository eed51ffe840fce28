namespace Tera.Sop.Cases;

/// <summary>What somebody, or the system, wants of a case.</summary>
public abstract record CaseCommand
{
    private protected CaseCommand()
    {
    }
}

/// <summary>Begins a case.</summary>
/// <param name="Case">Its id.</param>
/// <param name="Starter">Who begins it; null for the system. When the first step is a person's, he must be of its lane.</param>
/// <param name="Parent">Key of the sub-case request that this case answers, or null.</param>
public sealed record StartCase(CaseId Case, Actor? Starter, string? Parent = null) : CaseCommand;

/// <summary>A person does his step. There is no place for a secret in it: what is typed in a <c>rahasia</c> step goes elsewhere.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Step">The step.</param>
/// <param name="Outcome">One of its outcomes.</param>
public sealed record CompleteStep(Actor Actor, string Step, string Outcome) : CaseCommand
{
    /// <summary>Number of the chain member, from 0; null outside chains.</summary>
    public int? Member { get; init; }

    /// <summary>Where a return goes; may be null when there is only one target.</summary>
    public string? Target { get; init; }

    /// <summary>Why; required for a return and a rejection.</summary>
    public string? Reason { get; init; }

    /// <summary>The versions he had before his eyes.</summary>
    public IReadOnlyList<SeenVersion> Seen { get; init; } = [];

    /// <summary>Versions he uploads, or the signed revision of what he saw.</summary>
    public IReadOnlyList<NewVersion> Versions { get; init; } = [];

    /// <summary>Forms and documents he supplies.</summary>
    public IReadOnlyList<Submission> Submissions { get; init; } = [];

    /// <summary>Ticked lines of the checklist.</summary>
    public IReadOnlyList<string> Ticked { get; init; } = [];

    /// <summary>The predicates (<c>keadaan</c>) that hold now, as the office found them.</summary>
    public IReadOnlyCollection<string> Facts { get; init; } = [];

    /// <summary>Chains he chooses.</summary>
    public IReadOnlyList<ChainChoice> Chains { get; init; } = [];

    /// <summary>What his routing slip says.</summary>
    public Disposisi? Disposisi { get; init; }

    /// <summary>The way in (daring, luring, myasn), or null.</summary>
    public string? Saluran { get; init; }
}

/// <summary>A person has opened a task; it can no longer be withdrawn by who sent it.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Step">The step.</param>
/// <param name="Member">Number of the chain member, or null.</param>
public sealed record MarkRead(Actor Actor, string Step, int? Member = null) : CaseCommand;

/// <summary>The person who did the last step takes it back while nobody has read it.</summary>
/// <param name="Actor">Who.</param>
public sealed record Withdraw(Actor Actor) : CaseCommand;

/// <summary>An open task goes to one person, or back to the whole lane.</summary>
/// <param name="By">An administrator; null for the system.</param>
/// <param name="Step">The step.</param>
/// <param name="Member">Number of the chain member, or null.</param>
/// <param name="To">The person; null for the whole lane.</param>
/// <param name="Reason">Why.</param>
public sealed record Reassign(Actor? By, string Step, int? Member, PersonId? To, string Reason) : CaseCommand;

/// <summary>An administrator ends the case.</summary>
/// <param name="By">Who; null for the system.</param>
/// <param name="Reason">Why.</param>
public sealed record CancelCase(Actor? By, string Reason) : CaseCommand;

/// <summary>Asks again for the effects of an opened step, one of which failed.</summary>
/// <param name="Step">The step.</param>
public sealed record RetryEffects(string Step) : CaseCommand;

/// <summary>The office found that nobody holds the lane of an open task.</summary>
/// <param name="Step">The step.</param>
/// <param name="Member">Number of the chain member, or null.</param>
public sealed record LaneEmpty(string Step, int? Member = null) : CaseCommand;

/// <summary>An effect was done.</summary>
/// <param name="Key">Its idempotency key.</param>
public sealed record EffectSucceeded(string Key) : CaseCommand
{
    /// <summary>The business outcome it found (cocok, tidak_cocok), in a system step.</summary>
    public string? Outcome { get; init; }

    /// <summary>Versions it produced.</summary>
    public IReadOnlyList<NewVersion> Versions { get; init; } = [];

    /// <summary>Documents it made or filled.</summary>
    public IReadOnlyList<Submission> Submissions { get; init; } = [];
}

/// <summary>An effect failed for good; retries are the office's business.</summary>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Reason">A sentence for the person whose step reopens; no secret in it.</param>
public sealed record EffectFailed(string Key, string Reason) : CaseCommand;

/// <summary>The time a wait waits for has come.</summary>
/// <param name="Step">The waiting step.</param>
public sealed record TimeReached(string Step) : CaseCommand;

/// <summary>Something outside happened that a wait waits for.</summary>
/// <param name="Step">The waiting step.</param>
/// <param name="Outcome">One of its outcomes.</param>
/// <param name="Evidence">Id of the evidence.</param>
public sealed record ExternalEvent(string Step, string Outcome, string Evidence) : CaseCommand;

/// <summary>A task was not done within its <c>batas</c>.</summary>
/// <param name="Step">The step.</param>
public sealed record Expired(string Step) : CaseCommand;

/// <summary>The called SOP has ended, or was not needed.</summary>
/// <param name="Key">Key of the request.</param>
/// <param name="End">Its end state, or <see cref="NotNeeded"/>.</param>
public sealed record SubCaseEnded(string Key, string End) : CaseCommand
{
    /// <summary>The office found the <c>panggil_kecuali</c> to hold and opened no case.</summary>
    public const string NotNeeded = "tidak_perlu";
}

/// <summary>The system rendered number or date again; the content is the same.</summary>
/// <param name="Version">Of kind <see cref="VersionKind.Equivalent"/>, with its proof.</param>
public sealed record RecordEquivalent(NewVersion Version) : CaseCommand;
