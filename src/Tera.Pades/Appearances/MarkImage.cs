using System.Globalization;
using System.IO.Compression;
using System.Text;
using Tera.Pades.Pdf;

namespace Tera.Pades.Appearances;

/// <summary>
/// An image of a mark. A PNG is decoded, its transparency kept as a soft mask (ISO 32000-1 11.6.5.3); a JPEG is taken over byte
/// for byte (DCTDecode, 7.4.8), turned as its camera says.
/// </summary>
public sealed class MarkImage : MarkPicture
{
    /// <summary>A scanned signature has some tens of kilobytes; every signed document grows by the image.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Pixels, so that a small file cannot ask for much memory: a photograph of a phone passes.</summary>
    public const int MaxPixels = 16 * 1024 * 1024;

    private readonly PngImage? _png;
    private readonly JpegImage? _jpeg;

    private MarkImage(PngImage? png, JpegImage? jpeg)
    {
        (_png, _jpeg) = (png, jpeg);
        (Width, Height) = png is not null ? (png.Width, png.Height) : jpeg!.IsTurned ? (jpeg.Height, jpeg.Width) : (jpeg.Width, jpeg.Height);
    }

    /// <summary>Width in pixels, as it is shown.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, as it is shown.</summary>
    public int Height { get; }

    internal override double AspectRatio => (double)Width / Height;

    /// <summary>Reads an image file, PNG or JPEG as its first bytes say.</summary>
    /// <param name="file">The bytes; they must not change while the image is in use.</param>
    /// <returns>The image.</returns>
    /// <exception cref="MarkException">It is neither, is damaged, or passes <see cref="MaxBytes"/> or <see cref="MaxPixels"/>.</exception>
    public static MarkImage Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length > MaxBytes)
            throw MarkException.Of(MarkRefusal.ImageTooLarge, $"{file.Length} bytes, at most {MaxBytes}");
        return PngImage.IsPng(file.Span) ? new MarkImage(PngImage.Read(file.Span), null)
            : JpegImage.IsJpeg(file.Span) ? new MarkImage(null, JpegImage.Read(file))
            : throw new MarkException(MarkRefusal.ImageUnreadable, "neither PNG nor JPEG");
    }

    /// <summary>Refuses an image of these measures when it has too many pixels.</summary>
    internal static void CheckSize(long width, long height)
    {
        if (width is < 1 or > int.MaxValue || height is < 1 or > int.MaxValue)
            throw new MarkException(MarkRefusal.ImageUnreadable, "an image without area");
        if (width > MaxPixels || width * height > MaxPixels)
            throw MarkException.Of(MarkRefusal.ImageTooLarge, $"{width} x {height} pixels, at most {MaxPixels} in all");
    }

    internal override PdfReference AddTo(IncrementalUpdate changes, MarkColor? ground) =>
        _png is not null ? AddPng(changes, ground is { } opaque && _png.Alpha is not null ? _png.On(opaque) : _png) : AddJpeg(changes, _jpeg!);

    internal override void Append(StringBuilder content)
    {
        if (_jpeg is not null && _jpeg.Orientation != 1)
            content.Append(CultureInfo.InvariantCulture, $"{_jpeg.Upright} cm\n");
        content.Append("/Im0 Do\n");
    }

    private static PdfReference AddPng(IncrementalUpdate changes, PngImage png)
    {
        var mask = png.Alpha is null ? null : changes.Add(Stream(png.Width, png.Height, new PdfName("DeviceGray"), Deflate(png.Alpha), "FlateDecode"));
        var image = Stream(png.Width, png.Height, new PdfName(png.Channels == 1 ? "DeviceGray" : "DeviceRGB"), Deflate(png.Samples), "FlateDecode", ("SMask", mask));
        return changes.Add(image);
    }

    private static PdfReference AddJpeg(IncrementalUpdate changes, JpegImage jpeg)
    {
        var device = new PdfName(jpeg.Channels switch { 1 => "DeviceGray", 3 => "DeviceRGB", _ => "DeviceCMYK" });
        // The image's own profile makes its colours those of no device, which PDF/A wants (ISO 19005-2 6.2.4.2).
        var space = jpeg.IccProfile is { } profile
            ? new PdfArray([new PdfName("ICCBased"), changes.Add(new PdfStream(
                PdfDictionary.Of(("N", new PdfInteger(jpeg.Channels)), ("Alternate", device), ("Filter", new PdfName("FlateDecode"))), Deflate(profile)))])
            : (PdfObject)device;
        // Adobe's programs write the inks of CMYK the other way round, and say so by their marker alone.
        var decode = jpeg is { Channels: 4, HasAdobeMarker: true } ? PdfArray.Of(1, 0, 1, 0, 1, 0, 1, 0) : null;
        return changes.Add(Stream(jpeg.Width, jpeg.Height, space, jpeg.File, "DCTDecode", ("Decode", decode)));
    }

    // ISO 32000-1 table 89.
    private static PdfStream Stream(int width, int height, PdfObject space, ReadOnlyMemory<byte> data, string filter, params ReadOnlySpan<(string Key, PdfObject? Value)> more) => new(
        PdfDictionary.Of([
            ("Type", new PdfName("XObject")),
            ("Subtype", new PdfName("Image")),
            ("Width", new PdfInteger(width)),
            ("Height", new PdfInteger(height)),
            ("ColorSpace", space),
            ("BitsPerComponent", new PdfInteger(8)),
            .. more,
            ("Filter", new PdfName(filter))]),
        data);

    private static byte[] Deflate(byte[] data)
    {
        var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(data);
        return output.ToArray();
    }
}
