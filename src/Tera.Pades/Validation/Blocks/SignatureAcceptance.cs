using System.Globalization;
using Tera.Pades.Cms;
using Tera.Pades.Pdf.Encryption;

namespace Tera.Pades.Validation.Blocks;

/// <summary>SAV: whether the signature keeps the constraints on signatures (EN 319 102-1 5.2.8): what the document may become, form, algorithms, delay.</summary>
internal sealed class SignatureAcceptance(Evidence evidence, ValidationPolicy policy, AlgorithmObsolescence algorithms)
{
    /// <summary>Whether what the signature covers could be read, and nobody without the password had a hand in it.</summary>
    public Conclusion CheckDocument() =>
        evidence.Locked is { } locked ? Constraint("The signed bytes are whole, but what they show was not read. " + locked)
        : BrokenIntegrityCode(evidence) is { } broken ? Constraint(broken)
        : Conclusion.Passed;

    /// <summary>The constraints that hold whatever the time.</summary>
    public Conclusion CheckForm(SignatureEvidence signature)
    {
        if (CheckDocument() is { IsPassed: false } unread)
            return unread;
        if (signature.SignerCount != 1)
            return Constraint("The CMS structure has several signers where a PDF signature has one; only the first was looked at.");
        if (!signature.AttributesAreDer)
            return Constraint("The signed attributes are not in DER: some readers will reject the signature.");
        // RFC 8419 3.1: EdDSA signs with SHA-512 or SHAKE256 and no other digest.
        return policy.CheckAlgorithms
            && ((signature.SignatureAlgorithm == CmsOids.Ed25519 && signature.DigestAlgorithm != CmsOids.Sha512)
                || (signature.SignatureAlgorithm == CmsOids.Ed448 && signature.DigestAlgorithm is not (CmsOids.Shake256 or CmsOids.Shake256WithLength)))
            ? Conclusion.Indeterminate(SubIndication.CryptoConstraintsFailureNoPoe, "The digest algorithm is not the one that belongs to the Edwards curve (RFC 8419).")
            : Conclusion.Passed;
    }

    /// <summary>The algorithms of the value at an instant.</summary>
    public Conclusion CheckAlgorithms(Subject subject, DateTimeOffset at) => algorithms.Judge(subject.Algorithms, at);

    /// <summary>The delay between the claimed time and the proven one (5.5.4, time-stamp delay).</summary>
    public Conclusion CheckDelay(SignatureEvidence signature, DateTimeOffset? proven) =>
        policy.MaximumTimeStampDelay is { } limit && signature.ClaimedTime is { } claimed && proven > claimed + limit
            ? Constraint(string.Create(CultureInfo.InvariantCulture, $"The first time stamp is {(proven.Value - claimed).TotalHours:0.#} hours later than the claimed time of signing."))
            : Conclusion.Passed;

    /// <summary>What is wrong with the integrity code of an encrypted file; null for nothing.</summary>
    public static string? BrokenIntegrityCode(Evidence evidence) => evidence.IntegrityCode switch
    {
        IntegrityState.Missing => "The integrity code that the encrypted file must have (ISO/TS 32004) is missing: somebody without its password may have changed it.",
        IntegrityState.DoesNotHold => "The integrity code of the encrypted file (ISO/TS 32004) does not hold: somebody without its password may have changed it.",
        _ => null,
    };

    private static Conclusion Constraint(string reason) => Conclusion.Indeterminate(SubIndication.SigConstraintsFailure, reason);
}
