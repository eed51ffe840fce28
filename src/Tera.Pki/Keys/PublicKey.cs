using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Keys.Edwards;

namespace Tera.Pki.Keys;

/// <summary>A public key opened from its SubjectPublicKeyInfo for several verifications. Opening costs more than an ECDSA verification.</summary>
public sealed class PublicKey : IDisposable
{
    /// <summary>RSA keys longer than this are refused: verification time grows with the square of the length.</summary>
    public const int MaximumRsaBits = 16384;

    /// <summary>An office meets some hundred keys; opened RSA keys of ordinary length take about 2 KiB.</summary>
    private const int SharedKeys = 512;

    /// <summary>Longer keys are rare, and a file full of them shall not fill the memory.</summary>
    private const int MaximumSharedBits = 4096;

    private static readonly RecentlyUsed<Fingerprint, PublicKey> Opened = new(SharedKeys);

    private readonly IDisposable _key;

    private PublicKey(IDisposable key, int bits)
    {
        _key = key;
        Bits = bits;
    }

    /// <summary>The length of the modulus or of the curve's field in bits.</summary>
    public int Bits { get; }

    /// <summary>Opens a key.</summary>
    /// <param name="subjectPublicKeyInfo">The DER public key: RSA, EC on a curve the platform knows, Ed25519, Ed448, or DSA with its parameters.</param>
    /// <returns>The key, or null when it is malformed, of another type or too long.</returns>
    public static PublicKey? Import(ReadOnlySpan<byte> subjectPublicKeyInfo) => Import(subjectPublicKeyInfo, out _);

    private static PublicKey? Import(ReadOnlySpan<byte> subjectPublicKeyInfo, out bool isUnsupported)
    {
        isUnsupported = false;
        AsymmetricAlgorithm? key = null;
        try
        {
            var encoded = subjectPublicKeyInfo.ToArray();
            var oid = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence().ReadSequence().ReadObjectIdentifier();
            if (oid is Oids.Ed25519 or Oids.Ed448)
            {
                return EdwardsPublicKey.TryRead(encoded) is { } edwards ? new PublicKey(edwards, edwards.Bits) : null;
            }
            key = oid switch
            {
                Oids.RsaEncryption or Oids.RsaPss => RSA.Create(),
                Oids.EcPublicKey => ECDsa.Create(),
                Oids.Dsa => DSA.Create(),
                _ => null,
            };
            if (key is null)
            {
                isUnsupported = true;
                return null;
            }
            key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out var read);
            if (read == subjectPublicKeyInfo.Length && key.KeySize <= MaximumRsaBits)
            {
                var opened = new PublicKey(key, key.KeySize);
                key = null;
                return opened;
            }
            return null;
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException or PlatformNotSupportedException)
        {
            isUnsupported = e is PlatformNotSupportedException;
            return null;
        }
        finally
        {
            key?.Dispose();
        }
    }

    /// <summary>
    /// Opens a key, or finds it opened: the platform takes some 0.2 ms to open one and 0.03 (RSA) to 0.08 ms (P-256) to verify with it.
    /// The process keeps a bounded number of keys; the caller does not dispose the answer.
    /// </summary>
    /// <param name="subjectPublicKeyInfo">The DER public key.</param>
    /// <returns>The key, or null as <see cref="Import(ReadOnlySpan{byte})"/> answers it.</returns>
    public static PublicKey? Shared(ReadOnlySpan<byte> subjectPublicKeyInfo) => Shared(subjectPublicKeyInfo, out _);

    /// <summary>The same, and why there is no key.</summary>
    /// <param name="subjectPublicKeyInfo">The DER public key.</param>
    /// <param name="isUnsupported">Whether the key may be a good one, of a type or on a curve that this platform does not know.</param>
    /// <returns>The key, or null.</returns>
    public static PublicKey? Shared(ReadOnlySpan<byte> subjectPublicKeyInfo, out bool isUnsupported)
    {
        isUnsupported = false;
        var fingerprint = Fingerprint.Of(subjectPublicKeyInfo);
        if (Opened.TryGet(fingerprint, out var known))
        {
            return known;
        }
        var key = Import(subjectPublicKeyInfo, out isUnsupported);
        if (key is not null && key.Bits <= MaximumSharedBits)
        {
            Opened.Add(fingerprint, key);
        }
        return key;
    }

    /// <summary>Verifies a signature over a digest.</summary>
    /// <param name="algorithm">The algorithm the signature claims.</param>
    /// <param name="digest">The digest of what was signed; the message where the algorithm signs that (EdDSA).</param>
    /// <param name="signature">The signature value; ECDSA and DSA values in DER (RFC 3279).</param>
    /// <returns>False also when the key does not fit the algorithm.</returns>
    public bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return _key is EdwardsPublicKey edwards
            ? algorithm.Scheme == SignatureScheme.EdDsa && edwards.Oid == algorithm.Oid && edwards.Verify(digest, signature)
            : Verify(algorithm.Scheme, algorithm.Hash, digest, signature);
    }

    /// <summary>Verifies a signature over a digest of any hash, for structures that name scheme and hash apart.</summary>
    /// <param name="scheme">The family; EdDSA signs no digest and answers false.</param>
    /// <param name="hash">The hash; ECDSA and DSA look at the digest only.</param>
    /// <param name="digest">The digest.</param>
    /// <param name="signature">The signature value.</param>
    /// <param name="format">How the two numbers of ECDSA and DSA are written.</param>
    /// <returns>False also when the key does not fit the scheme.</returns>
    public bool Verify(SignatureScheme scheme, HashAlgorithmName hash, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature, DSASignatureFormat format = DSASignatureFormat.Rfc3279DerSequence)
    {
        try
        {
            return (_key, scheme) switch
            {
                (RSA rsa, SignatureScheme.RsaPkcs1) => rsa.VerifyHash(digest, signature, hash, RSASignaturePadding.Pkcs1),
                (RSA rsa, SignatureScheme.RsaPss) => rsa.VerifyHash(digest, signature, hash, RSASignaturePadding.Pss),
                (ECDsa ec, SignatureScheme.Ecdsa) => ec.VerifyHash(digest, signature, format),
                (DSA dsa, SignatureScheme.Dsa) => dsa.VerifySignature(digest, signature, format),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            // The platform throws where a value cannot be a signature of this key at all (length, group); for a verifier that is "no".
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
