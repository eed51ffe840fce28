using System.Collections.Immutable;

namespace Tera.Sop.Cases;

/// <summary>When an effect belongs to a step.</summary>
public enum EffectPhase
{
    /// <summary>It prepares the step (<c>efek_buka</c>).</summary>
    Opening,

    /// <summary>It carries out what was done.</summary>
    Doing,
}

/// <summary>An effect that has no result yet.</summary>
/// <param name="Key">Idempotency key: case/step/visit/effect, the step with <c>#n</c> for a chain member.</param>
/// <param name="Name">A name of the catalogue.</param>
/// <param name="Argument">Its argument, or null.</param>
/// <param name="Step">The step.</param>
/// <param name="Visit">Its visit.</param>
/// <param name="Member">Number of the chain member, or null.</param>
/// <param name="Phase">When it belongs to the step.</param>
/// <param name="Order">Its place among the effects of the same step, from 0; to be done in this order.</param>
/// <param name="Awaited">The case waits for it.</param>
public sealed record OpenEffect(string Key, string Name, string? Argument, string Step, int Visit, int? Member, EffectPhase Phase, int Order, bool Awaited);

/// <summary>A called SOP that has not ended yet.</summary>
/// <param name="Key">Idempotency key.</param>
/// <param name="Sop">Name of the definition.</param>
/// <param name="Step">The calling step.</param>
/// <param name="Unless">A <c>keadaan</c> under which it is not needed, or null.</param>
public sealed record SubCase(string Key, string Sop, string Step, string? Unless);

/// <summary>What was done in a step, before its effects have succeeded.</summary>
/// <param name="Step">The step.</param>
/// <param name="Visit">Its visit.</param>
/// <param name="Member">Number of the chain member, or null.</param>
/// <param name="By">Who; null for the system.</param>
/// <param name="Outcome">With which outcome.</param>
/// <param name="Target">Where a return goes, or null.</param>
/// <param name="Reason">Why, or null.</param>
/// <param name="Seen">The versions he saw.</param>
/// <param name="At">When.</param>
public sealed record Deed(string Step, int Visit, int? Member, ActedBy? By, string Outcome, string? Target, string? Reason, IReadOnlyList<SeenVersion> Seen, DateTimeOffset At);

/// <summary>A task in somebody's inbox, or a step the system is busy with or waits in.</summary>
/// <param name="Step">The step.</param>
/// <param name="Visit">Its visit.</param>
/// <param name="Member">Number of the chain member, or null.</param>
/// <param name="Since">Open since.</param>
public sealed record OpenTask(string Step, int Visit, int? Member, DateTimeOffset Since)
{
    /// <summary>Why it opened.</summary>
    public OpenedBecause Because { get; init; }

    /// <summary>When it was first read.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>The position a disposition names, or null.</summary>
    public PositionId? Holder { get; init; }

    /// <summary>The one person it is for, or null.</summary>
    public PersonId? AssignedTo { get; init; }

    /// <summary>Why an effect failed, when that reopened it.</summary>
    public string? Failure { get; init; }
}

/// <summary>What is known of a step in this case.</summary>
/// <param name="Step">The step.</param>
/// <param name="Visits">How often it has been opened.</param>
/// <param name="LastOutcome">The outcome it was last left with going forward; null when that no longer counts.</param>
/// <param name="Persons">Who did it, as far as it counts.</param>
/// <param name="Skipped">It was last skipped.</param>
public sealed record StepRecord(string Step, int Visits, string? LastOutcome, ImmutableList<PersonId> Persons, bool Skipped);

/// <summary>Who is waiting for the target of a return.</summary>
/// <param name="Target">The step that has the ball.</param>
/// <param name="Step">The step that refused.</param>
/// <param name="Member">Number of its chain member, or null.</param>
public sealed record ResumePoint(string Target, string Step, int? Member);

/// <summary>A row of the history: one task that is over.</summary>
/// <param name="Step">The step.</param>
/// <param name="Visit">Its visit.</param>
/// <param name="Member">Number of the chain member, or null.</param>
/// <param name="By">Who; null for the system and for a skip.</param>
/// <param name="OpenedAt">Open since.</param>
/// <param name="ReadAt">First read.</param>
/// <param name="DoneAt">Done.</param>
/// <param name="LeftAt">Its effects succeeded too.</param>
/// <param name="Outcome">With which outcome.</param>
/// <param name="Target">Where it was returned to, or null.</param>
/// <param name="Reason">Why, or null.</param>
/// <param name="How">What became of it.</param>
public sealed record HistoryRow(
    string Step, int Visit, int? Member, ActedBy? By, DateTimeOffset OpenedAt, DateTimeOffset? ReadAt, DateTimeOffset DoneAt, DateTimeOffset LeftAt,
    string Outcome, string? Target, string? Reason, HistoryKind How);

