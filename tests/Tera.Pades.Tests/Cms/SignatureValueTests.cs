using Tera.Pades.Cms;
using Tera.Pades.Tests.Signing;

namespace Tera.Pades.Tests.Cms;

public sealed class SignatureValueTests
{
    // RFC 8032 7.1 TEST 2 and 7.4 "1 octet".
    [Theory]
    [InlineData("1.3.101.112", "302a300506032b6570032100", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("1.3.101.113", "3043300506032b6571033a00", "43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c0866aea01eb00742802b8438ea4cb82169c235160627b4c3a9480", "03",
        "26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f4352541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd779805e0dbcc0aae1cbcee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0ff3348ab21aa4adafd1d234441cf807c03a00")]
    public void Edwards_signatures_of_the_standard_hold(string oid, string prefix, string key, string message, string signature)
    {
        var spki = Convert.FromHexString(prefix + key);
        var algorithm = new AlgorithmId(oid, default);
        var value = Convert.FromHexString(signature);
        Assert.Equal(SignatureValueState.Holds, SignatureValue.OverMessage(algorithm, default, spki, Convert.FromHexString(message), value));
        Assert.Equal(SignatureValueState.DoesNotHold, SignatureValue.OverMessage(algorithm, default, spki, "other"u8, value));
        value[^2] ^= 1;
        Assert.Equal(SignatureValueState.DoesNotHold, SignatureValue.OverMessage(algorithm, default, spki, Convert.FromHexString(message), value));
    }

    [Theory]
    [InlineData("-outform", "DER")]
    [InlineData("-outform", "DER", "-stream")]
    [InlineData("-outform", "DER", "-cades")]
    public void What_openssl_signs_is_read_and_holds(params string[] how)
    {
        var folder = Directory.CreateTempSubdirectory("cms");
        try
        {
            string Path(string name) => System.IO.Path.Combine(folder.FullName, name);
            File.WriteAllText(Path("content"), "isi surat");
            Assert.Equal(0, ForeignTools.Run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", Path("key"), "-out", Path("cert"), "-subj", "/CN=Uji", "-days", "3"], out var said));
            Assert.True(ForeignTools.Run("openssl", ["cms", "-sign", "-binary", "-nodetach", "-in", Path("content"), "-signer", Path("cert"), "-inkey", Path("key"), "-out", Path("cms"), .. how], out said) == 0, said);

            var data = SignedData.Read(File.ReadAllBytes(Path("cms")), out var error);
            Assert.True(data is not null, error);
            Assert.Equal("isi surat"u8.ToArray(), data.Content!.Value.ToArray());
            var signer = Assert.Single(data.Signers);
            Assert.Single(data.Certificates);
            Assert.Equal(how.Contains("-cades"), signer.HasSigningCertificate);
            Assert.NotNull(signer.SigningTime);
            Assert.Equal(System.Security.Cryptography.SHA256.HashData(data.Content.Value.Span), signer.MessageDigest!.Value.ToArray());
            using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(data.Certificates[0].Span);
            var key = certificate.PublicKey.ExportSubjectPublicKeyInfo();
            Assert.Equal(SignatureValueState.Holds, SignatureValue.OverMessage(signer.SignatureAlgorithm, signer.DigestAlgorithm, key, signer.SignedAttributeBytes!.Value.Span, signer.Signature.Span));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("3080")]
    [InlineData("30800609")]
    [InlineData("308006092a864886f70d010702a0803080020101")]
    public void What_is_no_SignedData_is_refused_with_a_reason(string hex)
    {
        Assert.Null(SignedData.Read(Convert.FromHexString(hex), out var error));
        Assert.NotNull(error);
    }
}
