using Tera.Pades.Cms;
using Tera.Pades.Pdf.Encryption;

namespace Tera.Pades.Validation;

/// <summary>Makes the report from the evidence: each signature by itself, then the file by the worst of them.</summary>
internal sealed class Judgement(Evidence evidence, ValidationPolicy policy)
{
    private readonly ChangeJudge _changes = new(evidence, policy);
    private readonly TrustJudge _trust = new(evidence, policy);

    public ValidationReport Report()
    {
        if (evidence.Unreadable is { } unreadable)
            return new ValidationReport { Verdict = FileVerdict.Unreadable, Reason = unreadable, At = policy.At };
        var stamps = evidence.Signatures.SelectMany(TimeStamps).OrderBy(t => t.Time ?? DateTimeOffset.MaxValue).ToList();
        var persons = evidence.Signatures.Where(s => !s.IsDocumentTimeStamp).ToList();
        var seals = persons.Count > 0 ? persons : evidence.Signatures.ToList();
        if (seals.Count == 0)
        {
            return new ValidationReport
            {
                Verdict = FileVerdict.NoSignature,
                Reason = (evidence.HasUsageRights ? "Nobody signed the file; it has usage rights for a reader program only." : "Nobody signed the file.") + BrokenIntegrityCode(" "),
                At = policy.At,
            };
        }
        var signatures = seals.ConvertAll(Signature);
        var worst = signatures.MaxBy(s => s.Indication)!;
        return new ValidationReport
        {
            Verdict = worst.Indication switch
            {
                Indication.TotalPassed => FileVerdict.TotalPassed,
                Indication.Indeterminate => FileVerdict.Indeterminate,
                _ => FileVerdict.TotalFailed,
            },
            Reason = worst.Reason,
            Signatures = signatures,
            TimeStamps = stamps,
            At = policy.At,
        };
    }

    private SignatureReport Signature(SignatureEvidence signature)
    {
        var (state, sentences) = _changes.After(signature);
        var (indication, sub, reason, trust) = Decide(signature, state, sentences);
        return new SignatureReport
        {
            Field = signature.Field,
            SubFilter = signature.SubFilter,
            Level = SignatureLevel.Of(signature, evidence),
            Indication = indication,
            SubIndication = sub,
            Reason = reason,
            Signer = TrustJudge.NameOf(signature.SignerCertificate),
            SignedAt = trust?.BestTime ?? signature.TimeStamps.Where(t => t.IsIntact).Min(t => t.Time) ?? signature.ClaimedTime,
            IsTimeProven = trust?.BestTime is not null,
            Intact = signature.IsIntact,
            CoversWholeRevision = signature.Revision is not null && !signature.Defects.Any(IsAboutCoverage),
            ChangesAfter = state,
            Changes = sentences,
            Revocation = trust?.Revocation,
        };
    }

    private (Indication, SubIndication?, string, SignerTrust?) Decide(SignatureEvidence signature, ChangesAfter changes, IReadOnlyList<string> sentences)
    {
        if (signature.Defects.Count > 0)
            return (Indication.TotalFailed, SubIndication.FormatFailure, Sentence(Defects.TextOf(signature.Defects[0])), null);
        if (signature.DigestMatches == false)
            return (Indication.TotalFailed, SubIndication.HashFailure, "The signed bytes were changed: their digest is not the signed one.", null);
        if (signature.Value == SignatureValueState.DoesNotHold)
            return (Indication.TotalFailed, SubIndication.SigCryptoFailure, "The signature value was not made with the signer's key over these attributes.", null);
        if (changes == ChangesAfter.Forbidden)
            return (Indication.TotalFailed, SubIndication.SigConstraintsFailure, "The document was changed after the signature: " + sentences.FirstOrDefault(), null);
        if (signature.SignerCertificate is null)
            return (Indication.Indeterminate, SubIndication.NoSigningCertificateFound, "The signer's certificate is not in the file.", null);
        if (signature.DigestMatches is null || signature.Value != SignatureValueState.Holds)
        {
            return (Indication.Indeterminate, SubIndication.CryptoConstraintsFailureNoPoe,
                $"The signature uses an algorithm that is not supported here ({signature.DigestAlgorithm}, {signature.SignatureAlgorithm}).", null);
        }
        if (evidence.Locked is { } locked)
            return (Indication.Indeterminate, SubIndication.SigConstraintsFailure, "The signed bytes are whole, but what they show was not read. " + locked, null);
        if (BrokenIntegrityCode("") is { Length: > 0 } broken)
            return (Indication.Indeterminate, SubIndication.SigConstraintsFailure, broken, null);
        if (signature.SignerCount != 1)
            return (Indication.Indeterminate, SubIndication.SigConstraintsFailure, "The CMS structure has several signers where a PDF signature has one; only the first was looked at.", null);
        if (!signature.AttributesAreDer)
            return (Indication.Indeterminate, SubIndication.SigConstraintsFailure, "The signed attributes are not in DER: some readers will reject the signature.", null);
        var trust = _trust.Of(signature);
        return trust.SubIndication is { } sub
            ? (trust.IsFailure ? Indication.TotalFailed : Indication.Indeterminate, sub, trust.Reason, trust)
            : (Indication.TotalPassed, null, trust.Reason, trust);
    }

    private IEnumerable<TimeStampReport> TimeStamps(SignatureEvidence signature)
    {
        foreach (var stamp in signature.TimeStamps)
        {
            var intact = stamp.IsIntact && (!signature.IsDocumentTimeStamp || signature.Defects.Count == 0);
            var reason = stamp.Problem
                ?? (stamp.ImprintMatches == false ? "the time stamp belongs to something else"
                    : stamp.ImprintMatches is null ? "the imprint's hash is not supported"
                    : signature.IsDocumentTimeStamp && signature.Defects.Count > 0 ? Defects.TextOf(signature.Defects[0]) : null);
            var distrust = intact ? _trust.ProblemOf(stamp) : null;
            yield return new TimeStampReport(signature.Field, signature.IsDocumentTimeStamp, stamp.Time, TrustJudge.NameOf(stamp.AuthorityCertificate),
                intact, intact && distrust is null, reason ?? distrust ?? "");
        }
    }

    private string BrokenIntegrityCode(string before) => evidence.IntegrityCode switch
    {
        IntegrityState.Missing => before + "The integrity code that the encrypted file must have (ISO/TS 32004) is missing: somebody without its password may have changed it.",
        IntegrityState.DoesNotHold => before + "The integrity code of the encrypted file (ISO/TS 32004) does not hold: somebody without its password may have changed it.",
        _ => "",
    };

    private static bool IsAboutCoverage(StructureDefect defect) => defect is StructureDefect.ByteRangeMalformed or StructureDefect.ByteRangeNotFromStart
        or StructureDefect.ByteRangeOutsideFile or StructureDefect.HoleIsNotContents or StructureDefect.EndIsNotRevision or StructureDefect.RevisionNotInHistory
        or StructureDefect.DictionaryNotCovered;

    private static string Sentence(string clause) => string.Concat(char.ToUpperInvariant(clause[0]).ToString(), clause.AsSpan(1), ".");
}
