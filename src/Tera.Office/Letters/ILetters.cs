using Tera.Office.Accounts;
using Tera.Office.Storage;

namespace Tera.Office.Letters;

/// <summary>Front of the slice: naskah, templates, numbers, conversion, dispatch.</summary>
public interface ILetters
{
    Task<IReadOnlyList<LetterTemplate>> TemplatesAsync(Caller caller, CancellationToken cancellation);

    /// <summary>The template's docx bytes.</summary>
    Task<byte[]?> TemplateFileAsync(Caller caller, string templateId, CancellationToken cancellation);

    /// <summary>The letter of a case, or null when the case has none or is another agency's.</summary>
    Task<LetterPage?> FindAsync(Caller caller, Guid caseId, CancellationToken cancellation);

    /// <summary>Chooses the template while the case's first step is open.</summary>
    Task<LetterAnswer> ChooseTemplateAsync(Caller caller, Guid caseId, string templateId, CancellationToken cancellation);

    /// <summary>Takes an edited docx for the step that is open; only .docx, checked whole (see <see cref="DocxProblem"/>). Kept as staged until the step is done.</summary>
    Task<LetterAnswer> StageDraftAsync(Caller caller, Guid caseId, string fileName, Stream content, CancellationToken cancellation);

    /// <summary>Takes the registration form for the step that is open.</summary>
    Task<LetterAnswer> StageRegistrationAsync(Caller caller, Guid caseId, LetterRegistration registration, CancellationToken cancellation);

    /// <summary>
    /// The bytes the signer must see: renders again when today's date is not the printed one, proves that nothing else differs,
    /// records the equivalent version with the case, and answers the current hash.
    /// </summary>
    Task<LetterAnswer> PrepareForSigningAsync(Caller caller, Guid caseId, CancellationToken cancellation);

    /// <summary>What Signing needs of the letter: current PDF, the field that belongs to the position, and why that person may not sign it as it is.</summary>
    Task<LetterToSign?> ToSignAsync(Guid caseId, Guid positionId, Guid personId, CancellationToken cancellation);

    /// <summary>Records a signed revision inside the caller's transaction.</summary>
    Task RecordSignedAsync(OfficeDb db, Guid caseId, Sha256Digest seen, Sha256Digest revision, bool final, CancellationToken cancellation);

    /// <summary>What the archive files of a letter, read through the given context; null while it is not signed.</summary>
    Task<SignedLetter?> FindSignedAsync(OfficeDb db, Guid caseId, CancellationToken cancellation);

    /// <summary>Letters that were sent to the positions the caller holds, newest first.</summary>
    Task<IReadOnlyList<ReceivedLetter>> ReceivedAsync(Caller caller, int limit, CancellationToken cancellation);

    /// <summary>The register of outgoing letters of the caller's agency in a year: every number ever taken, also the cancelled ones.</summary>
    Task<IReadOnlyList<RegisterLine>> OutgoingRegisterAsync(Caller caller, int year, string? kind, CancellationToken cancellation);

    /// <summary>The bytes of a version of the letter, or null when the caller may not see it or it is not one of its versions. Null hash: the current PDF.</summary>
    Task<LetterFile?> FileAsync(Caller caller, Guid caseId, Sha256Digest? hash, CancellationToken cancellation);

    /// <summary>A page of a PDF of the letter as PNG; null when there is none.</summary>
    Task<byte[]?> PageImageAsync(Caller caller, Guid caseId, Sha256Digest? hash, int page, int width, CancellationToken cancellation);

    /// <summary>What the public page behind the QR may show; null for an unknown code.</summary>
    Task<PublicLetter?> FindPublicAsync(string code, CancellationToken cancellation);

    /// <summary>The same, found by the SHA-256 of any revision of the letter's PDF.</summary>
    Task<PublicLetter?> FindPublicByHashAsync(Sha256Digest hash, CancellationToken cancellation);
}

/// <param name="Kop">pd, setda, bupati.</param>
public sealed record LetterTemplate(string Id, string Name, string Kop, string KopName, string Kind);

