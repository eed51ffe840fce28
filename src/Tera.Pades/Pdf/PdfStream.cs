using Tera.Pades.Pdf.Encryption;

namespace Tera.Pades.Pdf;

/// <summary>A dictionary with data, which stays in the file until it is asked for.</summary>
public sealed class PdfStream : PdfObject
{
    private readonly PdfBytes _source;
    private readonly ObjectCipher? _cipher;

    internal PdfStream(PdfDictionary dictionary, PdfBytes source, long dataStart, long dataLength, ObjectCipher? cipher)
    {
        _cipher = cipher;
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

    /// <summary>Number of bytes of data in the file.</summary>
    public long DataLength { get; }

    /// <summary>The encoded bytes, as /Filter says; deciphered where the file is encrypted.</summary>
    /// <param name="limits">The limits; <see cref="PdfLimits.MaxDecodedStream"/> bounds the answer.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="PdfException">There are more than the limit, or they are not what was enciphered.</exception>
    public byte[] ReadRaw(PdfLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (DataLength > limits.MaxDecodedStream)
            throw new PdfException(PdfRefusal.TooLarge, DataStart);
        return TryReadRaw(out var data) ? data : throw new PdfException(PdfRefusal.MalformedStream, DataStart);
    }

    /// <summary>The same for a stream whose length has been looked at; false where it was enciphered otherwise than the file says.</summary>
    internal bool TryReadRaw(out byte[] data)
    {
        data = _source.ReadRange(DataStart, (int)DataLength);
        if (_cipher is null)
            return true;
        var plain = _cipher.DecipherStream(Dictionary, data);
        data = plain ?? [];
        return plain is not null;
    }

    /// <summary>Equal when dictionary and encoded bytes are equal; compares without loading either stream whole where neither is enciphered.</summary>
    /// <param name="obj">The other.</param>
    /// <returns>True when equal.</returns>
    public override bool Equals(object? obj)
    {
        if (obj is not PdfStream other || other.DataLength != DataLength || !other.Dictionary.Equals(Dictionary))
            return false;
        if (ReferenceEquals(other._source, _source) && other.DataStart == DataStart)
            return true;
        if ((_cipher ?? other._cipher) is not null)
            return SameDeciphered(other);
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

    private bool SameDeciphered(PdfStream other)
    {
        try
        {
            return ReadRaw(PdfLimits.Default).AsSpan().SequenceEqual(other.ReadRaw(PdfLimits.Default));
        }
        catch (PdfException)
        {
            // What cannot be read is not known to be the same.
            return false;
        }
    }
}
