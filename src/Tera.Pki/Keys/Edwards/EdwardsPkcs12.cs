using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Tera.Pki.Certificates;

namespace Tera.Pki.Keys.Edwards;

/// <summary>Reads a PKCS#12 file (RFC 7292) whose one private key is on Ed25519.</summary>
internal static class EdwardsPkcs12
{
    /// <summary>The key, its certificate and the others; null where the file does not hold just that.</summary>
    public static (SoftwareSigner Signer, ReadOnlyMemory<byte> Certificate, List<ReadOnlyMemory<byte>> Others)? TryOpen(ReadOnlySpan<byte> pkcs12, ReadOnlySpan<char> passphrase)
    {
        if (!EvpKey.IsAvailable || !DerivationCost.IsBounded(pkcs12))
            return null;
        SoftwareSigner? signer = null;
        var certificates = new List<ReadOnlyMemory<byte>>();
        try
        {
            foreach (var bag in Bags(Pkcs12Info.Decode(pkcs12.ToArray(), out _, skipCopy: true), passphrase))
            {
                if (bag is Pkcs12CertBag { IsX509Certificate: true } certificate)
                {
                    using var read = certificate.GetCertificate();
                    certificates.Add(read.RawData);
                }
                else if (KeyOf(bag, passphrase) is { } key)
                {
                    if (signer is not null)
                        return null;
                    signer = key;
                }
            }
            if (signer is null)
                return null;
            var own = certificates.FindIndex(c => Certificate.TryDecode(c, out var decoded, out _) && decoded.SubjectPublicKeyInfo.Span.SequenceEqual(signer.SubjectPublicKeyInfo.Span));
            if (own < 0)
                return null;
            var leaf = certificates[own];
            certificates.RemoveAt(own);
            (var result, signer) = (signer, null);
            return (result, leaf, certificates);
        }
        // The platform's decoder lets these through where lengths or ciphertext are damaged, though it promises the first alone.
        catch (Exception damaged) when (damaged is CryptographicException or AsnContentException or ArgumentException)
        {
            return null;
        }
        finally
        {
            signer?.Dispose();
        }
    }

    private static List<Pkcs12SafeBag> Bags(Pkcs12Info info, ReadOnlySpan<char> passphrase)
    {
        var bags = new List<Pkcs12SafeBag>();
        foreach (var contents in info.AuthenticatedSafe)
        {
            if (contents.ConfidentialityMode == Pkcs12ConfidentialityMode.Password)
                contents.Decrypt(passphrase);
            if (contents.ConfidentialityMode == Pkcs12ConfidentialityMode.None)
                bags.AddRange(contents.GetBags());
        }
        return bags;
    }

    private static SoftwareSigner? KeyOf(Pkcs12SafeBag bag, ReadOnlySpan<char> passphrase)
    {
        var info = bag switch
        {
            Pkcs12ShroudedKeyBag shrouded when DerivationCost.IsBounded(shrouded.EncryptedPkcs8PrivateKey.Span) => Pkcs8PrivateKeyInfo.DecryptAndDecode(passphrase, shrouded.EncryptedPkcs8PrivateKey, out _),
            Pkcs12KeyBag plain => Pkcs8PrivateKeyInfo.Decode(plain.Pkcs8PrivateKey, out _),
            _ => null,
        };
        if (info is null)
            return null;
        var encoded = info.Encode();
        try
        {
            return SoftwareSigner.FromPkcs8(encoded);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(encoded);
        }
    }
}
