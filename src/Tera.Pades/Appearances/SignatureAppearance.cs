using System.Globalization;
using System.IO.Compression;
using System.Text;
using Tera.Pades.Pdf;

namespace Tera.Pades.Appearances;

/// <summary>
/// The mark that a visible signature shows: lines of text in its rectangle, upright whatever the page's rotation
/// (ISO 32000-1 12.5.5). The text is drawn as paths, so that it needs no font, and named by /ActualText for readers that read aloud or search.
/// </summary>
/// <param name="Lines">The lines; long ones are broken between words.</param>
public sealed record SignatureAppearance(IReadOnlyList<string> Lines)
{
    private const double MinFontSize = 2;
    private const double LineHeight = 1.2;
    private const double Descent = 0.24;
    private const double Padding = 2;

    /// <summary>The largest font size in points; the text becomes smaller until it fits.</summary>
    public double MaxFontSize { get; init; } = 10;

    /// <summary>Whether a thin frame is drawn.</summary>
    public bool HasFrame { get; init; } = true;

    internal PdfReference? Draw(IncrementalUpdate changes, PdfRectangle? place, PdfPage? page)
    {
        if (place is not { IsEmpty: false } rectangle)
            return null;
        var rotate = page?.Rotate ?? 0;
        var isTurned = rotate is 90 or 270;
        var (width, height) = isTurned ? (rectangle.Height, rectangle.Width) : (rectangle.Width, rectangle.Height);

        var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(Encoding.Latin1.GetBytes(Content(width, height)));
        return changes.Add(new PdfStream(
            PdfDictionary.Of(
                ("Type", new PdfName("XObject")),
                ("Subtype", new PdfName("Form")),
                ("BBox", new PdfArray([new PdfInteger(0), new PdfInteger(0), new PdfReal(width), new PdfReal(height)])),
                ("Matrix", rotate switch
                {
                    90 => PdfArray.Of(0, 1, -1, 0, 0, 0),
                    180 => PdfArray.Of(-1, 0, 0, -1, 0, 0),
                    270 => PdfArray.Of(0, -1, 1, 0, 0, 0),
                    _ => null,
                }),
                ("Resources", PdfDictionary.Of()),
                ("Filter", new PdfName("FlateDecode"))),
            data.ToArray()));
    }

    private string Content(double width, double height)
    {
        var content = new StringBuilder("q\n");
        if (HasFrame)
            content.Append(CultureInfo.InvariantCulture, $"0.5 w 0.25 0.25 {width - 0.5:0.###} {height - 0.5:0.###} re S\n");
        var (size, lines) = Fit(width - (2 * Padding), height - (2 * Padding));
        var top = (height + (lines.Count * size * LineHeight)) / 2;
        for (var i = 0; i < lines.Count; i++)
            AppendLine(content, lines[i], Padding, top - ((i + 1) * size * LineHeight) + (size * Descent), size);
        return content.Append("Q\n").ToString();
    }

    // Steps of a tenth: a mark has a handful of words, and each step measures them once.
    private (double Size, List<string> Lines) Fit(double width, double height)
    {
        var size = Math.Max(MinFontSize, Math.Min(MaxFontSize, height));
        while (true)
        {
            var lines = Lines.SelectMany(l => Break(l, width * 1000 / size)).ToList();
            var fits = lines.Count * size * LineHeight <= height && lines.All(l => GlyphOutlines.WidthOf(l) <= width * 1000 / size);
            if (fits || size <= MinFontSize)
                return (size, lines);
            size = Math.Max(MinFontSize, size * 0.95);
        }
    }

    private static IEnumerable<string> Break(string text, double width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && GlyphOutlines.WidthOf(longer) > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = longer;
            }
        }
        yield return line;
    }

    private static void AppendLine(StringBuilder content, string text, double x, double y, double size)
    {
        // 14.9.4: what the paths say.
        content.Append(CultureInfo.InvariantCulture, $"/Span <</ActualText <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>>> BDC\n");
        content.Append(CultureInfo.InvariantCulture, $"q {size / 1000:0.######} 0 0 {size / 1000:0.######} {x:0.###} {y:0.###} cm\n");
        var advance = 0;
        foreach (var letter in text.EnumerateRunes())
        {
            var (width, path) = GlyphOutlines.Find(letter);
            if (path.Length > 0)
            {
                if (advance > 0)
                    content.Append(CultureInfo.InvariantCulture, $"1 0 0 1 {advance} 0 cm\n");
                content.Append(path).Append(" f\n");
                advance = 0;
            }
            advance += width;
        }
        content.Append("Q\nEMC\n");
    }
}
