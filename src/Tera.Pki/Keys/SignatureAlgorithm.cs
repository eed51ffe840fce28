using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Keys.Edwards;

namespace Tera.Pki.Keys;

/// <summary>
/// A signature algorithm with its parameters: a closed set. Tera signs with those of <see cref="Signing"/>;
/// the legacy ones are there to verify what others signed long ago, and no signer accepts them.
/// </summary>
public sealed class SignatureAlgorithm
{
    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256.</summary>
    public static SignatureAlgorithm RsaPkcs1Sha256 { get; } = new("RSA-PKCS1-SHA256", SignatureScheme.RsaPkcs1, Oids.RsaSha256, HashAlgorithmName.SHA256, 32);

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-384.</summary>
    public static SignatureAlgorithm RsaPkcs1Sha384 { get; } = new("RSA-PKCS1-SHA384", SignatureScheme.RsaPkcs1, Oids.RsaSha384, HashAlgorithmName.SHA384, 48);

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-512.</summary>
    public static SignatureAlgorithm RsaPkcs1Sha512 { get; } = new("RSA-PKCS1-SHA512", SignatureScheme.RsaPkcs1, Oids.RsaSha512, HashAlgorithmName.SHA512, 64);

    /// <summary>RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes.</summary>
    public static SignatureAlgorithm RsaPssSha256 { get; } = new("RSA-PSS-SHA256", SignatureScheme.RsaPss, Oids.RsaPss, HashAlgorithmName.SHA256, 32);

    /// <summary>RSASSA-PSS with SHA-384, MGF1 with SHA-384 and a salt of 48 bytes.</summary>
    public static SignatureAlgorithm RsaPssSha384 { get; } = new("RSA-PSS-SHA384", SignatureScheme.RsaPss, Oids.RsaPss, HashAlgorithmName.SHA384, 48);

    /// <summary>RSASSA-PSS with SHA-512, MGF1 with SHA-512 and a salt of 64 bytes.</summary>
    public static SignatureAlgorithm RsaPssSha512 { get; } = new("RSA-PSS-SHA512", SignatureScheme.RsaPss, Oids.RsaPss, HashAlgorithmName.SHA512, 64);

    /// <summary>ECDSA with SHA-256; Tera signs with it on P-256, and verifies it on any named curve, as the identifier names none (RFC 5758 3.2).</summary>
    public static SignatureAlgorithm EcdsaP256Sha256 { get; } = new("ECDSA-P256-SHA256", SignatureScheme.Ecdsa, Oids.EcdsaSha256, HashAlgorithmName.SHA256, 32);

    /// <summary>ECDSA with SHA-384; Tera signs with it on P-384.</summary>
    public static SignatureAlgorithm EcdsaP384Sha384 { get; } = new("ECDSA-P384-SHA384", SignatureScheme.Ecdsa, Oids.EcdsaSha384, HashAlgorithmName.SHA384, 48);

    /// <summary>ECDSA with SHA-512; Tera signs with it on P-521.</summary>
    public static SignatureAlgorithm EcdsaP521Sha512 { get; } = new("ECDSA-P521-SHA512", SignatureScheme.Ecdsa, Oids.EcdsaSha512, HashAlgorithmName.SHA512, 64);

    /// <summary>Ed25519 (RFC 8032 5.1). In CMS the content is hashed with SHA-512 (RFC 8419 3.1). Tera signs with it where the platform has OpenSSL 3.</summary>
    public static SignatureAlgorithm Ed25519 { get; } = new("ED25519", SignatureScheme.EdDsa, Oids.Ed25519, HashAlgorithmName.SHA512, 0);

    /// <summary>Ed448 (RFC 8032 5.2), verified only. In CMS the content is hashed with SHAKE256, which certificates never need.</summary>
    public static SignatureAlgorithm Ed448 { get; } = new("ED448", SignatureScheme.EdDsa, Oids.Ed448, new HashAlgorithmName("SHAKE256"), 0);

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-1, verified only.</summary>
    public static SignatureAlgorithm LegacyRsaPkcs1Sha1 { get; } = new("RSA-PKCS1-SHA1", SignatureScheme.RsaPkcs1, Oids.RsaSha1, HashAlgorithmName.SHA1, 20);

