using System.Buffers.Text;
using System.Text;
using Tera.Pades.Pdf;

namespace Tera.Pades.Text;

internal enum TokenKind
{
    End,
    Number,
    String,
    Name,
    Operator,
    ArrayStart,
    ArrayEnd,
    DictionaryStart,
    DictionaryEnd,
}

/// <summary>
/// The tokens of a content stream or CMap (ISO 32000-1 7.8.2, 9.7.5.4). Damage is read over as readers do: nothing here fails.
/// </summary>
internal sealed class ContentLexer(byte[] content)
{
    private int _at;
    private int _start;

    public TokenKind Kind { get; private set; }

    public double Number { get; private set; }

    /// <summary>The bytes of a string.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>A name without its slash, or the word of an operator.</summary>
    public string Word => Kind == TokenKind.Name ? NameAt(_start + 1, _at) : Encoding.Latin1.GetString(content, _start, _at - _start);

    /// <summary>The first four bytes of an operator as a number, the first the lowest; 0 for a longer one.</summary>
    public int OperatorKey
    {
        get
        {
            var key = 0;
            for (var i = _start; i < _at; i++)
                key = i - _start < 4 ? key | (content[i] << (8 * (i - _start))) : 0;
            return key;
        }
    }

    public TokenKind Next()
    {
        SkipSpace();
        _start = _at;
        if (_at >= content.Length)
            return Kind = TokenKind.End;
        var b = content[_at];
        switch (b)
        {
            case (byte)'(':
                ReadLiteral();
                return Kind = TokenKind.String;
            case (byte)'<' when Peek(1) == '<':
                _at += 2;
                return Kind = TokenKind.DictionaryStart;
            case (byte)'<':
                ReadHex();
                return Kind = TokenKind.String;
            case (byte)'>' when Peek(1) == '>':
                _at += 2;
                return Kind = TokenKind.DictionaryEnd;
            case (byte)'[':
                _at++;
                return Kind = TokenKind.ArrayStart;
            case (byte)']':
                _at++;
                return Kind = TokenKind.ArrayEnd;
            case (byte)'/':
                _at++;
                SkipRegular();
                return Kind = TokenKind.Name;
            case >= (byte)'0' and <= (byte)'9' or (byte)'+' or (byte)'-' or (byte)'.':
                ReadNumber();
                return Kind = TokenKind.Number;
            default:
                // A stray delimiter is a word of its own, so that reading goes on behind it.
                SkipRegular();
                if (_at == _start)
                    _at++;
                return Kind = TokenKind.Operator;
        }
    }

    /// <summary>Moves behind the data of an inline image (8.9.7), standing behind ID.</summary>
    public void SkipInlineImage()
    {
        for (var i = _at + 1; i + 2 <= content.Length; i++)
        {
            if (content[i] != 'E' || content[i + 1] != 'I' || !ByteCursor.IsSpace(content[i - 1]) || (i + 2 < content.Length && !ByteCursor.IsSpace(content[i + 2])))
                continue;
            // "EI" may occur in the data; operators that follow are text.
            var behind = content.AsSpan(i + 2, Math.Min(16, content.Length - i - 2));
            if (behind.ContainsAnyExceptInRange((byte)9, (byte)126))
                continue;
            _at = i + 2;
            return;
        }
        _at = content.Length;
    }

    private int Peek(int ahead) => _at + ahead < content.Length ? content[_at + ahead] : -1;

    private void SkipSpace()
    {
        while (_at < content.Length)
        {
            if (content[_at] == '%')
            {
                while (_at < content.Length && content[_at] is not ((byte)'\r' or (byte)'\n'))
                    _at++;
            }
            else if (ByteCursor.IsSpace(content[_at]))
            {
                _at++;
            }
            else
            {
                return;
            }
        }
    }

    private void SkipRegular()
    {
        while (_at < content.Length && ByteCursor.IsRegular(content[_at]))
            _at++;
    }

