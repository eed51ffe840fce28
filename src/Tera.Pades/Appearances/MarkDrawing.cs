using System.Globalization;
using System.IO.Compression;
using System.Text;
using Tera.Pades.Pdf;

namespace Tera.Pades.Appearances;

/// <summary>
/// A mark being drawn into a file: an appearance stream (ISO 32000-1 12.5.5) for each size and rotation, its picture once.
/// It stands upright whatever the page's rotation.
/// </summary>
internal sealed class MarkDrawing
{
    private const double Padding = 2;
    private const double Gap = 4;

    private readonly IncrementalUpdate _changes;
    private readonly SignatureAppearance _appearance;
    private readonly MarkFace _face;
    private readonly TextBlock _text;
    private PdfReference? _picture;
    private readonly Dictionary<(double Width, double Height, int Rotate), ObjectId> _drawn = [];

    public MarkDrawing(IncrementalUpdate changes, SignatureAppearance appearance)
    {
        (_changes, _appearance) = (changes, appearance);
        _face = appearance.Font is { } font ? new EmbeddedFace(font) : new OutlineFace();
        _text = new TextBlock(_face, appearance);
    }

    /// <summary>What the mark says, for those who cannot see it.</summary>
    public string Description => string.Join(' ', _appearance.Lines);

    /// <summary>Draws the mark for a rectangle on a page.</summary>
    public PdfReference Draw(PdfRectangle rectangle, int rotate)
    {
        var (width, height) = rotate is 90 or 270 ? (rectangle.Height, rectangle.Width) : (rectangle.Width, rectangle.Height);
        if (_drawn.TryGetValue((width, height, rotate), out var known))
            return new PdfReference(known);
        var content = Content(width, height);
        _picture ??= _appearance.Picture?.AddTo(_changes, Ground);
        var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(Encoding.Latin1.GetBytes(content));
        var drawn = _changes.Add(new PdfStream(
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
                ("Resources", Resources()),
                ("Filter", new PdfName("FlateDecode"))),
            data.ToArray()));
        _drawn[(width, height, rotate)] = drawn.Id;
        return drawn;
    }

    private PdfDictionary Resources() => PdfDictionary.Of(
        ("ColorSpace", DefaultColors()),
        ("Font", _face.AddTo(_changes) is { } font ? PdfDictionary.Of(("F0", font)) : null),
        ("XObject", _picture is null ? null : PdfDictionary.Of(("Im0", _picture))));

    // ISO 19005-1 6.4: PDF/A-1 allows no soft mask; later parts do.
    private MarkColor? Ground => ArchivalClaim.PartOf(_changes.File.Latest) == 1 ? _appearance.Background ?? MarkColor.White : null;

    // ISO 19005-2 6.2.4.3: colours of a device need an output intent, or a default that is of no device: sRGB (8.6.5.3, 8.6.5.6).
    private PdfDictionary? DefaultColors()
    {
        if (_changes.File.Latest.GetArray(_changes.File.Latest.Catalog, "OutputIntents") is { Count: > 0 })
            return null;
        var white = ("WhitePoint", (PdfObject)Numbers(0.9505, 1, 1.089));
        return PdfDictionary.Of(
            ("DefaultGray", new PdfArray([new PdfName("CalGray"), PdfDictionary.Of(white, ("Gamma", new PdfReal(2.2)))])),
            ("DefaultRGB", new PdfArray([new PdfName("CalRGB"), PdfDictionary.Of(
                white, ("Gamma", Numbers(2.2, 2.2, 2.2)), ("Matrix", Numbers(0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505)))])));
    }

    private static PdfArray Numbers(params ReadOnlySpan<double> values)
    {
        var items = new List<PdfObject>();
        foreach (var value in values)
            items.Add(new PdfReal(value));
        return new PdfArray(items);
    }

    private string Content(double width, double height)
    {
        var content = new StringBuilder("q\n");
        if (_appearance.Background is { } background)
            content.Append(CultureInfo.InvariantCulture, $"{background.Operands} rg 0 0 {width:0.###} {height:0.###} re f\n");
        if (_appearance.Border is { } border)
            content.Append(CultureInfo.InvariantCulture, $"{border.Operands} RG 0.5 w 0.25 0.25 {width - 0.5:0.###} {height - 0.5:0.###} re S\n");
        var inside = new PdfRectangle(Padding, Padding, width - (2 * Padding), height - (2 * Padding));
        if (inside.IsEmpty)
            throw MarkException.Of(MarkRefusal.TextDoesNotFit, $"a field of {width:0.#} x {height:0.#} points");
        var (picture, text) = Share(inside);
        if (_appearance.Picture is not null)
            AppendPicture(content, _appearance.Picture, picture);
        if (!_text.IsEmpty)
        {
            content.Append(CultureInfo.InvariantCulture, $"{_appearance.TextColor.Operands} rg\n");
            _text.Append(content, text.X, text.Y, text.Width, text.Height);
        }
        return content.Append("Q\n").ToString();
    }

    private (PdfRectangle Picture, PdfRectangle Text) Share(PdfRectangle inside)
    {
        if (_appearance.Picture is not { } picture || _text.IsEmpty)
            return (inside, inside);
        switch (_appearance.Layout)
        {
            case MarkLayout.PictureAbove:
                var footer = _text.HeightIn(inside.Width, inside.Height * 0.4);
                return (inside with { Y = inside.Y + footer, Height = inside.Height - footer }, inside with { Height = footer });
            case MarkLayout.PictureLeft:
                var column = Math.Min(inside.Width / 2, inside.Height * picture.AspectRatio);
                var gap = Math.Min(Gap, inside.Width / 20);
                return (inside with { Width = column }, inside with { X = inside.X + column + gap, Width = inside.Width - column - gap });
            default:
                return (inside, inside);
        }
    }

    // In its own proportions, in the middle of its share.
    private static void AppendPicture(StringBuilder content, MarkPicture picture, PdfRectangle share)
    {
        var width = Math.Min(share.Width, share.Height * picture.AspectRatio);
        var height = width / picture.AspectRatio;
        content.Append(CultureInfo.InvariantCulture, $"q {width:0.####} 0 0 {height:0.####} {share.X + ((share.Width - width) / 2):0.###} {share.Y + ((share.Height - height) / 2):0.###} cm\n");
        picture.Append(content);
        content.Append("Q\n");
    }
}