    /// <summary>ECDSA with SHA-1, verified only.</summary>
    public static SignatureAlgorithm LegacyEcdsaSha1 { get; } = new("ECDSA-SHA1", SignatureScheme.Ecdsa, Oids.EcdsaSha1, HashAlgorithmName.SHA1, 20);

    /// <summary>DSA with SHA-1, verified only.</summary>
    public static SignatureAlgorithm LegacyDsaSha1 { get; } = new("DSA-SHA1", SignatureScheme.Dsa, Oids.DsaSha1, HashAlgorithmName.SHA1, 20);

    /// <summary>DSA with SHA-256, verified only.</summary>
    public static SignatureAlgorithm LegacyDsaSha256 { get; } = new("DSA-SHA256", SignatureScheme.Dsa, Oids.DsaSha256, HashAlgorithmName.SHA256, 32);

    /// <summary>The algorithms Tera signs with.</summary>
    public static IReadOnlyList<SignatureAlgorithm> Signing { get; } =
    [
        RsaPkcs1Sha256, RsaPkcs1Sha384, RsaPkcs1Sha512,
        RsaPssSha256, RsaPssSha384, RsaPssSha512,
        EcdsaP256Sha256, EcdsaP384Sha384, EcdsaP521Sha512,
        .. EvpKey.IsAvailable ? new[] { Ed25519 } : [],
    ];

    private static readonly SignatureAlgorithm[] All =
        [.. Signing.Except([Ed25519]), Ed25519, Ed448, LegacyRsaPkcs1Sha1, LegacyEcdsaSha1, LegacyDsaSha1, LegacyDsaSha256];

    private SignatureAlgorithm(string name, SignatureScheme scheme, string oid, HashAlgorithmName hash, int digestLength)
    {
        Name = name;
        Scheme = scheme;
        Oid = oid;
        Hash = hash;
        DigestLength = digestLength;
        AlgorithmIdentifier = EncodeIdentifier(scheme, oid, hash, digestLength);
    }

    /// <summary>A short name such as <c>ECDSA-P256-SHA256</c>.</summary>
    public string Name { get; }

    /// <summary>The family.</summary>
    public SignatureScheme Scheme { get; }

    /// <summary>The object identifier of the algorithm.</summary>
    public string Oid { get; }

    /// <summary>The hash whose digest is signed; where <see cref="SignsMessage"/>, the hash of the content in CMS (RFC 8419).</summary>
    public HashAlgorithmName Hash { get; }

    /// <summary>The length of the digest in bytes; 0 where <see cref="SignsMessage"/>.</summary>
    public int DigestLength { get; }

    /// <summary>Whether the key signs the message itself and not a digest of it (pure EdDSA). <see cref="Digest"/> is then the message.</summary>
    public bool SignsMessage => Scheme == SignatureScheme.EdDsa;

    /// <summary>True for algorithms that are only verified, never used to sign.</summary>
    public bool IsLegacy => !Signing.Contains(this);

    /// <summary>The DER AlgorithmIdentifier, with the parameters of RFC 4055 (NULL, PSS) or without (RFC 5758).</summary>
    public ReadOnlyMemory<byte> AlgorithmIdentifier { get; }

