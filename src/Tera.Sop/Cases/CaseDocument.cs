using System.Collections.Immutable;

namespace Tera.Sop.Cases;

/// <summary>How a version came out of the one before it.</summary>
public enum VersionKind
{
    /// <summary>New content: approvals of what was before are void.</summary>
    New,

    /// <summary>Only number or date were rendered again; the system vouches for it with a proof. Approvals carry over.</summary>
    Equivalent,

    /// <summary>The bytes of the one before, continued (an invisible paraf, a signature, a timestamp). Approvals carry over.</summary>
    Extends,
}

/// <summary>A version that a person uploads or that an effect produced.</summary>
/// <param name="Document">Name in <c>berkas</c>.</param>
/// <param name="FileName">Name of the file.</param>
/// <param name="Hash">SHA-256 of its bytes.</param>
/// <param name="Kind">How it came out of the one before.</param>
/// <param name="Of">The version it is equivalent to or extends; null for new content.</param>
/// <param name="Proof">Id of the proof that it really is equivalent or an extension; required for <see cref="VersionKind.Equivalent"/>.</param>
public sealed record NewVersion(string Document, string FileName, ContentHash Hash, VersionKind Kind = VersionKind.New, ContentHash? Of = null, string? Proof = null);

/// <summary>One version of a document.</summary>
/// <param name="FileName">Name of the file.</param>
/// <param name="Hash">SHA-256 of its bytes.</param>
/// <param name="Kind">How it came out of the one before.</param>
/// <param name="Lineage">Number of the new content it belongs to, from 1; equivalents and extensions share it.</param>
/// <param name="By">Who made it; null for the system.</param>
/// <param name="Step">In which step.</param>
/// <param name="At">When.</param>
/// <param name="Proof">Id of the proof, where there is one.</param>
public sealed record DocumentVersion(string FileName, ContentHash Hash, VersionKind Kind, int Lineage, ActedBy? By, string Step, DateTimeOffset At, string? Proof);

/// <summary>A state a document has reached.</summary>
/// <param name="State">The state; null where the SOP only names the thing.</param>
/// <param name="Step">The step that left it so.</param>
/// <param name="Skipped">That step was skipped because its lane is empty.</param>
public sealed record ReachedState(string? State, string Step, bool Skipped);

/// <summary>A document or record of a case: references, hashes and names only, never content.</summary>
public sealed record CaseDocument
{
    /// <summary>Name in <c>berkas</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where the office keeps what was supplied.</summary>
    public string? Reference { get; init; }

    /// <summary>Names of the fields or parts that were supplied.</summary>
    public ImmutableList<string> Parts { get; init; } = [];

    /// <summary>The states reached.</summary>
    public ImmutableList<ReachedState> States { get; init; } = [];

    /// <summary>The versions, oldest first.</summary>
    public ImmutableList<DocumentVersion> Versions { get; init; } = [];

    /// <summary>The newest version, or null.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public DocumentVersion? Current => Versions.Count == 0 ? null : Versions[^1];

    /// <summary>True when something was supplied, made or reached.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsPresent => Reference is not null || Versions.Count > 0 || States.Count > 0;
}

/// <summary>A document or form that a person supplies: the office keeps the content, the case keeps the reference.</summary>
/// <param name="Document">Name in <c>berkas</c>.</param>
/// <param name="Reference">Where the office keeps it.</param>
/// <param name="Parts">Names of the fields (<c>isian</c>) or parts (<c>isi</c>) that are filled.</param>
public sealed record Submission(string Document, string Reference, IReadOnlyList<string> Parts);

/// <summary>The version of a document that the actor had before his eyes.</summary>
/// <param name="Document">Name in <c>berkas</c>.</param>
/// <param name="Hash">SHA-256 of what was shown.</param>
public sealed record SeenVersion(string Document, ContentHash Hash);

/// <summary>An approval; it stands as long as the current version is of the same lineage.</summary>
/// <param name="Step">The deciding step.</param>
/// <param name="Member">Number of the chain member, from 0; null outside chains.</param>
/// <param name="By">Who.</param>
/// <param name="Document">Which document.</param>
/// <param name="Hash">The bytes he saw.</param>
/// <param name="Lineage">The content they belong to.</param>
/// <param name="At">When.</param>
public sealed record Approval(string Step, int? Member, ActedBy By, string Document, ContentHash Hash, int Lineage, DateTimeOffset At);
