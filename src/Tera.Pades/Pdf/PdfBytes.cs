using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tera.Pades.Pdf;

/// <summary>
/// A read-only view of the bytes of a file, wherever they lie. Nothing in this namespace reads more of it than it needs.
/// </summary>
public abstract class PdfBytes
{
    private protected PdfBytes()
    {
    }

    /// <summary>The number of bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Reads from <paramref name="offset"/> until the destination is full or the bytes end.</summary>
    /// <param name="offset">Offset of the first byte; at or behind the end nothing is read.</param>
    /// <param name="destination">Where the bytes go.</param>
    /// <returns>The number of bytes read.</returns>
    public abstract int Read(long offset, Span<byte> destination);

    /// <summary>The bytes as memory where they are in memory already; null where they are in a file.</summary>
    internal virtual ReadOnlyMemory<byte>? Memory => null;

    /// <summary>The bytes around an offset that need no reading, and where they begin; none where they must be read.</summary>
    internal virtual (ArraySegment<byte> Bytes, long Start) Buffered(long offset) => default;

    /// <summary>A range to look at, copied only where it must be read; shorter where the file ends before.</summary>
    internal ReadOnlySpan<byte> Look(long offset, int length)
    {
        var (bytes, start) = Buffered(offset);
        var end = Math.Min(Length, offset + length);
        return bytes.Count > 0 && end <= start + bytes.Count ? bytes.AsSpan((int)(offset - start), (int)(end - offset)) : ReadRange(offset, length);
    }

    /// <summary>The first <paramref name="length"/> bytes: a signed revision as it stood when it was signed.</summary>
    /// <param name="length">Number of bytes, not more than <see cref="Length"/>.</param>
    /// <returns>A view of the same bytes.</returns>
    public PdfBytes Prefix(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        return length == Length ? this
            : Memory is { } memory ? new MemoryBytes(memory[..(int)length])
            : new PrefixBytes(this, length);
    }

    /// <summary>These bytes with others behind them, which are in memory; nothing is copied.</summary>
    internal PdfBytes FollowedBy(ReadOnlyMemory<byte> tail) => new FollowedBytes(this, tail);

    /// <summary>Reads a range into an array of its own.</summary>
    /// <param name="offset">Offset of the first byte.</param>
    /// <param name="length">Number of bytes; fewer are returned where the file ends before.</param>
    /// <returns>The bytes.</returns>
    public byte[] ReadRange(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var buffer = new byte[(int)Math.Clamp(Length - Math.Min(offset, Length), 0, length)];
        var read = Read(offset, buffer);
        return read == buffer.Length ? buffer : buffer[..read];
    }

    /// <summary>Bytes in memory.</summary>
    /// <param name="bytes">The bytes; they must not change while the view is in use.</param>
    /// <returns>The view.</returns>
    public static PdfBytes From(ReadOnlyMemory<byte> bytes) => new MemoryBytes(bytes);

    /// <summary>The bytes of a seekable stream, which stays the caller's to dispose.</summary>
    /// <param name="stream">A readable, seekable stream. A <see cref="FileStream"/> is read by position and may be shared between threads.</param>
    /// <returns>The view.</returns>
    public static PdfBytes From(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek || !stream.CanRead)
            throw new ArgumentException("A PDF is read from its end: the stream must be seekable.", nameof(stream));
        return stream is FileStream file ? new HandleBytes(file.SafeFileHandle) : new StreamBytes(stream);
    }

    /// <summary>The bytes of an open file, which stays the caller's to dispose.</summary>
    /// <param name="handle">A handle opened for reading.</param>
    /// <returns>The view.</returns>
    public static PdfBytes From(SafeFileHandle handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return new HandleBytes(handle);
    }

    private sealed class MemoryBytes(ReadOnlyMemory<byte> bytes) : PdfBytes
    {
        public override long Length => bytes.Length;

        internal override ReadOnlyMemory<byte>? Memory => bytes;

        internal override (ArraySegment<byte> Bytes, long Start) Buffered(long offset) =>
            offset >= 0 && offset < bytes.Length && MemoryMarshal.TryGetArray(bytes, out var array) ? (array, 0) : default;

        public override int Read(long offset, Span<byte> destination)
        {
            if (offset < 0 || offset >= bytes.Length)
                return 0;
            var count = Math.Min(destination.Length, bytes.Length - (int)offset);
            bytes.Span.Slice((int)offset, count).CopyTo(destination);
            return count;
        }
    }

    private sealed class HandleBytes(SafeFileHandle handle) : PdfBytes
    {
        /// <summary>Every reader begins at the end of a file, and looks there several times.</summary>
        private const int TailLength = 8192;

        private byte[]? _tail;

        // The length is fixed when the view is made: a file that grows under us keeps the revisions we saw.
        public override long Length { get; } = RandomAccess.GetLength(handle);

        internal override (ArraySegment<byte> Bytes, long Start) Buffered(long offset)
        {
            var start = Math.Max(0, Length - TailLength);
            if (offset < start || offset >= Length)
                return default;
            var tail = _tail ??= ReadTail(start);
            return offset < start + tail.Length ? (tail, start) : default;
        }

        public override int Read(long offset, Span<byte> destination)
        {
            if (offset < 0 || offset >= Length)
                return 0;
            var wanted = destination[..(int)Math.Min(destination.Length, Length - offset)];
            var total = 0;
            while (total < wanted.Length)
            {
                var read = RandomAccess.Read(handle, wanted[total..], offset + total);
                if (read == 0)
                    break;
                total += read;
            }
            return total;
        }

        private byte[] ReadTail(long start)
        {
            var tail = GC.AllocateUninitializedArray<byte>((int)(Length - start));
            var read = Read(start, tail);
            return read == tail.Length ? tail : tail[..read];
        }
    }

    private sealed class StreamBytes(Stream stream) : PdfBytes
    {
        public override long Length { get; } = stream.Length;

        public override int Read(long offset, Span<byte> destination)
        {
            if (offset < 0 || offset >= Length)
                return 0;
            var wanted = destination[..(int)Math.Min(destination.Length, Length - offset)];
            stream.Position = offset;
            return stream.ReadAtLeast(wanted, wanted.Length, throwOnEndOfStream: false);
        }
    }

    private sealed class PrefixBytes(PdfBytes whole, long length) : PdfBytes
    {
        public override long Length => length;

        internal override (ArraySegment<byte> Bytes, long Start) Buffered(long offset)
        {
            var (bytes, start) = offset < length ? whole.Buffered(offset) : default;
            return bytes.Count > 0 ? (bytes[..(int)Math.Min(bytes.Count, length - start)], start) : default;
        }

        public override int Read(long offset, Span<byte> destination) =>
            offset < 0 || offset >= length ? 0
            : whole.Read(offset, destination[..(int)Math.Min(destination.Length, length - offset)]);
    }

    private sealed class FollowedBytes(PdfBytes head, ReadOnlyMemory<byte> tail) : PdfBytes
    {
        public override long Length => head.Length + tail.Length;

        public override int Read(long offset, Span<byte> destination)
        {
            if (offset < 0 || offset >= Length)
                return 0;
            var fromHead = offset < head.Length ? head.Read(offset, destination[..(int)Math.Min(destination.Length, head.Length - offset)]) : 0;
            // A head that became shorter while it was read is not made good by the tail.
            if (offset + fromHead < head.Length)
                return fromHead;
            var from = (int)(offset + fromHead - head.Length);
            var count = Math.Min(destination.Length - fromHead, tail.Length - from);
            tail.Span.Slice(from, count).CopyTo(destination[fromHead..]);
            return fromHead + count;
        }
    }
}
