using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Tera.Pades.Tests.Appearances;

/// <summary>Writes PNG files of every kind (ISO/IEC 15948), row filters in turn.</summary>
internal static class TestPng
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <param name="sample">x, y and channel to a sample of the depth.</param>
    public static byte[] Make(int width, int height, int colorType, int depth, bool interlaced, Func<int, int, int, int> sample, byte[]? palette = null, byte[]? transparency = null)
    {
        var channels = colorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        var rows = new MemoryStream();
        foreach (var (startX, startY, stepX, stepY) in interlaced ? Adam7 : [(0, 0, 1, 1)])
        {
            var above = Array.Empty<byte>();
            var number = 0;
            for (var y = startY; y < height; y += stepY)
            {
                var bits = new List<int>();
                for (var x = startX; x < width; x += stepX)
                {
                    for (var c = 0; c < channels; c++)
                        bits.AddRange(Enumerable.Range(0, depth).Select(b => (sample(x, y, c) >> (depth - 1 - b)) & 1));
                }
                if (bits.Count == 0)
                    continue;
                var row = bits.Chunk(8).Select(chunk => (byte)chunk.Select((bit, i) => bit << (7 - i)).Sum()).ToArray();
                Filter(rows, number++ % 5, row, above.Length == 0 ? new byte[row.Length] : above, Math.Max(1, depth * channels / 8));
                above = row;
            }
        }
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)colorType, (byte)(interlaced ? 1 : 0));
        var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(file, "IHDR", header);
        if (palette is not null)
            Chunk(file, "PLTE", palette);
        if (transparency is not null)
            Chunk(file, "tRNS", transparency);
        var data = Deflate(rows.ToArray());
        // Writers cut the data into several chunks.
        Chunk(file, "IDAT", data[..(data.Length / 2)]);
        Chunk(file, "IDAT", data[(data.Length / 2)..]);
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Filter(MemoryStream rows, int filter, byte[] row, byte[] above, int reach)
    {
        rows.WriteByte((byte)filter);
        for (var i = 0; i < row.Length; i++)
        {
            int left = i < reach ? 0 : row[i - reach], up = above[i], corner = i < reach ? 0 : above[i - reach];
            var nearest = new[] { (Math.Abs(up - corner), 0, left), (Math.Abs(left - corner), 1, up), (Math.Abs(left + up - (2 * corner)), 2, corner) }.Min().Item3;
            var predicted = filter switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => nearest, _ => 0 };
            rows.WriteByte((byte)((row[i] - predicted) & 255));
        }
    }

    private static void Chunk(MemoryStream file, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(body));
        file.Write(number);
    }

    private static uint Crc32(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }
        return ~crc;
    }

    private static byte[] Deflate(byte[] data)
    {
        var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(data);
        return output.ToArray();
    }
}
