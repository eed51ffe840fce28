using System.Security.Cryptography;
using System.Text;

namespace Tera.Pades.Pdf.Encryption;

/// <summary>The bytes that a typed password may stand for. Writers differ, and a wrong guess costs only a failed try.</summary>
internal static class PasswordForms
{
    /// <summary>ISO 32000-2 7.6.4.3.3: no more bytes count.</summary>
    private const int MaxUtf8 = 127;

    /// <summary>Up to revision 4: PDFDocEncoding (7.6.4.3.2); UTF-8 is met.</summary>
    public static IEnumerable<byte[]> Legacy(ReadOnlyMemory<char> password)
    {
        var encoded = new byte[password.Length];
        var fits = true;
        for (var i = 0; i < encoded.Length; i++)
        {
            var code = PdfText.EncodeDocCharacter(password.Span[i]);
            fits &= code >= 0;
            encoded[i] = (byte)Math.Max(code, 0);
        }
        if (fits)
            yield return encoded;
        if (password.Span.IndexOfAnyExceptInRange('\0', '\x7F') >= 0)
            yield return Utf8(password.Span, int.MaxValue);
    }

    /// <summary>From revision 5 on: UTF-8 of what SASLprep (RFC 4013) makes of it; UTF-8 as typed is met.</summary>
    public static IEnumerable<byte[]> Unicode(ReadOnlyMemory<char> password)
    {
        if (password.Span.IndexOfAnyExceptInRange(' ', '~') >= 0 && Prepare(password.Span) is { } prepared)
        {
            yield return Utf8(prepared, MaxUtf8);
            Array.Clear(prepared);
        }
        yield return Utf8(password.Span, MaxUtf8);
    }

    private static byte[] Utf8(ReadOnlySpan<char> text, int limit)
    {
        var whole = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, whole);
        if (whole.Length <= limit)
            return whole;
        var cut = whole[..limit];
        CryptographicOperations.ZeroMemory(whole);
        return cut;
    }

    // RFC 4013 2.1 and 2.2: spaces become one kind, characters without a meaning of their own go, the rest is put into NFKC. What is
    // prohibited is not refused here: the file's own check decides.
    private static char[]? Prepare(ReadOnlySpan<char> password)
    {
        var mapped = new char[password.Length];
        var count = 0;
        foreach (var c in password)
        {
            if (c is '\u00AD' or '\u034F' or '\u1806' or (>= '\u180B' and <= '\u180D') or (>= '\u200B' and <= '\u200D') or '\u2060' or (>= '\uFE00' and <= '\uFE0F') or '\uFEFF')
                continue;
            mapped[count++] = c is '\u00A0' or '\u1680' or (>= '\u2000' and <= '\u200B') or '\u202F' or '\u205F' or '\u3000' ? ' ' : c;
        }
        var destination = new char[(count * 18) + 1];
        try
        {
            return mapped.AsSpan(0, count).TryNormalize(destination, out var written, NormalizationForm.FormKC) ? destination[..written] : null;
        }
        catch (ArgumentException)
        {
            // A lone surrogate.
            return null;
        }
        finally
        {
            Array.Clear(mapped);
            Array.Clear(destination);
        }
    }
}
