using System.Text.Json.Serialization;

namespace Tera.Sop.Cases;

/// <summary>What happened to a case. The names in JSON are stable: stored events are read for as long as the case is kept.</summary>
/// <param name="At">When, UTC.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CaseStarted), "case-started")]
[JsonDerivedType(typeof(StepOpened), "step-opened")]
[JsonDerivedType(typeof(MemberOpened), "member-opened")]
[JsonDerivedType(typeof(TaskRead), "task-read")]
[JsonDerivedType(typeof(TaskReassigned), "task-reassigned")]
[JsonDerivedType(typeof(StepDone), "step-done")]
[JsonDerivedType(typeof(ChainChosen), "chain-chosen")]
[JsonDerivedType(typeof(VersionAdded), "version-added")]
[JsonDerivedType(typeof(EffectRequested), "effect-requested")]
[JsonDerivedType(typeof(EffectRecorded), "effect-recorded")]
[JsonDerivedType(typeof(BufferApplied), "buffer-applied")]
[JsonDerivedType(typeof(SubCaseRequested), "sub-case-requested")]
[JsonDerivedType(typeof(SubCaseRecorded), "sub-case-recorded")]
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(MemberLeft), "member-left")]
[JsonDerivedType(typeof(StepSkipped), "step-skipped")]
[JsonDerivedType(typeof(StepLeft), "step-left")]
[JsonDerivedType(typeof(Returned), "returned")]
[JsonDerivedType(typeof(ResumeDropped), "resume-dropped")]
[JsonDerivedType(typeof(StepReopened), "step-reopened")]
[JsonDerivedType(typeof(Withdrawn), "withdrawn")]
[JsonDerivedType(typeof(CaseEnded), "case-ended")]
public abstract record CaseEvent(DateTimeOffset At);

/// <summary>The case began.</summary>
/// <param name="At">When.</param>
/// <param name="Case">Its id.</param>
/// <param name="Sop">Name of the definition.</param>
/// <param name="Definition">Hash of the definition, which it keeps.</param>
/// <param name="By">Who began it; null for the system.</param>
/// <param name="Parent">Key of the sub-case request it answers, or null.</param>
public sealed record CaseStarted(DateTimeOffset At, CaseId Case, string Sop, string Definition, ActedBy? By, string? Parent) : CaseEvent(At);

/// <summary>Why a step opened.</summary>
public enum OpenedBecause
{
    /// <summary>The case began.</summary>
    Start,

    /// <summary>An outcome led here.</summary>
    Forward,

    /// <summary>It was returned.</summary>
    Returned,

    /// <summary>The target of a return has done its work, and the case is straight back at who refused.</summary>
    Resumed,

    /// <summary>Who did it took it back.</summary>
    Withdrawn,
}

/// <summary>A step opened; it is the only open step.</summary>
/// <param name="At">When.</param>
/// <param name="Step">The step.</param>
/// <param name="Visit">How often it has been opened, from 1.</param>
/// <param name="Because">Why.</param>
/// <param name="Run">The chain with whose turn it is, in a for-each step.</param>
/// <param name="Holder">The position a disposition names.</param>
/// <param name="AssignedTo">The one person it is for.</param>
public sealed record StepOpened(DateTimeOffset At, string Step, int Visit, OpenedBecause Because, ChainRun? Run, PositionId? Holder, PersonId? AssignedTo) : CaseEvent(At);

/// <summary>It is the turn of the next member of a chain.</summary>
/// <param name="At">When.</param>
/// <param name="Step">The step.</param>
/// <param name="Visit">Its visit.</param>
/// <param name="Member">Number of the member, from 0.</param>
public sealed record MemberOpened(DateTimeOffset At, string Step, int Visit, int Member) : CaseEvent(At);

