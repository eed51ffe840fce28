using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Signing;

/// <summary>Whose answers are looked at before they become a document.</summary>
public sealed class KeyAnswerTests
{
    private static readonly Identity Own = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);

    [Fact]
    public async Task A_key_elsewhere_that_answers_wrong_makes_no_document()
    {
        var wrong = new RemoteKey(Own.Signer, digest => digest.Select(b => (byte)(b ^ 0xFF)).ToArray());
        Assert.Equal(SigningRefusal.SignatureDoesNotVerify, (await Refused(wrong, Own.Request("Bupati"))).Refusal);
        await PadesSigner.SignAsync(PdfFile.Open(SmallPdf.Make()), new MemoryStream(), new RemoteKey(Own.Signer, digest => digest), Own.Request("Bupati"), cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_key_in_memory_that_is_not_the_certificates_makes_no_document()
    {
        using var other = KeyPairs.Create(SignatureAlgorithm.EcdsaP256Sha256);
        Assert.Equal(SigningRefusal.SignatureDoesNotVerify, (await Refused(other, Own.Request("Bupati"))).Refusal);
    }

    [Fact]
    public async Task A_key_in_memory_that_signs_with_another_algorithm_makes_no_document()
    {
        var rsa = Identity.Of(SignatureAlgorithm.RsaPkcs1Sha256);
        var request = rsa.Request("Bupati") with { Algorithm = SignatureAlgorithm.RsaPssSha256 };
        Assert.Equal(SigningRefusal.SignatureDoesNotVerify, (await Refused(rsa.Signer, request)).Refusal);
    }

    private static async Task<SigningException> Refused(ISigner key, SignatureRequest request)
    {
        var pdf = SmallPdf.Make();
        var output = new MemoryStream();
        var refused = await Assert.ThrowsAsync<SigningException>(() => PadesSigner.SignAsync(PdfFile.Open(pdf), output, key, request, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(pdf.Length, output.Length);
        return refused;
    }

    private sealed class RemoteKey(SoftwareSigner key, Func<byte[], byte[]> change) : ISigner
    {
        public SignatureAlgorithm Algorithm => key.Algorithm;

        public ReadOnlyMemory<byte> SubjectPublicKeyInfo => key.SubjectPublicKeyInfo;

        public ValueTask<byte[]> SignDigestAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken) =>
            ValueTask.FromResult(key.SignDigest(change(digest.ToArray())));
    }
}
