using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tera.Pki.Keys.Edwards;

namespace Tera.Pki.Keys;

/// <summary>A private key with its certificate and chain, read from a PKCS#12 file.</summary>
public sealed class Pkcs12Identity : IDisposable
{
    /// <summary>ERROR_INVALID_PASSWORD, which the platform's loader gives on every system.</summary>
    private const int WrongPassphrase = unchecked((int)0x80070056);

    private Pkcs12Identity(SoftwareSigner signer, ReadOnlyMemory<byte> certificate, IReadOnlyList<ReadOnlyMemory<byte>> otherCertificates)
    {
        Signer = signer;
        Certificate = certificate;
        OtherCertificates = otherCertificates;
    }

    /// <summary>The private key.</summary>
    public SoftwareSigner Signer { get; }

    /// <summary>The DER certificate of the key.</summary>
    public ReadOnlyMemory<byte> Certificate { get; }

    /// <summary>The other DER certificates in the file, as they came: usually the issuing CA and the root.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> OtherCertificates { get; }

    /// <summary>Opens a PKCS#12 file that has exactly one private key. Iteration counts and sizes are bounded by the platform's defaults.</summary>
    /// <param name="pkcs12">The bytes of the file.</param>
    /// <param name="passphrase">The passphrase; it appears in no message.</param>
    /// <param name="rsaAlgorithm">The algorithm for an RSA key; PKCS#1 with SHA-256 when null. Other keys ignore it.</param>
    /// <returns>The identity, to be disposed.</returns>
    /// <exception cref="CryptographicException">The passphrase is wrong, or the file is damaged or holds not exactly one private key.</exception>
    public static Pkcs12Identity Open(ReadOnlySpan<byte> pkcs12, ReadOnlySpan<char> passphrase, SignatureAlgorithm? rsaAlgorithm = null)
    {
        X509Certificate2Collection entries;
        try
        {
            // Exportable, because a software key must be copied out of the certificate object that dies here.
            entries = X509CertificateLoader.LoadPkcs12Collection(
                pkcs12, passphrase, X509KeyStorageFlags.EphemeralKeySet | X509KeyStorageFlags.Exportable, Pkcs12LoaderLimits.Defaults);
        }
        catch (CryptographicException e) when (e.HResult != WrongPassphrase && e is not Pkcs12LoadLimitExceededException)
        {
            // The platform does not know keys on Edwards curves; by now it has found the passphrase right and the limits kept.
            if (EdwardsPkcs12.TryOpen(pkcs12, passphrase) is { } found)
            {
                return new Pkcs12Identity(found.Signer, found.Certificate, found.Others);
            }
            throw;
        }
        catch (ArgumentException damaged)
        {
            // The platform's loader lets this through where ciphertext is no whole number of blocks.
            throw new CryptographicException("The PKCS#12 file is damaged.", damaged);
        }
        try
        {
            var withKey = entries.Where(e => e.HasPrivateKey).ToList();
            if (withKey.Count != 1)
            {
                throw new CryptographicException($"The PKCS#12 file holds {withKey.Count} private keys where one is needed.");
            }
            var others = entries.Where(e => !e.HasPrivateKey).Select(e => (ReadOnlyMemory<byte>)e.RawData).ToList();
            return new Pkcs12Identity(OpenKey(withKey[0], rsaAlgorithm), withKey[0].RawData, others);
        }
        finally
        {
            foreach (var entry in entries)
            {
                entry.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Signer.Dispose();

    private static SoftwareSigner OpenKey(X509Certificate2 entry, SignatureAlgorithm? rsaAlgorithm)
    {
        if (entry.GetRSAPrivateKey() is { } rsa)
        {
            return new SoftwareSigner(rsa, rsaAlgorithm ?? SignatureAlgorithm.RsaPkcs1Sha256);
        }
        return entry.GetECDsaPrivateKey() is { } ec
            ? new SoftwareSigner(ec)
            : throw new CryptographicException("The private key in the PKCS#12 file is neither RSA, EC nor Ed25519.");
    }
}
