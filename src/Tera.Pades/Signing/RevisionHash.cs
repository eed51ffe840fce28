using System.Security.Cryptography;

namespace Tera.Pades.Signing;

/// <summary>
/// The state of a hash over a whole file. Every signature of a later revision hashes the same bytes first: with the state kept,
/// the next one costs only what it appends, whatever the size of the file. It lives in this process only.
/// </summary>
public sealed class RevisionHash : IDisposable
{
    private readonly IncrementalHash _state;
    private readonly Lock _lock = new();
    private ReadOnlyMemory<byte> _pending;

    /// <param name="state">The state, which is taken over.</param>
    /// <param name="length">Number of bytes of the file.</param>
    /// <param name="pending">The last of these, which have not gone in yet: they do when somebody asks, and mostly nobody does.</param>
    internal RevisionHash(IncrementalHash state, long length, ReadOnlyMemory<byte> pending = default)
    {
        _state = state;
        _pending = pending;
        Length = length;
    }

    /// <summary>The algorithm.</summary>
    public HashAlgorithmName Algorithm => _state.AlgorithmName;

    /// <summary>Number of bytes that have gone in: the length of the file it belongs to.</summary>
    public long Length { get; }

    /// <summary>The digest of those bytes: compare it with the stored one when in doubt whether the file is the same.</summary>
    /// <returns>The digest.</returns>
    public byte[] GetDigest()
    {
        using var state = Continue();
        return state.GetHashAndReset();
    }

    /// <summary>Hashes a file from its beginning to its end, for instance while it is uploaded.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>The state, to be disposed.</returns>
    public static RevisionHash Of(Pdf.PdfBytes bytes, HashAlgorithmName algorithm)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var state = IncrementalHash.CreateHash(algorithm);
        Pdf.IncrementalUpdate.CopyFile(bytes, Stream.Null, state);
        return new RevisionHash(state, bytes.Length);
    }

    internal IncrementalHash Continue()
    {
        lock (_lock)
        {
            _state.AppendData(_pending.Span);
            _pending = default;
            return _state.Clone();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _state.Dispose();
}