/// <summary>A task was opened by a person.</summary>
/// <param name="At">When.</param>
/// <param name="Step">The step.</param>
/// <param name="Member">Number of the chain member, or null.</param>
/// <param name="By">Who.</param>
public sealed record TaskRead(DateTimeOffset At, string Step, int? Member, ActedBy By) : CaseEvent(At);

/// <summary>A task went to somebody else.</summary>
/// <param name="At">When.</param>
/// <param name="Step">The step.</param>
/// <param name="Member">Number of the chain member, or null.</param>
/// <param name="To">The person; null for the whole lane.</param>
/// <param name="By">Who decided it; null for the system.</param>
/// <param name="Reason">Why.</param>
public sealed record TaskReassigned(DateTimeOffset At, string Step, int? Member, PersonId? To, ActedBy? By, string Reason) : CaseEvent(At);

/// <summary>A step was done; it is left when its effects have succeeded.</summary>
/// <param name="At">When.</param>
/// <param name="Deed">What was done.</param>
/// <param name="Submissions">What was supplied.</param>
/// <param name="Ticked">Ticked lines of the checklist.</param>
/// <param name="Disposisi">What the routing slip says.</param>
/// <param name="Saluran">The way in, or null.</param>
/// <param name="Evidence">Id of the evidence of an outside event, or null.</param>
public sealed record StepDone(
    DateTimeOffset At, Deed Deed, IReadOnlyList<Submission> Submissions, IReadOnlyList<string> Ticked, Disposisi? Disposisi, string? Saluran, string? Evidence) : CaseEvent(At);

/// <summary>The members of a chain were chosen.</summary>
/// <param name="At">When.</param>
/// <param name="Choice">Chain and members.</param>
public sealed record ChainChosen(DateTimeOffset At, ChainChoice Choice) : CaseEvent(At);

/// <summary>A document has a new version.</summary>
/// <param name="At">When.</param>
/// <param name="Document">Name in <c>berkas</c>.</param>
/// <param name="Version">The version.</param>
public sealed record VersionAdded(DateTimeOffset At, string Document, DocumentVersion Version) : CaseEvent(At);

/// <summary>An effect is to be done, at least once, under its key.</summary>
/// <param name="At">When.</param>
/// <param name="Effect">Which.</param>
public sealed record EffectRequested(DateTimeOffset At, OpenEffect Effect) : CaseEvent(At);

/// <summary>An effect was done, or failed for good.</summary>
/// <param name="At">When.</param>
/// <param name="Key">Its key.</param>
/// <param name="Succeeded">Whether it was done.</param>
/// <param name="Reason">Why not.</param>
/// <param name="Outcome">The business outcome it found, or null.</param>
/// <param name="Versions">Versions it produced; they count when the step is left.</param>
/// <param name="Submissions">Documents it made or filled.</param>
public sealed record EffectRecorded(
    DateTimeOffset At, string Key, bool Succeeded, string? Reason, string? Outcome, IReadOnlyList<NewVersion> Versions, IReadOnlyList<Submission> Submissions) : CaseEvent(At);

/// <summary>The versions that the opening effects of a step produced count now.</summary>
/// <param name="At">When.</param>
public sealed record BufferApplied(DateTimeOffset At) : CaseEvent(At);

/// <summary>Another SOP is to be run.</summary>
/// <param name="At">When.</param>
/// <param name="SubCase">Which.</param>
public sealed record SubCaseRequested(DateTimeOffset At, SubCase SubCase) : CaseEvent(At);

/// <summary>The called SOP has ended.</summary>
/// <param name="At">When.</param>
/// <param name="Key">Key of the request.</param>
/// <param name="End">Its end state.</param>
public sealed record SubCaseRecorded(DateTimeOffset At, string Key, string End) : CaseEvent(At);

/// <summary>An approval was given.</summary>
/// <param name="At">When.</param>
/// <param name="Approval">The approval.</param>
public sealed record Approved(DateTimeOffset At, Approval Approval) : CaseEvent(At);

