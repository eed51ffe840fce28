namespace Tera.Pades.Tests.Signing;

/// <summary>Bytes in memory that note how they are read.</summary>
internal sealed class CountingStream(byte[] bytes) : MemoryStream(bytes, writable: false)
{
    private readonly List<int> _reads = [];

    /// <summary>Bytes read in pieces of at least this length: what a look through the whole file asks for, and a look at an object does not.</summary>
    public long BytesAtLength(int least) => _reads.Where(r => r >= least).Sum(r => (long)r);

    public override int Read(Span<byte> buffer)
    {
        _reads.Add(buffer.Length);
        return base.Read(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        _reads.Add(count);
        return base.Read(buffer, offset, count);
    }
}
