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

    /// <summary>An authority that signs whatever it gets, as a CMS signature: the token's inside is another project's matter.</summary>
    private sealed class Authority : ITimeStampClient
    {
        public byte[] Stamped { get; private set; } = [];

        public byte[] Token { get; private set; } = [];

        public Task<byte[]> StampAsync(ReadOnlyMemory<byte> messageImprint, HashAlgorithmName hashAlgorithm, CancellationToken cancellationToken)
        {
            Assert.Equal(HashAlgorithmName.SHA384, hashAlgorithm);
            Stamped = messageImprint.ToArray();
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var certificate = new CertificateRequest("CN=Penanda Waktu Uji", key, HashAlgorithmName.SHA256).CreateSelfSigned(Identity.Now.AddDays(-1), Identity.Now.AddDays(1));
            var cms = new SignedCms(new ContentInfo(new Oid("1.2.840.113549.1.9.16.1.4"), Stamped));
            cms.ComputeSignature(new CmsSigner(certificate));
            return Task.FromResult(Token = cms.Encode());
        }
    }
}