/// <summary>A chain member has said yes and is through.</summary>
/// <param name="At">When.</param>
/// <param name="Step">The step.</param>
/// <param name="Member">Number of the member.</param>
/// <param name="Withdrawable">Who may take it back while nobody has read what follows, or null.</param>
public sealed record MemberLeft(DateTimeOffset At, string Step, int Member, WithdrawPoint? Withdrawable) : CaseEvent(At);

/// <summary>Nobody holds the lane, and the SOP lets it be skipped.</summary>
/// <param name="At">When.</param>
/// <param name="Step">The step.</param>
/// <param name="Member">Number of the chain member, or null.</param>
/// <param name="Lane">The empty lane.</param>
public sealed record StepSkipped(DateTimeOffset At, string Step, int? Member, string Lane) : CaseEvent(At);

/// <summary>A step is over with a forward outcome.</summary>
/// <param name="At">When.</param>
/// <param name="Step">The step.</param>
/// <param name="Outcome">With which outcome.</param>
/// <param name="Outputs">What it leaves behind.</param>
/// <param name="Skipped">It was skipped.</param>
/// <param name="Withdrawable">Who may take it back while nobody has read what follows, or null.</param>
public sealed record StepLeft(DateTimeOffset At, string Step, string Outcome, IReadOnlyList<Definitions.DocumentOutput> Outputs, bool Skipped, WithdrawPoint? Withdrawable) : CaseEvent(At);

/// <summary>The case went back.</summary>
/// <param name="At">When.</param>
/// <param name="Step">The step that refused.</param>
/// <param name="Member">Number of the chain member that refused, or null.</param>
/// <param name="Target">The target as the SOP names it.</param>
/// <param name="TargetStep">The step that opens.</param>
/// <param name="TargetMember">The chain member that opens, or null.</param>
/// <param name="Rule">What is done again.</param>
/// <param name="Redone">Steps whose results no longer count.</param>
/// <param name="ByPerson">A person refused; only such returns count as rounds.</param>
public sealed record Returned(
    DateTimeOffset At, string Step, int? Member, string Target, string TargetStep, int? TargetMember, Definitions.ReturnRule Rule, IReadOnlyList<string> Redone, bool ByPerson) : CaseEvent(At);

/// <summary>The target of a return decided otherwise than before, so nothing leads straight back.</summary>
/// <param name="At">When.</param>
public sealed record ResumeDropped(DateTimeOffset At) : CaseEvent(At);

/// <summary>An effect failed, and the step is open again for the same person; nothing he supplied is lost.</summary>
/// <param name="At">When.</param>
/// <param name="Step">The step.</param>
/// <param name="Visit">Its new visit, so that its effects get new keys.</param>
/// <param name="Member">Number of the chain member, or null.</param>
/// <param name="AssignedTo">The person, or null when nobody had acted yet.</param>
/// <param name="Failure">Why; null when the effects are simply asked for again.</param>
public sealed record StepReopened(DateTimeOffset At, string Step, int Visit, int? Member, PersonId? AssignedTo, string? Failure) : CaseEvent(At);

/// <summary>Who did the last step took it back.</summary>
/// <param name="At">When.</param>
/// <param name="Step">The step taken back.</param>
/// <param name="Member">Number of the chain member, or null.</param>
/// <param name="By">Who.</param>
public sealed record Withdrawn(DateTimeOffset At, string Step, int? Member, ActedBy By) : CaseEvent(At);

/// <summary>The case has ended.</summary>
/// <param name="At">When.</param>
/// <param name="End">The end state: <c>selesai</c>, <c>ditolak</c>, <c>dibatalkan</c>.</param>
/// <param name="Reason">Why, where somebody gave a reason.</param>
/// <param name="By">Who ended it by force; null otherwise.</param>
public sealed record CaseEnded(DateTimeOffset At, string End, string? Reason, ActedBy? By) : CaseEvent(At);
