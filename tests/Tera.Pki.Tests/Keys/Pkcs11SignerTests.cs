using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Tera.Pki.Keys;

namespace Tera.Pki.Tests.Keys;

/// <summary>Keys in a real PKCS#11 token: Debian's SoftHSM 2 behind OpenSSL's engine.</summary>
[SupportedOSPlatform("linux")]
public sealed class Pkcs11SignerTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("naskah dinas");

    [Fact]
    public async Task Keys_in_a_token_sign_and_their_PIN_stays_out_of_messages()
    {
        using var token = new SoftHsm();
        token.Import("rsa", "01", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
        token.Import("ec", "02", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");

        // First, as the engine stays logged in once it was let in.
        var wrong = Assert.Throws<CryptographicException>(() => Pkcs11Signer.Open("pkcs11:token=tera;object=ec", "kata-sandi-salah"));
        Assert.DoesNotContain("salah", wrong.ToString(), StringComparison.Ordinal);

        foreach (var (label, wanted) in new[] { ("rsa", SignatureAlgorithm.RsaPkcs1Sha256), ("rsa", SignatureAlgorithm.RsaPssSha384), ("ec", SignatureAlgorithm.EcdsaP256Sha256) })
        {
            using var signer = Pkcs11Signer.Open($"pkcs11:token=tera;object={label}", SoftHsm.Pin, wanted.Scheme == SignatureScheme.Ecdsa ? null : wanted);
            Assert.Same(wanted, signer.Algorithm);
            var signature = await signer.SignDigestAsync(wanted.Digest(Text), CancellationToken.None);
            Assert.True(wanted.VerifyData(signer.SubjectPublicKeyInfo.Span, Text, signature));
        }

        Assert.Throws<CryptographicException>(() => Pkcs11Signer.Open("pkcs11:token=tera;object=tiada", SoftHsm.Pin));
        Assert.Throws<ArgumentException>(() => Pkcs11Signer.Open("pkcs11:token=tera;pin-value=1234", SoftHsm.Pin));
        Assert.Throws<ArgumentException>(() => Pkcs11Signer.Open("/etc/passwd", SoftHsm.Pin));
    }
}
