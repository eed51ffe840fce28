using System.Buffers;
using System.IO.Compression;

namespace Tera.Pades.Pdf;

/// <summary>Decodes stream data (ISO 32000-1 7.4) under a bound. Filters of images are not decoded: nothing here needs pixels.</summary>
internal static class StreamDecoder
{
    /// <summary>How often a filter may be applied to the output of another; honest streams use two at most.</summary>
    private const int MaxFilters = 8;

    /// <param name="raw">The data as it lies in the file.</param>
    /// <param name="filters">The filters, outermost first, with their parameters.</param>
    /// <param name="limit">Bytes that each filter may put out.</param>
    /// <param name="decoded">The data.</param>
    /// <param name="produced">Bytes that all filters put out, also where the data is refused: what it cost.</param>
    /// <returns>The reason why it does not decode, or <see cref="PdfRefusal.None"/>.</returns>
    public static PdfRefusal TryDecode(byte[] raw, IReadOnlyList<(string Filter, PdfDictionary? Parameters)> filters, int limit, out byte[] decoded, out long produced)
    {
        decoded = raw;
        produced = 0;
        if (filters.Count > MaxFilters)
            return PdfRefusal.TooLarge;
        foreach (var (filter, parameters) in filters)
        {
            var output = new DecodedOutput(limit);
            var refusal = filter switch
            {
                "FlateDecode" or "Fl" => Inflate(decoded, ref output, limit),
                "LZWDecode" or "LZW" => LzwDecoder.Decode(decoded, Int(parameters, "EarlyChange", 1) != 0, output),
                "ASCIIHexDecode" or "AHx" => AsciiHex(decoded, output),
                "ASCII85Decode" or "A85" => Ascii85(decoded, output),
                "RunLengthDecode" or "RL" => RunLength(decoded, output),
                _ => PdfRefusal.UnsupportedFilter,
            };
            produced += output.Length;
            decoded = refusal == PdfRefusal.None ? output.ToArray() : [];
            if (refusal == PdfRefusal.None && filter is "FlateDecode" or "Fl" or "LZWDecode" or "LZW")
                refusal = Predictor.TryUndo(decoded, Int(parameters, "Predictor", 1), Int(parameters, "Colors", 1), Int(parameters, "BitsPerComponent", 8), Int(parameters, "Columns", 1), out decoded);
            if (refusal != PdfRefusal.None)
                return refusal;
        }
        return PdfRefusal.None;
    }

    private static int Int(PdfDictionary? parameters, string key, int otherwise) =>
        parameters?[key] is PdfInteger { Value: >= 0 and <= int.MaxValue } found ? (int)found.Value : otherwise;

    private static PdfRefusal Inflate(byte[] data, ref DecodedOutput output, int limit)
    {
        var refusal = Inflate(new ZLibStream(new MemoryStream(data), CompressionMode.Decompress), output);
        // Some writers leave out or damage the two bytes of the zlib header (RFC 1950); the deflate data behind is sound.
        if (refusal == PdfRefusal.MalformedStream && data.Length > 2)
            refusal = Inflate(new DeflateStream(new MemoryStream(data, 2, data.Length - 2), CompressionMode.Decompress), output = new DecodedOutput(limit));
        return refusal;
    }

    private static PdfRefusal Inflate(Stream inflater, DecodedOutput output)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            for (int read; (read = inflater.Read(buffer)) > 0;)
            {
                if (!output.TryAdd(buffer.AsSpan(0, read)))
                    return PdfRefusal.TooLarge;
            }
        }
        // ZLibException, an IOException, comes where the data wants a preset dictionary, which a PDF file cannot have.
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            // A wrong checksum or a cut end: what came out before is what every reader shows.
            return output.Length > 0 ? PdfRefusal.None : PdfRefusal.MalformedStream;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            inflater.Dispose();
        }
        return PdfRefusal.None;
    }

    private static PdfRefusal AsciiHex(byte[] data, DecodedOutput output)
    {
        var high = -1;
        foreach (var b in data)
        {
            if (b == '>')
                break;
            if (ByteCursor.IsSpace(b))
                continue;
            if (!char.IsAsciiHexDigit((char)b))
                return PdfRefusal.MalformedStream;
            var digit = b <= '9' ? b - '0' : (b | 0x20) - 'a' + 10;
            if (high < 0)
            {
                high = digit;
                continue;
            }
            if (!output.TryAdd((byte)((high << 4) | digit)))
                return PdfRefusal.TooLarge;
            high = -1;
        }
        return high < 0 || output.TryAdd((byte)(high << 4)) ? PdfRefusal.None : PdfRefusal.TooLarge;
    }

    private static PdfRefusal Ascii85(byte[] data, DecodedOutput output)
    {
        ulong group = 0;
        var count = 0;
        foreach (var b in data)
        {
            if (b == '~')
                break;
            if (ByteCursor.IsSpace(b))
                continue;
            if (b == 'z' && count == 0)
            {
                if (!AddGroup(output, 0, 4))
                    return PdfRefusal.TooLarge;
                continue;
            }
            if (b is < (byte)'!' or > (byte)'u')
                return PdfRefusal.MalformedStream;
            group = (group * 85) + (uint)(b - '!');
            if (++count < 5)
                continue;
            if (group > uint.MaxValue)
                return PdfRefusal.MalformedStream;
            if (!AddGroup(output, group, 4))
                return PdfRefusal.TooLarge;
            (group, count) = (0, 0);
        }
        if (count < 2)
            return PdfRefusal.None;
        for (var i = count; i < 5; i++)
            group = (group * 85) + 84;
        return AddGroup(output, group, count - 1) ? PdfRefusal.None : PdfRefusal.TooLarge;
    }

    private static bool AddGroup(DecodedOutput output, ulong group, int bytes)
    {
        Span<byte> four = [(byte)((group >> 24) & 0xFF), (byte)((group >> 16) & 0xFF), (byte)((group >> 8) & 0xFF), (byte)(group & 0xFF)];
        return output.TryAdd(four[..bytes]);
    }

    private static PdfRefusal RunLength(byte[] data, DecodedOutput output)
    {
        Span<byte> run = stackalloc byte[128];
        for (var i = 0; i < data.Length && data[i] != 128;)
        {
            var length = data[i++];
            if (length < 128)
            {
                var count = Math.Min(length + 1, data.Length - i);
                if (!output.TryAdd(data.AsSpan(i, count)))
                    return PdfRefusal.TooLarge;
                i += count;
            }
            else if (i < data.Length)
            {
                run.Fill(data[i++]);
                if (!output.TryAdd(run[..(257 - length)]))
                    return PdfRefusal.TooLarge;
            }
        }
        return PdfRefusal.None;
    }
}
