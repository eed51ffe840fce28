using Tera.Office.Accounts;

namespace Tera.Office.Cases;

/// <summary>
/// Front of the slice: running procedures. The only writer of case events. Events, state and outbox rows of a command are one transaction.
/// Reads and commands are always within the caller's agency; another agency's case is <see cref="CaseRefusalReason.NotFound"/>.
/// </summary>
public interface ICaseDesk
{
    /// <summary>Opens a case of an SOP at its first step. <paramref name="idempotencyKey"/>: the same key gives the same case.</summary>
    Task<CaseAnswer> StartAsync(Caller caller, string sop, string title, string idempotencyKey, CancellationToken cancellation);

    /// <summary>Does one step: an outcome with its data. Runs the act effects (see <see cref="IActEffect"/>) and commits all or nothing.</summary>
    Task<CaseAnswer> ActAsync(Caller caller, StepAct act, CancellationToken cancellation);

    Task<CasePage?> FindAsync(Caller caller, Guid caseId, CancellationToken cancellation);

    /// <summary>The caller's open tasks, most urgent first.</summary>
    Task<IReadOnlyList<InboxItem>> InboxAsync(Caller caller, CancellationToken cancellation);

    /// <summary>Cases the caller started or took part in, newest first.</summary>
    Task<IReadOnlyList<CaseSummary>> MineAsync(Caller caller, int limit, CancellationToken cancellation);

    /// <summary>Ends a case by decision of its starter or an admin, with a reason; its letter number stays in the register as cancelled.</summary>
    Task<CaseAnswer> CancelAsync(Caller caller, Guid caseId, string reason, CancellationToken cancellation);

    /// <summary>For other slices, outside an act: a version made by the system (for example the same letter with today's date). Proof says how it was checked.</summary>
    Task<CaseAnswer> RecordVersionAsync(Guid caseId, VersionMade version, string proof, CancellationToken cancellation);

    /// <summary>For other slices (public page, signing): what was done, without an agency check; the caller of this method decides what may be shown.</summary>
    Task<IReadOnlyList<StepRecord>> HistoryAsync(Guid caseId, CancellationToken cancellation);

    /// <summary>The procedures the caller may start.</summary>
    Task<IReadOnlyList<ProcedureSummary>> ProceduresAsync(Caller caller, CancellationToken cancellation);
}

/// <summary>One person's act on one step.</summary>
/// <param name="CaseVersion">Number of events of the case the caller saw; a newer case answers <see cref="CaseRefusalReason.Stale"/>.</param>
/// <param name="SeenHash">SHA-256 (hex) of the document version that was shown; required where the step decides on a document.</param>
/// <param name="Fields">Form fields of the step; kept in the case's events, so never a secret.</param>
/// <param name="Secret">The passphrase, in a buffer that the desk clears after the act; null where the step asks none.</param>
/// <param name="IdempotencyKey">A form's own random key: the same key again answers as the first time and does nothing.</param>
public sealed record StepAct(
    Guid CaseId,
    string StepId,
    long CaseVersion,
    string Outcome,
    string? ReturnTo,
    string? Reason,
    string? SeenHash,
    IReadOnlyDictionary<string, string> Fields,
    IReadOnlyList<string> Checked,
    SecretText? Secret,
    string IdempotencyKey);

/// <summary>A typed secret as UTF-8 bytes, cleared on dispose; has no text form, so that it cannot be logged by accident.</summary>
public sealed class SecretText(byte[] utf8) : IDisposable
{
    public ReadOnlyMemory<byte> Utf8 => utf8;

    public void Dispose() => System.Security.Cryptography.CryptographicOperations.ZeroMemory(utf8);

    public override string ToString() => "(rahasia)";
}

/// <summary>The desk's answer: the case as it is now, or a refusal in words for the user.</summary>
public abstract record CaseAnswer
{
    private CaseAnswer() { }

    public sealed record Done(CasePage Case) : CaseAnswer;

    public sealed record Refused(CaseRefusalReason Reason, string Message) : CaseAnswer;
}

