using System.Text;

namespace Tera.Pades.Text;

/// <summary>A CMap (ISO 32000-1 9.7.5, 9.10.3): how long codes are, and what each says or which CID it is. Ranges stay ranges.</summary>
internal sealed class CodeMap
{
    /// <summary>Entries of one map; the largest fonts have 65,536 glyphs.</summary>
    private const int MaxEntries = 100_000;

    private readonly List<(int Length, uint Low, uint High)> _spaces = [];
    private readonly Dictionary<(int Length, uint Code), string> _texts = [];
    private readonly List<(int Length, uint Low, uint High, string First)> _textRanges = [];
    private readonly List<(int Length, uint Low, uint High, int First)> _cids = [];

    /// <summary>Two-byte codes that are CIDs: Identity-H and Identity-V.</summary>
    public static CodeMap Identity { get; } = OfIdentity();

    /// <summary>Whether it says anything of code lengths.</summary>
    public bool HasSpaces => _spaces.Count > 0;

    public static CodeMap Parse(byte[] data)
    {
        var map = new CodeMap();
        var lexer = new ContentLexer(data);
        for (var count = 0; count < MaxEntries && lexer.Next() != TokenKind.End;)
        {
            if (lexer.Kind != TokenKind.Operator)
                continue;
            count += lexer.Word switch
            {
                "begincodespacerange" => map.ReadSpaces(lexer),
                "beginbfchar" => map.ReadTexts(lexer),
                "beginbfrange" => map.ReadTextRanges(lexer),
                "begincidchar" => map.ReadCids(lexer, isRange: false),
                "begincidrange" => map.ReadCids(lexer, isRange: true),
                _ => 0,
            };
        }
        map._textRanges.Sort((a, b) => a.Low.CompareTo(b.Low));
        map._cids.Sort((a, b) => a.Low.CompareTo(b.Low));
        return map;
    }

    /// <summary>The length of the code that begins here, by the code space ranges; 0 where none fits.</summary>
    public int LengthAt(ReadOnlySpan<byte> text)
    {
        for (var length = 1; length <= Math.Min(4, text.Length); length++)
        {
            var code = Value(text[..length]);
            foreach (var space in _spaces)
            {
                if (space.Length == length && InSpace(code, space.Low, space.High, length))
                    return length;
            }
        }
        return 0;
    }

    /// <summary>What a code says; null where the map does not tell.</summary>
    public string? TextOf(uint code, int length)
    {
        if (_texts.TryGetValue((length, code), out var text))
            return text;
        if (Find(_textRanges, code, r => r.Low) is not { } range || range.Length != length || code > range.High)
            return null;
        // The last unit of the first text counts on.
        var last = range.First[^1] + (code - range.Low);
        return last <= char.MaxValue ? range.First[..^1] + (char)last : null;
    }

    /// <summary>The CID of a code; null where the map does not tell.</summary>
    public int? CidOf(uint code, int length) =>
        Find(_cids, code, r => r.Low) is { } range && range.Length == length && code <= range.High ? (int)Math.Min(range.First + (code - range.Low), ushort.MaxValue) : null;

    public static uint Value(ReadOnlySpan<byte> code)
    {
        uint value = 0;
        foreach (var b in code[..Math.Min(4, code.Length)])
            value = (value << 8) | b;
        return value;
    }

    private static CodeMap OfIdentity()
    {
        var map = new CodeMap();
        map._spaces.Add((2, 0, 0xFFFF));
        map._cids.Add((2, 0, 0xFFFF, 0));
        return map;
    }

    // 9.7.6.2: each byte lies in the range of its place.
    private static bool InSpace(uint code, uint low, uint high, int length)
    {
        for (var i = 0; i < length; i++)
        {
            var (b, from, to) = ((code >> (8 * i)) & 255, (low >> (8 * i)) & 255, (high >> (8 * i)) & 255);
            if (b < from || b > to)
                return false;
        }
        return true;
    }

    // The last range that begins at or before the code.
    private static T? Find<T>(List<T> ranges, uint code, Func<T, uint> low)
        where T : struct
    {
        var (from, to) = (0, ranges.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (low(ranges[middle]) <= code)
                from = middle + 1;
            else
                to = middle;
        }
        return from == 0 ? null : ranges[from - 1];
    }

    private int ReadSpaces(ContentLexer lexer)
    {
        var count = 0;
        for (; count < MaxEntries && lexer.Next() == TokenKind.String; count++)
        {
            var low = lexer.Bytes;
            if (lexer.Next() != TokenKind.String)
                break;
            if (low.Length is >= 1 and <= 4)
                _spaces.Add((low.Length, Value(low), Value(lexer.Bytes)));
        }
        // More would be no help: each lookup asks them all.
        if (_spaces.Count > 100)
            _spaces.RemoveRange(100, _spaces.Count - 100);
        return count + 1;
    }

    private int ReadTexts(ContentLexer lexer)
    {
        var count = 0;
        for (; count < MaxEntries && lexer.Next() == TokenKind.String; count++)
        {
            var code = lexer.Bytes;
            lexer.Next();
            if (TargetOf(lexer) is { } text)
                _texts[(code.Length, Value(code))] = text;
        }
        return count + 1;
    }

    private int ReadTextRanges(ContentLexer lexer)
    {
        var count = 0;
        for (; count < MaxEntries && lexer.Next() == TokenKind.String; count++)
        {
            var low = lexer.Bytes;
            if (lexer.Next() != TokenKind.String)
                break;
            var high = Value(lexer.Bytes);
            lexer.Next();
            if (lexer.Kind == TokenKind.ArrayStart)
            {
                for (var code = Value(low); lexer.Next() is not (TokenKind.ArrayEnd or TokenKind.End); code = unchecked(code + 1), count++)
                {
                    if (count < MaxEntries && code <= high && TargetOf(lexer) is { } text)
                        _texts[(low.Length, code)] = text;
                }
            }
            else if (TargetOf(lexer) is { Length: > 0 } first)
            {
                _textRanges.Add((low.Length, Value(low), high, first));
            }
        }
        return count + 1;
    }

    private int ReadCids(ContentLexer lexer, bool isRange)
    {
        var count = 0;
        for (; count < MaxEntries && lexer.Next() == TokenKind.String; count++)
        {
            var low = lexer.Bytes;
            var high = Value(low);
            if (isRange)
            {
                lexer.Next();
                high = Value(lexer.Bytes);
            }
            if (lexer.Next() == TokenKind.Number && lexer.Number is >= 0 and <= ushort.MaxValue)
                _cids.Add((low.Length, Value(low), high, (int)lexer.Number));
        }
        return count + 1;
    }

    private static string? TargetOf(ContentLexer lexer) => lexer.Kind switch
    {
        TokenKind.String when lexer.Bytes.Length == 1 => ((char)lexer.Bytes[0]).ToString(),
        TokenKind.String when lexer.Bytes.Length <= 512 => Encoding.BigEndianUnicode.GetString(lexer.Bytes),
        TokenKind.Name => StandardFonts.TextOf(lexer.Word),
        _ => null,
    };
}