/// <summary>What became of a task.</summary>
public enum HistoryKind
{
    /// <summary>Done, the case went on.</summary>
    Done,

    /// <summary>Returned to an earlier actor.</summary>
    Returned,

    /// <summary>Ended the case.</summary>
    Ended,

    /// <summary>Skipped, nobody holds the lane.</summary>
    Skipped,

    /// <summary>Taken back by who did it.</summary>
    Withdrawn,

    /// <summary>An effect failed and it opened again.</summary>
    Failed,
}

/// <summary>Who may take back the last step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Member">Number of the chain member, or null.</param>
/// <param name="Person">Who did it.</param>
public sealed record WithdrawPoint(string Step, int? Member, PersonId Person);

/// <summary>
/// The state of one run of one SOP: what <see cref="CaseMachine.Evolve"/> makes of its events. It holds ids, hashes, names and
/// texts people wrote as reasons; never the content of a document or form.
/// </summary>
public sealed record Case
{
    /// <summary>Its id.</summary>
    public required CaseId Id { get; init; }

    /// <summary>Name of the definition.</summary>
    public required string Sop { get; init; }

    /// <summary>Hash of the definition it keeps.</summary>
    public required string Definition { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Who began it; null for the system.</summary>
    public ActedBy? StartedBy { get; init; }

    /// <summary>Key of the sub-case request it answers, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>Open tasks; all of one step. Empty exactly when the case has ended.</summary>
    public ImmutableList<OpenTask> Open { get; init; } = [];

    /// <summary>What was done in the open step while its effects have no result yet.</summary>
    public Deed? Deed { get; init; }

    /// <summary>The routing slip of the last disposition.</summary>
    public Disposisi? Disposisi { get; init; }

    /// <summary>Effects without a result.</summary>
    public ImmutableList<OpenEffect> Effects { get; init; } = [];

    /// <summary>The called SOP that has not ended.</summary>
    public SubCase? SubCase { get; init; }

    /// <summary>Versions that effects of the open step produced; they count when it is left.</summary>
    public ImmutableList<NewVersion> Buffered { get; init; } = [];

    /// <summary>The business outcome an effect of the open system step found.</summary>
    public string? FoundOutcome { get; init; }

    /// <summary>Documents and records.</summary>
    public ImmutableList<CaseDocument> Documents { get; init; } = [];

    /// <summary>Approvals that were given and not withdrawn; see <see cref="Stands"/>.</summary>
    public ImmutableList<Approval> Approvals { get; init; } = [];

    /// <summary>Chains that were chosen.</summary>
    public ImmutableList<ChainChoice> Chains { get; init; } = [];

    /// <summary>Chains that run or ran.</summary>
    public ImmutableList<ChainRun> Runs { get; init; } = [];

    /// <summary>What is known of the steps.</summary>
    public ImmutableList<StepRecord> Steps { get; init; } = [];

    /// <summary>Who waits for the target of a return; the last is next.</summary>
    public ImmutableList<ResumePoint> Resume { get; init; } = [];

    /// <summary>Who may take back the last step, or null.</summary>
    public WithdrawPoint? Withdrawable { get; init; }

    /// <summary>Tasks that are over.</summary>
    public ImmutableList<HistoryRow> History { get; init; } = [];

    /// <summary>How often a person returned it.</summary>
    public int Returns { get; init; }

    /// <summary>The end state, or null while it runs.</summary>
    public string? End { get; init; }

    /// <summary>Why it ended, where somebody gave a reason.</summary>
    public string? EndReason { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>True when the case waits for an effect or a called SOP.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsWaitingForEffects => SubCase is not null || Effects.Exists(effect => effect.Awaited);

    /// <summary>The document, or null while nothing is known of it.</summary>
    public CaseDocument? Document(string name) => Documents.Find(document => string.Equals(document.Name, name, StringComparison.Ordinal));

    /// <summary>What is known of a step, or null when it never opened.</summary>
    public StepRecord? Record(string step) => Steps.Find(record => string.Equals(record.Step, step, StringComparison.Ordinal));

    /// <summary>The run of a chain in a step, or null.</summary>
    public ChainRun? Run(string step) => Runs.Find(run => string.Equals(run.Step, step, StringComparison.Ordinal));

    /// <summary>The open task, or null.</summary>
    public OpenTask? Task(string step, int? member) => Open.Find(task => task.Member == member && string.Equals(task.Step, step, StringComparison.Ordinal));

    /// <summary>True when an approval is of the content the document has now.</summary>
    public bool Stands(Approval approval) => Document(approval.Document)?.Current is { } current && current.Lineage == approval.Lineage;
}
