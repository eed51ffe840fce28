namespace Tera.Pki.Keys;

/// <summary>The families of signature algorithms.</summary>
public enum SignatureScheme
{
    /// <summary>RSASSA-PKCS1-v1_5 (RFC 8017 8.2).</summary>
    RsaPkcs1,

    /// <summary>RSASSA-PSS (RFC 8017 8.1).</summary>
    RsaPss,

    /// <summary>ECDSA (FIPS 186-5), values in the DER form of RFC 3279.</summary>
    Ecdsa,

    /// <summary>DSA (FIPS 186-4), verified only: old chains use it.</summary>
    Dsa,

    /// <summary>Ed25519 and Ed448 in their pure form (RFC 8032): the key signs the message and not a digest of it.</summary>
    EdDsa,
}
