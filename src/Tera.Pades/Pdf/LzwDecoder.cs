namespace Tera.Pades.Pdf;

/// <summary>LZWDecode (ISO 32000-1 7.4.4): codes of 9 to 12 bits, most significant bit first.</summary>
internal static class LzwDecoder
{
    private const int ClearTable = 256;
    private const int EndOfData = 257;

    public static PdfRefusal Decode(byte[] data, bool earlyChange, DecodedOutput output)
    {
        // The table holds, for each code, the code before its last byte, that byte, and its length.
        var prefix = new int[4096];
        var last = new byte[4096];
        var length = new int[4096];
        for (var i = 0; i < 256; i++)
            (last[i], length[i], prefix[i]) = ((byte)i, 1, -1);

        var next = 258;
        var width = 9;
        var previous = -1;
        var bits = 0;
        var held = 0;
        var early = earlyChange ? 1 : 0;
        var word = new byte[4096];
        foreach (var b in data)
        {
            bits = ((bits & 0xFFFFF) << 8) | b;
            held += 8;
            if (held < width)
                continue;
            var code = (bits >> (held - width)) & ((1 << width) - 1);
            held -= width;

            if (code == EndOfData)
                break;
            if (code == ClearTable)
            {
                (next, width, previous) = (258, 9, -1);
                continue;
            }
            if (code > next || (code == next && previous < 0))
                return PdfRefusal.MalformedStream;

            var source = code < next ? code : previous;
            var count = length[source];
            for (int c = source, i = count - 1; i >= 0; i--, c = prefix[c])
                word[i] = last[c];
            if (previous >= 0 && next < 4096)
            {
                (prefix[next], last[next], length[next]) = (previous, word[0], length[previous] + 1);
                next++;
            }
            if (code != source)
                word[count++] = word[0];
            if (!output.TryAdd(word.AsSpan(0, count)))
                return PdfRefusal.TooLarge;
            previous = code;
            width = next + early >= 2048 ? 12 : next + early >= 1024 ? 11 : next + early >= 512 ? 10 : 9;
        }
        return PdfRefusal.None;
    }
}
