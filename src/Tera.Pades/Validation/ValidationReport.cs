namespace Tera.Pades.Validation;

/// <summary>The verdict on a file: the worst of its signatures.</summary>
public enum FileVerdict
{
    /// <summary>Every signature holds, its signer is known, and nothing forbidden came after it.</summary>
    TotalPassed,

    /// <summary>Nothing speaks against the signatures, but something needed to trust them is missing.</summary>
    Indeterminate,

    /// <summary>A signature does not hold, or the file was changed in a way that it forbids.</summary>
    TotalFailed,

    /// <summary>Nobody signed the file.</summary>
    NoSignature,

    /// <summary>The file cannot be read.</summary>
    Unreadable,
}

/// <summary>The verdict on one signature (EN 319 102-1 5.1.3).</summary>
public enum Indication
{
    /// <summary>TOTAL-PASSED.</summary>
    TotalPassed,

    /// <summary>INDETERMINATE.</summary>
    Indeterminate,

    /// <summary>TOTAL-FAILED.</summary>
    TotalFailed,
}

/// <summary>Why a verdict is not TOTAL-PASSED, in the names of EN 319 102-1 table 5 and 6.</summary>
public enum SubIndication
{
    /// <summary>The form of the signature is wrong.</summary>
    FormatFailure,

    /// <summary>The digest is not that of the signed bytes.</summary>
    HashFailure,

    /// <summary>The signature value does not hold.</summary>
    SigCryptoFailure,

    /// <summary>The signer's certificate was revoked when the signature was made.</summary>
    Revoked,

    /// <summary>The signature was made after the certificate's end.</summary>
    Expired,

    /// <summary>The signature was made before the certificate's beginning.</summary>
    NotYetValid,

    /// <summary>A rule about the signature is broken; here: the document was changed against what it permits.</summary>
    SigConstraintsFailure,

    /// <summary>The chain breaks a rule of path validation.</summary>
    ChainConstraintsFailure,

    /// <summary>The chain could not be validated for another reason.</summary>
    CertificateChainGeneralFailure,

    /// <summary>An algorithm or key length was not good enough, and the signature is proven to be younger than its end.</summary>
    CryptoConstraintsFailure,

    /// <summary>An algorithm or key length is no longer good enough, or not supported, and nothing proves that the signature is older.</summary>
    CryptoConstraintsFailureNoPoe,

    /// <summary>The signer's certificate is not there.</summary>
    NoSigningCertificateFound,

    /// <summary>No chain leads to a trusted root.</summary>
    NoCertificateChainFound,

    /// <summary>The trust in the root has ended, and nothing proves that the signature is older.</summary>
    NoCertificateChainFoundNoPoe,

    /// <summary>The certificate is revoked now, and nothing proves that the signature is older.</summary>
    RevokedNoPoe,

    /// <summary>The certificate of an authority in the chain is revoked now, and nothing proves that the signature is older.</summary>
    RevokedCaNoPoe,

    /// <summary>The certificate's validity is over, it was not revoked, and nothing proves that the signature is older.</summary>
    OutOfBoundsNotRevoked,

    /// <summary>The certificate's validity is over, and nothing proves that the signature is older.</summary>
    OutOfBoundsNoPoe,

    /// <summary>The certificate of who signed the revocation data is over, and nothing proves that the data is older.</summary>
    RevocationOutOfBoundsNoPoe,

    /// <summary>Proof that a certificate, its revocation data and the signature were there in time is missing.</summary>
    NoPoe,

    /// <summary>The signed bytes could not be had.</summary>
    SignedDataNotFound,

    /// <summary>Revocation data that the policy wants is not there.</summary>
    TryLater,

    /// <summary>The time stamps contradict each other.</summary>
    TimestampOrderFailure,
}

/// <summary>What became of the document after a signature.</summary>
public enum ChangesAfter
{
    /// <summary>No later revision.</summary>
    None,

    /// <summary>Later revisions, all of them permitted.</summary>
    Allowed,

    /// <summary>A change that the signature does not permit.</summary>
    Forbidden,
}