/// <summary>All reasons the desk refuses for; <c>CaseRefusals</c> maps them to HTTP status and sentence.</summary>
public enum CaseRefusalReason
{
    NotFound,
    NotYours,
    Stale,
    NotOpen,
    UnknownOutcome,
    ReasonMissing,
    ReturnTargetInvalid,
    StaleDocument,
    UnseenByApprovers,
    SamePerson,
    Incomplete,
    ChecklistOpen,
    EffectsPending,
    InvalidInput,
    WrongPassphrase,
    CredentialLocked,
    CertificateNotActive,
    AuthorityUnavailable,
    EffectRefused,
}

/// <summary>A case as one person sees it.</summary>
public sealed record CasePage(
    Guid Id,
    string Sop,
    string SopName,
    string Title,
    string State,
    bool Ended,
    long Version,
    int Round,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    IReadOnlyList<OpenTask> Open,
    IReadOnlyList<StepRecord> History,
    IReadOnlyList<StepRow> Steps,
    IReadOnlyList<string> Pending);

/// <summary>An open step. <paramref name="Mine"/>: the caller may act on it.</summary>
public sealed record OpenTask(
    string StepId,
    string Nomor,
    string Uraian,
    string Kind,
    string Lane,
    string LaneName,
    IReadOnlyList<string> Holders,
    bool Mine,
    string? ActingAs,
    DateTimeOffset Since,
    DateTimeOffset? Due,
    string? DocumentHash,
    bool NeedsPassphrase,
    IReadOnlyList<OutcomeChoice> Outcomes,
    IReadOnlyList<string> Checklist,
    IReadOnlyList<string> Missing,
    string? LastProblem)
{
    /// <summary>Names of the step's own effects, without arguments: they tell which screen the step needs (<c>templat.ambil</c>, <c>naskah.registrasi</c>, ...).</summary>
    public IReadOnlyList<string> Effects { get; init; } = [];

    /// <summary>Fields the step asks for (<c>berkas.isian</c> of its kelengkapan), with what was entered in an earlier round.</summary>
    public IReadOnlyList<StepField> Fields { get; init; } = [];

    /// <summary>Where a disposition goes: name of the lane after <c>ke</c>, or null.</summary>
    public string? ForwardsTo { get; init; }
}

/// <summary>One field of a form of the SOP.</summary>
/// <param name="Name">Its key in <see cref="StepAct.Fields"/>.</param>
public sealed record StepField(string Name, string Label, string? Value);

public sealed record OutcomeChoice(string Name, bool NeedsReason, IReadOnlyList<ReturnTarget> ReturnTargets);

/// <param name="RedoesAll">True: everything after the target is done again (<c>ulang</c>).</param>
public sealed record ReturnTarget(string Id, string Label, bool RedoesAll);

/// <summary>What was done by whom, when, and how long it took of working time.</summary>
public sealed record StepRecord(
    string StepId, string Nomor, string Uraian, string Actor, string ActorPosition, string Outcome, string? Reason, string? DocumentHash,
    DateTimeOffset OpenedAt, DateTimeOffset DoneAt, int Round);

/// <summary>All rows of the SOP in order with their state in this case: selesai, aktif, belum, dilewati.</summary>
public sealed record StepRow(string StepId, string Nomor, string Uraian, string LaneName, string State, string? Waktu);

public sealed record InboxItem(
    Guid CaseId, string Title, string Sop, string SopName, string StepId, string StepUraian, string Kind, string From,
    DateTimeOffset Since, DateTimeOffset? Due, InboxBand Band, int Round, string? ActingAs);

/// <summary>Overdue, due today, later.</summary>
public enum InboxBand
{
    Lewat,
    HariIni,
    Nanti,
}

public sealed record CaseSummary(Guid Id, string Title, string Sop, string SopName, string State, bool Ended, string WaitingFor, DateTimeOffset StartedAt, DateTimeOffset LastChange);

public sealed record ProcedureSummary(string Sop, string Name, string Agency, string FirstStep, bool IsLetter);
