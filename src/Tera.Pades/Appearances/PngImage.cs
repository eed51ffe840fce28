using System.Buffers.Binary;
using System.IO.Compression;

namespace Tera.Pades.Appearances;

/// <summary>The pixels of a PNG (ISO/IEC 15948) in eight bits: grey or RGB, and its transparency apart.</summary>
internal sealed class PngImage
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    // ISO/IEC 15948 8.2: where the seven passes of an interlaced image begin and how far they step.
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private readonly int _depth;
    private readonly int _colorType;
    private readonly bool _isInterlaced;
    private byte[] _palette = [];
    private byte[] _transparency = [];

    private PngImage(ReadOnlySpan<byte> header)
    {
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]));
        MarkImage.CheckSize(width, height);
        (Width, Height, _depth, _colorType, _isInterlaced) = ((int)width, (int)height, header[8], header[9], header[12] == 1);
        var isKnown = (_colorType, _depth) is (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) or (2 or 4 or 6, 8 or 16);
        if (!isKnown || header[10] != 0 || header[11] != 0 || header[12] > 1)
            throw new MarkException(MarkRefusal.ImageUnreadable, "a PNG header that the standard does not know");
        Channels = _colorType is 0 or 4 ? 1 : 3;
        Samples = new byte[Width * Height * Channels];
    }

    private PngImage(PngImage other, byte[] samples) => (Width, Height, Channels, Samples) = (other.Width, other.Height, 3, samples);

    public int Width { get; }

    public int Height { get; }

    /// <summary>1 for grey, 3 for RGB.</summary>
    public int Channels { get; }

    /// <summary>The samples, row by row from the top.</summary>
    public byte[] Samples { get; }

    /// <summary>0 transparent to 255 opaque, a byte a pixel; null where all is opaque.</summary>
    public byte[]? Alpha { get; private set; }

    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    public static PngImage Read(ReadOnlySpan<byte> file)
    {
        PngImage? image = null;
        var data = new MemoryStream();
        for (var at = Signature.Length; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            var type = file.Slice(at + 4, 4);
            if (length > file.Length - at - 12)
                break;
            var chunk = file.Slice(at + 8, (int)length);
            at += 12 + (int)length;
            if (type.SequenceEqual("IHDR"u8) && image is null && chunk.Length == 13)
                image = new PngImage(chunk);
            else if (type.SequenceEqual("IEND"u8) || image is null)
                break;
            else if (type.SequenceEqual("PLTE"u8) && chunk.Length <= 768)
                image._palette = chunk.ToArray();
            else if (type.SequenceEqual("tRNS"u8) && chunk.Length <= 256)
                image._transparency = chunk.ToArray();
            else if (type.SequenceEqual("IDAT"u8))
                data.Write(chunk);
        }
        if (image is null || (image._colorType == 3 && image._palette.Length < 3))
            throw new MarkException(MarkRefusal.ImageUnreadable, "a PNG without header or palette");
        data.Position = 0;
        try
        {
            image.Decode(data);
        }
        // A stream that is cut, and one that wants a preset dictionary (RFC 1950 2.2), are input errors to zlib.
        catch (Exception damage) when (damage is InvalidDataException or IOException)
        {
            throw new MarkException(MarkRefusal.ImageUnreadable, "the PNG's data is damaged");
        }
        return image;
    }

    /// <summary>The same image without transparency, on a ground of one colour.</summary>
    public PngImage On(MarkColor ground)
    {
        if (Alpha is null)
            return this;
        var samples = new byte[3 * Width * Height];
        for (var i = 0; i < samples.Length; i++)
        {
            var (pixel, channel) = (i / 3, i % 3);
            int own = Samples[Channels == 1 ? pixel : i], under = channel switch { 0 => ground.Red, 1 => ground.Green, _ => ground.Blue };
            samples[i] = (byte)(((own * Alpha[pixel]) + (under * (255 - Alpha[pixel])) + 127) / 255);
        }
        return new PngImage(this, samples);
    }

    private int BitsPerPixel => _depth * _colorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    private void Decode(Stream data)
    {
        using var inflated = new ZLibStream(data, CompressionMode.Decompress);
        if (_colorType is 4 or 6 || _transparency.Length > 0)
            Alpha = new byte[Width * Height];
        foreach (var pass in _isInterlaced ? Adam7 : [(0, 0, 1, 1)])
            DecodePass(inflated, pass);
        if (Alpha is not null && !Alpha.AsSpan().ContainsAnyExcept((byte)255))
            Alpha = null;
    }

    private void DecodePass(ZLibStream data, (int X, int Y, int StepX, int StepY) pass)
    {
        var columns = (Width - pass.X + pass.StepX - 1) / pass.StepX;
        var rows = (Height - pass.Y + pass.StepY - 1) / pass.StepY;
        // A small image has passes without pixels, and those have no rows either.
        if (columns <= 0 || rows <= 0)
            return;
        var length = checked((int)((((long)columns * BitsPerPixel) + 7) / 8));
        var reach = Math.Max(1, BitsPerPixel / 8);
        var (row, above) = (new byte[length], new byte[length]);
        Span<byte> filter = stackalloc byte[1];
        for (var y = 0; y < rows; y++)
        {
            data.ReadExactly(filter);
            data.ReadExactly(row);
            Unfilter(filter[0], row, above, reach);
            for (var x = 0; x < columns; x++)
                Put(((pass.Y + (y * pass.StepY)) * Width) + pass.X + (x * pass.StepX), row, x);
            (row, above) = (above, row);
        }
    }

    // ISO/IEC 15948 9.2.
    private static void Unfilter(byte filter, byte[] row, byte[] above, int reach)
    {
        if (filter > 4)
            throw new InvalidDataException();
        for (var i = 0; i < row.Length; i++)
        {
            int left = i < reach ? 0 : row[i - reach], up = above[i], upLeft = i < reach ? 0 : above[i - reach];
            var predicted = filter switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, upLeft),
                _ => 0,
            };
            row[i] = (byte)((row[i] + predicted) & 255);
        }
    }

    private static int Paeth(int left, int up, int upLeft)
    {
        var estimate = left + up - upLeft;
        var (toLeft, toUp, toUpLeft) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - upLeft));
        return toLeft <= toUp && toLeft <= toUpLeft ? left : toUp <= toUpLeft ? up : upLeft;
    }

    private void Put(int pixel, byte[] row, int x)
    {
        switch (_colorType)
        {
            case 3:
                // An index beyond the palette is an error of the file; libpng shows black.
                var index = Raw(row, x);
                if ((3 * index) + 2 < _palette.Length)
                    _palette.AsSpan(3 * index, 3).CopyTo(Samples.AsSpan(3 * pixel));
                if (Alpha is not null)
                    Alpha[pixel] = index < _transparency.Length ? _transparency[index] : (byte)255;
                break;
            case 0:
                var grey = Raw(row, x);
                Samples[pixel] = Eight(grey);
                if (Alpha is not null)
                    Alpha[pixel] = _transparency.Length >= 2 && grey == BinaryPrimitives.ReadUInt16BigEndian(_transparency) ? (byte)0 : (byte)255;
                break;
            case 2:
                for (var c = 0; c < 3; c++)
                    Samples[(3 * pixel) + c] = Eight(Raw(row, (3 * x) + c));
                if (Alpha is not null)
                    Alpha[pixel] = IsTransparent(row, 3 * x) ? (byte)0 : (byte)255;
                break;
            default:
                for (var c = 0; c < Channels; c++)
                    Samples[(Channels * pixel) + c] = Eight(Raw(row, ((Channels + 1) * x) + c));
                Alpha![pixel] = Eight(Raw(row, ((Channels + 1) * x) + Channels));
                break;
        }
    }

    private bool IsTransparent(byte[] row, int sample)
    {
        if (_transparency.Length < 6)
            return false;
        for (var c = 0; c < 3; c++)
        {
            if (Raw(row, sample + c) != BinaryPrimitives.ReadUInt16BigEndian(_transparency.AsSpan(2 * c)))
                return false;
        }
        return true;
    }

    private int Raw(byte[] row, int sample) => _depth switch
    {
        16 => (row[2 * sample] << 8) | row[(2 * sample) + 1],
        8 => row[sample],
        _ => (row[sample * _depth / 8] >> (8 - _depth - (sample * _depth % 8))) & ((1 << _depth) - 1),
    };

    private byte Eight(int sample) => _depth switch
    {
        16 => (byte)((sample + 128) / 257),
        8 => (byte)sample,
        _ => (byte)(sample * 255 / ((1 << _depth) - 1)),
    };
}
