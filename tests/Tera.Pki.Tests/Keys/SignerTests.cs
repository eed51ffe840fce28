using System.Security.Cryptography;
using System.Text;
using Tera.Pki.Keys;

namespace Tera.Pki.Tests.Keys;

public sealed class SignerTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("naskah dinas");

    public static TheoryData<string> SigningAlgorithms => [.. SignatureAlgorithm.Signing.Select(a => a.Name)];

    [Theory]
    [MemberData(nameof(SigningAlgorithms))]
    public async Task A_signature_verifies_and_a_changed_digest_does_not(string name)
    {
        var algorithm = SignatureAlgorithm.FindByName(name)!;
        using var signer = KeyPairs.Create(algorithm, rsaBits: 2048);
        var signature = await signer.SignDigestAsync(algorithm.Digest(Text), CancellationToken.None);

        Assert.True(algorithm.VerifyData(signer.SubjectPublicKeyInfo.Span, Text, signature));
        Assert.False(algorithm.VerifyData(signer.SubjectPublicKeyInfo.Span, "naskah lain"u8, signature));
        signature[^1] ^= 1;
        Assert.False(algorithm.VerifyData(signer.SubjectPublicKeyInfo.Span, Text, signature));
    }

    [Theory]
    [MemberData(nameof(SigningAlgorithms))]
    public void An_algorithm_is_found_again_by_its_identifier(string name)
    {
        var algorithm = SignatureAlgorithm.FindByName(name)!;
        Assert.Same(algorithm, SignatureAlgorithm.Find(algorithm.AlgorithmIdentifier));
    }

    [Theory]
    [MemberData(nameof(SigningAlgorithms))]
    public async Task Openssl_accepts_each_signature(string name)
    {
        var algorithm = SignatureAlgorithm.FindByName(name)!;
        using var signer = KeyPairs.Create(algorithm, rsaBits: 2048);
        using var folder = new TemporaryFolder();
        var key = folder.Write("key.der", signer.SubjectPublicKeyInfo.Span);
        var data = folder.Write("data", Text);
        var signature = folder.Write("sig", await signer.SignDigestAsync(algorithm.Digest(Text), CancellationToken.None));
        string[] pss = algorithm.Scheme == SignatureScheme.RsaPss
            ? ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"]
            : [];

        // OpenSSL's dgst knows no key that signs the message itself.
        var outcome = algorithm.SignsMessage
            ? OpenSsl.Run(["pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey", key, "-in", data, "-sigfile", signature])
            : OpenSsl.Run(["dgst", $"-{algorithm.Hash.Name!.ToLowerInvariant()}", "-keyform", "DER", "-verify", key, .. pss, "-signature", signature, data]);
        Assert.Contains(algorithm.SignsMessage ? "Signature Verified Successfully" : "Verified OK", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_digest_of_the_wrong_length_is_refused()
    {
        using var signer = KeyPairs.Create(SignatureAlgorithm.EcdsaP256Sha256);
        Assert.Throws<ArgumentException>(() => signer.SignDigest(new byte[20]));
    }

    [Fact]
    public void A_private_key_beside_another_keys_public_half_gives_no_signature_away()
    {
        using var named = RSA.Create(2048);
        using var signer = new SoftwareSigner(new MismatchedKey(named), SignatureAlgorithm.RsaPkcs1Sha256);
        Assert.Throws<CryptographicException>(() => signer.SignDigest(new byte[32]));
        Assert.Throws<CryptographicException>(() => signer.SignDigest(new byte[32]));
    }

    [Fact]
    public void A_pkcs8_key_signs_as_the_key_it_came_from()
    {
        using var original = KeyPairs.Create(SignatureAlgorithm.EcdsaP384Sha384);
        var pkcs8 = original.ExportPkcs8();
        using var copy = SoftwareSigner.FromPkcs8(pkcs8);
        Assert.Equal(original.SubjectPublicKeyInfo.ToArray(), copy.SubjectPublicKeyInfo.ToArray());
        Assert.Throws<CryptographicException>(() => SoftwareSigner.FromPkcs8([0x30, 0x00]));
    }

    [Fact]
    public void A_pkcs12_file_made_by_openssl_opens_with_its_passphrase_only()
    {
        using var folder = new TemporaryFolder();
        var (key, certificate, file) = (folder.Path("k.pem"), folder.Path("c.pem"), folder.Path("k.p12"));
        OpenSsl.Run(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-subj", "/CN=Contoh", "-days", "2"]).MustSucceed();
        OpenSsl.Run(["pkcs12", "-export", "-inkey", key, "-in", certificate, "-out", file, "-passout", "pass:kata sandi"]).MustSucceed();
        var bytes = File.ReadAllBytes(file);

        using var identity = Pkcs12Identity.Open(bytes, "kata sandi", SignatureAlgorithm.RsaPssSha256);
        Assert.Equal(SignatureAlgorithm.RsaPssSha256, identity.Signer.Algorithm);
        Assert.NotEmpty(identity.Signer.SignDigest(new byte[32]));
        Assert.Throws<CryptographicException>(() => Pkcs12Identity.Open(bytes, "salah"));
    }

    [Fact]
    public void An_Ed25519_key_in_a_pkcs12_file_of_openssl_opens_with_its_passphrase_only()
    {
        using var folder = new TemporaryFolder();
        var (key, certificate, file) = (folder.Path("k.pem"), folder.Path("c.pem"), folder.Path("k.p12"));
        OpenSsl.Run(["req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", key, "-out", certificate, "-subj", "/CN=Contoh", "-days", "2"]).MustSucceed();
        OpenSsl.Run(["pkcs12", "-export", "-inkey", key, "-in", certificate, "-out", file, "-passout", "pass:kata sandi"]).MustSucceed();
        var bytes = File.ReadAllBytes(file);

        using var identity = Pkcs12Identity.Open(bytes, "kata sandi");
        Assert.Equal(SignatureAlgorithm.Ed25519, identity.Signer.Algorithm);
        Assert.True(SignatureAlgorithm.Ed25519.VerifyData(identity.Signer.SubjectPublicKeyInfo.Span, Text, identity.Signer.SignDigest(Text)));
        Assert.Throws<CryptographicException>(() => Pkcs12Identity.Open(bytes, "salah"));
    }

    [Fact]
    public void Key_one_of_RFC_8032_gives_its_signature_and_its_pkcs8_comes_back()
    {
        // RFC 8032 7.1, TEST 1: an empty message.
        var pkcs8 = Convert.FromHexString("302E020100300506032B6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        using var signer = SoftwareSigner.FromPkcs8(pkcs8);
        Assert.Equal("E5564300C360AC729086E2CC806E828A84877F1EB8E5D974D873E065224901555FB8821590A33BACC61E39701CF9B46BD25BF5F0595BBE24655141438E7A100B", Convert.ToHexString(signer.SignDigest([])));
        Assert.Equal(pkcs8, signer.ExportPkcs8());
    }

    [Fact]
    public void A_key_of_another_type_verifies_nothing()
    {
        using var ec = KeyPairs.Create(SignatureAlgorithm.EcdsaP256Sha256);
        Assert.False(SignatureAlgorithm.RsaPkcs1Sha256.VerifyData(ec.SubjectPublicKeyInfo.Span, Text, new byte[256]));
        Assert.Null(PublicKey.Import([0x30, 0x03, 0x02, 0x01, 0x00]));
    }

    /// <summary>Says that it is one key and signs with another, as a damaged key store may.</summary>
    private sealed class MismatchedKey(RSA named) : RSA
    {
        private readonly RSA _other = Create(2048);

        public override int KeySize => 2048;

        public override RSAParameters ExportParameters(bool includePrivateParameters) => named.ExportParameters(includePrivateParameters);

        public override void ImportParameters(RSAParameters parameters) => throw new NotSupportedException();

        public override byte[] SignHash(byte[] hash, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding) => _other.SignHash(hash, hashAlgorithm, padding);

        protected override void Dispose(bool disposing)
        {
            _other.Dispose();
            base.Dispose(disposing);
        }
    }
}
