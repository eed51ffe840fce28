using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tera.Pki.Certificates;

namespace Tera.Pki.Tests.Certificates;

/// <summary>Certificates that the process keeps decoded, and signatures that it has verified.</summary>
public sealed class KeptCertificateTests
{
    [Fact]
    public void What_one_key_has_signed_no_other_key_has_signed_however_often_one_asks()
    {
        using var issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = Certificate.Decode(SelfSigned(issuer));
        for (var i = 0; i < 3; i++)
        {
            Assert.True(certificate.IsSignedBy(issuer.ExportSubjectPublicKeyInfo()));
            Assert.False(certificate.IsSignedBy(other.ExportSubjectPublicKeyInfo()));
        }
    }

    [Fact]
    public void A_certificate_with_one_bit_changed_is_another_one()
    {
        using var issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var encoded = SelfSigned(issuer);
        var key = issuer.ExportSubjectPublicKeyInfo();
        Assert.True(Certificate.Decode(encoded).IsSignedBy(key));
        encoded[^1] ^= 1;
        Assert.False(Certificate.Decode(encoded).IsSignedBy(key));
    }

    [Fact]
    public void What_the_caller_does_to_his_bytes_later_changes_nothing()
    {
        using var issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var encoded = SelfSigned(issuer);
        byte[] copy = [.. encoded];
        var certificate = Certificate.Decode(encoded);
        Array.Clear(encoded);
        Assert.Equal(copy, certificate.Encoded.ToArray());
        Assert.Equal(copy, Certificate.Decode(copy).Encoded.ToArray());
        Assert.False(Certificate.TryDecode(encoded, out _, out _));
    }

    private static byte[] SelfSigned(ECDsa key)
    {
        var request = new CertificateRequest("CN=Contoh", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return certificate.RawData;
    }
}