    /// <summary>Finds the algorithm of a DER or BER AlgorithmIdentifier.</summary>
    /// <param name="algorithmIdentifier">The encoded AlgorithmIdentifier.</param>
    /// <returns>The algorithm, or null when it is malformed or not of this set (a PSS salt that is not as long as the hash included).</returns>
    public static SignatureAlgorithm? Find(ReadOnlyMemory<byte> algorithmIdentifier)
    {
        try
        {
            var sequence = new AsnReader(algorithmIdentifier, AsnEncodingRules.BER).ReadSequence();
            var oid = sequence.ReadObjectIdentifier();
            if (oid == Oids.RsaPss)
            {
                return PssParameters.TryRead(sequence, out var hash) ? Array.Find(All, a => a.Oid == oid && a.Hash == hash) : null;
            }
            return Array.Find(All, a => a.Oid == oid);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>
    /// Finds the algorithm of a CMS SignerInfo, where the signature algorithm may name the key type only
    /// (rsaEncryption, id-ecPublicKey) and the hash stands in digestAlgorithm (RFC 3370 3.2, RFC 5754 3.2).
    /// </summary>
    /// <param name="algorithmIdentifier">The encoded signatureAlgorithm.</param>
    /// <param name="digest">The hash of digestAlgorithm.</param>
    /// <returns>The algorithm, or null when there is none.</returns>
    public static SignatureAlgorithm? FindForCms(ReadOnlyMemory<byte> algorithmIdentifier, HashAlgorithmName digest)
    {
        if (Find(algorithmIdentifier) is { } found)
        {
            return found;
        }
        try
        {
            var oid = new AsnReader(algorithmIdentifier, AsnEncodingRules.BER).ReadSequence().ReadObjectIdentifier();
            SignatureScheme? scheme = oid switch
            {
                Oids.RsaEncryption => SignatureScheme.RsaPkcs1,
                Oids.EcPublicKey => SignatureScheme.Ecdsa,
                Oids.Dsa => SignatureScheme.Dsa,
                _ => null,
            };
            return scheme is null ? null : Array.Find(All, a => a.Scheme == scheme && a.Hash == digest);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>Finds an algorithm by its <see cref="Name"/>, as configuration and profiles write it.</summary>
    /// <param name="name">For example <c>RSA-PSS-SHA256</c>; case does not matter.</param>
    /// <returns>The algorithm, or null.</returns>
    public static SignatureAlgorithm? FindByName(string name) =>
        Array.Find(All, a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What the key signs: the digest of the data with <see cref="Hash"/>, or the data where <see cref="SignsMessage"/>.</summary>
    /// <param name="data">The data to sign.</param>
    /// <returns>What to hand to <see cref="ISigner.SignDigestAsync"/>.</returns>
    public byte[] Digest(ReadOnlySpan<byte> data) => SignsMessage ? data.ToArray() : CryptographicOperations.HashData(Hash, data);

    /// <summary>Whether this can be what <see cref="Digest"/> gives, by its length.</summary>
    /// <param name="length">A number of bytes.</param>
    /// <returns>True when a key of this algorithm signs it.</returns>
    public bool AcceptsDigest(int length) => SignsMessage || length == DigestLength;

    /// <summary>Verifies a signature over data.</summary>
    /// <param name="subjectPublicKeyInfo">The DER public key.</param>
    /// <param name="data">What was signed.</param>
    /// <param name="signature">The signature value.</param>
    /// <returns>False also when the key does not fit the algorithm or is malformed.</returns>
    public bool VerifyData(ReadOnlySpan<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        VerifyDigest(subjectPublicKeyInfo, Digest(data), signature);

    /// <summary>Verifies a signature over a digest.</summary>
    /// <param name="subjectPublicKeyInfo">The DER public key.</param>
    /// <param name="digest">The digest of what was signed.</param>
    /// <param name="signature">The signature value.</param>
    /// <returns>False also when the key does not fit the algorithm or is malformed.</returns>
    public bool VerifyDigest(ReadOnlySpan<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        var key = PublicKey.Shared(subjectPublicKeyInfo);
        return key is not null && AcceptsDigest(digest.Length) && key.Verify(this, digest, signature);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static byte[] EncodeIdentifier(SignatureScheme scheme, string oid, HashAlgorithmName hash, int digestLength)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (scheme == SignatureScheme.RsaPkcs1)
            {
                writer.WriteNull();
            }
            else if (scheme == SignatureScheme.RsaPss)
            {
                PssParameters.Write(writer, hash, digestLength);
            }
        }
        return writer.Encode();
    }
}
