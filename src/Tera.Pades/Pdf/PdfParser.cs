using System.Buffers;
using System.Globalization;
using System.Text;
using Tera.Pades.Pdf.Encryption;

namespace Tera.Pades.Pdf;

/// <summary>
/// Reads values at a place (ISO 32000-1 7.3). A value that cannot be read answers null, and <see cref="Refusal"/> and
/// <see cref="RefusedAt"/> say why and where: damaged files are the rule here, not the exception.
/// </summary>
internal sealed class PdfParser(ByteCursor cursor, PdfLimits limits, WorkBudget work, bool keepPositions = true)
{
    /// <summary>Digits of a signature with its time stamp: looked for at once where the source must be read.</summary>
    private const int LargeString = 64 * 1024;

    private static readonly string?[] SharedNames = new string?[1024];

    private int _values;

    public PdfRefusal Refusal { get; private set; }

    public long RefusedAt { get; private set; } = -1;

    public ByteCursor Cursor => cursor;

    /// <summary>Deciphers the strings and the stream of the object that is read; null where nothing is enciphered.</summary>
    public ObjectCipher? Cipher { get; set; }

    /// <summary>Reads the value that begins here, behind white space.</summary>
    /// <exception cref="PdfException">The work that the file may cost is done.</exception>
    public PdfObject? ReadValue()
    {
        var start = cursor.Position;
        var value = ReadValue(0);
        work.Spend(cursor.Position - start);
        return value;
    }

    private PdfObject? ReadValue(int depth)
    {
        cursor.SkipSpace();
        var start = cursor.Position;
        if (depth > limits.MaxDepth)
            return Refuse(PdfRefusal.TooDeep, start);
        if (++_values > limits.MaxValuesPerObject)
            return Refuse(PdfRefusal.TooLarge, start);

        PdfObject? value = cursor.Peek() switch
        {
            '/' => ReadName(),
            '(' => Deciphered(ReadLiteralString(), start),
            '[' => ReadArray(depth),
            '<' => ReadHexStringOrDictionary(depth),
            >= '0' and <= '9' => ReadNumberOrReference(),
            '+' or '-' or '.' => ReadNumber(),
            't' when cursor.TrySkipKeyword("true"u8) => new PdfBoolean(true),
            'f' when cursor.TrySkipKeyword("false"u8) => new PdfBoolean(false),
            'n' when cursor.TrySkipKeyword("null"u8) => new PdfNull(),
            _ => Refuse(PdfRefusal.MalformedObject, start),
        };
        if (value is not null && keepPositions)
        {
            value.Start = start;
            value.End = cursor.Position;
        }
        return value;
    }

    /// <summary>Reads "n g obj" and stands behind it.</summary>
    /// <exception cref="PdfException">The work that the file may cost is done.</exception>
    public bool TryReadObjectHeader(out ObjectId id)
    {
        var start = cursor.Position;
        var isThere = TryReadHeader(out id);
        work.Spend(cursor.Position - start);
        return isThere;
    }

    private bool TryReadHeader(out ObjectId id)
    {
        id = default;
        cursor.SkipSpace();
        if (!cursor.TryReadUnsigned(out var number) || number is 0 or > int.MaxValue - 1)
            return false;
        cursor.SkipSpace();
        if (!cursor.TryReadUnsigned(out var generation) || generation > 65535)
            return false;
        cursor.SkipSpace();
        // "obj" may be followed at once by its value: "1 0 obj<<" is common, "1 0 obj5" is tolerated.
        foreach (var expected in "obj"u8)
        {
            if (cursor.Next() != expected)
                return false;
        }
        id = new ObjectId((int)number, (int)generation);
        return true;
    }

