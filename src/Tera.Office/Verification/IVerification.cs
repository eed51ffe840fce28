using Tera.Office.Letters;
using Tera.Office.Storage;

namespace Tera.Office.Verification;

/// <summary>Front of the slice: what anybody may ask about a file or a code. Nothing here needs a login, so nothing here answers with personal data.</summary>
public interface IVerification
{
    /// <summary>Judges a PDF that somebody has in hand. The bytes are hostile; the caller has bounded their number.</summary>
    Task<VerificationPage> CheckUploadAsync(Stream pdf, CancellationToken cancellation);

    /// <summary>Judges the letter behind a QR code as the office keeps it; null for a code that was never given.</summary>
    Task<VerificationPage?> CheckCodeAsync(string code, CancellationToken cancellation);
}

/// <summary>The answer of a check: one sentence for everybody, and the facts below it.</summary>
/// <param name="SentenceId">One plain sentence in Indonesian; it says at once whether the file can be trusted.</param>
/// <param name="SentenceEn">The same in English.</param>
/// <param name="Letter">The office's own letter that the file is a revision of; null when the file is not ours.</param>
/// <param name="Hash">SHA-256 of the checked bytes.</param>
public sealed record VerificationPage(
    Verdict Verdict, string SentenceId, string SentenceEn, IReadOnlyList<CheckedSignature> Signatures, PublicLetter? Letter, Sha256Digest Hash)
{
    /// <summary>Why, in the words of EN 319 102-1 or of the reader of the file; for experts, below the fold.</summary>
    public string? Detail { get; init; }

    /// <summary>The report for experts and their programs, in the XML of ETSI TS 119 102-2; null where there is nothing to report about.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? EtsiReport { get; init; }
}

/// <summary>What the public page says in one word.</summary>
public enum Verdict
{
    /// <summary>Every signature holds, comes from a trusted certificate, and nothing was changed after it.</summary>
    Genuine,

    /// <summary>A signature is there, but the content was changed after it.</summary>
    Changed,

    /// <summary>The signatures are intact, but whose they are, or whether they held at that time, cannot be shown from trusted evidence.</summary>
    Untrusted,

    /// <summary>No electronic signature at all: a picture or a QR is not a TTE.</summary>
    Unsigned,

    /// <summary>Not a PDF, damaged, or beyond the limits.</summary>
    Unreadable,

    /// <summary>A letter that is not signed yet or was withdrawn.</summary>
    Unknown,
}

/// <param name="Signer">Common name in the certificate: no NIK, no NIP.</param>
/// <param name="Indication">TOTAL_PASSED, INDETERMINATE or TOTAL_FAILED, with the sub-indication after a slash.</param>
/// <param name="Changes">What was changed after this signature, in words; empty: nothing.</param>
public sealed record CheckedSignature(string Signer, string? Position, DateTimeOffset? SignedAt, string Indication, IReadOnlyList<string> Changes)
{
    /// <summary>Whether the time is proven, what came later, how long it can be checked, and its level: simple sentences in Indonesian.</summary>
    public IReadOnlyList<string> FactsId { get; init; } = [];

    /// <summary>The same in English.</summary>
    public IReadOnlyList<string> FactsEn { get; init; } = [];
}
