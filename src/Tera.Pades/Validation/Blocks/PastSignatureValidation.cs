using System.Globalization;

namespace Tera.Pades.Validation.Blocks;

/// <summary>PSV: whether proofs of existence turn the current status of a signature or time stamp into a success (EN 319 102-1 5.6.2.4).</summary>
internal sealed class PastSignatureValidation(PastCertificateValidation past, AlgorithmObsolescence algorithms, ProofsOfExistence proofs)
{
    /// <summary>The conclusion about the past: the current one where the proofs do not reach.</summary>
    public Conclusion Judge(Subject subject, Conclusion current)
    {
        if (!current.MayYetPass || subject.Signer is not { } signer)
            return current;
        var proven = proofs.Of(subject.Evidence);
        var (conclusion, _, control) = past.Judge(subject);
        if (!conclusion.IsPassed || proven > control)
            return current;
        if (proven < signer.NotBefore)
            return Conclusion.Failed(SubIndication.NotYetValid, string.Create(CultureInfo.InvariantCulture, $"It was there at {proven:u}, before the signer's certificate began."));
        return algorithms.Judge(subject.Algorithms, proven) is { IsPassed: false } weak ? weak : Conclusion.Passed;
    }
}
