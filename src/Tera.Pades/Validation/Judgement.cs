using Tera.Pades.Validation.Blocks;
using Tera.Pades.Validation.Processes;

namespace Tera.Pades.Validation;

/// <summary>Makes the report from the evidence: the time stamps first, then each signature by itself, then the file by the worst of them.</summary>
internal sealed class Judgement(Evidence evidence, ValidationPolicy policy)
{
    private readonly ChangeJudge _changes = new(evidence, policy);
    private readonly ValidationContext _context = new(evidence, policy);

    public ValidationReport Report()
    {
        if (evidence.Unreadable is { } unreadable)
            return new ValidationReport { Verdict = FileVerdict.Unreadable, Reason = unreadable, At = policy.At };
        var persons = evidence.Signatures.Where(s => !s.IsDocumentTimeStamp).ToList();
        var seals = persons.Count > 0 ? persons : evidence.Signatures.ToList();
        if (seals.Count == 0)
        {
            return new ValidationReport
            {
                Verdict = FileVerdict.NoSignature,
                Reason = (evidence.HasUsageRights ? "Nobody signed the file; it has usage rights for a reader program only." : "Nobody signed the file.")
                    + (SignatureAcceptance.BrokenIntegrityCode(evidence) is { } broken ? " " + broken : ""),
                At = policy.At,
            };
        }
        var stamps = new TimeStampProcess(_context).Run();
        var process = new SignatureProcess(_context, stamps);
        var levels = new SignatureLevel(evidence, _context.Materials);
        var signatures = seals.ConvertAll(s => Signature(s, process, stamps, levels.Of(s)));
        var worst = signatures.MaxBy(s => s.Indication)!;
        return new ValidationReport
        {
            Verdict = worst.Indication switch
            {
                Indication.TotalPassed when evidence.HasMoreSignatures => FileVerdict.Indeterminate,
                Indication.TotalPassed => FileVerdict.TotalPassed,
                Indication.Indeterminate => FileVerdict.Indeterminate,
                _ => FileVerdict.TotalFailed,
            },
            Reason = worst.Indication == Indication.TotalPassed && evidence.HasMoreSignatures ? "The file has more signatures than are looked at." : worst.Reason,
            Signatures = signatures,
            TimeStamps = [.. stamps.OrderBy(s => s.Stamp.Time ?? DateTimeOffset.MaxValue).Select(TimeStamp)],
            At = policy.At,
            PolicyName = policy.Name,
            Objects = Objects(signatures, stamps),
        };
    }

    // What signers and authorities lead to, and all revocation data: each object once, however often it lies in the file.
    private List<ProvenObject> Objects(List<SignatureReport> signatures, IReadOnlyList<JudgedStamp> stamps)
    {
        var own = evidence.Signatures.Select(s => s.SignerCertificate).Concat(stamps.Select(s => s.Stamp.AuthorityCertificate)).OfType<byte[]>().Select(c => (ReadOnlyMemory<byte>)c);
        var chains = signatures.SelectMany(s => s.Chain).Concat(stamps.SelectMany(s => ChainOf(s.Chain)));
        return
        [
            .. own.Concat(chains).Distinct(Materials.ByContent.Instance).Select(c => new ProvenObject(ProvenObjectKind.Certificate, c, _context.Proofs.Of(c))),
            .. _context.Materials.Crls.Select(c => new ProvenObject(ProvenObjectKind.Crl, c.Encoded, _context.Proofs.Of(c.Encoded))),
            .. _context.Materials.OcspResponses.Select(o => new ProvenObject(ProvenObjectKind.OcspResponse, o.Encoded, _context.Proofs.Of(o.Encoded))),
            .. stamps.DistinctBy(s => (ReadOnlyMemory<byte>)s.Stamp.Token, Materials.ByContent.Instance)
                .Select(s => new ProvenObject(ProvenObjectKind.TimeStamp, s.Stamp.Token, _context.Proofs.Of(s.Stamp))),
        ];
    }

