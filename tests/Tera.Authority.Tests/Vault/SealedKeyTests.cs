using System.Security.Cryptography;
using Tera.Authority.Vault;

namespace Tera.Authority.Tests.Vault;

public sealed class SealedKeyTests : IDisposable
{
    private static readonly KdfParameters Cheap = new(1, 64, 1);
    private readonly string folder = Directory.CreateTempSubdirectory("tera-vault-").FullName;
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(138);
    private readonly PlatformKey platform;
    private readonly KeyOwner owner = new("c-1", "peg-1", "4a01", [1, 2, 3]);
    private readonly Passphrase passphrase = Passphrase.TryCreate("kopi pahit tanpa gula"u8)!;

    public SealedKeyTests() => platform = PlatformKey.OpenOrCreate(Path.Combine(folder, "platform.key"));

    public void Dispose()
    {
        platform.Dispose();
        passphrase.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_right_passphrase_opens_and_a_wrong_one_does_not()
    {
        var key = SealedKey.Seal(secret, owner, passphrase, Cheap, platform);
        using var wrong = Passphrase.TryCreate("kopi pahit tanpa gulA"u8)!;

        Assert.Equal(secret, key.Open(owner, passphrase, platform));
        Assert.Null(key.Open(owner, wrong, platform));
    }

    [Fact]
    public void A_blob_put_into_another_row_does_not_open_there()
    {
        var key = SealedKey.Seal(secret, owner, passphrase, Cheap, platform);
        foreach (var other in (KeyOwner[])[owner with { CredentialId = "c-2" }, owner with { SubjectId = "peg-2" }, owner with { SerialNumber = "4a02" }, owner with { SpkiSha256 = [1, 2, 4] }])
        {
            Assert.False(key.IsIntact(other, platform));
            Assert.Throws<CryptographicException>(() => key.Open(other, passphrase, platform));
        }
    }

    [Fact]
    public void Weaker_parameters_written_into_the_row_do_not_make_guessing_cheaper()
    {
        var key = SealedKey.Seal(secret, owner, passphrase, new KdfParameters(2, 128, 1), platform);
        Assert.False((key with { Kdf = Cheap }).IsIntact(owner, platform));
    }

    [Fact]
    public void Without_the_platform_key_not_even_a_guess_can_be_tested()
    {
        var key = SealedKey.Seal(secret, owner, passphrase, Cheap, platform);
        using var stranger = PlatformKey.OpenOrCreate(Path.Combine(folder, "other.key"));
        Assert.Throws<CryptographicException>(() => key.Open(owner, passphrase, stranger));
    }

    [Fact]
    public void Every_altered_byte_is_found_before_the_derivation()
    {
        var key = SealedKey.Seal(secret, owner, passphrase, Cheap, platform);
        for (var i = 0; i < key.Blob.Length; i++)
        {
            var altered = key.Blob.ToArray();
            altered[i] ^= 1;
            Assert.False((key with { Blob = altered }).IsIntact(owner, platform));
        }
    }

    [Fact]
    public void The_platform_key_is_for_its_owner_alone()
    {
        var path = Path.Combine(folder, "platform.key");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(32, new FileInfo(path).Length);

        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Throws<InvalidDataException>(() => PlatformKey.OpenOrCreate(path));
    }
}
