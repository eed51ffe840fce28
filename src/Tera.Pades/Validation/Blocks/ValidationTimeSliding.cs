using Tera.Pki.Revocation;

namespace Tera.Pades.Validation.Blocks;

/// <summary>
/// VTS: the last instant at which a chain was surely good (EN 319 102-1 5.6.2.2). It slides from now into the past: to each certificate's
/// end, to a revocation, to the last instant of which the revocation data speaks, to the end of an algorithm that nothing proves older.
/// </summary>
internal sealed class ValidationTimeSliding(
    ValidationPolicy policy, CertificateValidation certificates, AlgorithmObsolescence algorithms, ProofsOfExistence proofs)
{
    /// <summary>The control time of a chain, or what is missing for one.</summary>
    public (Conclusion Conclusion, DateTimeOffset ControlTime) Slide(TrustedChain chain)
    {
        var control = chain.Services.Max(s => s.Until ?? chain.Anchor.NotAfter) is var end && end < policy.At ? end : policy.At;
        for (var i = chain.Certificates.Count - 2; i >= 0; i--)
        {
            var certificate = chain.Certificates[i];
            var (statements, _) = certificates.Statements(chain, i);
            if (CertificateValidation.RevokedAt(statements, control) is { } revokedAt)
            {
                control = revokedAt;
            }
            else if (statements.FirstOrDefault()?.Status is CertificateStatus.Revoked hold && hold.At <= control)
            {
                control = hold.At;
            }
            else if (statements.Find(s => s.ThisUpdate <= control && proofs.Of(s.Encoded) <= control) is { } statement)
            {
                control = RevocationFreshness.IsFresh(statement, control, policy) ? control : RevocationFreshness.LastInstant(statement, policy);
                control = Earlier(control, EndOf(algorithms.UseOf("", statement.SignatureAlgorithmIdentifier, statement.Signer), proofs.Of(statement.Encoded)));
            }
            else if (policy.RequireRevocation)
            {
                return (Conclusion.Indeterminate(SubIndication.NoPoe, $"Nothing proves that revocation data of {certificate} was there in time."), control);
            }
            control = Earlier(control, certificate.NotAfter);
            control = Earlier(control, EndOf(algorithms.UseOf("", certificate.SignatureAlgorithmIdentifier, chain.Certificates[i + 1]), proofs.Of(certificate.Encoded)));
        }
        return (Conclusion.Passed, control);
    }

    // Material that is proven older than the end of its algorithm keeps its worth.
    private DateTimeOffset EndOf(Policies.AlgorithmUse use, DateTimeOffset proven)
    {
        var (end, _, _) = algorithms.FirstEnd([use]);
        return end == DateTimeOffset.MaxValue || proven < end ? DateTimeOffset.MaxValue : end == DateTimeOffset.MinValue ? end : end.AddTicks(-1);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
