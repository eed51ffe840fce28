using System.Text;
using System.Text.RegularExpressions;
using Tera.Pades.Pdf;

namespace Tera.Pades.Appearances;

/// <summary>Which part of PDF/A a document's metadata claims (ISO 19005-1 6.7.11).</summary>
internal static partial class ArchivalClaim
{
    /// <summary>Metadata has some kilobytes; a claim stands in its beginning.</summary>
    private const int MaxMetadata = 1024 * 1024;

    /// <summary>1 to 4; null where nothing is claimed or the metadata cannot be read.</summary>
    public static int? PartOf(PdfView view)
    {
        if (view.Get(view.Catalog, "Metadata") is not PdfStream { DataLength: < MaxMetadata } stream ||
            view.File.TryDecode(stream, view.RevisionIndex, out var data) != PdfRefusal.None)
            return null;
        var claim = Part().Match(Encoding.Latin1.GetString(data, 0, Math.Min(data.Length, MaxMetadata)));
        return claim.Success ? claim.Groups[1].Value[0] - '0' : null;
    }

    [GeneratedRegex("pdfaid:part\\s{0,20}(?:>|=\\s{0,20}[\"'])\\s{0,20}([1-4])", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
