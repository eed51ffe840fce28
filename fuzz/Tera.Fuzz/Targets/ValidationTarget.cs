using Tera.Fuzz.Execution;
using Tera.Fuzz.Mutators;
using Tera.Fuzz.Seeds;
using Tera.Pades.Pdf;
using Tera.Pades.Tests.Signing;
using Tera.Pades.Validation;
using Tera.Pki.Certificates;

namespace Tera.Fuzz.Targets;

/// <summary>A whole file opened, collected and judged. Any file gets a report, and never a better one than its signatures earn.</summary>
internal sealed class ValidationTarget(SeedBank bank) : FuzzTarget
{
    private int _executions;

    public override string Name => "validate";

    public override double Share => 4;

    public override IReadOnlyList<byte[]> Seeds => bank.Documents;

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => PdfMutator.Mutate(seed, other, random);

    public override string Execute(byte[] input)
    {
        var evidence = PadesValidator.Collect(PdfBytes.From(input));
        var policy = PolicyFor(evidence);
        var report = PadesValidator.Judge(evidence, policy);
        MustBeEarned(bank, input, evidence, report);
        if (++_executions % 8 == 0)
            MustRepeat(input, report, policy);
        var signature = report.Signatures.FirstOrDefault(s => s.Reason == report.Reason);
        var defects = string.Join(',', evidence.Signatures.SelectMany(s => s.Defects).Distinct().Order().Take(3));
        var changes = string.Join(',', evidence.Changes.Select(c => c.Kind).Distinct().Order());
        return $"{report.Verdict}|{signature?.SubIndication}|{evidence.WasRepaired}|{Math.Min(evidence.RevisionEnds.Count, 6)}|{defects}|{changes}|{evidence.Unreadable}";
    }

    /// <summary>Every root that the file brings along is trusted, so that the way to the best verdict is open.</summary>
    public static ValidationPolicy PolicyFor(Evidence evidence) => new()
    {
        At = Identity.Now,
        TrustAnchors =
        [
            .. evidence.Signatures.SelectMany(s => s.Certificates).Concat(evidence.StoredCertificates.Select(c => c.Encoded)).Take(40)
                .Select(c => (ReadOnlyMemory<byte>)c).Where(c => Certificate.TryDecode(c, out var read, out _) && read.IsSelfIssued),
        ],
    };

    public static void MustBeEarned(SeedBank bank, byte[] input, Evidence evidence, ValidationReport report)
    {
        foreach (var signature in evidence.Signatures.Where(s => s.IsIntact))
        {
            if (signature.ByteRange.Count != 4 || !bank.SignedContents.Contains(SeedBank.ContentOf(input, signature.ByteRange)))
                throw new BrokenPromiseException("a signature is intact over the bytes that were signed only");
        }
        if (report.Verdict != FileVerdict.TotalPassed || report.Signatures.Any(s => s.ChangesAfter != ChangesAfter.None))
            return;
        var end = evidence.Signatures.Where(s => s.IsIntact).Max(s => s.ByteRange[2] + s.ByteRange[3]);
        if (input.AsSpan((int)end).IndexOfAnyExcept(" \t\r\n\f\0"u8) >= 0)
            throw new BrokenPromiseException("a file that passes unchanged has nothing behind its last signature");
    }

    private static void MustRepeat(byte[] input, ValidationReport report, ValidationPolicy policy)
    {
        var again = PadesValidator.Judge(PadesValidator.Collect(PdfBytes.From(new MemoryStream(input, writable: false))), policy);
        if (ReportJson.Write([("f", report)]) != ReportJson.Write([("f", again)]))
            throw new BrokenPromiseException("the same bytes under the same policy get the same report, from memory and from a stream");
    }
}
