using Tera.Office.Signing;
using Tera.Pades.Pdf;
using Tera.Pades.Validation;

namespace Tera.Office.Verification;

/// <summary>Validates PDF bytes against the authority's root. Used on our own output before release and on what strangers bring.</summary>
public sealed class LetterValidator(IAuthorityClient authority, TimeProvider clock)
{
    public async Task<ValidationReport> ValidateAsync(ReadOnlyMemory<byte> pdf, CancellationToken cancellation) => (await ExamineAsync(pdf, cancellation)).Report;

    /// <summary>The verdict with the facts that it is made from.</summary>
    public async Task<(Evidence Evidence, ValidationReport Report)> ExamineAsync(ReadOnlyMemory<byte> pdf, CancellationToken cancellation)
    {
        IReadOnlyList<byte[]> anchors;
        try
        {
            anchors = await authority.TrustAnchorsAsync(cancellation);
        }
        catch (Exception unreachable) when (AuthorityClient.IsUnreachable(unreachable, cancellation))
        {
            // Without the root the best verdict is INDETERMINATE: honest while the authority is away.
            anchors = [];
        }

        var policy = new ValidationPolicy { At = clock.GetUtcNow(), TrustAnchors = [.. anchors.Select(anchor => new ReadOnlyMemory<byte>(anchor))] };
        Evidence evidence = PadesValidator.Collect(PdfBytes.From(pdf));
        return (evidence, PadesValidator.Judge(evidence, policy));
    }

    /// <summary>What keeps our own output from being released, or null when it may go.</summary>
    public async Task<string?> FindFlawAsync(ReadOnlyMemory<byte> pdf, CancellationToken cancellation)
    {
        ValidationReport report = await ValidateAsync(pdf, cancellation);
        return report.Verdict == FileVerdict.TotalPassed ? null : report.Reason;
    }
}
