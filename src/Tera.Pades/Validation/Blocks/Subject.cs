using Tera.Pades.Cms;
using Tera.Pades.Validation.Policies;
using Tera.Pki.Certificates;

namespace Tera.Pades.Validation.Blocks;

/// <summary>What a process judges: a signature, or a time stamp, which is a signature of its own.</summary>
internal sealed class Subject
{
    private Subject(object evidence, Certificate? signer, bool isTimeStamp, IReadOnlyList<AlgorithmUse> algorithms)
    {
        Evidence = evidence;
        Signer = signer;
        IsTimeStamp = isTimeStamp;
        Algorithms = algorithms;
    }

    /// <summary>The facts, by which proofs of existence are kept.</summary>
    public object Evidence { get; }

    /// <summary>The certificate of who signed; null where it is not there or does not read.</summary>
    public Certificate? Signer { get; }

    /// <summary>Whether it is a time stamp.</summary>
    public bool IsTimeStamp { get; }

    /// <summary>The algorithms of the value itself; those of the chain come with the certificates.</summary>
    public IReadOnlyList<AlgorithmUse> Algorithms { get; }

    public static Subject Of(SignatureEvidence signature, Materials materials)
    {
        var signer = materials.Certificate(signature.SignerCertificate);
        return new Subject(signature, signer, isTimeStamp: false, signer is null ? [] : [Use("The signature", signature.DigestAlgorithm, signature.SignatureAlgorithm, signer, materials)]);
    }

    public static Subject Of(TimeStampEvidence stamp, Materials materials)
    {
        var signer = materials.Certificate(stamp.AuthorityCertificate);
        return new Subject(stamp, signer, isTimeStamp: true, signer is null ? [] :
        [
            Use("The time stamp", stamp.DigestAlgorithm, stamp.SignatureAlgorithm, signer, materials),
            new AlgorithmUse("The imprint of the time stamp", stamp.ImprintAlgorithm, null, 0),
        ]);
    }

    private static AlgorithmUse Use(string place, string digest, string algorithm, Certificate signer, Materials materials)
    {
        var family = AlgorithmObsolescence.FamilyOf(algorithm);
        return new AlgorithmUse(place, digest, family, materials.KeyBits(signer));
    }
}
