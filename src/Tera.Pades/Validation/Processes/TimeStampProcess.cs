using Tera.Pades.Cms;
using Tera.Pades.Validation.Blocks;

namespace Tera.Pades.Validation.Processes;

/// <summary>A time stamp that was judged.</summary>
/// <param name="Carrier">The signature it stands on, or the document time stamp that it is.</param>
/// <param name="Stamp">The facts of the token.</param>
/// <param name="Conclusion">The conclusion.</param>
/// <param name="PassesNow">Whether it passes at the instant of the judgement, without the help of later time stamps.</param>
/// <param name="Chain">The chain of its authority; null where there is none.</param>
internal sealed record JudgedStamp(SignatureEvidence Carrier, TimeStampEvidence Stamp, Conclusion Conclusion, bool PassesNow, TrustedChain? Chain);

/// <summary>
/// The validation of all time stamps (EN 319 102-1 5.4, and 5.6.3 for those whose authority is over): the outermost first, as each one
/// proves what the ones inside need.
/// </summary>
internal sealed class TimeStampProcess(ValidationContext context)
{
    public IReadOnlyList<JudgedStamp> Run()
    {
        var judged = new List<JudgedStamp>();
        foreach (var carrier in context.Evidence.Signatures.OrderByDescending(s => s.ByteRange.Count == 4 ? s.ByteRange[1] : -1))
        {
            foreach (var stamp in carrier.TimeStamps)
            {
                var one = Judge(carrier, stamp);
                if (one.Conclusion.IsPassed)
                    context.Proofs.Extract(carrier, stamp);
                judged.Add(one);
            }
        }
        return judged;
    }

    private JudgedStamp Judge(SignatureEvidence carrier, TimeStampEvidence stamp)
    {
        if (Integrity(carrier, stamp) is { IsPassed: false } broken)
            return new JudgedStamp(carrier, stamp, broken, false, null);
        var subject = Subject.Of(stamp, context.Materials);
        if (subject.Signer is not { } authority)
            return new JudgedStamp(carrier, stamp, Conclusion.Indeterminate(SubIndication.CertificateChainGeneralFailure, "the authority's certificate cannot be read"), false, null);
        // RFC 3161 2.3: a key that stamps time says so; a certificate without purposes is nobody's time stamp.
        if (authority.Constraints.ExtendedKeyUsage is null)
            return new JudgedStamp(carrier, stamp, Conclusion.Indeterminate(SubIndication.ChainConstraintsFailure, "the authority's certificate is not for time stamping (RFC 3161 2.3)"), false, null);
        var verdict = context.Certificates.Judge(authority, isTimeStamp: true, context.Policy.At);
        var current = verdict.Conclusion.IsPassed ? context.Acceptance.CheckAlgorithms(subject, context.Policy.At) : verdict.Conclusion;
        var conclusion = context.Past.Judge(subject, current);
        // What it states itself lies within its authority's life, or it was made by somebody else.
        if (conclusion.IsPassed && stamp.Time < authority.NotBefore)
            conclusion = Conclusion.Failed(SubIndication.NotYetValid, "the stated time is before the authority's certificate began");
        else if (conclusion.IsPassed && stamp.Time is { } stamped && authority.HasEndedAt(stamped))
            conclusion = Conclusion.Failed(SubIndication.Expired, "the stated time is after the end of the authority's certificate");
        return new JudgedStamp(carrier, stamp, conclusion, conclusion.IsPassed && current.IsPassed, verdict.Chain);
    }

    private static Conclusion Integrity(SignatureEvidence carrier, TimeStampEvidence stamp)
    {
        if (carrier.IsDocumentTimeStamp && carrier.Defects.Count > 0)
            return Conclusion.Failed(SubIndication.FormatFailure, Defects.TextOf(carrier.Defects[0]));
        if (stamp.Problem is { } problem)
        {
            return stamp.AuthorityCertificate is null && stamp.Time is not null ? Conclusion.Indeterminate(SubIndication.NoSigningCertificateFound, problem)
                : stamp.DigestMatches == false ? Conclusion.Failed(SubIndication.HashFailure, problem)
                : stamp.Value == SignatureValueState.DoesNotHold ? Conclusion.Failed(SubIndication.SigCryptoFailure, problem)
                : stamp.Value == SignatureValueState.Unsupported ? Conclusion.Indeterminate(SubIndication.CryptoConstraintsFailureNoPoe, problem)
                : Conclusion.Failed(SubIndication.FormatFailure, problem);
        }
        return stamp.ImprintMatches switch
        {
            true when stamp.Time is not null => Conclusion.Passed,
            false => Conclusion.Failed(SubIndication.HashFailure, "the time stamp belongs to something else"),
            _ => Conclusion.Indeterminate(SubIndication.CryptoConstraintsFailureNoPoe, "the imprint's hash is not supported"),
        };
    }
}
