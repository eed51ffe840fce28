using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Tera.Pki.Keys;

/// <summary>
/// A private key in a PKCS#11 token (HSM, smart card, SoftHSM), reached through OpenSSL's engine <c>pkcs11</c> (libp11). The module is
/// the one of the environment variable PKCS11_MODULE_PATH, else those that p11-kit knows. The key never leaves the token.
/// The engine keeps the token logged in for the whole process: a later call with another PIN is not refused by the token.
/// </summary>
[UnsupportedOSPlatform("android")]
[UnsupportedOSPlatform("browser")]
[UnsupportedOSPlatform("ios")]
[UnsupportedOSPlatform("tvos")]
[UnsupportedOSPlatform("windows")]
public sealed class Pkcs11Signer : ISigner, IDisposable
{
    private readonly SoftwareSigner _signer;

    private Pkcs11Signer(SoftwareSigner signer) => _signer = signer;

    /// <inheritdoc/>
    public SignatureAlgorithm Algorithm => _signer.Algorithm;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => _signer.SubjectPublicKeyInfo;

    /// <summary>Opens a key; the token is logged in to as its user.</summary>
    /// <param name="uri">The PKCS#11 URI of the private key (RFC 7512), for example <c>pkcs11:token=tera;object=kepala-dinas</c>; without a PIN.</param>
    /// <param name="pin">The user's PIN. It appears in no message; a copy lives in the engine until the key is disposed.</param>
    /// <param name="rsaAlgorithm">The algorithm for an RSA key; PKCS#1 with SHA-256 when null.</param>
    /// <returns>The signer, to be disposed.</returns>
    /// <exception cref="ArgumentException">The URI is none, or carries a PIN.</exception>
    /// <exception cref="CryptographicException">The engine, the module, the token or the key is not there, the PIN is wrong, or the key is neither RSA nor EC.</exception>
    /// <exception cref="PlatformNotSupportedException">There is no OpenSSL on this platform.</exception>
    public static Pkcs11Signer Open(string uri, ReadOnlySpan<char> pin, SignatureAlgorithm? rsaAlgorithm = null)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.StartsWith("pkcs11:", StringComparison.Ordinal) || uri.Contains('\0'))
            throw new ArgumentException("A PKCS#11 URI begins with \"pkcs11:\" (RFC 7512).", nameof(uri));
        if (uri.Contains("pin-value", StringComparison.OrdinalIgnoreCase) || uri.Contains("pin-source", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("The PIN does not belong into the URI.", nameof(uri));
        // libp11 reads its attributes in the path part; a query part is cut off before.
        var path = uri.Split('?')[0];
        if (!path.Contains("type=", StringComparison.Ordinal))
            path += ";type=private";
        try
        {
            using var key = Pkcs11Engine.Open(path, pin);
            return new Pkcs11Signer(Open(key, rsaAlgorithm));
        }
        catch (CryptographicException e)
        {
            throw new CryptographicException($"The key {path} cannot be opened in the PKCS#11 token: is the module there (PKCS11_MODULE_PATH), the object, and the PIN right?", e);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new PlatformNotSupportedException("PKCS#11 tokens are reached through OpenSSL 3, which is not on this machine.", e);
        }
    }

    /// <inheritdoc/>
    public ValueTask<byte[]> SignDigestAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken) =>
        _signer.SignDigestAsync(digest, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _signer.Dispose();

    private static SoftwareSigner Open(SafeEvpPKeyHandle key, SignatureAlgorithm? rsaAlgorithm)
    {
        RSAOpenSsl? rsa = null;
        try
        {
            rsa = new RSAOpenSsl(key);
            return new SoftwareSigner(rsa, rsaAlgorithm ?? SignatureAlgorithm.RsaPkcs1Sha256);
        }
        catch (CryptographicException)
        {
            rsa?.Dispose();
            return new SoftwareSigner(new ECDsaOpenSsl(key));
        }
    }
}
