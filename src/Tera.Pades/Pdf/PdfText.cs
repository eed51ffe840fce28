using System.Globalization;
using System.Text;

namespace Tera.Pades.Pdf;

/// <summary>Text strings and dates (ISO 32000-1 7.9.2, 7.9.4).</summary>
public static class PdfText
{
    // Annex D.2: PDFDocEncoding differs from Latin-1 in these rows.
    private const string Row18 = "\u02D8\u02C7\u02C6\u02D9\u02DD\u02DB\u02DA\u02DC";
    private const string Row80 = "\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203A\u2212\u2030\u201E\u201C\u201D\u2018\u2019\u201A\u2122\uFB01\uFB02\u0141\u0152\u0160\u0178\u017D\u0131\u0142\u0153\u0161\u017E\uFFFD\u20AC";

    /// <summary>Reads a string as text: UTF-16 or UTF-8 by its byte order mark, else PDFDocEncoding.</summary>
    /// <param name="text">The string.</param>
    /// <returns>The text.</returns>
    public static string Decode(PdfString text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = text.Bytes.Span;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return Encoding.UTF8.GetString(bytes[3..]);
        var result = new StringBuilder(bytes.Length);
        foreach (var b in bytes)
        {
            result.Append(b switch
            {
                >= 0x18 and <= 0x1F => Row18[b - 0x18],
                >= 0x80 and <= 0xA0 => Row80[b - 0x80],
                _ => (char)b,
            });
        }
        return result.ToString();
    }

    /// <summary>A text string: ASCII as it is, anything else in UTF-16 with its mark.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The string.</returns>
    public static PdfString Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // A control character in ASCII text would mean something else in PDFDocEncoding.
        if (text.All(c => c is >= ' ' and <= '~' or '\n' or '\r' or '\t'))
            return new PdfString(Encoding.ASCII.GetBytes(text));
        return new PdfString((byte[])[0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)]);
    }

    /// <summary>A character in PDFDocEncoding; -1 where it has none.</summary>
    internal static int EncodeDocCharacter(char c)
    {
        if (Row18.IndexOf(c, StringComparison.Ordinal) is >= 0 and var low)
            return 0x18 + low;
        if (Row80.IndexOf(c, StringComparison.Ordinal) is >= 0 and var high)
            return 0x80 + high;
        return c is < '\x18' or (>= ' ' and < '\x7F') or (> '\xA0' and <= '\xFF') ? c : -1;
    }

    /// <summary>A date with its offset from UTC: D:20261122101500+08'00'.</summary>
    /// <param name="time">The time; fractions of a second are dropped.</param>
    /// <returns>The string.</returns>
    public static PdfString EncodeDate(DateTimeOffset time)
    {
        var sign = time.Offset < TimeSpan.Zero ? '-' : '+';
        return new PdfString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"D:{time:yyyyMMddHHmmss}{sign}{time.Offset.Duration():hh}'{time.Offset.Duration():mm}'")));
    }

    /// <summary>Reads a date; parts left out take their defaults, a missing offset counts as UTC.</summary>
    /// <param name="text">The string.</param>
    /// <returns>The time, or null where it is no date.</returns>
    public static DateTimeOffset? DecodeDate(PdfString text)
    {
        var value = Decode(text).AsSpan().Trim().TrimEnd('\0');
        if (value.StartsWith("D:"))
            value = value[2..];
        var digits = 0;
        while (digits < value.Length && digits < 14 && char.IsAsciiDigit(value[digits]))
            digits++;
        if (digits < 4 || digits % 2 != 0)
            return null;
        Span<char> full = stackalloc char[14];
        "00000101000000".CopyTo(full);
        value[..digits].CopyTo(full);
        if (!DateTime.TryParseExact(full, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ||
            OffsetOf(value[digits..]) is not { } offset)
            return null;
        // The first and last days of the calendar have no room for an offset.
        return local.Year is > 1 and < 9999 ? new DateTimeOffset(local, offset) : null;
    }

    private static TimeSpan? OffsetOf(ReadOnlySpan<char> zone)
    {
        if (zone.IsEmpty || zone[0] is 'Z' or 'z')
            return TimeSpan.Zero;
        if (zone[0] is not ('+' or '-') || zone.Length < 3 || !int.TryParse(zone[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours))
            return null;
        var rest = zone[3..].Trim('\'');
        var minutes = 0;
        if (rest.Length >= 2 && !int.TryParse(rest[..2], NumberStyles.None, CultureInfo.InvariantCulture, out minutes))
            return null;
        if (hours > 14 || minutes > 59 || (hours == 14 && minutes > 0))
            return null;
        var offset = new TimeSpan(hours, minutes, 0);
        return zone[0] == '-' ? -offset : offset;
    }
}