    private SignatureReport Signature(SignatureEvidence signature, SignatureProcess process, IReadOnlyList<JudgedStamp> stamps, string level)
    {
        var (state, sentences) = _changes.After(signature);
        var forbidden = state == ChangesAfter.Forbidden ? sentences.FirstOrDefault() ?? "" : null;
        var verdict = signature.IsDocumentTimeStamp ? DocumentTimeStamp(signature, forbidden, stamps) : process.Judge(signature, forbidden);
        return new SignatureReport
        {
            Field = signature.Field,
            SubFilter = signature.SubFilter,
            Level = level,
            Indication = verdict.Conclusion.Indication,
            SubIndication = verdict.Conclusion.Sub,
            Reason = verdict.Conclusion.Reason,
            Signer = NameOf(signature.SignerCertificate),
            SignedAt = verdict.ProvenTime ?? signature.TimeStamps.Where(t => t.IsIntact).Min(t => t.Time) ?? signature.ClaimedTime,
            IsTimeProven = verdict.ProvenTime is not null,
            Intact = signature.IsIntact,
            CoversWholeRevision = signature.Revision is not null && !signature.Defects.Any(IsAboutCoverage),
            ChangesAfter = state,
            Changes = sentences,
            Revocation = verdict.Revocation,
            Chain = ChainOf(verdict.Chain),
        };
    }

    // Where nobody but a time-stamping authority signed, its word is the signature, and the time is its own.
    private SignatureVerdict DocumentTimeStamp(SignatureEvidence signature, string? forbidden, IReadOnlyList<JudgedStamp> stamps)
    {
        var judged = stamps.FirstOrDefault(s => ReferenceEquals(s.Carrier, signature));
        if (judged is null)
            return new SignatureVerdict(FormatChecking.Check(signature) is { IsPassed: false } broken ? broken : Conclusion.Failed(SubIndication.FormatFailure, "The time stamp cannot be read."), null, null, null);
        if (judged.Conclusion.Indication != Indication.TotalFailed && forbidden is not null)
            return new SignatureVerdict(Conclusion.Failed(SubIndication.SigConstraintsFailure, "The document was changed after the time stamp: " + forbidden), null, null, judged.Chain);
        if (judged.Conclusion.Indication != Indication.TotalFailed && _context.Acceptance.CheckDocument() is { IsPassed: false } unread)
            return new SignatureVerdict(unread, null, null, judged.Chain);
        return judged.Conclusion.IsPassed
            ? new SignatureVerdict(judged.Conclusion with { Reason = "The time stamp holds and its authority is known." }, judged.Stamp.Time, null, judged.Chain)
            : new SignatureVerdict(judged.Conclusion with { Reason = Sentence(judged.Conclusion.Reason) }, null, null, judged.Chain);
    }

    private TimeStampReport TimeStamp(JudgedStamp judged) => new(
        judged.Carrier.Field,
        judged.Carrier.IsDocumentTimeStamp,
        judged.Stamp.Time,
        NameOf(judged.Stamp.AuthorityCertificate),
        judged.Stamp.IsIntact && (!judged.Carrier.IsDocumentTimeStamp || judged.Carrier.Defects.Count == 0),
        judged.Conclusion.IsPassed,
        judged.Conclusion.Reason)
    {
        Indication = judged.Conclusion.Indication,
        SubIndication = judged.Conclusion.Sub,
        Token = judged.Stamp.Token,
        Chain = ChainOf(judged.Chain),
    };

    private string? NameOf(byte[]? certificate) => certificate is null ? null : _context.Materials.Certificate(certificate)?.Subject.ToString();

    private static IReadOnlyList<ReadOnlyMemory<byte>> ChainOf(TrustedChain? chain) => chain is null ? [] : [.. chain.Certificates.Select(c => c.Encoded)];

    private static bool IsAboutCoverage(StructureDefect defect) => defect is StructureDefect.ByteRangeMalformed or StructureDefect.ByteRangeNotFromStart
        or StructureDefect.ByteRangeOutsideFile or StructureDefect.HoleIsNotContents or StructureDefect.EndIsNotRevision or StructureDefect.RevisionNotInHistory
        or StructureDefect.DictionaryNotCovered;

    private static string Sentence(string clause) => clause.EndsWith('.') || clause.EndsWith(')') ? clause : string.Concat(char.ToUpperInvariant(clause[0]).ToString(), clause.AsSpan(1), ".");
}
