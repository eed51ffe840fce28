using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Tera.Pki.Keys;

namespace Tera.Pki.Tests.Keys;

public sealed class DamagedPkcs12Tests
{
    private const string Passphrase = "uji";

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
