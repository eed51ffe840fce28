using System.Security.Cryptography;
using Tera.Pki.Keys;

namespace Tera.Pki.Tests.Keys;

/// <summary>Opened public keys that the process keeps.</summary>
public sealed class SharedKeyTests
{
    [Fact]
    public void More_keys_than_are_kept_all_verify_with_their_own_signatures_only()
    {
        var keys = Enumerable.Range(0, 700).Select(_ =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return (Public: key.ExportSubjectPublicKeyInfo(), Signature: key.SignHash(new byte[32], DSASignatureFormat.Rfc3279DerSequence));
        }).ToList();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < keys.Count; i++)
            {
                var (own, other) = (keys[i], keys[(i + 1) % keys.Count]);
                Assert.True(SignatureAlgorithm.EcdsaP256Sha256.VerifyDigest(own.Public, new byte[32], own.Signature));
                Assert.False(SignatureAlgorithm.EcdsaP256Sha256.VerifyDigest(own.Public, new byte[32], other.Signature));
            }
        }
    }

    [Fact]
    public void A_key_is_opened_once_however_many_ask_for_it()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var encoded = key.ExportSubjectPublicKeyInfo();
        Assert.Same(PublicKey.Shared(encoded), PublicKey.Shared(encoded));
        Assert.Null(PublicKey.Shared([0x30, 0x03, 0x02, 0x01, 0x00]));
    }

    [Fact]
    public async Task A_shared_key_serves_several_threads()
    {
        using var key = RSA.Create(2048);
        var encoded = key.ExportSubjectPublicKeyInfo();
        var signature = key.SignHash(new byte[32], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(t => Task.Run(() =>
            Enumerable.Range(0, 200).All(_ => SignatureAlgorithm.RsaPkcs1Sha256.VerifyDigest(encoded, new byte[32], signature)))));
        Assert.All(answers, Assert.True);
    }
}
