namespace Tera.Pades.Pdf;

/// <summary>A place in a file that moves, with a window of bytes around it. Not for two threads at a time.</summary>
internal sealed class ByteCursor
{
    /// <summary>Most objects are short and read from their beginning; who reads on gets more at a time.</summary>
    private const int FirstWindow = 1024;

    private const int WindowSize = 8192;

    private readonly PdfBytes _source;
    private byte[] _window = [];
    private byte[] _own = [];

    /// <summary>Where the window begins in the file, where in its array, and where it ends there.</summary>
    private long _windowStart;
    private int _begin;
    private int _end;
    private int _index;

    public ByteCursor(PdfBytes source, long position = 0)
    {
        _source = source;
        Position = position;
    }

    public PdfBytes Source => _source;

    public long Length => _source.Length;

    public long Position
    {
        get => _windowStart + (_index - _begin);
        set
        {
            var at = Math.Clamp(value, 0, _source.Length);
            if (at >= _windowStart && at - _windowStart <= _end - _begin)
            {
                _index = _begin + (int)(at - _windowStart);
                return;
            }
            _windowStart = at;
            _index = _end = _begin;
        }
    }

    /// <summary>The bytes here and behind that are at hand, at least as many as asked for where the file has them.</summary>
    public ReadOnlySpan<byte> Ahead(int count)
    {
        if (_end - _index < count && Position + count <= Length)
            Fill(Math.Max(count, WindowSize));
        return _window.AsSpan(_index, _end - _index);
    }

    /// <summary>Moves behind bytes that <see cref="Ahead"/> has shown.</summary>
    public void Skip(int count) => _index += count;

    /// <summary>The byte here, or -1 at the end.</summary>
    public int Peek() => _index < _end || Fill() ? _window[_index] : -1;

    /// <summary>The byte here, or -1 at the end; moves behind it.</summary>
    public int Next()
    {
        if (_index >= _end && !Fill())
            return -1;
        return _window[_index++];
    }

    /// <summary>Moves behind white space and comments (ISO 32000-1 7.2.3).</summary>
    public void SkipSpace()
    {
        while (true)
        {
            var b = Peek();
            if (b == '%')
            {
                while (b is not (-1 or '\r' or '\n'))
                {
                    _index++;
                    b = Peek();
                }
            }
            else if (IsSpace(b))
            {
                _index++;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Moves behind the keyword when it stands here and ends here.</summary>
    public bool TrySkipKeyword(ReadOnlySpan<byte> keyword)
    {
        var start = Position;
        foreach (var expected in keyword)
        {
            if (Next() != expected)
            {
                Position = start;
                return false;
            }
        }
        if (!IsRegular(Peek()))
            return true;
        Position = start;
        return false;
    }

    /// <summary>Reads an unsigned integer of at most 19 digits that stands here.</summary>
    public bool TryReadUnsigned(out long value)
    {
        value = 0;
        var digits = 0;
        for (var b = Peek(); b is >= '0' and <= '9'; b = Peek())
        {
            if (value > (long.MaxValue - 9) / 10)
                return false;
            value = (value * 10) + (b - '0');
            digits++;
            _index++;
        }
        return digits > 0;
    }

    /// <summary>The offset of the next occurrence at or behind the place, before <paramref name="limit"/>; -1 where there is none.</summary>
    public static long Find(PdfBytes source, ReadOnlySpan<byte> pattern, long from, long limit)
    {
        limit = Math.Min(limit, source.Length);
        if (source.Memory is { } memory)
        {
            var found = from < limit ? memory.Span[(int)from..(int)limit].IndexOf(pattern) : -1;
            return found < 0 ? -1 : from + found;
        }
        // A marker that is looked for usually stands near; the first look is a small one.
        for (var size = 1024; from < limit; size = 64 * 1024)
        {
            var window = source.Look(from, (int)Math.Min(size, limit - from));
            var at = window.IndexOf(pattern);
            if (at >= 0)
                return from + at;
            if (window.Length < pattern.Length)
                return -1;
            from += window.Length - pattern.Length + 1;
        }
        return -1;
    }

    public static bool IsSpace(int b) => b is 0 or 9 or 10 or 12 or 13 or 32;

    public static bool IsDelimiter(int b) => b is '(' or ')' or '<' or '>' or '[' or ']' or '{' or '}' or '/' or '%';

    public static bool IsRegular(int b) => b >= 0 && !IsSpace(b) && !IsDelimiter(b);

    private bool Fill() => Fill(_own.Length == 0 ? FirstWindow : WindowSize);

    private bool Fill(int size)
    {
        var position = Position;
        if (position >= _source.Length)
            return false;
        var (bytes, start) = _source.Buffered(position);
        if (bytes.Count > 0)
        {
            _window = bytes.Array!;
            _windowStart = start;
            _begin = bytes.Offset;
            _end = bytes.Offset + bytes.Count;
            _index = _begin + (int)(position - start);
            return true;
        }
        if (_own.Length < size)
            _own = GC.AllocateUninitializedArray<byte>(size);
        _window = _own;
        _windowStart = position;
        _begin = _index = 0;
        _end = _source.Read(position, _own);
        return _end > 0;
    }
}
