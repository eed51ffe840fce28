namespace Tera.Pades.Cms;

/// <summary>The object identifiers a reader of CMS signatures meets.</summary>
internal static class CmsOids
{
    // Content types: RFC 5652 4, 5.1; RFC 3161 2.4.2
    internal const string Data = "1.2.840.113549.1.7.1";
    internal const string SignedData = "1.2.840.113549.1.7.2";
    internal const string TstInfo = "1.2.840.113549.1.9.16.1.4";

    // Attributes: RFC 5652 11, RFC 2634 5.4, RFC 5035, RFC 3161 appendix A, RFC 5126
    internal const string ContentType = "1.2.840.113549.1.9.3";
    internal const string MessageDigest = "1.2.840.113549.1.9.4";
    internal const string SigningTime = "1.2.840.113549.1.9.5";
    internal const string SigningCertificate = "1.2.840.113549.1.9.16.2.12";
    internal const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    internal const string SignatureTimeStamp = "1.2.840.113549.1.9.16.2.14";
    internal const string SignaturePolicy = "1.2.840.113549.1.9.16.2.15";
    internal const string CommitmentType = "1.2.840.113549.1.9.16.2.16";
    internal const string SignerLocation = "1.2.840.113549.1.9.16.2.17";
    internal const string AlgorithmProtection = "1.2.840.113549.1.9.52";

    // Revocation values: Adobe's signed attribute (ISO 32000-1 12.8.3.3.2), RFC 5126 6.3.4, and RFC 5940 in SignedData.crls
    internal const string AdobeRevocation = "1.2.840.113583.1.1.8";
    internal const string RevocationValues = "1.2.840.113549.1.9.16.2.24";
    internal const string OcspResponse = "1.3.6.1.5.5.7.16.2";
    internal const string BasicOcspResponse = "1.3.6.1.5.5.7.48.1.1";

    // Digests: RFC 3370, RFC 5754, RFC 8702, RFC 8419
    internal const string Md5 = "1.2.840.113549.2.5";
    internal const string Sha1 = "1.3.14.3.2.26";
    internal const string Sha256 = "2.16.840.1.101.3.4.2.1";
    internal const string Sha384 = "2.16.840.1.101.3.4.2.2";
    internal const string Sha512 = "2.16.840.1.101.3.4.2.3";
    internal const string Sha3Of256 = "2.16.840.1.101.3.4.2.8";
    internal const string Sha3Of384 = "2.16.840.1.101.3.4.2.9";
    internal const string Sha3Of512 = "2.16.840.1.101.3.4.2.10";
    internal const string Shake256 = "2.16.840.1.101.3.4.2.12";
    internal const string Shake256WithLength = "2.16.840.1.101.3.4.2.18";

    // Keys and signatures: RFC 3279, RFC 4055, RFC 5758, RFC 8410, NIST CSOR for SHA-3
    internal const string Rsa = "1.2.840.113549.1.1.1";
    internal const string RsaMd5 = "1.2.840.113549.1.1.4";
    internal const string RsaSha1 = "1.2.840.113549.1.1.5";
    internal const string RsaPss = "1.2.840.113549.1.1.10";
    internal const string RsaSha256 = "1.2.840.113549.1.1.11";
    internal const string RsaSha384 = "1.2.840.113549.1.1.12";
    internal const string RsaSha512 = "1.2.840.113549.1.1.13";
    internal const string RsaSha1Oiw = "1.3.14.3.2.29";
    internal const string Mgf1 = "1.2.840.113549.1.1.8";
    internal const string Ec = "1.2.840.10045.2.1";
    internal const string EcdsaSha1 = "1.2.840.10045.4.1";
    internal const string EcdsaSha256 = "1.2.840.10045.4.3.2";
    internal const string EcdsaSha384 = "1.2.840.10045.4.3.3";
    internal const string EcdsaSha512 = "1.2.840.10045.4.3.4";
    internal const string EcdsaPlainSha256 = "0.4.0.127.0.7.1.1.4.1.3";
    internal const string EcdsaPlainSha384 = "0.4.0.127.0.7.1.1.4.1.4";
    internal const string EcdsaPlainSha512 = "0.4.0.127.0.7.1.1.4.1.5";
    internal const string Dsa = "1.2.840.10040.4.1";
    internal const string DsaSha1 = "1.2.840.10040.4.3";
    internal const string DsaSha256 = "2.16.840.1.101.3.4.3.2";
    internal const string EcdsaSha3Of256 = "2.16.840.1.101.3.4.3.10";
    internal const string EcdsaSha3Of384 = "2.16.840.1.101.3.4.3.11";
    internal const string EcdsaSha3Of512 = "2.16.840.1.101.3.4.3.12";
    internal const string RsaSha3Of256 = "2.16.840.1.101.3.4.3.14";
    internal const string RsaSha3Of384 = "2.16.840.1.101.3.4.3.15";
    internal const string RsaSha3Of512 = "2.16.840.1.101.3.4.3.16";
    internal const string Ed25519 = "1.3.101.112";
    internal const string Ed448 = "1.3.101.113";
}
