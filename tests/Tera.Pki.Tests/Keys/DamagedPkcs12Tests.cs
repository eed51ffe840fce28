using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Tera.Pki.Keys;

namespace Tera.Pki.Tests.Keys;

public sealed class DamagedPkcs12Tests
{
    private const string Passphrase = "uji";

    /// <summary>A damaged file with a made-up key that asks for so many rounds of key derivation that hours would not do.</summary>
    private const string ManyRounds = """
        MIIGtgIBAzCCBmIGCSqGSIb3DQEHAaCCBlMEggZPMIIGSzCCATcGCSqGSIb3DQEHAaCCASgEggEkMIIBIDCCARwGCyqGSIb3DQEMCgECoIH4MIH1MGAGCSqGSIb3DQEFDTBTMDIGCSqG
        SIb3DQEFDAMlMCMEECxGuQ9ruwgR+Er/aRNqxNQCAQEwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEAQIEEDohpBxuV4hMlcfQ8S2ftZgEgZCDqpQQHu/LX6JMEH0jLvggyWgm0NjCA0Y1
        cQY3dFaV2gOclnJoHdq1jqzHoRfGF+9Jfv9+uZAY0NParwtoWDZ6b6+uAicNE2hVbzyhZXir/9WdIecbVf/ZbxNk6VZq+Ph9MhhgqreOcWKjw7GifQ8Wt2laAVq+nzfek9NFtO/uklz/
        W3oDTGLIikntL58DYZMxEjAQBgkqhkiG9w0BCRUxAwQBATCCBQwGCSqGSIb3DQEHBqCCBP0wggT5AgEAMIIE8gYJKoZIhvcNAQcBMGEGCSqGSIb3DQEFDTBUMDMGCSqGSIb3DQEFDDAm
        BBBSKnlc0DiVwUKmXYw3/xMMAgR/////MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAECBBAx9/2QMx3gVWGlC/KYZdkdgIIEgKeerfn/BHjBFZWh+fNb3VsBFemP13wDCfkeEJdfpnla
        ewqZJvzqT4BdnT/QQpB9Vuq1o7CLbCKpgHf1+43Ky0SWwVAgeAdDvgihhcCYIBBfDAyYxmFXrDRt4DoOMhxvamyZIieB6enjJwUSR71put98WJkiKgZxdHE0v2e4VM1VY7J+DfHvnX8r
        wGrKZBE+abgBS/57FPIir6V49VCqJqrDvGeW1OrS+nRQG7zZ67lAGpSx4384A7LzuMisnJG6L13rv5LgBtW55QElcBSyWTsffP+Ugyka7Kz6j54IqXp1at4LKa+DqWMMgT4OvabJL3n/
        +FcCll6r8Wvj7X/xW9/phZC9/gZzMeD69qLd202P06+4ucEU70QhAILFkvRbjNupjpDLJ7j7kgVE0ouGH1L/VKMTesc+gnh7/MagP4l6coPD89dTfaTPAgDt/vOGj6+P+7+7b5kafSIQ
        1YKcV+pzKWe+P6Y6KQUXyJgZRr4Z80KxaHNtnD7E1GA1PaKYvTYkL40DO3KRaUlfhwMeKSIVsSo8T9SeOsZ5FZC9AcmVkm5YR4SW9wDUzu1nrEVI+KPkjopRn+CQiBCN5TrHRRLqxQKL
        j+HysoJXmxNkSgzdFpR8AMRyzq+zMtCdeWu5apCrp2UEXfr8Jf4hmfz1HVYggrwcbcCOPKSmolw70lUiGLgVMgWve/GFWpzBXpGnZpsAbEn4rpLAALtVDTfnrn0jLq1x1Sw3TEcxFTzH
        Ci370B+DKpJDNtk6fDlq1C+7ygeXBJtPmlivFe+RKnqTW+HfIBOcUCN+S8ObK5dcRz9NdxTy+UEvTdDxnCVxju6b+iA6/IQin85H84KNZ/jxXk4G3ROpbkNcgJR1k2LGJ6RIc1feVnt7
        MuW7UGyt3JE4Aha1ciq/Ddz5kWXX9HFiJkpC4rLdf0hnP843P370ZtuBQUsIO0M6Yup4m7mC1tqExqC/qTjH93sgy0UyGHF2OsE4n9HLiFg6ZJ+ha0KZuF9GgYq6/f3isRYI+3RzMgK/
        lAqrfGAJpL+F5SrwUVgFW+Os8icKQIThS0te2w1/cDomrGJCmpmlx5MfRXqjWW6OaPplrfVM9ely+jZLbTlvkmtmN8xvd8u9MzPC/U6PnJGNkNS7vPqsdP4zESp4ikprZPN7OzwbUGRL
        TOn+AhCrjZJx9mtDj98o6cBMw1Owsrl4qMXg+YhgAYFafXahOaN3c8y7sj8EBAzlZ0Pm7IpyqyIyih/pEaS99L6q6ewlbhTUE4oLDjQpadhM+3bRZv5vH1BvuTSUwa+8MxIbZmv6Jtbj
        VIyI3ioXu0tmDpQgodmloZ8gAgSvTTsbkBGAdYDm4uDi/XJffntGmdBz8TxpdTU/paiLls2zUuNf/7VY8VgNwd4SlculuCswk7R8uH43TlzgK6I4V9JO3boCMJC60xON3ojfq/l6XXia
        XbiC13KR+lEVoFpD2POSftL6FLULNW9a+j3cV3Lm1Q0OGeX91AnyNzdPD6uFaGM/F72i3tZ2Y3QgGBLHi7NCQrEEmZdHATBLMCcwAwYBYAQgof6FpPldru1/hGqezx6PZs3cQoWG513N
        wZ2SJxOUfUcEIJ3hQGKQakfiW6XPRH1qDwJpC0SViJ2scryKs1Oa5Q+/
        """;

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

    [Fact]
    public void Rounds_without_a_bound_are_not_computed() =>
        Assert.ThrowsAny<CryptographicException>(() => Pkcs12Identity.Open(Convert.FromBase64String(ManyRounds), Passphrase));

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
