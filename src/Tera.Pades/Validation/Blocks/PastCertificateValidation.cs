namespace Tera.Pades.Validation.Blocks;

/// <summary>PCV: whether a certificate was good in the past, and until when that is sure (EN 319 102-1 5.6.2.1).</summary>
internal sealed class PastCertificateValidation(ChainBuilder chains, ValidationTimeSliding sliding)
{
    /// <summary>The chain with the latest control time, or the conclusion of the first chain.</summary>
    public (Conclusion Conclusion, TrustedChain? Chain, DateTimeOffset ControlTime) Judge(Subject subject)
    {
        (Conclusion Conclusion, TrustedChain? Chain, DateTimeOffset ControlTime) best =
            (Conclusion.Indeterminate(SubIndication.NoCertificateChainFound, "No chain leads to a trusted root."), null, default);
        foreach (var chain in chains.Find(subject.Signer!, subject.IsTimeStamp).Chains)
        {
            var structure = CertificateValidation.Structure(chain);
            var (conclusion, control) = structure.IsPassed ? sliding.Slide(chain) : (structure, default);
            if (best.Chain is null || (conclusion.IsPassed && (!best.Conclusion.IsPassed || control > best.ControlTime)))
                best = (conclusion, chain, control);
        }
        return best;
    }
}
