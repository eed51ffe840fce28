using System.Text;
using Tera.Authority.Vault;

namespace Tera.Authority.Tests.Vault;

public sealed class PassphraseTests
{
    [Theory]
    [InlineData("ﬁnal ｐａｓｓ", "final pass")]
    [InlineData("e\u0301toile", "\u00e9toile")]
    [InlineData("kopi pahit", "kopi pahit")]
    public void Two_ways_to_type_the_same_text_are_one(string typed, string normalized)
    {
        using var passphrase = Passphrase.TryCreate(Encoding.UTF8.GetBytes(typed));
        Assert.Equal(normalized, Encoding.UTF8.GetString(passphrase!.Utf8));
    }

    [Fact]
    public void Upper_and_lower_case_stay_apart()
    {
        using var passphrase = Passphrase.TryCreate("Kopi Pahit"u8);
        Assert.Equal("Kopi Pahit", Encoding.UTF8.GetString(passphrase!.Utf8));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x61, 0xff, 0x62 })]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 })]
    public void What_is_no_text_is_no_passphrase(byte[] bytes) => Assert.Null(Passphrase.TryCreate(bytes));

    [Fact]
    public void More_than_the_bound_is_no_passphrase() => Assert.Null(Passphrase.TryCreate(new byte[Passphrase.MaximumBytes + 1]));

    [Fact]
    public void Nothing_is_left_after_disposal()
    {
        var passphrase = Passphrase.TryCreate("kopi pahit tanpa gula"u8)!;
        passphrase.Dispose();
        Assert.Equal(-1, passphrase.Utf8.IndexOfAnyExcept((byte)0));
    }

    [Theory]
    [InlineData("kopi pahit tanpa gula", null)]
    [InlineData("tG7#kq9!vLp2", null)]
    [InlineData("di ke ya si", null)]
    [InlineData("pendek", nameof(PassphraseWeakness.TooShort))]
    [InlineData("kopi pahit", nameof(PassphraseWeakness.TooShort))]
    [InlineData("aaaaaaaaaaaaaaaa", nameof(PassphraseWeakness.Repetitive))]
    [InlineData("abcdefghijklmnop", nameof(PassphraseWeakness.Repetitive))]
    [InlineData("1234567890123456", nameof(PassphraseWeakness.Repetitive))]
    [InlineData("Bismillahirrahmanirrahim", nameof(PassphraseWeakness.Banned))]
    [InlineData("Passwordku 2026!", nameof(PassphraseWeakness.Banned))]
    [InlineData("Rahmat Setiadi 1980", nameof(PassphraseWeakness.Personal))]
    [InlineData("kunci peg-7f31c9 saya", nameof(PassphraseWeakness.Personal))]
    public void The_policy_judges(string text, string? weakness)
    {
        using var passphrase = Passphrase.TryCreate(Encoding.UTF8.GetBytes(text))!;
        Assert.Equal(weakness, PassphrasePolicy.Default.Judge(passphrase, ["Rahmat Setiadi", "peg-7f31c9"])?.ToString());
    }

    [Fact]
    public void A_text_of_more_than_256_characters_is_too_long()
    {
        using var passphrase = Passphrase.TryCreate(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 100).Select(i => $"kata{i} "))))!;
        Assert.Equal(PassphraseWeakness.TooLong, PassphrasePolicy.Default.Judge(passphrase, []));
    }
}
