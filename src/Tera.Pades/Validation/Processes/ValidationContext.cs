using Tera.Pades.Validation.Blocks;
using Tera.Pki.Paths;

namespace Tera.Pades.Validation.Processes;

/// <summary>VCI: the facts and the rules of one judgement, with the blocks set up over them (EN 319 102-1 5.2.4).</summary>
internal sealed class ValidationContext
{
    public ValidationContext(Evidence evidence, ValidationPolicy policy)
    {
        Evidence = evidence;
        Policy = policy;
        Materials = new Materials(evidence, policy);
        Proofs = new ProofsOfExistence(evidence, policy.At);
        Algorithms = new AlgorithmObsolescence(policy, Materials);
        Chains = new ChainBuilder(policy, Materials);
        var revocations = new RevocationSearch(Materials.Crls, Materials.OcspResponses, Materials.Certificates, new PathLimits { Signatures = 8192 });
        Certificates = new CertificateValidation(policy, Chains, revocations, new RevocationAcceptance(Algorithms, Proofs, policy), Algorithms);
        Past = new PastSignatureValidation(new PastCertificateValidation(Chains, new ValidationTimeSliding(policy, Certificates, Algorithms, Proofs)), Algorithms, Proofs);
        Acceptance = new SignatureAcceptance(evidence, policy, Algorithms);
    }

    public Evidence Evidence { get; }

    public ValidationPolicy Policy { get; }

    public Materials Materials { get; }

    public ProofsOfExistence Proofs { get; }

    public AlgorithmObsolescence Algorithms { get; }

    public ChainBuilder Chains { get; }

    public CertificateValidation Certificates { get; }

    public PastSignatureValidation Past { get; }

    public SignatureAcceptance Acceptance { get; }
}
