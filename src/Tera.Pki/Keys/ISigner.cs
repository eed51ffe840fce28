namespace Tera.Pki.Keys;

/// <summary>
/// The one key interface: a private key that signs digests, wherever it lives (software, PKCS#11 token, remote service).
/// Implementations may be called from several threads at once.
/// </summary>
public interface ISigner
{
    /// <summary>The algorithm of every signature this key makes.</summary>
    SignatureAlgorithm Algorithm { get; }

    /// <summary>The public key as a DER SubjectPublicKeyInfo (RFC 5280 4.1.2.7).</summary>
    ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>Signs a digest that was made with <see cref="SignatureAlgorithm.Digest"/>.</summary>
    /// <param name="digest">The digest, <see cref="SignatureAlgorithm.DigestLength"/> bytes; the message itself where the algorithm <see cref="SignatureAlgorithm.SignsMessage"/>.</param>
    /// <param name="cancellationToken">Cancels the wait for a remote key.</param>
    /// <returns>The signature value; an ECDSA value is in the DER form of RFC 3279 2.2.3.</returns>
    /// <exception cref="ArgumentException">The digest has the wrong length.</exception>
    ValueTask<byte[]> SignDigestAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken);
}
