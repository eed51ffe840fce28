namespace Tera.Pades.Pdf;

/// <summary>Undoes the predictors of ISO 32000-1 7.4.4.4: TIFF (2) for whole bytes, PNG (10 to 15).</summary>
internal static class Predictor
{
    public static PdfRefusal TryUndo(byte[] data, int predictor, int colors, int bitsPerComponent, int columns, out byte[] decoded)
    {
        decoded = data;
        if (predictor < 2)
            return PdfRefusal.None;
        if (colors is < 1 or > 32 || bitsPerComponent is not (1 or 2 or 4 or 8 or 16) || columns is < 1 or > 10_000_000)
            return PdfRefusal.MalformedStream;

        var pixel = Math.Max(1, colors * bitsPerComponent / 8);
        var row = (int)((((long)colors * bitsPerComponent * columns) + 7) / 8);
        if (predictor == 2)
            return bitsPerComponent == 8 ? Tiff(data, row, pixel, out decoded) : PdfRefusal.UnsupportedFilter;
        return Png(data, row, pixel, out decoded);
    }

    private static PdfRefusal Tiff(byte[] data, int row, int pixel, out byte[] decoded)
    {
        decoded = [.. data];
        for (var start = 0; start < decoded.Length; start += row)
        {
            var end = Math.Min(start + row, decoded.Length);
            for (var i = start + pixel; i < end; i++)
                decoded[i] = (byte)((decoded[i] + decoded[i - pixel]) & 0xFF);
        }
        return PdfRefusal.None;
    }

    // PNG, W3C Recommendation, clause 9: a filter byte before each row.
    private static PdfRefusal Png(byte[] data, int row, int pixel, out byte[] decoded)
    {
        var rows = (data.Length + row) / (row + 1);
        decoded = new byte[data.Length - rows];
        // A row may be stated far longer than all the data.
        var zeros = new byte[Math.Min(row, data.Length)];
        for (int r = 0, from = 0, to = 0; r < rows; r++)
        {
            var filter = data[from++];
            var count = Math.Min(row, data.Length - from);
            ReadOnlySpan<byte> above = r == 0 ? zeros : decoded.AsSpan(to - row, row);
            var line = decoded.AsSpan(to, count);
            data.AsSpan(from, count).CopyTo(line);
            if (filter > 4)
                return PdfRefusal.MalformedStream;
            for (var i = 0; i < count; i++)
            {
                int left = i >= pixel ? line[i - pixel] : 0;
                int up = above[i];
                int corner = i >= pixel ? above[i - pixel] : 0;
                var guess = filter switch
                {
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    4 => Paeth(left, up, corner),
                    _ => 0,
                };
                line[i] = (byte)((line[i] + guess) & 0xFF);
            }
            from += count;
            to += count;
        }
        return PdfRefusal.None;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (a, b, c) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }
}
