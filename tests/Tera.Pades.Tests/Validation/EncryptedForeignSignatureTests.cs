using Tera.Pades.Pdf;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Validation;

namespace Tera.Pades.Tests.Validation;

/// <summary>Signed and encrypted files of other projects get a verdict, their changes judged.</summary>
public sealed class EncryptedForeignSignatureTests(ITestOutputHelper output)
{
    private static readonly ValidationPolicy Policy = new() { At = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero) };

    [Fact]
    public void With_their_password_they_are_judged_like_any_other()
    {
        var judged = 0;
        foreach (var (row, pdf) in Encrypted())
        {
            if (CorpusPasswords.For(pdf) is not { } password)
            {
                output.WriteLine($"{row["file"]}: no password is known");
                continue;
            }
            var report = PadesValidator.Validate(PdfBytes.From(pdf), Policy, password.AsMemory());
            if (IsForCertificateHolders(report))
                continue;
            judged++;
            // What the table counts as a second signature of some files, and could not recompute, is their integrity code.
            var (holds, isSigned) = (row["also_read_as"] != "no", row["also_read_as"] is "yes" or "no" or "mixed" && !row["features"].Contains("UR3", StringComparison.Ordinal));
            Assert.True(isSigned || row["also_read_as"] == "unknown" == report.Signatures.Count > 0, $"{row["file"]}: {report.Verdict}");
            if (isSigned)
                Assert.True(report.Signatures.Count > 0 && report.Signatures.All(s => s.Intact == holds && s.ChangesAfter != ChangesAfter.Forbidden), $"{row["file"]}: {report.Verdict} {report.Reason}");
        }
        Assert.True(judged > 50);
    }

    [Fact]
    public void Without_a_password_no_verdict_is_better_than_indeterminate_and_says_why()
    {
        foreach (var (row, pdf) in Encrypted())
        {
            if (CorpusPasswords.For(pdf) == "" && !IsForCertificateHolders(PadesValidator.Validate(PdfBytes.From(pdf), Policy)))
                continue;
            var report = PadesValidator.Validate(PdfBytes.From(pdf), Policy);
            Assert.True(report.Verdict is FileVerdict.Unreadable or FileVerdict.Indeterminate or FileVerdict.TotalFailed, $"{row["file"]}: {report.Verdict}");
            if (report.Verdict != FileVerdict.TotalFailed)
                Assert.Contains("The PDF file is encrypted", report.Reason, StringComparison.Ordinal);
        }
    }

    private static bool IsForCertificateHolders(ValidationReport report) => report.Reason.Contains("public-key security", StringComparison.Ordinal) || report.Signatures.Any(s => s.Reason.Contains("public-key security", StringComparison.Ordinal));

    private static IEnumerable<(Dictionary<string, string> Row, byte[] Pdf)> Encrypted() =>
        Corpus.Rows("signed.tsv").Where(r => r["features"].Split(' ').Contains("enc")).Select(r => (r, File.ReadAllBytes(Corpus.Require(Path.Combine("signed", r["file"])))));
}
