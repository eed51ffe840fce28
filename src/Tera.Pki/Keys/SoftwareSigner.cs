using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Keys.Edwards;

namespace Tera.Pki.Keys;

/// <summary>
/// A private key in this process's memory, RSA, EC or Ed25519. Keep it open for a whole activation: importing costs more than signing.
/// Its first signature is verified before it is given out, so that a private key never goes with another's public key.
/// </summary>
public sealed class SoftwareSigner : ISigner, IDisposable
{
    private readonly IDisposable _key;
    private volatile bool _isProven;

    /// <summary>Takes an RSA key over; it is disposed with the signer.</summary>
    /// <param name="key">The private key, 2048 to 8192 bits.</param>
    /// <param name="algorithm">One of the six RSA algorithms.</param>
    /// <exception cref="ArgumentException">The algorithm is no RSA algorithm, or the key is too short or too long.</exception>
    public SoftwareSigner(RSA key, SignatureAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(algorithm);
        if (algorithm.IsLegacy || algorithm.Scheme is not (SignatureScheme.RsaPkcs1 or SignatureScheme.RsaPss))
        {
            throw new ArgumentException($"An RSA key cannot sign with {algorithm}.", nameof(algorithm));
        }
        if (key.KeySize is < 2048 or > 8192)
        {
            throw new ArgumentException($"An RSA key of {key.KeySize} bits is outside 2048 to 8192.", nameof(key));
        }
        _key = key;
        Algorithm = algorithm;
        SubjectPublicKeyInfo = key.ExportSubjectPublicKeyInfo();
    }

    /// <summary>Takes an EC key over; it is disposed with the signer. The curve decides the algorithm.</summary>
    /// <param name="key">The private key on P-256, P-384 or P-521.</param>
    /// <exception cref="ArgumentException">The curve is another.</exception>
    public SoftwareSigner(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
        Algorithm = key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value switch
        {
            Oids.P256 => SignatureAlgorithm.EcdsaP256Sha256,
            Oids.P384 => SignatureAlgorithm.EcdsaP384Sha384,
            Oids.P521 => SignatureAlgorithm.EcdsaP521Sha512,
            var other => throw new ArgumentException($"The curve {other} is not P-256, P-384 or P-521.", nameof(key)),
        };
        SubjectPublicKeyInfo = key.ExportSubjectPublicKeyInfo();
    }

    internal SoftwareSigner(EvpKey key)
    {
        _key = key;
        Algorithm = SignatureAlgorithm.Ed25519;
        SubjectPublicKeyInfo = EdwardsPrivateKey.ToSubjectPublicKeyInfo(key);
    }

    /// <inheritdoc/>
    public SignatureAlgorithm Algorithm { get; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>Opens an unencrypted PKCS#8 PrivateKeyInfo. The caller clears its buffer.</summary>
    /// <param name="privateKeyInfo">The DER key, RSA, EC or Ed25519.</param>
    /// <param name="rsaAlgorithm">The algorithm for an RSA key; PKCS#1 with SHA-256 when null. Other keys ignore it.</param>
    /// <returns>The signer.</returns>
    /// <exception cref="CryptographicException">The key is malformed or of another type.</exception>
    public static SoftwareSigner FromPkcs8(ReadOnlySpan<byte> privateKeyInfo, SignatureAlgorithm? rsaAlgorithm = null)
    {
        switch (Pkcs8KeyType.Read(privateKeyInfo))
        {
            case Oids.RsaEncryption or Oids.RsaPss:
                var rsa = RSA.Create();
                return Open(rsa, privateKeyInfo, () => new SoftwareSigner(rsa, rsaAlgorithm ?? SignatureAlgorithm.RsaPkcs1Sha256));
            case Oids.EcPublicKey:
                var ec = ECDsa.Create();
                return Open(ec, privateKeyInfo, () => new SoftwareSigner(ec));
            case Oids.Ed25519:
                return new SoftwareSigner(EdwardsPrivateKey.FromPkcs8(privateKeyInfo));
            case var other:
                throw new CryptographicException($"The PKCS#8 key has the unsupported type {other}.");
        }
    }

    /// <summary>Copies the private key out as an unencrypted PKCS#8 PrivateKeyInfo, for a vault that seals it. The caller clears the result.</summary>
    /// <returns>The DER key.</returns>
    /// <exception cref="CryptographicException">The key cannot leave its token.</exception>
    public byte[] ExportPkcs8() => _key is EvpKey edwards ? EdwardsPrivateKey.ToPkcs8(edwards) : ((AsymmetricAlgorithm)_key).ExportPkcs8PrivateKey();

    /// <inheritdoc/>
    public ValueTask<byte[]> SignDigestAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(SignDigest(digest.Span));
    }

    /// <summary>Signs a digest at once; a software key never waits.</summary>
    /// <param name="digest">The digest, <see cref="SignatureAlgorithm.DigestLength"/> bytes, or the message where the algorithm signs that.</param>
    /// <returns>The signature value.</returns>
    /// <exception cref="ArgumentException">The digest has the wrong length.</exception>
    /// <exception cref="CryptographicException">The first signature does not verify with the public key.</exception>
    public byte[] SignDigest(ReadOnlySpan<byte> digest)
    {
        if (!Algorithm.AcceptsDigest(digest.Length))
        {
            throw new ArgumentException($"{Algorithm} signs digests of {Algorithm.DigestLength} bytes, not {digest.Length}.", nameof(digest));
        }
        var signature = Sign(digest);
        if (!_isProven)
        {
            if (!Algorithm.VerifyDigest(SubjectPublicKeyInfo.Span, digest, signature))
            {
                throw new CryptographicException("The private key and its public key do not belong together.");
            }
            _isProven = true;
        }
        return signature;
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private byte[] Sign(ReadOnlySpan<byte> digest) =>
        (_key, Algorithm.Scheme) switch
        {
            (RSA rsa, SignatureScheme.RsaPss) => rsa.SignHash(digest, Algorithm.Hash, RSASignaturePadding.Pss),
            (RSA rsa, _) => rsa.SignHash(digest, Algorithm.Hash, RSASignaturePadding.Pkcs1),
            (EvpKey edwards, _) => edwards.Sign(digest),
            (ECDsa ec, _) => ec.SignHash(digest, DSASignatureFormat.Rfc3279DerSequence),
            _ => throw new InvalidOperationException($"No private key for {Algorithm}."),
        };

    private static SoftwareSigner Open(AsymmetricAlgorithm key, ReadOnlySpan<byte> privateKeyInfo, Func<SoftwareSigner> build)
    {
        SoftwareSigner? signer = null;
        try
        {
            key.ImportPkcs8PrivateKey(privateKeyInfo, out _);
            signer = build();
            return signer;
        }
        finally
        {
            if (signer is null)
            {
                key.Dispose();
            }
        }
    }
}
