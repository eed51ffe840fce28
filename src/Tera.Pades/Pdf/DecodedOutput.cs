namespace Tera.Pades.Pdf;

/// <summary>
/// What a filter puts out, up to a limit, in pieces: growing by doubling would hold three times the data at the moment of the last
/// copy, and hostile files decode to just that much.
/// </summary>
internal sealed class DecodedOutput(int limit)
{
    private const int SmallestPiece = 1024;
    private const int LargestPiece = 1024 * 1024;

    private readonly List<byte[]> _full = [];
    private byte[] _piece = [];
    private int _used;

    public int Length { get; private set; }

    /// <summary>Adds bytes; false, and nothing is added, where they would pass the limit.</summary>
    public bool TryAdd(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > limit - Length)
            return false;
        Length += bytes.Length;
        while (bytes.Length > 0)
        {
            var room = Room();
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            bytes = bytes[count..];
            _used += count;
        }
        return true;
    }

    /// <summary>Adds a byte; false, and nothing is added, where it would pass the limit.</summary>
    public bool TryAdd(byte value)
    {
        if (Length == limit)
            return false;
        Room()[0] = value;
        _used++;
        Length++;
        return true;
    }

    public byte[] ToArray()
    {
        var all = new byte[Length];
        var at = 0;
        foreach (var piece in _full)
        {
            piece.CopyTo(all, at);
            at += piece.Length;
        }
        _piece.AsSpan(0, _used).CopyTo(all.AsSpan(at));
        return all;
    }

    private Span<byte> Room()
    {
        if (_used == _piece.Length)
        {
            if (_piece.Length > 0)
                _full.Add(_piece);
            _piece = new byte[Math.Clamp(Length, SmallestPiece, LargestPiece)];
            _used = 0;
        }
        return _piece.AsSpan(_used);
    }
}
