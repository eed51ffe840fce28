using Tera.Pki.Certificates;

namespace Tera.Pades.Validation;

/// <summary>Whether signers and time-stamping authorities lead to a trusted root, at the times that are proven.</summary>
internal sealed class TrustJudge(Evidence evidence, ValidationPolicy policy)
{
    public static string? NameOf(byte[]? certificate) =>
        certificate is not null && Certificate.TryDecode(certificate, out var decoded, out _) ? decoded.Subject.ToString() : null;

    public SignerTrust Of(SignatureEvidence signature)
    {
        _ = (evidence, policy, signature);
        return new SignerTrust(SubIndication.NoCertificateChainFound, IsFailure: false, "No trusted root is known for the signer.", null, null);
    }

    public string? ProblemOf(TimeStampEvidence stamp)
    {
        _ = stamp;
        return "no trusted root is known for the authority";
    }
}

/// <summary>What is known of a signer's trust.</summary>
internal sealed record SignerTrust(SubIndication? SubIndication, bool IsFailure, string Reason, DateTimeOffset? BestTime, string? Revocation);