    private void ReadNumber()
    {
        SkipRegular();
        var digits = content.AsSpan(_start, _at - _start);
        if (digits.Length < 32 && digits[0] != '+' && Utf8Parser.TryParse(digits, out double number, out var read) && read == digits.Length && !digits.ContainsAny((byte)'e', (byte)'E'))
        {
            Number = number;
            return;
        }
        // "--5", "1.2.3", "12-34": what is readable counts.
        var (value, scale, isNegative, hasDigits) = (0.0, 0.0, false, false);
        foreach (var b in digits)
        {
            if (b is >= (byte)'0' and <= (byte)'9')
            {
                value = (value * 10) + (b - '0');
                scale *= 10;
                hasDigits = true;
            }
            else if (b == '.' && scale == 0)
            {
                scale = 1;
            }
            else if (b == '-' && !hasDigits)
            {
                isNegative = true;
            }
            else if (b != '+')
            {
                break;
            }
        }
        value = scale > 1 ? value / scale : value;
        Number = double.IsFinite(value) ? (isNegative ? -value : value) : 0;
    }

    private void ReadLiteral()
    {
        var bytes = new List<byte>();
        var open = 1;
        for (_at++; _at < content.Length; _at++)
        {
            var b = content[_at];
            if (b == '(')
            {
                open++;
            }
            else if (b == ')' && --open == 0)
            {
                _at++;
                break;
            }
            else if (b == '\\' && _at + 1 < content.Length)
            {
                if (ReadEscape() is >= 0 and var escaped)
                    bytes.Add((byte)escaped);
                continue;
            }
            bytes.Add(b);
        }
        Bytes = [.. bytes];
    }

    // 7.3.4.2, table 3; stands at the last byte of the escape afterwards.
    private int ReadEscape()
    {
        var b = content[++_at];
        switch (b)
        {
            case (byte)'n': return '\n';
            case (byte)'r': return '\r';
            case (byte)'t': return '\t';
            case (byte)'b': return '\b';
            case (byte)'f': return '\f';
            case (byte)'\n':
                return -1;
            case (byte)'\r':
                if (Peek(1) == '\n')
                    _at++;
                return -1;
            case >= (byte)'0' and <= (byte)'7':
                var value = b - '0';
                for (var i = 0; i < 2 && Peek(1) is >= '0' and <= '7'; i++)
                    value = (value * 8) + (content[++_at] - '0');
                return value & 255;
            default:
                return b;
        }
    }

    private void ReadHex()
    {
        var bytes = new List<byte>();
        var high = -1;
        for (_at++; _at < content.Length && content[_at] != '>'; _at++)
        {
            if (!char.IsAsciiHexDigit((char)content[_at]))
                continue;
            var digit = HexValue(content[_at]);
            if (high < 0)
            {
                high = digit;
                continue;
            }
            bytes.Add((byte)((high << 4) | digit));
            high = -1;
        }
        _at++;
        if (high >= 0)
            bytes.Add((byte)(high << 4));
        Bytes = [.. bytes];
        _at = Math.Min(_at, content.Length);
    }

    private string NameAt(int start, int end)
    {
        if (content.AsSpan(start, end - start).IndexOf((byte)'#') < 0)
            return Encoding.Latin1.GetString(content, start, end - start);
        var name = new StringBuilder();
        for (var i = start; i < end; i++)
        {
            if (content[i] == '#' && i + 2 < end && char.IsAsciiHexDigit((char)content[i + 1]) && char.IsAsciiHexDigit((char)content[i + 2]))
            {
                name.Append((char)((HexValue(content[i + 1]) << 4) | HexValue(content[i + 2])));
                i += 2;
            }
            else
            {
                name.Append((char)content[i]);
            }
        }
        return name.ToString();
    }

    private static int HexValue(byte b) => b <= '9' ? b - '0' : (b | 0x20) - 'a' + 10;
}
