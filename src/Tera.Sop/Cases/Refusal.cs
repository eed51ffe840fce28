namespace Tera.Sop.Cases;

/// <summary>Every reason why a command is refused.</summary>
public enum RefusalReason
{
    /// <summary>There is no case yet.</summary>
    NotStarted,

    /// <summary>The case has begun already.</summary>
    AlreadyStarted,

    /// <summary>The case has ended. Data: its end state.</summary>
    CaseEnded,

    /// <summary>The case runs on another version of the SOP. Data: the hash it runs on.</summary>
    OtherDefinition,

    /// <summary>The step is not open. Data: the open steps.</summary>
    StepNotOpen,

    /// <summary>No person does this step.</summary>
    NotAPersonsStep,

    /// <summary>Effects of the step have no result yet. Data: their keys.</summary>
    EffectsPending,

    /// <summary>The actor does not act for the lane. Data: the lane.</summary>
    WrongLane,

    /// <summary>The task was given to somebody else.</summary>
    OtherHolder,

    /// <summary>The lane does not admit this kind of acting official. Data: the lane.</summary>
    ActingNotAllowed,

    /// <summary>The actor also did a step that another person must do (<c>pemisahan</c>). Data: the steps.</summary>
    SamePerson,

    /// <summary>The step has no such outcome. Data: the outcomes it has.</summary>
    OutcomeUnknown,

    /// <summary>Only the system reports this outcome.</summary>
    OutcomeOfSystem,

    /// <summary>A system step with several outcomes needs one named.</summary>
    OutcomeMissing,

    /// <summary>A return or rejection gives no reason.</summary>
    ReasonMissing,

    /// <summary>A text is longer than allowed. Data: the limit.</summary>
    TextTooLong,

    /// <summary>A return names no target. Data: the targets.</summary>
    TargetMissing,

    /// <summary>The return target is not allowed here. Data: the targets.</summary>
    TargetNotAllowed,

    /// <summary>Lines of the checklist are not ticked. Data: them.</summary>
    ChecklistIncomplete,

    /// <summary>Something that must be there is not. Data: the requirements.</summary>
    KelengkapanMissing,

    /// <summary>A secret step takes no data.</summary>
    SecretStep,

    /// <summary>The SOP has no such document. Data: its name.</summary>
    DocumentUnknown,

    /// <summary>This version may not be added here. Data: the document.</summary>
    VersionNotAllowed,

    /// <summary>The document has no version yet. Data: the document.</summary>
    VersionMissing,

    /// <summary>The actor does not say which version he saw. Data: the documents.</summary>
    SeenMissing,

    /// <summary>What the actor saw is not the current version. Data: document and current hash.</summary>
    StaleVersion,

    /// <summary>An equivalent version comes without proof.</summary>
    ProofMissing,

    /// <summary>Approvers have not seen the bytes that would be signed. Data: the steps, with <c>#n</c> for a chain member.</summary>
    ApprovalMissing,

    /// <summary>The chain may not be chosen here, or not so. Data: the chain.</summary>
    ChainNotAllowed,

    /// <summary>The chain would have too few or too many members. Data: chain, least and most.</summary>
    ChainLength,

    /// <summary>A disposition without instruction, or data of one in a step that is none.</summary>
    DispositionInvalid,

    /// <summary>The step cannot be done this way in. Data: the ways.</summary>
    ChannelNotAllowed,

    /// <summary>The empty lane may not be skipped. Data: the lane.</summary>
    LaneNotSkippable,

    /// <summary>Not yet: the time limit has not passed. Data: when it will.</summary>
    NotYet,

    /// <summary>The step has no such timer or wait.</summary>
    NothingToWaitFor,

    /// <summary>No effect or sub-case with that key is open.</summary>
    KeyUnknown,

    /// <summary>The last step cannot be withdrawn any more.</summary>
    NotWithdrawable,

    /// <summary>Only an administrator may do this.</summary>
    NotAdministrator,
}

/// <summary>An expected no.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Step">The step it is about, or null.</param>
/// <param name="Data">What the reason says it holds; never a secret or personal data.</param>
public sealed record Refusal(RefusalReason Reason, string? Step, IReadOnlyList<string> Data);

/// <summary>The answer to a command.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Yes: what happens.</summary>
    /// <param name="Events">In order; to be stored in one transaction.</param>
    public sealed record Accepted(IReadOnlyList<CaseEvent> Events) : Decision;

    /// <summary>No.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(Refusal Refusal) : Decision;
}
