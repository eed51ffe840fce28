using System.Buffers.Binary;

namespace Tera.Pades.Appearances;

/// <summary>What a PDF must know of a JPEG (ITU-T T.81) to show it as it is: its header, not its pixels.</summary>
internal sealed class JpegImage
{
    private const int MaxProfile = 4 * 1024 * 1024;

    private JpegImage(ReadOnlyMemory<byte> file) => File = file;

    public ReadOnlyMemory<byte> File { get; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>1 grey, 3 colour, 4 CMYK.</summary>
    public int Channels { get; private set; }

    /// <summary>Whether Adobe's APP14 is there, whose CMYK is inverted.</summary>
    public bool HasAdobeMarker { get; private set; }

    /// <summary>The ICC profile of APP2 (ICC.1 B.4) where it is whole and of this many channels.</summary>
    public byte[]? IccProfile { get; private set; }

    /// <summary>The camera's orientation (Exif 0x0112): 1 upright to 8.</summary>
    public int Orientation { get; private set; } = 1;

    /// <summary>Whether width and height change places when it is shown upright.</summary>
    public bool IsTurned => Orientation >= 5;

    /// <summary>The matrix that brings the unit square upright.</summary>
    public string Upright => Orientation switch
    {
        2 => "-1 0 0 1 1 0",
        3 => "-1 0 0 -1 1 1",
        4 => "1 0 0 -1 0 1",
        5 => "0 -1 -1 0 1 1",
        6 => "0 -1 1 0 0 1",
        7 => "0 1 1 0 0 0",
        8 => "0 1 -1 0 1 0",
        _ => "1 0 0 1 0 0",
    };

    public static bool IsJpeg(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    public static JpegImage Read(ReadOnlyMemory<byte> file)
    {
        var image = new JpegImage(file);
        var profile = new SortedDictionary<int, ReadOnlyMemory<byte>>();
        var bytes = file.Span;
        var at = 2;
        while (true)
        {
            // B.1.1.2: any number of 0xFF may stand before a marker.
            while (at + 1 < bytes.Length && bytes[at] == 0xFF && bytes[at + 1] == 0xFF)
                at++;
            if (at + 4 > bytes.Length || bytes[at] != 0xFF)
                throw Unreadable("a JPEG without image");
            var marker = bytes[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || length > bytes.Length - at - 2)
                throw Unreadable("the JPEG is cut short");
            var segment = file.Slice(at + 4, length - 2);
            at += 2 + length;
            switch (marker)
            {
                case 0xC0 or 0xC1 or 0xC2:
                    image.ReadFrame(segment.Span);
                    break;
                case >= 0xC3 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC):
                    throw Unreadable("a lossless or arithmetic JPEG, which PDF does not show");
                case 0xEE when segment.Span.StartsWith("Adobe"u8):
                    image.HasAdobeMarker = true;
                    break;
                case 0xE1 when segment.Span.StartsWith("Exif\0\0"u8):
                    image.Orientation = OrientationOf(segment.Span[6..]);
                    break;
                case 0xE2 when segment.Span.StartsWith("ICC_PROFILE\0"u8) && segment.Length > 14:
                    profile.TryAdd(segment.Span[12], segment[14..]);
                    break;
                case 0xDA:
                    if (image.Channels == 0)
                        throw Unreadable("a JPEG without frame header");
                    image.IccProfile = Join(profile, image.Channels);
                    return image;
            }
        }
    }

    // B.2.2.
    private void ReadFrame(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 6 || frame[0] != 8 || frame[5] is not (1 or 3 or 4))
            throw Unreadable("a JPEG of other than 8 bits or 1, 3 or 4 colours");
        (Height, Width, Channels) = (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), frame[5]);
        MarkImage.CheckSize(Width, Height);
    }

    private static byte[]? Join(SortedDictionary<int, ReadOnlyMemory<byte>> parts, int channels)
    {
        if (parts.Count == 0 || parts.Values.Sum(p => (long)p.Length) is < 128 or > MaxProfile)
            return null;
        byte[] profile = [.. parts.Values.SelectMany(p => p.ToArray())];
        var space = profile.AsSpan(16, 4);
        var isFit = channels switch { 1 => space.SequenceEqual("GRAY"u8), 3 => space.SequenceEqual("RGB "u8), _ => space.SequenceEqual("CMYK"u8) };
        return isFit && profile.AsSpan(36, 4).SequenceEqual("acsp"u8) && BinaryPrimitives.ReadUInt32BigEndian(profile) == profile.Length ? profile : null;
    }

    private static int OrientationOf(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
            return 1;
        var isLittle = tiff[0] == 'I';
        var start = U32(tiff[4..], isLittle);
        if (start > tiff.Length - 2)
            return 1;
        var directory = tiff[(int)start..];
        var entries = directory[2..];
        for (int i = 0, count = U16(directory, isLittle); i < count && (12 * i) + 12 <= entries.Length; i++)
        {
            var entry = entries.Slice(12 * i, 12);
            if (U16(entry, isLittle) == 0x0112)
                return U16(entry[8..], isLittle) is >= 1 and <= 8 and var orientation ? orientation : 1;
        }
        return 1;
    }

    private static int U16(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static MarkException Unreadable(string detail) => new(MarkRefusal.ImageUnreadable, detail);
}
