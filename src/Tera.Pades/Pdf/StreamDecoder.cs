using System.Buffers;
using System.IO.Compression;

namespace Tera.Pades.Pdf;

/// <summary>Decodes stream data (ISO 32000-1 7.4) under a bound. Filters of images are not decoded: nothing here needs pixels.</summary>
internal static class StreamDecoder
{
    /// <summary>How often a filter may be applied to the output of another; honest streams use two at most.</summary>
    private const int MaxFilters = 8;

    public static PdfRefusal TryDecode(byte[] raw, IReadOnlyList<(string Filter, PdfDictionary? Parameters)> filters, int limit, out byte[] decoded)
    {
        decoded = raw;
        if (filters.Count > MaxFilters)
            return PdfRefusal.TooLarge;
        foreach (var (filter, parameters) in filters)
        {
            var refusal = filter switch
            {
                // 7.4.10: says how the data is enciphered, and they have been deciphered.
                "Crypt" => PdfRefusal.None,
                "FlateDecode" or "Fl" => Inflate(decoded, limit, out decoded),
                "LZWDecode" or "LZW" => LzwDecoder.TryDecode(decoded, Int(parameters, "EarlyChange", 1) != 0, limit, out decoded),
                "ASCIIHexDecode" or "AHx" => AsciiHex(decoded, out decoded),
                "ASCII85Decode" or "A85" => Ascii85(decoded, limit, out decoded),
                "RunLengthDecode" or "RL" => RunLength(decoded, limit, out decoded),
                _ => PdfRefusal.UnsupportedFilter,
            };
            if (refusal == PdfRefusal.None && filter is "FlateDecode" or "Fl" or "LZWDecode" or "LZW")
                refusal = Predictor.TryUndo(decoded, Int(parameters, "Predictor", 1), Int(parameters, "Colors", 1), Int(parameters, "BitsPerComponent", 8), Int(parameters, "Columns", 1), out decoded);
            if (refusal != PdfRefusal.None)
                return refusal;
        }
        return PdfRefusal.None;
    }

    private static int Int(PdfDictionary? parameters, string key, int otherwise) =>
        parameters?[key] is PdfInteger { Value: >= 0 and <= int.MaxValue } found ? (int)found.Value : otherwise;

    private static PdfRefusal Inflate(byte[] data, int limit, out byte[] decoded)
    {
        var refusal = Inflate(new ZLibStream(new MemoryStream(data), CompressionMode.Decompress), limit, out decoded);
        // Some writers leave out or damage the two bytes of the zlib header (RFC 1950); the deflate data behind is sound.
        if (refusal == PdfRefusal.MalformedStream && data.Length > 2)
            refusal = Inflate(new DeflateStream(new MemoryStream(data, 2, data.Length - 2), CompressionMode.Decompress), limit, out decoded);
        return refusal;
    }

    private static PdfRefusal Inflate(Stream inflater, int limit, out byte[] decoded)
    {
        using var output = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            for (int read; (read = inflater.Read(buffer)) > 0;)
            {
                if (output.Length + read > limit)
                {
                    decoded = [];
                    return PdfRefusal.TooLarge;
                }
                output.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException) when (output.Length > 0)
        {
            // A wrong checksum or a cut end: what came out before is what every reader shows.
        }
        catch (InvalidDataException)
        {
            decoded = [];
            return PdfRefusal.MalformedStream;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            inflater.Dispose();
        }
        decoded = output.ToArray();
        return PdfRefusal.None;
    }

    private static PdfRefusal AsciiHex(byte[] data, out byte[] decoded)
    {
        var output = new List<byte>(data.Length / 2);
        var high = -1;
        foreach (var b in data)
        {
            if (b == '>')
                break;
            if (ByteCursor.IsSpace(b))
                continue;
            if (!char.IsAsciiHexDigit((char)b))
            {
                decoded = [];
                return PdfRefusal.MalformedStream;
            }
            var digit = Convert.ToInt32(((char)b).ToString(), 16);
            if (high < 0)
            {
                high = digit;
            }
            else
            {
                output.Add((byte)((high << 4) | digit));
                high = -1;
            }
        }
        if (high >= 0)
            output.Add((byte)(high << 4));
        decoded = [.. output];
        return PdfRefusal.None;
    }

    private static PdfRefusal Ascii85(byte[] data, int limit, out byte[] decoded)
    {
        var output = new List<byte>(data.Length);
        decoded = [];
        ulong group = 0;
        var count = 0;
        foreach (var b in data)
        {
            if (b == '~')
                break;
            if (ByteCursor.IsSpace(b))
                continue;
            if (output.Count > limit - 4)
                return PdfRefusal.TooLarge;
            if (b == 'z' && count == 0)
            {
                output.AddRange(new byte[4]);
                continue;
            }
            if (b is < (byte)'!' or > (byte)'u')
                return PdfRefusal.MalformedStream;
            group = (group * 85) + (uint)(b - '!');
            if (++count < 5)
                continue;
            if (group > uint.MaxValue)
                return PdfRefusal.MalformedStream;
            AddGroup(output, group, 4);
            (group, count) = (0, 0);
        }
        if (count > 1)
        {
            for (var i = count; i < 5; i++)
                group = (group * 85) + 84;
            AddGroup(output, group, count - 1);
        }
        decoded = [.. output];
        return PdfRefusal.None;
    }

    private static void AddGroup(List<byte> output, ulong group, int bytes)
    {
        for (var i = 0; i < bytes; i++)
            output.Add((byte)((group >> (24 - (8 * i))) & 0xFF));
    }

    private static PdfRefusal RunLength(byte[] data, int limit, out byte[] decoded)
    {
        var output = new List<byte>(data.Length);
        decoded = [];
        for (var i = 0; i < data.Length && data[i] != 128;)
        {
            if (output.Count > limit - 128)
                return PdfRefusal.TooLarge;
            var length = data[i++];
            if (length < 128)
            {
                var count = Math.Min(length + 1, data.Length - i);
                output.AddRange(data.AsSpan(i, count));
                i += count;
            }
            else if (i < data.Length)
            {
                output.AddRange(Enumerable.Repeat(data[i++], 257 - length));
            }
        }
        decoded = [.. output];
        return PdfRefusal.None;
    }
}