    /// <summary>Reads the value of an indirect object behind its header, with its stream data's place where it has one.</summary>
    /// <param name="resolveLength">Answers the value of an indirect /Length, or null.</param>
    /// <exception cref="PdfException">The work that the file may cost is done.</exception>
    public PdfObject? ReadIndirectValue(Func<ObjectId, long?> resolveLength)
    {
        _values = 0;
        cursor.SkipSpace();
        var start = cursor.Position;
        if (cursor.TrySkipKeyword("endobj"u8))
            return PdfNull.Instance;
        var value = ReadValue();
        if (value is not PdfDictionary dictionary)
            return value;

        var behind = cursor.Position;
        cursor.SkipSpace();
        if (!cursor.TrySkipKeyword("stream"u8))
        {
            cursor.Position = behind;
            return value;
        }
        // ISO 32000-1 7.3.8.1: the keyword is followed by CR LF or LF; a lone CR is met and tolerated.
        while (cursor.Peek() is ' ' or '\t')
            cursor.Next();
        if (cursor.Peek() == '\r')
            cursor.Next();
        if (cursor.Peek() == '\n')
            cursor.Next();
        var dataStart = cursor.Position;

        var length = dictionary["Length"] switch
        {
            PdfInteger direct => direct.Value,
            PdfReference indirect => resolveLength(indirect.Id),
            _ => null,
        };
        if (length is not { } stated || stated < 0 || stated > cursor.Length - dataStart || !EndsAt(dataStart + stated))
        {
            // A wrong /Length is common; the data then ends where "endstream" stands.
            var end = ByteCursor.Find(cursor.Source, "endstream"u8, dataStart, cursor.Length);
            work.Spend((end < 0 ? cursor.Length : end) - dataStart);
            if (end < 0)
                return Refuse(PdfRefusal.MalformedObject, start);
            cursor.Position = end + "endstream".Length;
            stated = TrimEndOfLine(dataStart, end) - dataStart;
        }
        return new PdfStream(dictionary, cursor.Source, dataStart, stated, Cipher)
        {
            Start = start,
            End = cursor.Position,
        };
    }

    private bool EndsAt(long end)
    {
        cursor.Position = end;
        cursor.SkipSpace();
        return cursor.TrySkipKeyword("endstream"u8) || cursor.TrySkipKeyword("endobj"u8);
    }

    private long TrimEndOfLine(long start, long end)
    {
        var tail = cursor.Source.ReadRange(Math.Max(start, end - 2), (int)Math.Min(2, end - start));
        if (tail.Length > 0 && tail[^1] == '\n')
            return end - (tail.Length > 1 && tail[^2] == '\r' ? 2 : 1);
        return tail.Length > 0 && tail[^1] == '\r' ? end - 1 : end;
    }

    private PdfObject ReadNumberOrReference()
    {
        var start = cursor.Position;
        if (!cursor.TryReadUnsigned(out var number) || ByteCursor.IsRegular(cursor.Peek()))
        {
            cursor.Position = start;
            return ReadNumber();
        }
        var behind = cursor.Position;
        if (number is > 0 and < int.MaxValue)
        {
            cursor.SkipSpace();
            if (cursor.TryReadUnsigned(out var generation) && generation <= 65535)
            {
                cursor.SkipSpace();
                if (cursor.TrySkipKeyword("R"u8))
                    return new PdfReference(new ObjectId((int)number, (int)generation));
            }
        }
        cursor.Position = behind;
        return new PdfInteger(number);
    }

