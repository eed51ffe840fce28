using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pki.Keys;
using Tera.Pki.TimeStamping;

namespace Tera.Pades.Tests.Signing;

public sealed class TimeStampedSigningTests
{
    [Fact]
    public async Task The_token_stamps_the_signature_value()
    {
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP384Sha384);
        var output = new MemoryStream();
        var authority = new Authority();
        var signed = await PadesSigner.SignAsync(PdfFile.Open(SmallPdf.Make()), output, identity.Signer, identity.Request("Bupati"), authority, TestContext.Current.CancellationToken);

        // The platform's own CMS reader is the judge.
        var cms = new SignedCms();
        cms.Decode(signed.Cms.Span);
        var signer = Assert.Single(cms.SignerInfos.Cast<SignerInfo>());
        var attribute = Assert.Single(signer.UnsignedAttributes.Cast<CryptographicAttributeObject>());
        Assert.Equal("1.2.840.113549.1.9.16.2.14", attribute.Oid.Value);
        Assert.Equal(SHA384.HashData(signer.GetSignature()), authority.Stamped);
        Assert.Equal(authority.Token, attribute.Values[0].RawData);
        Assert.Equal(["1.2.840.113549.1.9.16.2.47", "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"],
            signer.SignedAttributes.Cast<CryptographicAttributeObject>().Select(a => a.Oid.Value!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_token_larger_than_its_place_costs_another_signature_and_no_further_look_at_the_document()
    {
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP384Sha384);
        var pdf = SmallPdf.Make(catalogExtra: $"/Isi({new string('x', 300_000)})");
        var (small, large) = (new Authority(), new Authority { ContentLength = 40_000 });
        var (readOnce, readLarge) = (await BytesRead(small), await BytesRead(large));
        Assert.True(readOnce > 200_000);
        Assert.Equal(readOnce, readLarge);
        Assert.Equal(1, small.Asked);
        Assert.Equal(2, large.Asked);

        async Task<long> BytesRead(Authority authority)
        {
            using var source = new CountingStream(pdf);
            using var folder = new TemporaryFile();
            await using (var output = folder.Create())
                await PadesSigner.SignAsync(PdfFile.Open(source), output, identity.Signer, identity.Request("Bupati"), authority, TestContext.Current.CancellationToken);
            Assert.Equal(1, ForeignTools.ValidSignatures(folder.Path));
            return source.BytesAtLength(128 * 1024);
        }
    }

    [Fact]
    public async Task The_place_is_sized_by_what_is_known_of_the_authority()
    {
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP384Sha384);
        var guessed = await Sign(new Authority());
        var known = await Sign(new Authority { ExpectedTokenLength = 2_000 });
        Assert.Equal((16 * 1024) - 2_000 - 256, Hole(guessed) - Hole(known));

        async Task<SignedPdf> Sign(Authority authority) =>
            await PadesSigner.SignAsync(PdfFile.Open(SmallPdf.Make()), Stream.Null, identity.Signer, identity.Request("Bupati"), authority, TestContext.Current.CancellationToken);

        static long Hole(SignedPdf signed) => (signed.ByteRange.BehindStart - signed.ByteRange.Before) / 2;
    }

    /// <summary>An authority that signs whatever it gets, as a CMS signature: the token's inside is another project's matter.</summary>
    private sealed class Authority : ITimeStampClient
    {
        public byte[] Stamped { get; private set; } = [];

        public byte[] Token { get; private set; } = [];

        public int Asked { get; private set; }

        public int ContentLength { get; init; }

        public int? ExpectedTokenLength { get; init; }

        public Task<byte[]> StampAsync(ReadOnlyMemory<byte> messageImprint, HashAlgorithmName hashAlgorithm, CancellationToken cancellationToken)
        {
            Assert.Equal(HashAlgorithmName.SHA384, hashAlgorithm);
            Stamped = messageImprint.ToArray();
            Asked++;
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var certificate = new CertificateRequest("CN=Penanda Waktu Uji", key, HashAlgorithmName.SHA256).CreateSelfSigned(Identity.Now.AddDays(-1), Identity.Now.AddDays(1));
            var cms = new SignedCms(new ContentInfo(new Oid("1.2.840.113549.1.9.16.1.4"), ContentLength == 0 ? Stamped : new byte[ContentLength]));
            cms.ComputeSignature(new CmsSigner(certificate));
            return Task.FromResult(Token = cms.Encode());
        }
    }
}
