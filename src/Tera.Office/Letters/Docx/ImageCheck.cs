using System.Buffers.Binary;

namespace Tera.Office.Letters.Docx;

/// <summary>A picture is what its bytes say, not its name, and of a size a page can use; a small file may otherwise unfold to gigabytes of pixels.</summary>
internal static class ImageCheck
{
    public static DocxProblem? Check(string part, byte[] content, DocxLimits limits)
    {
        (long Width, long Height)? size = Png(content) ?? Gif(content) ?? Bmp(content) ?? Jpeg(content);
        if (size is not { } found || found.Width <= 0 || found.Height <= 0)
        {
            return new DocxProblem(LetterRefusalReason.BrokenPackage, $"Gambar {part} rusak atau bukan PNG, JPEG, GIF, atau BMP.");
        }

        return found.Width * found.Height > limits.Pixels
            ? new DocxProblem(LetterRefusalReason.TooLarge, $"Gambar {part} berukuran {found.Width} × {found.Height} piksel. Perkecil gambar itu, lalu unggah lagi.")
            : null;
    }

    private static (long Width, long Height)? Png(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 24 && bytes.StartsWith(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A })
            ? (BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]))
            : null;

    private static (long Width, long Height)? Gif(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 10 && (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8))
            ? (BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]))
            : null;

    private static (long Width, long Height)? Bmp(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 26 && bytes.StartsWith("BM"u8)
            ? (BinaryPrimitives.ReadInt32LittleEndian(bytes[18..]), Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(bytes[22..])))
            : null;

    // ISO/IEC 10918-1 B.2.2: the frame header (SOF0-SOF15 without DHT, JPG, DAC) has the size.
    private static (long Width, long Height)? Jpeg(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || bytes[0] != 0xFF || bytes[1] != 0xD8)
        {
            return null;
        }

        int at = 2;
        while (at + 9 < bytes.Length && bytes[at] == 0xFF)
        {
            byte marker = bytes[at + 1];
            if (marker is 0xFF or 0x01 or (>= 0xD0 and <= 0xD8))
            {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC)
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }

        return null;
    }
}
