using Tera.Office.Accounts;
using Tera.Office.Storage;

namespace Tera.Office.Cases;

/// <summary>What the screens of a step show of the case's document. The slice that owns the document answers; cases without one have none.</summary>
public interface ICaseDocuments
{
    /// <summary>The version with that hash, or the current one; null when the case has no document that can be shown.</summary>
    Task<CaseDocument?> FindAsync(Caller caller, Guid caseId, Sha256Digest? version, CancellationToken cancellation);

    /// <summary>Brings the document into the state that will be signed, before it is shown. Null: ready; otherwise what stands in the way, for the user.</summary>
    Task<string?> PrepareForSigningAsync(Caller caller, Guid caseId, CancellationToken cancellation);

    /// <summary>Takes the text that the decider edited ("sunting sendiri"). Null: taken; otherwise what is wrong with it, for the user.</summary>
    Task<string?> StageEditAsync(Caller caller, Guid caseId, string fileName, Stream content, CancellationToken cancellation);
}

/// <summary>A document as a screen shows it.</summary>
/// <param name="FilePath">Where the bytes are read.</param>
/// <param name="PicturePrefix">Where page n is seen as a picture: the number and <c>.png</c> follow.</param>
/// <param name="Pages">0 when there are no pictures.</param>
/// <param name="Facts">What a decider must know beside the text: number, addressees, ...</param>
/// <param name="EditablePath">The editable original (docx), or null.</param>
public sealed record CaseDocument(
    string Label, Sha256Digest Hash, string FilePath, string PicturePrefix, int Pages, IReadOnlyList<DocumentFact> Facts, string? EditablePath);

public sealed record DocumentFact(string Label, string Text);
