using Tera.Pades.Pdf;
using Tera.Pades.Validation;

namespace Tera.Bench;

/// <summary>A file of 5 MB with five signatures of five signers, validated with every check on.</summary>
internal static class ManyTable
{
    private const int Signers = 5;

    public static void Run(Options options)
    {
        foreach (var kind in (string[])["ec", "rsa"])
        {
            var keys = Enumerable.Range(0, Signers).Select(_ => SigningKey.Create(kind)).ToList();
            var pdf = Letter.Make(5_000_000);
            for (var i = 0; i < Signers; i++)
            {
                var output = new MemoryStream();
                Signing.Sign(keys[i], PdfFile.Open(pdf), output, $"Signature{i + 1}");
                pdf = output.ToArray();
            }
            var policy = new ValidationPolicy { At = TimeProvider.System.GetUtcNow(), TrustAnchors = [.. keys.Select(k => k.Root)] };
            var report = Verifying.Memory(pdf, policy);
            if (report.Verdict != FileVerdict.TotalPassed || report.Signatures.Count != Signers)
                throw new InvalidOperationException(report.Reason);
            var checks = new SignatureChecks(keys);
            var contest = new Contest($"validate {kind}, 5 MB with {Signers} signatures");
            contest.Add("one hash, and a check each of signatures and certificates", () => checks.Run(pdf));
            contest.Add("Tera, every check on", () => Verifying.Memory(pdf, policy));
            contest.Run(options.Rounds, options.Window);
            contest.Print();
        }
    }
}
