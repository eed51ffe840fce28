using System.Text;
using Tera.Pades.Pdf;

namespace Tera.Pades.Appearances;

/// <summary>Which part of PDF/A a document's metadata claims (ISO 19005-1 6.7.11).</summary>
internal static class ArchivalClaim
{
    /// <summary>Metadata has some kilobytes; a claim stands in its beginning.</summary>
    private const int MaxMetadata = 1024 * 1024;

    private const string Key = "pdfaid:part";

    /// <summary>1 to 4; null where nothing is claimed or the metadata cannot be read.</summary>
    public static int? PartOf(PdfView view)
    {
        if (view.Get(view.Catalog, "Metadata") is not PdfStream { DataLength: < MaxMetadata } stream ||
            view.File.TryDecode(stream, view.RevisionIndex, out var data) != PdfRefusal.None)
            return null;
        // An element or an attribute: "<pdfaid:part>1<" or "pdfaid:part='1'".
        var text = Encoding.Latin1.GetString(data, 0, Math.Min(data.Length, MaxMetadata));
        var at = text.IndexOf(Key, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var value = text.AsSpan(at + Key.Length).TrimStart(" \t\r\n>='\"");
        return value.Length > 0 && value[0] is >= '1' and <= '4' ? value[0] - '0' : null;
    }
}
