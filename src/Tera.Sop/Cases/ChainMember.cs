using System.Collections.Immutable;

namespace Tera.Sop.Cases;

/// <summary>A member of a chain: a lane of the SOP, a position or one person. The office passes only eligible ones.</summary>
/// <param name="Lane">Lane, or null.</param>
/// <param name="Position">Position, or null.</param>
/// <param name="Person">Person, or null.</param>
public sealed record ChainMember(string? Lane, PositionId? Position = null, PersonId? Person = null);

/// <summary>The members somebody chose for a chain.</summary>
/// <param name="Chain">Name in <c>rantai</c>.</param>
/// <param name="Members">In order.</param>
public sealed record ChainChoice(string Chain, IReadOnlyList<ChainMember> Members);

/// <summary>How far a member of a running chain is.</summary>
public enum MemberStatus
{
    /// <summary>Not his turn yet.</summary>
    Waiting,

    /// <summary>His task is open.</summary>
    Open,

    /// <summary>He has said yes.</summary>
    Done,

    /// <summary>Skipped, nobody holds his lane.</summary>
    Skipped,
}

/// <summary>The run of a chain in one step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Members">Its members.</param>
/// <param name="Status">One entry for each member.</param>
public sealed record ChainRun(string Step, ImmutableList<ChainMember> Members, ImmutableList<MemberStatus> Status);

/// <summary>What a disposition says.</summary>
/// <param name="To">The next holder's position; null for whoever holds the lane.</param>
/// <param name="Instructions">At least one.</param>
/// <param name="Note">Free text.</param>
/// <param name="Due">Due date.</param>
public sealed record Disposisi(PositionId? To, IReadOnlyList<string> Instructions, string? Note = null, DateOnly? Due = null);
