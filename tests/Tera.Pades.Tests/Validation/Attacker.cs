using System.Globalization;
using System.Text;
using Tera.Pades.Pdf;

namespace Tera.Pades.Tests.Validation;

/// <summary>Appends a revision to a file, byte by byte, as an attacker or an honest program would.</summary>
internal static class Attacker
{
    /// <summary>A revision with these objects; a null text frees the number. The trailer leads to the same catalog unless told otherwise.</summary>
    public static byte[] Append(byte[] file, IReadOnlyDictionary<int, string?> objects, string? root = null, bool keepsPrevious = true)
    {
        var last = PdfFile.Open(file).Revisions[^1];
        var text = new StringBuilder();
        var offsets = new SortedDictionary<int, int?>();
        foreach (var (number, body) in objects.OrderBy(o => o.Key))
        {
            offsets[number] = body is null ? null : file.Length + text.Length;
            if (body is not null)
                text.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{body}\nendobj\n");
        }
        var xref = file.Length + text.Length;
        text.Append("xref\n0 1\n0000000000 65535 f \n");
        foreach (var (number, offset) in offsets)
            text.Append(CultureInfo.InvariantCulture, $"{number} 1\n{offset ?? 0:D10} {(offset is null ? "00001 f" : "00000 n")} \n");
        var catalog = root ?? ((PdfReference)last.Trailer["Root"]!).ToString();
        var size = Math.Max(objects.Keys.DefaultIfEmpty(0).Max() + 1, (last.Trailer["Size"] as PdfInteger)?.Value ?? 1);
        text.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {size}/Root {catalog}{(keepsPrevious ? $"/Prev {last.XrefOffset}" : "")}>>\nstartxref\n{xref}\n%%EOF\n");
        return [.. file, .. Encoding.Latin1.GetBytes(text.ToString())];
    }

    /// <summary>A stream object's text.</summary>
    public static string Stream(string data, string entries = "") =>
        string.Create(CultureInfo.InvariantCulture, $"<<{entries}/Length {data.Length}>>\nstream\n{data}\nendstream");

    /// <summary>The bytes with the first occurrence of one text replaced by another.</summary>
    public static byte[] Replace(byte[] file, string what, string by)
    {
        var text = Encoding.Latin1.GetString(file);
        var at = text.IndexOf(what, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{what}' is not in the file");
        return Encoding.Latin1.GetBytes(string.Concat(text.AsSpan(0, at), by, text.AsSpan(at + what.Length)));
    }
}
