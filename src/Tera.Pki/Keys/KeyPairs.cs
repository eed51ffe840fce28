using System.Security.Cryptography;
using Tera.Pki.Keys.Edwards;

namespace Tera.Pki.Keys;

/// <summary>Makes new key pairs in software.</summary>
public static class KeyPairs
{
    /// <summary>Makes a key pair for an algorithm; an EC algorithm gets the curve of its name.</summary>
    /// <param name="algorithm">One of <see cref="SignatureAlgorithm.Signing"/>.</param>
    /// <param name="rsaBits">The length of an RSA modulus: 2048 (about 0.16 s), 3072 (0.65 s) or 4096. other algorithms ignore it.</param>
    /// <returns>The new key, to be disposed.</returns>
    /// <exception cref="ArgumentException">The algorithm is legacy.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is not 2048, 3072 or 4096.</exception>
    public static SoftwareSigner Create(SignatureAlgorithm algorithm, int rsaBits = 3072)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        if (algorithm.IsLegacy)
        {
            throw new ArgumentException($"{algorithm} is verified only.", nameof(algorithm));
        }
        if (algorithm.Scheme is SignatureScheme.EdDsa)
        {
            return new SoftwareSigner(EdwardsPrivateKey.Create());
        }
        if (algorithm.Scheme is SignatureScheme.Ecdsa)
        {
            return new SoftwareSigner(ECDsa.Create(algorithm.DigestLength switch
            {
                32 => ECCurve.NamedCurves.nistP256,
                48 => ECCurve.NamedCurves.nistP384,
                _ => ECCurve.NamedCurves.nistP521,
            }));
        }
        if (rsaBits is not (2048 or 3072 or 4096))
        {
            throw new ArgumentOutOfRangeException(nameof(rsaBits), rsaBits, "RSA keys are made with 2048, 3072 or 4096 bits.");
        }
        return new SoftwareSigner(RSA.Create(rsaBits), algorithm);
    }
}