/// <summary>What the drafter registers.</summary>
/// <param name="Kind">surat, undangan, nota_dinas, sk.</param>
/// <param name="Verifiers">Position ids of the verification chain in order; empty: the SOP's default.</param>
/// <param name="SignerPosition">Position id of the signer; null: the SOP's lane decides.</param>
/// <param name="Classification">Code of Permendagri 83/2022.</param>
/// <param name="Mark">qr or none: what is visible at the signer's place.</param>
public sealed record LetterRegistration(
    string Kind, string Hal, string? Ringkas, string Sifat, string Urgensi, string Classification, string Mark,
    IReadOnlyList<LetterDestination> Destinations, IReadOnlyList<Guid> Verifiers, Guid? SignerPosition)
{
    /// <summary>Who signs when the position has an acting holder (Plt, Plh, Pj) beside the definitive one; null: the definitive holder.</summary>
    public Guid? SignerPerson { get; init; }

    /// <summary>How many attachments, in words as printed (<c>1 (satu) berkas</c>); null: a dash.</summary>
    public string? Lampiran { get; init; }

    /// <summary>Who gets a copy, as printed at the foot of the letter.</summary>
    public IReadOnlyList<string> Tembusan { get; init; } = [];
}

/// <param name="Kind">internal (position id), external (mail address), group (group id).</param>
public sealed record LetterDestination(string Kind, string Name, string Target);

public sealed record LetterPage(
    Guid CaseId, Guid AgencyId, string? TemplateId, LetterRegistration? Registration, string? Number, bool NumberFinal, DateOnly? Date,
    Sha256Digest? DraftDocx, string? DraftFileName, Sha256Digest? CurrentPdf, bool Signed, string Code, IReadOnlyList<LetterVersion> Versions, IReadOnlyList<LetterDispatch> Dispatches);

public sealed record LetterVersion(int Seq, string Kind, Sha256Digest Hash, long Length, string MadeBy, DateTimeOffset At);

public sealed record LetterDispatch(string Kind, string Name, string State, DateTimeOffset? At);

/// <param name="Obstacle">Why these bytes must not be signed by that person today, in a sentence for them; null: they may.</param>
public sealed record LetterToSign(Sha256Digest Pdf, string FieldName, string Hal, string Number, string? Obstacle);

/// <summary>No personal data beyond name and post of the officials who signed or gave paraf.</summary>
/// <param name="Zone">IANA zone of the agency: its instants are shown in it.</param>
public sealed record PublicLetter(
    Guid CaseId, string AgencyName, string Zone, string Number, string Hal, DateOnly Date, bool Signed, Sha256Digest CurrentPdf, bool Current, IReadOnlyList<PublicApproval> Approvals);

public sealed record PublicApproval(string Position, string Name, string What, DateTimeOffset At);

/// <summary>A signed letter as the archive files it.</summary>
public sealed record SignedLetter(Guid CaseId, Guid AgencyId, string Number, string Kind, string Hal, string Classification, string Sifat, DateOnly Date, Sha256Digest Pdf, long Length, DateTimeOffset SignedAt);

/// <summary>A letter in somebody's inbox of received letters.</summary>
public sealed record ReceivedLetter(Guid CaseId, string Number, string Hal, string From, Sha256Digest Pdf, DateTimeOffset At, bool Read);

/// <param name="State">dipesan, tetap, batal.</param>
public sealed record RegisterLine(int Seq, string Number, string Kind, Guid UnitId, string Hal, string Classification, string State, string? Reason, DateTimeOffset ReservedAt, DateTimeOffset? SettledAt, Guid CaseId);

/// <summary>Stored bytes with the name a person saves them under.</summary>
public sealed record LetterFile(string FileName, string ContentType, Sha256Digest Hash, Stream Content);

public abstract record LetterAnswer
{
    private LetterAnswer() { }

    public sealed record Done(LetterPage Letter) : LetterAnswer;

    /// <param name="Field">The form field at fault, or null.</param>
    public sealed record Refused(LetterRefusalReason Reason, string Message, string? Field = null) : LetterAnswer;
}

public enum LetterRefusalReason
{
    NotFound,
    NotYours,
    NotOpen,
    NotDocx,
    Macros,
    ExternalLinks,
    BrokenPackage,
    TooLarge,
    UnresolvedPlaceholders,
    MissingPlaceholder,
    EmbeddedObjects,
    TrackedChanges,
    InvalidField,
    UnknownClassification,
    VerifierNotBelowSigner,
    RenderingDiffers,
    ConverterUnavailable,
}
