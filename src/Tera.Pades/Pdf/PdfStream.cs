namespace Tera.Pades.Pdf;

/// <summary>A dictionary with data, which stays in the file until it is asked for.</summary>
public sealed class PdfStream : PdfObject
{
    private readonly PdfBytes _source;

    internal PdfStream(PdfDictionary dictionary, PdfBytes source, long dataStart, long dataLength)
    {
        Dictionary = dictionary;
        _source = source;
        DataStart = dataStart;
        DataLength = dataLength;
    }

    /// <summary>A new stream with data as it shall lie in the file.</summary>
    /// <param name="dictionary">Its dictionary; /Length is put in.</param>
    /// <param name="data">The encoded data, as /Filter says.</param>
    public PdfStream(PdfDictionary dictionary, ReadOnlyMemory<byte> data)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        Dictionary = dictionary.With("Length", new PdfInteger(data.Length));
        _source = PdfBytes.From(data);
        DataLength = data.Length;
    }

    /// <summary>The dictionary.</summary>
    public PdfDictionary Dictionary { get; }

    /// <summary>Offset of the first data byte; 0 for a stream made in memory.</summary>
    public long DataStart { get; }

    /// <summary>Number of encoded bytes.</summary>
    public long DataLength { get; }

    /// <summary>The encoded bytes.</summary>
    /// <param name="limits">The limits; <see cref="PdfLimits.MaxDecodedStream"/> bounds the answer.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="PdfException">There are more than the limit.</exception>
    public byte[] ReadRaw(PdfLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (DataLength > limits.MaxDecodedStream)
            throw new PdfException(PdfRefusal.TooLarge, DataStart);
        return _source.ReadRange(DataStart, (int)DataLength);
    }

    /// <summary>Equal when dictionary and encoded bytes are equal; compares without loading either stream whole.</summary>
    /// <param name="obj">The other.</param>
    /// <returns>True when equal.</returns>
    public override bool Equals(object? obj)
    {
        if (obj is not PdfStream other || other.DataLength != DataLength || !other.Dictionary.Equals(Dictionary))
            return false;
        if (ReferenceEquals(other._source, _source) && other.DataStart == DataStart)
            return true;
        var mine = new byte[(int)Math.Min(DataLength, 65536)];
        var theirs = new byte[mine.Length];
        for (long done = 0; done < DataLength;)
        {
            var count = (int)Math.Min(mine.Length, DataLength - done);
            if (_source.Read(DataStart + done, mine.AsSpan(0, count)) != other._source.Read(other.DataStart + done, theirs.AsSpan(0, count)) ||
                !mine.AsSpan(0, count).SequenceEqual(theirs.AsSpan(0, count)))
                return false;
            done += count;
        }
        return true;
    }

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Dictionary, DataLength);
}
