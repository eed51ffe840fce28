using Tera.Authority.Vault;

namespace Tera.Authority.Tests.Vault;

public sealed class Argon2idTests
{
    [Fact]
    public void The_vector_of_RFC_9106_section_5_3_comes_out()
    {
        var tag = new byte[32];
        Argon2id.Derive(
            new KdfParameters(Iterations: 3, MemoryKiB: 32, Lanes: 4),
            [.. Enumerable.Repeat((byte)1, 32)],
            [.. Enumerable.Repeat((byte)2, 16)],
            tag,
            [.. Enumerable.Repeat((byte)3, 8)],
            [.. Enumerable.Repeat((byte)4, 12)]);

        Assert.Equal("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659", Convert.ToHexStringLower(tag));
    }

    [Fact]
    public void A_salt_too_short_is_refused_by_the_library()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Argon2id.Derive(new KdfParameters(1, 64, 1), "x"u8, [1, 2, 3], new byte[32]));
        Assert.Contains("Salt", failure.Message, StringComparison.Ordinal);
    }
}
