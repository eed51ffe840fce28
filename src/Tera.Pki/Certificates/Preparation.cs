using Tera.Pki.Lints;

namespace Tera.Pki.Certificates;

/// <summary>What came of preparing a certificate.</summary>
public abstract record Preparation
{
    private Preparation()
    {
    }

    /// <summary>The certificate may be issued.</summary>
    /// <param name="Certificate">The prepared certificate.</param>
    public sealed record Ready(PreparedCertificate Certificate) : Preparation;

    /// <summary>The certificate may not be issued.</summary>
    /// <param name="Findings">Why: at least one error.</param>
    public sealed record Refused(IReadOnlyList<LintFinding> Findings) : Preparation;

    /// <summary>The prepared certificate, or an exception when it was refused: for callers that made the request themselves.</summary>
    /// <returns>The prepared certificate.</returns>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public PreparedCertificate MustBeReady() => this switch
    {
        Ready ready => ready.Certificate,
        Refused refused => throw new InvalidOperationException("The certificate was refused: " + string.Join("; ", refused.Findings)),
        _ => throw new InvalidOperationException("There is no third outcome."),
    };
}
