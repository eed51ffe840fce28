using System.Globalization;
using Tera.Pades.Cms;
using Tera.Pades.Validation.Policies;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pades.Validation.Blocks;

/// <summary>
/// AOV: whether algorithms were good enough when the material is proven to have been there: of the value, of every certificate below the
/// anchor, of revocation data (EN 319 102-1 5.2.8.4, TS 119 312).
/// </summary>
internal sealed class AlgorithmObsolescence(ValidationPolicy policy, Materials materials)
{
    /// <summary>When the first of some algorithms ended, and which.</summary>
    public (DateTimeOffset End, AlgorithmUse? Use, string What) FirstEnd(IEnumerable<AlgorithmUse> uses)
    {
        var first = (End: DateTimeOffset.MaxValue, Use: (AlgorithmUse?)null, What: "");
        foreach (var use in policy.CheckAlgorithms ? uses : [])
        {
            // A key that the platform cannot open has no length to judge; that its signature holds was said before.
            var (end, what) = policy.CryptoSuite.EndOf(use.Bits == 0 && use.Family is not null ? use with { Family = null } : use);
            if (end < first.End)
                first = (end, use, what);
        }
        return first;
    }

    /// <summary>What stands against the algorithms at an instant.</summary>
    public Conclusion Judge(IEnumerable<AlgorithmUse> uses, DateTimeOffset at)
    {
        var (end, use, what) = FirstEnd(uses);
        return at < end ? Conclusion.Passed : Conclusion.Indeterminate(SubIndication.CryptoConstraintsFailureNoPoe,
            string.Create(CultureInfo.InvariantCulture, $"{use!.Place} uses {what}, which was not good enough at {at:yyyy-MM-dd}, and nothing proves that it is older."));
    }

    /// <summary>The algorithms of the certificates below the anchor, each signed by the next.</summary>
    public IEnumerable<AlgorithmUse> UsesOf(IReadOnlyList<Certificate> chain)
    {
        for (var i = 0; i + 1 < chain.Count; i++)
            yield return UseOf($"The certificate of {chain[i].Subject}", chain[i].SignatureAlgorithmIdentifier, chain[i + 1]);
    }

    /// <summary>The algorithm of something signed in the X.509 world.</summary>
    public AlgorithmUse UseOf(string place, ReadOnlyMemory<byte> algorithmIdentifier, Certificate signer)
    {
        // An unknown algorithm has no valid path; here it is nothing to judge.
        if (SignatureAlgorithm.Find(algorithmIdentifier) is not { } algorithm)
            return new AlgorithmUse(place, null, null, 0);
        var family = algorithm.Scheme switch
        {
            SignatureScheme.RsaPkcs1 => "RSA",
            SignatureScheme.RsaPss => "RSASSA-PSS",
            SignatureScheme.Ecdsa => "ECDSA",
            SignatureScheme.Dsa => "DSA",
            _ => "EdDSA",
        };
        return new AlgorithmUse(place, family == "EdDSA" ? null : HashAlgorithms.OidOf(algorithm.Hash), family, materials.KeyBits(signer));
    }

    /// <summary>The family of a CMS signature algorithm, or null for one that is not known.</summary>
    public static string? FamilyOf(string oid) => oid switch
    {
        CmsOids.RsaPss => "RSASSA-PSS",
        CmsOids.Rsa or CmsOids.RsaMd5 or CmsOids.RsaSha1 or CmsOids.RsaSha1Oiw or CmsOids.RsaSha256 or CmsOids.RsaSha384 or CmsOids.RsaSha512
            or CmsOids.RsaSha3Of256 or CmsOids.RsaSha3Of384 or CmsOids.RsaSha3Of512 => "RSA",
        CmsOids.Ec or CmsOids.EcdsaSha1 or CmsOids.EcdsaSha256 or CmsOids.EcdsaSha384 or CmsOids.EcdsaSha512 or CmsOids.EcdsaSha3Of256
            or CmsOids.EcdsaSha3Of384 or CmsOids.EcdsaSha3Of512 or CmsOids.EcdsaPlainSha256 or CmsOids.EcdsaPlainSha384 or CmsOids.EcdsaPlainSha512 => "ECDSA",
        CmsOids.Dsa or CmsOids.DsaSha1 or CmsOids.DsaSha256 => "DSA",
        CmsOids.Ed25519 or CmsOids.Ed448 => "EdDSA",
        _ => null,
    };
}
