using System.Buffers.Binary;
using Tera.Authority.Databases;
using Tera.Pki.Certificates;
using Tera.Pki.TimeStamping;

namespace Tera.Authority.TimeStamping;

/// <summary>Serial numbers of tokens, strictly rising in one process and never repeated by another: blocks are leased before use.</summary>
internal sealed class TimeStampSerials(Counters counters) : ITimeStampSerials, IDisposable
{
    public const string Counter = "tsa-serial";
    private const int Block = 1000;
    private readonly SemaphoreSlim leasing = new(1, 1);
    private long next;
    private long end;

    public async ValueTask<SerialNumber> NextAsync(CancellationToken cancellationToken)
    {
        await leasing.WaitAsync(cancellationToken);
        try
        {
            if (next == end)
            {
                next = await counters.LeaseAsync(Counter, Block, cancellationToken);
                end = next + Block;
            }

            return Encode(next++);
        }
        finally
        {
            leasing.Release();
        }
    }

    public void Dispose() => leasing.Dispose();

    /// <summary>The content octets of a positive DER INTEGER.</summary>
    private static SerialNumber Encode(long number)
    {
        Span<byte> octets = stackalloc byte[9];
        BinaryPrimitives.WriteInt64BigEndian(octets[1..], number);
        var start = octets.IndexOfAnyExcept((byte)0);
        return SerialNumber.FromOctets(octets[(octets[start] >= 0x80 ? start - 1 : start)..]);
    }
}
