namespace Tera.Office.Storage;

/// <summary>
/// Documents are files named by their SHA-256, written once and never changed (a download is byte-identical for ever).
/// A half-written file is never visible: bytes go to a temporary name, are flushed to disk and then renamed.
/// </summary>
public interface IDocumentStore
{
    /// <summary>Stores all bytes of <paramref name="content"/>; storing the same bytes again is harmless.</summary>
    /// <exception cref="DocumentTooLargeException">More than <paramref name="maxBytes"/> came; nothing is kept.</exception>
    Task<StoredDocument> PutAsync(Stream content, long maxBytes, CancellationToken cancellation);

    Task<StoredDocument> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation);

    /// <summary>Opens a stored document for reading (seekable), or null when there is none.</summary>
    Task<Stream?> OpenReadAsync(Sha256Digest name, CancellationToken cancellation);

    /// <summary>All bytes of a stored document that is known to exist.</summary>
    Task<byte[]> ReadAllAsync(Sha256Digest name, CancellationToken cancellation);
}

public readonly record struct StoredDocument(Sha256Digest Name, long Length);

public sealed class DocumentTooLargeException(long maxBytes)
    : Exception($"Berkas lebih besar daripada batas {maxBytes} bita.")
{
    public long MaxBytes { get; } = maxBytes;
}
