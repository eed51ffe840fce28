using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Tera.Pki.Keys;

namespace Tera.Pki.Tests.Keys;

public sealed class DamagedPkcs12Tests
{
    private const string Passphrase = "uji";

    /// <summary>A file with a made-up key whose encrypted certificates are two bytes long.</summary>
    private const string FoundByFuzzing = """
        MIIB3QIBAzCCAdYGCSqGSIb3DQEHAaCCAccEggHDMIIBvzCCATUGCSqGSIb3DQEHAaCCASYEggEiMIIBHjCCARoGCyqGSIb3DQEMCgECoIH2MIHzMF4GCSqGSIb3DQEFDTBRMDAGCSqG
        SIb3DQEFDDAjBBCpLZ1oNx4lizLug+h9TFi2AgEBMAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAECBBCQGrYb8e5787KlXevhYZhVBIGQsU3uqVk0jntvz+yFCAHGZHrxK68LIYVyR9ae
        7ZjWxNzDAEsOcOgeyZIVdQV2zWTg5Jy7MTmLLh7KFOYoBMYPJBg7ihb/7OEYe0JFTViYxs13eiDxCtTGPvMUCrRyOMS0vUxgnCoClA5mmNbdaCSSVYuAigaL5crehO5qodWRklESx3X1
        C7fK4UZoZ9ssp/D/MRIwEAYJKoZIhvcNAQkVMQMEAQEwgYMGCSqGSIb3DQEHBqB2MHQCAQAwbwYJKoZIhvcNAQcBMF4GCSqGSIb3DQEFDTBRMDAGCSqGSIb3DQEFDDAjBBCyaSY8A+EN
        3avXOrMU5CgvAgEBMAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAECBBCHOvovSQYVU1vYm7MX6llegAIAgA==
        """;

    [Fact]
    public void A_length_beyond_every_file_is_a_damaged_file() =>
        Assert.ThrowsAny<CryptographicException>(() => Pkcs12Identity.Open([0x30, 0x84, 0x80, 0x00, 0x00, 0x00, 0x02], Passphrase));

    [Fact]
    public void A_key_whose_ciphertext_is_cut_is_a_damaged_file()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var info = EncryptedPrivateKeyInfoOf(key);
        var keys = new Pkcs12SafeContents();
        // The octet string at the end holds the ciphertext: a byte less is no whole number of blocks.
        keys.AddSafeBag(new Pkcs12ShroudedKeyBag(CutLastByte(info)));
        var builder = new Pkcs12Builder();
        builder.AddSafeContentsUnencrypted(keys);
        builder.SealWithMac(Passphrase, HashAlgorithmName.SHA256, 1);
        Assert.ThrowsAny<CryptographicException>(() => Pkcs12Identity.Open(builder.Encode(), Passphrase));
    }

    [Fact]
    public void Certificates_whose_ciphertext_is_cut_are_a_damaged_file() =>
        Assert.ThrowsAny<CryptographicException>(() => Pkcs12Identity.Open(Convert.FromBase64String(FoundByFuzzing), Passphrase));

    private static byte[] EncryptedPrivateKeyInfoOf(ECDsa key) =>
        key.ExportEncryptedPkcs8PrivateKey(Passphrase, new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1));

    private static byte[] CutLastByte(byte[] info)
    {
        var outer = new System.Formats.Asn1.AsnReader(info, System.Formats.Asn1.AsnEncodingRules.DER).ReadSequence();
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(outer.ReadEncodedValue().Span);
            writer.WriteOctetString(outer.ReadOctetString().AsSpan()[..^1]);
        }
        return writer.Encode();
    }
}
