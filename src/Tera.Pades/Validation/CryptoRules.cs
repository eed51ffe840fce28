using System.Globalization;
using Tera.Pades.Cms;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pades.Validation;

/// <summary>
/// Until when algorithms and key lengths are good enough, as data: ETSI TS 119 312 in the machine-readable form of October 2024.
/// </summary>
internal static class CryptoRules
{
    private static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    /// <summary>Digest algorithm, and the day from which it is not good enough. One that is not listed never was.</summary>
    private static readonly Dictionary<string, DateTimeOffset> Digests = new(StringComparer.Ordinal)
    {
        [CmsOids.Md5] = Day(2004, 8, 1),
        [CmsOids.Sha1] = Day(2012, 8, 1),
        [CmsOids.Sha256] = Never,
        [CmsOids.Sha384] = Never,
        [CmsOids.Sha512] = Never,
        [CmsOids.Sha3Of256] = Never,
        [CmsOids.Sha3Of384] = Never,
        [CmsOids.Sha3Of512] = Never,
        [CmsOids.Shake256] = Never,
        [CmsOids.Shake256WithLength] = Never,
    };

    /// <summary>Key type, least length in bits, and the day from which a key of at least that length is not good enough; longest first.</summary>
    private static readonly (string Family, int Bits, DateTimeOffset End)[] Keys =
    [
        ("RSA", 3000, Day(2029, 1, 1)),
        ("RSA", 1900, Day(2029, 1, 1)),
        ("RSA", 1024, Day(2019, 10, 1)),
        ("RSASSA-PSS", 3000, Never),
        ("RSASSA-PSS", 1900, Day(2029, 1, 1)),
        ("RSASSA-PSS", 1024, Day(2019, 10, 1)),
        ("EC", 256, Never),
        ("EC", 224, Day(2021, 10, 1)),
        ("DSA", 3072, Day(2029, 1, 1)),
        ("DSA", 2048, Day(2029, 1, 1)),
        ("EdDSA", 255, Never),
    ];

    /// <summary>Why the algorithms of a signature were not good enough at an instant; null where they were.</summary>
    public static string? Objection(SignatureEvidence signature, Certificate signer, DateTimeOffset at)
    {
        if (!Digests.TryGetValue(signature.DigestAlgorithm, out var end) || at >= end)
            return string.Create(CultureInfo.InvariantCulture, $"The digest algorithm {NameOf(signature.DigestAlgorithm)} was not good enough at {at:yyyy-MM-dd}.");
        // RFC 8419 3.1: EdDSA signs with SHA-512 or SHAKE256 and no other digest.
        if ((signature.SignatureAlgorithm == CmsOids.Ed25519 && signature.DigestAlgorithm != CmsOids.Sha512) ||
            (signature.SignatureAlgorithm == CmsOids.Ed448 && signature.DigestAlgorithm is not (CmsOids.Shake256 or CmsOids.Shake256WithLength)))
            return "The digest algorithm is not the one that belongs to the Edwards curve (RFC 8419).";
        if (signature.SignatureAlgorithm is CmsOids.Ed25519 or CmsOids.Ed448)
            return null;
        using var key = PublicKey.Import(signer.SubjectPublicKeyInfo.Span);
        if (key is null)
            return null;
        var family = signature.SignatureAlgorithm switch
        {
            CmsOids.RsaPss => "RSASSA-PSS",
            CmsOids.Ec or CmsOids.EcdsaSha1 or CmsOids.EcdsaSha256 or CmsOids.EcdsaSha384 or CmsOids.EcdsaSha512 or CmsOids.EcdsaSha3Of256
                or CmsOids.EcdsaSha3Of384 or CmsOids.EcdsaSha3Of512 or CmsOids.EcdsaPlainSha256 or CmsOids.EcdsaPlainSha384 or CmsOids.EcdsaPlainSha512 => "EC",
            CmsOids.Dsa or CmsOids.DsaSha1 or CmsOids.DsaSha256 => "DSA",
            _ => "RSA",
        };
        var rule = Keys.FirstOrDefault(k => k.Family == family && key.Bits >= k.Bits);
        return at >= rule.End
            ? string.Create(CultureInfo.InvariantCulture, $"A {family} key of {key.Bits} bits was not good enough at {at:yyyy-MM-dd}.")
            : null;
    }

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);

    private static string NameOf(string oid) => oid switch
    {
        CmsOids.Md5 => "MD5",
        CmsOids.Sha1 => "SHA-1",
        _ => oid,
    };
}
