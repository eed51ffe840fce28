namespace Tera.Pki.TimeStamping;

/// <summary>Why no usable time stamp came.</summary>
public enum TimeStampRefusal
{
    /// <summary>The authority could not be reached or did not answer in time.</summary>
    Unreachable,

    /// <summary>The HTTP answer is no time-stamp response: status, type, size.</summary>
    UnexpectedAnswer,

    /// <summary>The authority rejected the request.</summary>
    Rejected,

    /// <summary>The answer is malformed.</summary>
    Malformed,

    /// <summary>The token stamps another digest.</summary>
    ImprintMismatch,

    /// <summary>The token answers another request.</summary>
    NonceMismatch,

    /// <summary>The token was made under another policy than was asked.</summary>
    PolicyMismatch,

    /// <summary>The token does not hold the certificate of its signer.</summary>
    SignerCertificateMissing,

    /// <summary>The token's ESSCertID is missing or names another certificate.</summary>
    SignerCertificateMismatch,

    /// <summary>The signer's certificate is not for time stamping alone, or does not say so critically (RFC 3161 2.3).</summary>
    WrongKeyPurpose,

    /// <summary>The stamped time lies outside the validity of the signer's certificate.</summary>
    OutsideCertificateValidity,

    /// <summary>The signature does not verify.</summary>
    SignatureInvalid,
}

/// <summary>No usable time stamp came; <see cref="Refusal"/> says why.</summary>
public sealed class TimeStampException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="refusal">Why.</param>
    /// <param name="message">What was wrong, for people.</param>
    /// <param name="innerException">The cause, if any.</param>
    public TimeStampException(TimeStampRefusal refusal, string message, Exception? innerException = null)
        : base(message, innerException) => Refusal = refusal;

    /// <summary>Makes the exception for an authority that rejected the request.</summary>
    /// <param name="failure">The authority's reason, if it gave one.</param>
    /// <param name="message">What was wrong, for people.</param>
    public TimeStampException(TimeStampFailure? failure, string message)
        : this(TimeStampRefusal.Rejected, message) => Failure = failure;

    /// <summary>Why.</summary>
    public TimeStampRefusal Refusal { get; }

    /// <summary>The authority's own reason when <see cref="Refusal"/> is <see cref="TimeStampRefusal.Rejected"/>.</summary>
    public TimeStampFailure? Failure { get; }
}
