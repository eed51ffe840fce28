using Tera.Pades.Changes;
using Tera.Pades.Pdf.Encryption;

namespace Tera.Pades.Validation;

/// <summary>
/// What a file says, and what computing over its bytes gives: facts only, no opinion. A verdict is made from this alone and can be
/// made again from a stored copy, at another time or with other anchors.
/// </summary>
public sealed record Evidence
{
    /// <summary>Why the file cannot be read; null where it can.</summary>
    public string? Unreadable { get; init; }

    /// <summary>Number of bytes.</summary>
    public long Length { get; init; }

    /// <summary>Whether the cross-reference sections were unusable, so that the history of the file is not known.</summary>
    public bool WasRepaired { get; init; }

    /// <summary>Whether the file is encrypted.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Whether the integrity code of an encrypted file holds (ISO/TS 32004).</summary>
    public IntegrityState IntegrityCode { get; init; }

    /// <summary>Why an encrypted file was not deciphered, so that its bytes could be hashed but nothing of it read; null where it was.</summary>
    public string? Locked { get; init; }

    /// <summary>Whether the file has a usage-rights signature of a reader program, which signs nothing for anybody.</summary>
    public bool HasUsageRights { get; init; }

    /// <summary>The revisions: offset behind each one's %%EOF, null where it has none.</summary>
    public IReadOnlyList<long?> RevisionEnds { get; init; } = [];

    /// <summary>The signatures and document time stamps, oldest first.</summary>
    public IReadOnlyList<SignatureEvidence> Signatures { get; init; } = [];

    /// <summary>Whether there are more signatures than were looked at.</summary>
    public bool HasMoreSignatures { get; init; }

    /// <summary>Every change that a revision after the first signature makes.</summary>
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>The permissions that the file's certification (DocMDP) leaves, with the revision from which they hold.</summary>
    public IReadOnlyList<Permission> Permissions { get; init; } = [];

    /// <summary>Bytes behind the last revision that belong to none; 0 where only blanks follow.</summary>
    public long TrailingBytes { get; init; }

    /// <summary>DER certificates of the document security store.</summary>
    public IReadOnlyList<StoredValue> StoredCertificates { get; init; } = [];

    /// <summary>DER revocation lists of the document security store.</summary>
    public IReadOnlyList<StoredValue> StoredCrls { get; init; } = [];

    /// <summary>DER OCSP answers of the document security store.</summary>
    public IReadOnlyList<StoredValue> StoredOcspResponses { get; init; } = [];

    /// <summary>What was fetched from outside for the judgement; null where nothing was.</summary>
    public FetchedData? Fetched { get; init; }
}

/// <summary>A value of the document security store, of whichever revision.</summary>
/// <param name="Offset">Where its stream begins in the file: time stamps that cover this byte prove when it was there.</param>
/// <param name="Encoded">The value in DER, decoded from its stream.</param>
public sealed record StoredValue(long Offset, byte[] Encoded);

/// <summary>Validation data that came from outside the file.</summary>
/// <param name="At">When it was fetched.</param>
/// <param name="Certificates">DER certificates.</param>
/// <param name="Crls">DER revocation lists.</param>
/// <param name="OcspResponses">DER OCSP answers.</param>
/// <param name="Problems">What did not come, in a clause each.</param>
public sealed record FetchedData(
    DateTimeOffset At, IReadOnlyList<byte[]> Certificates, IReadOnlyList<byte[]> Crls, IReadOnlyList<byte[]> OcspResponses, IReadOnlyList<string> Problems);

/// <summary>What the signed file forbids from a revision on.</summary>
/// <param name="FromRevision">Index of the revision that the signature covers; what comes later must obey.</param>
/// <param name="Level">1: nothing but long-term data; 2: also forms and signatures; 3: also annotations; null: says nothing of that (ISO 32000-2 12.8.2.2).</param>
/// <param name="IsCertification">Whether it is a DocMDP of the certification signature, and not a signature field's lock.</param>
/// <param name="Lock">The fields that are locked; null for none (12.8.2.4, 12.7.5.5).</param>
/// <param name="Field">The signature field that says so.</param>
public sealed record Permission(int FromRevision, int? Level, bool IsCertification, LockedFields? Lock, string Field);

/// <summary>Fields that a signature locks.</summary>
/// <param name="Action">All, Include or Exclude.</param>
/// <param name="Fields">The names that Include or Exclude lists.</param>
public sealed record LockedFields(string Action, IReadOnlyList<string> Fields)
{
    /// <summary>Whether a field is locked: its own name or that of a field above it counts.</summary>
    /// <param name="field">The full name of the field.</param>
    /// <returns>True when it is locked; also for an action that is not known.</returns>
    public bool Covers(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var named = Fields.Any(f => f == field || (field.Length > f.Length && field[f.Length] == '.' && field.StartsWith(f, StringComparison.Ordinal)));
        return Action switch
        {
            "Include" => named,
            "Exclude" => !named,
            _ => true,
        };
    }
}
