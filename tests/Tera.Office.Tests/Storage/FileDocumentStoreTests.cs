using System.Security.Cryptography;
using Tera.Office.Storage;

namespace Tera.Office.Tests.Storage;

public sealed class FileDocumentStoreTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tera-documents-").FullName;

    [Fact]
    public async Task What_is_stored_comes_back_under_its_hash()
    {
        FileDocumentStore store = Store();
        byte[] bytes = RandomNumberGenerator.GetBytes(300_000);
        StoredDocument stored = await store.PutAsync(new MemoryStream(bytes), 1_000_000, default);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), stored.Name.Hex);
        Assert.Equal(bytes, await store.ReadAllAsync(stored.Name, default));
        Assert.Equal(stored, await store.PutAsync(bytes, default));
        Assert.Single(Files());
    }

    [Fact]
    public async Task Too_many_bytes_leave_nothing_behind()
    {
        FileDocumentStore store = Store();
        await Assert.ThrowsAsync<DocumentTooLargeException>(() => store.PutAsync(new MemoryStream(new byte[1001]), 1000, default));
        Assert.Empty(Files());
        await store.PutAsync(new MemoryStream(new byte[1000]), 1000, default);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_leaves_nothing_behind()
    {
        FileDocumentStore store = Store();
        await Assert.ThrowsAsync<IOException>(() => store.PutAsync(new BreakingStream(), 1_000_000, default));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_document_that_was_changed_on_disk_is_not_handed_out()
    {
        FileDocumentStore store = Store();
        StoredDocument stored = await store.PutAsync("naskah"u8.ToArray(), default);
        await File.WriteAllTextAsync(Files().Single(), "naskaH");
        await Assert.ThrowsAsync<InvalidDataException>(() => store.ReadAllAsync(stored.Name, default));
    }

    [Fact]
    public async Task A_truncated_document_is_mended_by_storing_it_again()
    {
        FileDocumentStore store = Store();
        StoredDocument stored = await store.PutAsync("naskah"u8.ToArray(), default);
        await File.WriteAllTextAsync(Files().Single(), "nas");
        await store.PutAsync("naskah"u8.ToArray(), default);
        Assert.Equal("naskah"u8.ToArray(), await store.ReadAllAsync(stored.Name, default));
    }

    [Fact]
    public async Task Unknown_names_open_nothing()
    {
        Assert.Null(await Store().OpenReadAsync(Sha256Digest.Parse(new string('a', 64)), default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store().OpenReadAsync(default, default));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Only_the_owner_can_read_the_folder()
    {
        _ = Store();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_folder, "d", "incoming")));
    }

    [Fact]
    public void What_a_killed_process_left_is_swept_after_a_day()
    {
        _ = Store();
        string left = Path.Combine(_folder, "d", "incoming", "left");
        File.WriteAllText(left, "half");
        _ = Store();
        Assert.True(File.Exists(left));
        File.SetLastWriteTimeUtc(left, new TestClock().GetUtcNow().UtcDateTime.AddDays(-2));
        _ = Store();
        Assert.False(File.Exists(left));
    }

    private FileDocumentStore Store() => new(Path.Combine(_folder, "d"), new TestClock());

    private string[] Files() => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);

    private sealed class BreakingStream : MemoryStream
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _reads++ == 0 ? ValueTask.FromResult(buffer.Length) : throw new IOException("The sender went away.");
    }
}