    // Numbers are met in every broken form ("--5", "1.2.3", "4-"); readers take what is readable and go on, and so do we.
    private PdfObject ReadNumber()
    {
        Span<char> digits = stackalloc char[64];
        var count = 0;
        var negative = false;
        var dot = false;
        var broken = false;
        for (var b = cursor.Peek(); ByteCursor.IsRegular(b); b = cursor.Peek())
        {
            cursor.Next();
            if (broken)
                continue;
            if (b is '+' or '-' && count == 0)
                negative |= b == '-';
            else if (b == '.' && !dot && count < digits.Length)
            {
                dot = true;
                digits[count++] = '.';
            }
            else if (b is >= '0' and <= '9' && count < digits.Length)
                digits[count++] = (char)b;
            else
                broken = true;
        }
        var text = digits[..count];
        if (!dot && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var integer))
            return new PdfInteger(negative ? -integer : integer);
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var real)
            ? new PdfReal(negative ? -real : real)
            : new PdfInteger(0);
    }

    private PdfName? ReadName()
    {
        cursor.Next();
        if (ReadPlainName() is { } plain)
            return plain;
        var name = new StringBuilder();
        for (var b = cursor.Peek(); ByteCursor.IsRegular(b); b = cursor.Peek())
        {
            cursor.Next();
            if (b == '#')
            {
                var back = cursor.Position;
                var high = HexValue(cursor.Next());
                var low = high < 0 ? -1 : HexValue(cursor.Next());
                if (low >= 0)
                    b = (high << 4) | low;
                else
                    cursor.Position = back;
            }
            name.Append((char)b);
            if (name.Length > limits.MaxToken)
                return Refuse<PdfName>(PdfRefusal.TooLarge, cursor.Position);
        }
        return new PdfName(Shared(name));
    }

    // A name without escapes that ends within the bytes at hand.
    private PdfName? ReadPlainName()
    {
        var ahead = cursor.Ahead(1);
        var length = 0;
        while (length < ahead.Length && ByteCursor.IsRegular(ahead[length]) && ahead[length] != '#')
            length++;
        if (length == ahead.Length || ahead[length] == '#' || length > limits.MaxToken)
            return null;
        var name = Encoding.Latin1.GetString(ahead[..length]);
        cursor.Skip(length);
        return new PdfName(name);
    }

    // A hundred thousand dictionaries have the same few keys: one string of each will do. The last of each slot is kept, for any thread.
    private static string Shared(StringBuilder name)
    {
        if (name.Length > 32)
            return name.ToString();
        Span<char> text = stackalloc char[32];
        text = text[..name.Length];
        name.CopyTo(0, text, name.Length);
        var slot = string.GetHashCode(text, StringComparison.Ordinal) & (SharedNames.Length - 1);
        var known = SharedNames[slot];
        return known is not null && text.SequenceEqual(known) ? known : SharedNames[slot] = text.ToString();
    }

    private PdfString? ReadLiteralString()
    {
        var start = cursor.Position;
        cursor.Next();
        var bytes = new List<byte>();
        var open = 1;
        while (true)
        {
            var b = cursor.Next();
            switch (b)
            {
                case -1:
                    return Refuse<PdfString>(PdfRefusal.MalformedObject, start);
                case '(':
                    open++;
                    break;
                case ')' when --open == 0:
                    return new PdfString(bytes.ToArray());
                case '\\':
                    b = ReadEscape();
                    if (b < 0)
                        continue;
                    break;
                case '\r':
                    // 7.3.4.2: an end-of-line within a string is one LF, however it is written.
                    if (cursor.Peek() == '\n')
                        cursor.Next();
                    b = '\n';
                    break;
            }
            bytes.Add((byte)b);
            if (bytes.Count > limits.MaxToken)
                return Refuse<PdfString>(PdfRefusal.TooLarge, start);
        }
    }

    private int ReadEscape()
    {
        var b = cursor.Next();
        switch (b)
        {
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'b': return '\b';
            case 'f': return '\f';
            case '\n': return -1;
            case '\r':
                if (cursor.Peek() == '\n')
                    cursor.Next();
                return -1;
            case >= '0' and <= '7':
                var value = b - '0';
                for (var i = 0; i < 2 && cursor.Peek() is >= '0' and <= '7'; i++)
                    value = (value * 8) + (cursor.Next() - '0');
                return value & 0xFF;
            default:
                return b;
        }
    }

    private PdfObject? ReadHexStringOrDictionary(int depth)
    {
        var start = cursor.Position;
        cursor.Next();
        if (cursor.Peek() == '<')
        {
            cursor.Next();
            return ReadDictionary(start, depth);
        }

        if (ReadPlainHex() is { } plain)
            return Deciphered(plain, start);
        var bytes = new List<byte>();
        var high = -1;
        while (true)
        {
            var b = cursor.Next();
            if (b == '>')
                break;
            if (b < 0)
                return Refuse(PdfRefusal.MalformedObject, start);
            var digit = HexValue(b);
            if (digit < 0)
                continue;
            if (high < 0)
            {
                high = digit;
                continue;
            }
            bytes.Add((byte)((high << 4) | digit));
            high = -1;
            if (bytes.Count > limits.MaxToken)
                return Refuse(PdfRefusal.TooLarge, start);
        }
        if (high >= 0)
            bytes.Add((byte)(high << 4));
        return Deciphered(new PdfString(bytes.ToArray(), isHex: true), start);
    }

    private PdfString? Deciphered(PdfString? text, long at)
    {
        if (Cipher is null || text is null)
            return text;
        return Cipher.DecipherString(text.Bytes.Span) is { } plain ? new PdfString(plain, text.IsHex) { Start = text.Start, End = text.End } : Refuse<PdfString>(PdfRefusal.MalformedObject, at);
    }

    // Pairs of digits and nothing else up to the end, as in every /Contents; what is written otherwise is read digit by digit.
    private PdfString? ReadPlainHex()
    {
        var digits = cursor.Ahead(1);
        var end = digits.IndexOf((byte)'>');
        if (end < 0)
        {
            digits = cursor.Ahead(LargeString);
            end = digits.IndexOf((byte)'>');
        }
        if (end < 0 || end % 2 != 0 || end / 2 > limits.MaxToken)
            return null;
        var bytes = GC.AllocateUninitializedArray<byte>(end / 2);
        if (Convert.FromHexString(digits[..end], bytes, out _, out _) != OperationStatus.Done)
            return null;
        cursor.Skip(end + 1);
        return new PdfString(bytes, isHex: true);
    }

    private PdfArray? ReadArray(int depth)
    {
        var start = cursor.Position;
        cursor.Next();
        var items = new List<PdfObject>();
        while (true)
        {
            cursor.SkipSpace();
            if (cursor.Peek() == ']')
            {
                cursor.Next();
                return new PdfArray(items);
            }
            if (cursor.Peek() < 0)
                return Refuse<PdfArray>(PdfRefusal.MalformedObject, start);
            if (ReadValue(depth + 1) is not { } item)
                return null;
            items.Add(item);
        }
    }

    private PdfDictionary? ReadDictionary(long start, int depth)
    {
        var entries = new List<KeyValuePair<string, PdfObject>>();
        while (true)
        {
            cursor.SkipSpace();
            switch (cursor.Peek())
            {
                case '>':
                    cursor.Next();
                    if (cursor.Next() != '>')
                        return Refuse<PdfDictionary>(PdfRefusal.MalformedObject, start);
                    if (Cipher is not null && !DecipherContents(entries))
                        return null;
                    return new PdfDictionary(entries);
                case '/':
                    if (ReadName() is not { } key)
                        return null;
                    cursor.SkipSpace();
                    // "/Key >>": a key without a value is met; it means null.
                    if (cursor.Peek() == '>')
                        continue;
                    if (ReadEntry(key.Value, depth + 1) is not { } value)
                        return null;
                    entries.Add(new(key.Value, value));
                    continue;
                default:
                    return Refuse<PdfDictionary>(PdfRefusal.MalformedObject, start);
            }
        }
    }

    // A string under /Contents is left as it is until the whole dictionary is known.
    private PdfObject? ReadEntry(string key, int depth)
    {
        if (Cipher is not { } cipher || key != "Contents" || cursor.Peek() is not ('(' or '<'))
            return ReadValue(depth);
        var start = cursor.Position;
        Cipher = null;
        var value = ReadValue(depth);
        Cipher = cipher;
        if (value is PdfString)
            return value;
        cursor.Position = start;
        return ReadValue(depth);
    }

    // 7.6.2: /Contents of a signature dictionary is not enciphered. Such a one is known by its /ByteRange.
    private bool DecipherContents(List<KeyValuePair<string, PdfObject>> entries)
    {
        if (entries.Exists(e => e.Key == "ByteRange"))
            return true;
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i] is not { Key: "Contents", Value: PdfString text })
                continue;
            if (Deciphered(text, text.Start) is not { } plain)
                return false;
            entries[i] = new("Contents", plain);
        }
        return true;
    }

    private static int HexValue(int b) => b switch
    {
        >= '0' and <= '9' => b - '0',
        >= 'a' and <= 'f' => b - 'a' + 10,
        >= 'A' and <= 'F' => b - 'A' + 10,
        _ => -1,
    };

    private PdfObject? Refuse(PdfRefusal refusal, long at) => Refuse<PdfObject>(refusal, at);

    // The innermost reason is the one worth telling; it comes first.
    private T? Refuse<T>(PdfRefusal refusal, long at)
        where T : PdfObject
    {
        if (Refusal == PdfRefusal.None)
            (Refusal, RefusedAt) = (refusal, at);
        return null;
    }
}
