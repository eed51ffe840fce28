using Tera.Pades.Validation.Blocks;

namespace Tera.Pades.Validation.Processes;

/// <summary>What is concluded about a signature.</summary>
/// <param name="Conclusion">The conclusion.</param>
/// <param name="ProvenTime">The earliest instant at which it is proven to have been there (best-signature-time); null where no time stamp proves one.</param>
/// <param name="Revocation">What was found about revocation; null where it was not looked at.</param>
/// <param name="Chain">The chain of its signer; null where there is none.</param>
internal sealed record SignatureVerdict(Conclusion Conclusion, DateTimeOffset? ProvenTime, string? Revocation, TrustedChain? Chain);

/// <summary>
/// The validation of a signature with all that the file holds: basic (EN 319 102-1 5.3), then with its time stamps (5.5), then with what
/// proves the past (5.6). Each goes on only where the one before left something that proofs of existence may mend.
/// </summary>
internal sealed class SignatureProcess(ValidationContext context, IReadOnlyList<JudgedStamp> stamps)
{
    private readonly TimeStampOrder _order = new(stamps, context.Policy);
    private readonly ILookup<SignatureEvidence, JudgedStamp> _own = stamps
        .Where(s => s.PassesNow && !s.Carrier.IsDocumentTimeStamp)
        .ToLookup(s => s.Carrier, (IEqualityComparer<SignatureEvidence>)ReferenceEqualityComparer.Instance);

    /// <summary>Judges a signature.</summary>
    /// <param name="signature">The facts.</param>
    /// <param name="forbiddenChange">The sentence about the first change after it that it forbids; null for none.</param>
    public SignatureVerdict Judge(SignatureEvidence signature, string? forbiddenChange)
    {
        var subject = Subject.Of(signature, context.Materials);
        if (Integrity(signature, subject, forbiddenChange) is { IsPassed: false } broken)
            return new SignatureVerdict(broken, null, null, null);
        var proven = context.Proofs.Of(signature) is var time && time < context.Policy.At ? time : (DateTimeOffset?)null;
        var basic = context.Certificates.Judge(subject.Signer!, isTimeStamp: false, context.Policy.At);
        var current = Basic(subject, basic);
        var (longTerm, verdict) = WithTime(signature, subject, current, basic);
        var conclusion = longTerm.IsPassed ? longTerm : context.Past.Judge(subject, longTerm);
        if (conclusion.IsPassed && proven < subject.Signer!.NotBefore)
            conclusion = Conclusion.Failed(SubIndication.NotYetValid, "The signature was made before the signer's certificate began.");
        conclusion = conclusion.IsPassed ? _order.Check(signature) : Proven(signature, subject, conclusion, verdict, proven);
        conclusion = conclusion.IsPassed ? context.Acceptance.CheckDelay(signature, proven) : conclusion;
        if (conclusion.IsPassed)
        {
            conclusion = conclusion with
            {
                Reason = proven is null ? "The signature holds and its signer is known; no trusted time stamp proves when it was made." : "The signature holds, its signer is known and its time is proven.",
            };
        }
        return new SignatureVerdict(conclusion, proven, verdict.Revocation, verdict.Chain);
    }

    // FC, CV, ISC and the constraints of SAV that no time changes.
    private Conclusion Integrity(SignatureEvidence signature, Subject subject, string? forbiddenChange)
    {
        var conclusion = FormatChecking.Check(signature);
        conclusion = conclusion.IsPassed ? CryptographicVerification.Check(signature) : conclusion;
        if (conclusion.IsPassed && forbiddenChange is not null)
            return Conclusion.Failed(SubIndication.SigConstraintsFailure, "The document was changed after the signature: " + forbiddenChange);
        conclusion = conclusion.IsPassed ? SigningCertificateIdentification.Check(signature, subject) : conclusion;
        conclusion = conclusion.IsPassed ? CryptographicVerification.CheckSupport(signature) : conclusion;
        return conclusion.IsPassed ? context.Acceptance.CheckForm(signature) : conclusion;
    }

    private Conclusion Basic(Subject subject, CertificateVerdict certificate) =>
        certificate.Conclusion.IsPassed ? context.Acceptance.CheckAlgorithms(subject, context.Policy.At) : certificate.Conclusion;

    // 5.5.4: what stood against it now may not have stood against it when its own time stamp was made.
    private (Conclusion Conclusion, CertificateVerdict Verdict) WithTime(SignatureEvidence signature, Subject subject, Conclusion current, CertificateVerdict now)
    {
        if (current.IsPassed || !current.MayYetPass || _own[signature].Min(s => s.Stamp.Time) is not { } best || best >= context.Policy.At)
            return (current, now);
        var then = context.Certificates.Judge(subject.Signer!, isTimeStamp: false, best);
        if (!then.Conclusion.IsPassed)
            return (then.Conclusion.MayYetPass ? then.Conclusion : current, then.Conclusion.MayYetPass ? then : now);
        var algorithms = context.Acceptance.CheckAlgorithms(subject, best);
        return (algorithms, algorithms.IsPassed ? then : now);
    }

    // TOTAL-FAILED needs proof that the signature is younger than the revocation or the end: a time stamp that it covers, or its own claim
    // where a trusted time stamp does not contradict it.
    private Conclusion Proven(SignatureEvidence signature, Subject subject, Conclusion conclusion, CertificateVerdict verdict, DateTimeOffset? proven)
    {
        var signer = subject.Signer!;
        if (conclusion.Sub is not (SubIndication.RevokedNoPoe or SubIndication.OutOfBoundsNoPoe or SubIndication.OutOfBoundsNotRevoked or SubIndication.CryptoConstraintsFailureNoPoe))
            return conclusion;
        var earliest = _order.LowerBound(signature);
        if (proven is { } latest && (signature.ClaimedTime ?? latest) is var claimed && (earliest is null || claimed > earliest))
            earliest = claimed < latest ? claimed : latest;
        if (conclusion.Sub == SubIndication.RevokedNoPoe && verdict.RevokedAt <= earliest)
            return Conclusion.Failed(SubIndication.Revoked, $"The signer's certificate was revoked when the signature was made. ({signer} is revoked since {verdict.RevokedAt:u})");
        if (conclusion.Sub is SubIndication.OutOfBoundsNoPoe or SubIndication.OutOfBoundsNotRevoked)
        {
            if (proven < signer.NotBefore)
                return Conclusion.Failed(SubIndication.NotYetValid, "The signature was made before the signer's certificate began.");
            if (earliest is { } since && signer.HasEndedAt(since))
                return Conclusion.Failed(SubIndication.Expired, "The signature was made after the end of the signer's certificate.");
        }
        return conclusion.Sub == SubIndication.CryptoConstraintsFailureNoPoe && _order.LowerBound(signature) >= context.Algorithms.FirstEnd(subject.Algorithms).End
            ? conclusion with { Sub = SubIndication.CryptoConstraintsFailure }
            : conclusion;
    }
}