/// <summary>The verdict on a file with the facts that led to it.</summary>
public sealed record ValidationReport
{
    /// <summary>The verdict.</summary>
    public required FileVerdict Verdict { get; init; }

    /// <summary>The reason in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The signatures, oldest first. A document time stamp stands here only where nobody else signed.</summary>
    public IReadOnlyList<SignatureReport> Signatures { get; init; } = [];

    /// <summary>The time stamps: those over signatures and those over the document, oldest first.</summary>
    public IReadOnlyList<TimeStampReport> TimeStamps { get; init; } = [];

    /// <summary>The instant of the judgement.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What the rules of the judgement are called.</summary>
    public string PolicyName { get; init; } = "";

    /// <summary>The certificates, revocation data and time stamps that the judgement had before it, with their proofs of existence.</summary>
    public IReadOnlyList<ProvenObject> Objects { get; init; } = [];
}

/// <summary>The verdict on one signature.</summary>
public sealed record SignatureReport
{
    /// <summary>The full name of the signature field.</summary>
    public required string Field { get; init; }

    /// <summary>The /SubFilter.</summary>
    public required string SubFilter { get; init; }

    /// <summary>
    /// The level that the form of the signature reaches: PAdES-B-B, -T, -LT or -LTA (EN 319 142-1), PAdES-BES or PAdES-LTV (EN 319 142-2),
    /// PKCS7-B, -T, -LT or -LTA, PDF-NOT-ETSI for a form of none of these, DocTimeStamp.
    /// </summary>
    public required string Level { get; init; }

    /// <summary>The verdict.</summary>
    public required Indication Indication { get; init; }

    /// <summary>Why it is not TOTAL-PASSED; null where it is.</summary>
    public SubIndication? SubIndication { get; init; }

    /// <summary>The reason in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The subject of the signer's certificate; null where it is not known.</summary>
    public string? Signer { get; init; }

    /// <summary>The proven time of signing (a time stamp), else the claimed one; null where there is neither.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>Whether <see cref="SignedAt"/> is proven by a trusted time stamp.</summary>
    public bool IsTimeProven { get; init; }

    /// <summary>Whether bytes, form and value hold.</summary>
    public required bool Intact { get; init; }

    /// <summary>Whether the signature covers all bytes of its revision but its own value.</summary>
    public required bool CoversWholeRevision { get; init; }

    /// <summary>What became of the document afterwards.</summary>
    public required ChangesAfter ChangesAfter { get; init; }

    /// <summary>The changes, a sentence each.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>What was found about revocation, in a sentence.</summary>
    public string? Revocation { get; init; }

    /// <summary>The DER certificates from the signer to the trusted root; empty where no chain was found.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Chain { get; init; } = [];
}

/// <summary>The verdict on one time stamp.</summary>
/// <param name="Field">The signature field it belongs to.</param>
/// <param name="IsDocumentTimeStamp">Whether it covers the document, and not a signature value.</param>
/// <param name="Time">The stated time; null where it does not read.</param>
/// <param name="Authority">The subject of the authority's certificate; null where it is not there.</param>
/// <param name="Intact">Whether it holds and stamps what it stands on.</param>
/// <param name="Trusted">Whether it is validated: it holds and its authority leads to a trusted root, now or when later time stamps prove it.</param>
/// <param name="Reason">What is wrong; empty where nothing is.</param>
public sealed record TimeStampReport(
    string Field, bool IsDocumentTimeStamp, DateTimeOffset? Time, string? Authority, bool Intact, bool Trusted, string Reason)
{
    /// <summary>The verdict.</summary>
    public Indication Indication { get; init; }

    /// <summary>Why it is not TOTAL-PASSED; null where it is.</summary>
    public SubIndication? SubIndication { get; init; }

    /// <summary>The encoded token.</summary>
    public ReadOnlyMemory<byte> Token { get; init; }

    /// <summary>The DER certificates from the authority to the trusted root; empty where no chain was found.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Chain { get; init; } = [];
}
