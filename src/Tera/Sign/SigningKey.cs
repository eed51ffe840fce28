using System.Security.Cryptography;
using System.Text;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Door.Sign;

/// <summary>The unlocked key of a call with its chain: from a PKCS#12 file, or in a PKCS#11 token with the certificates beside it.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly IDisposable _owner;

    private SigningKey(ISigner signer, IReadOnlyList<ReadOnlyMemory<byte>> chain, IDisposable owner)
    {
        Signer = signer;
        Chain = chain;
        _owner = owner;
    }

    public static string[] Options { get; } = ["--p12", "--passphrase-file", "--pkcs11", "--pin-file", "--cert", "--rsa"];

    public ISigner Signer { get; }

    /// <summary>DER certificates, the signer's first.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Chain { get; }

    /// <summary>Opens the key that the call names.</summary>
    /// <exception cref="UsageException">It is not there, not to be opened, or does not belong to its certificate.</exception>
    public static SigningKey Open(Arguments words)
    {
        var rsa = RsaAlgorithmOf(words.Find("--rsa"));
        if (words.Find("--pkcs11") is not { } uri)
            return OpenFile(words.Require("--p12"), words.Require("--passphrase-file"), rsa);
        if (words.Find("--p12") is not null)
            throw new UsageException("--p12 and --pkcs11: one key at a time");
        return OpenToken(uri, words.Require("--pin-file"), words.Require("--cert"), rsa);
    }

    public void Dispose() => _owner.Dispose();

    private static SigningKey OpenFile(string keyFile, string passphraseFile, SignatureAlgorithm? rsa)
    {
        var passphrase = SecretFile.Read("--passphrase-file", passphraseFile);
        try
        {
            var identity = Pkcs12Identity.Open(File.ReadAllBytes(keyFile), passphrase, rsa);
            return new SigningKey(identity.Signer, [identity.Certificate, .. identity.OtherCertificates], identity);
        }
        catch (CryptographicException wrong)
        {
            throw new UsageException($"--p12 {keyFile}: {wrong.Message}");
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--p12 {keyFile}: {unusable.Message}");
        }
        finally
        {
            Array.Clear(passphrase);
        }
    }

    private static SigningKey OpenToken(string uri, string pinFile, string certificates, SignatureAlgorithm? rsa)
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsAndroid() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS() || OperatingSystem.IsBrowser())
            throw new UsageException("--pkcs11: tokens are reached through OpenSSL, which this platform does not have");
        var chain = CertificateFile.Read("--cert", certificates).ToList();
        var pin = SecretFile.Read("--pin-file", pinFile);
        Pkcs11Signer? signer = null;
        try
        {
            signer = Pkcs11Signer.Open(uri, pin, rsa);
            // The token may hold many keys; a signature that its own certificate refuses helps nobody.
            var publicKey = signer.SubjectPublicKeyInfo;
            var owns = chain.FindIndex(c => c.SubjectPublicKeyInfo.Span.SequenceEqual(publicKey.Span));
            if (owns < 0)
                throw new UsageException($"--cert {certificates}: no certificate there belongs to the key in the token");
            var key = new SigningKey(signer, [chain[owns].Encoded, .. chain.Where((_, i) => i != owns).Select(c => c.Encoded)], signer);
            signer = null;
            return key;
        }
        catch (Exception wrong) when (wrong is CryptographicException or ArgumentException or PlatformNotSupportedException)
        {
            throw new UsageException($"--pkcs11: {wrong.Message}");
        }
        finally
        {
            Array.Clear(pin);
            signer?.Dispose();
        }
    }

    private static SignatureAlgorithm? RsaAlgorithmOf(string? text)
    {
        if (text is null)
            return null;
        var algorithm = SignatureAlgorithm.FindByName("RSA-" + text);
        return algorithm is { IsLegacy: false }
            ? algorithm
            : throw new UsageException($"--rsa {text}: pkcs1-sha256, pkcs1-sha384, pkcs1-sha512, pss-sha256, pss-sha384 or pss-sha512");
    }
}
