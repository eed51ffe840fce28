using System.Buffers;
using System.Security.Cryptography;

namespace Tera.Office.Storage;

/// <summary>
/// Documents in a folder: <c>ab/cd/abcd...</c>, so that no folder grows beyond what file systems list quickly.
/// Bytes are hashed while they are written to <c>incoming/</c>, flushed, renamed, and then the folder is flushed too:
/// when <see cref="PutAsync(Stream,long,CancellationToken)"/> returns, the document survives a power cut.
/// </summary>
public sealed class FileDocumentStore : IDocumentStore
{
    private const int BufferSize = 128 * 1024;

    /// <summary>No upload takes a day; what is older was left by a killed process.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly string _root;
    private readonly string _incoming;

    public FileDocumentStore(string root, TimeProvider time)
    {
        _root = Path.GetFullPath(root);
        _incoming = Path.Combine(_root, "incoming");
        DurableFiles.CreateFolder(_incoming);
        DateTime limit = (time.GetUtcNow() - Abandoned).UtcDateTime;
        foreach (string file in Directory.EnumerateFiles(_incoming).Where(file => File.GetLastWriteTimeUtc(file) < limit))
        {
            File.Delete(file);
        }
    }

    public async Task<StoredDocument> PutAsync(Stream content, long maxBytes, CancellationToken cancellation)
    {
        string temporary = Path.Combine(_incoming, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        try
        {
            StoredDocument document = await WriteAsync(content, maxBytes, temporary, cancellation);
            Publish(temporary, document);
            return document;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public async Task<StoredDocument> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        string temporary = Path.Combine(_incoming, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        try
        {
            await using (FileStream file = DurableFiles.CreateNew(temporary))
            {
                await file.WriteAsync(content, cancellation);
                file.Flush(flushToDisk: true);
            }

            var document = new StoredDocument(Sha256Digest.FromBytes(SHA256.HashData(content.Span)), content.Length);
            Publish(temporary, document);
            return document;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Task<Stream?> OpenReadAsync(Sha256Digest name, CancellationToken cancellation)
    {
        string path = PathOf(name);
        return Task.FromResult<Stream?>(File.Exists(path)
            ? new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous })
            : null);
    }

    /// <exception cref="InvalidDataException">The bytes on disk are no longer those that were stored.</exception>
    public async Task<byte[]> ReadAllAsync(Sha256Digest name, CancellationToken cancellation)
    {
        byte[] bytes = await File.ReadAllBytesAsync(PathOf(name), cancellation);
        return Sha256Digest.FromBytes(SHA256.HashData(bytes)) == name
            ? bytes
            : throw new InvalidDataException($"The stored document {name} was changed on disk.");
    }

    private static async Task<StoredDocument> WriteAsync(Stream content, long maxBytes, string path, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using FileStream file = DurableFiles.CreateNew(path);
            long length = 0;
            int read;
            while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
            {
                length += read;
                if (length > maxBytes)
                {
                    throw new DocumentTooLargeException(maxBytes);
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            file.Flush(flushToDisk: true);
            return new StoredDocument(Sha256Digest.FromBytes(hash.GetHashAndReset()), length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private void Publish(string temporary, StoredDocument document)
    {
        string path = PathOf(document.Name);
        if (File.Exists(path) && new FileInfo(path).Length == document.Length)
        {
            return;
        }

        string folder = Path.GetDirectoryName(path)!;
        DurableFiles.CreateFolder(folder);
        File.Move(temporary, path, overwrite: true); // the name is the hash: whoever was faster wrote the same bytes
        DurableFiles.FlushFolder(folder);
    }

    private string PathOf(Sha256Digest name) => name.Hex.Length == 64
        ? Path.Combine(_root, name.Hex[..2], name.Hex[2..4], name.Hex)
        : throw new ArgumentException("The empty digest names no document.", nameof(name));
}
