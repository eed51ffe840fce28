using System.Globalization;
namespace Tera.Pki.Revocation.Crl;

/// <summary>The revokedCertificates of a CRL, written flat: 37 octets an entry of ours, 51 with a reason.</summary>
internal sealed class EntryBuffer
{
    /// <summary>Serial 2+20, time 2+15, extensions 2+12+26: an entry stays below 128 octets, so that its lengths have one octet each.</summary>
    private const int MaximumEntry = 96;

    private byte[] _octets = new byte[64 * 1024];

    internal int Length { get; private set; }

    internal ReadOnlyMemory<byte> Written => _octets.AsMemory(0, Length);

    internal void Add(RevokedEntry entry, bool isDelta)
    {
        var serial = entry.SerialNumber.Octets.Span;
        if (serial.Length is 0 or > 20)
        {
            throw new ArgumentException($"The serial number of an entry has {serial.Length} octets.", nameof(entry));
        }
        if (entry.Reason == RevocationReason.RemoveFromCrl && !isDelta)
        {
            throw new ArgumentException("removeFromCRL stands in delta CRLs only (RFC 5280 5.3.1).", nameof(entry));
        }
        if (_octets.Length - Length < MaximumEntry)
        {
            Array.Resize(ref _octets, _octets.Length * 2);
        }
        var start = Length;
        Length += 2;
        Put(0x02, serial);
        PutTime(entry.RevokedAt);
        if (entry.Reason != RevocationReason.Unspecified || entry.InvalidSince is not null)
        {
            PutExtensions(entry);
        }
        _octets[start] = 0x30;
        _octets[start + 1] = (byte)(Length - start - 2);
    }

    private void PutExtensions(RevokedEntry entry)
    {
        var start = Length;
        Length += 2;
        if (entry.Reason != RevocationReason.Unspecified)
        {
            PutRaw([0x30, 0x0A, 0x06, 0x03, 0x55, 0x1D, 0x15, 0x04, 0x03, 0x0A, 0x01, (byte)entry.Reason]);
        }
        if (entry.InvalidSince is { } since)
        {
            PutRaw([0x30, 0x18, 0x06, 0x03, 0x55, 0x1D, 0x18, 0x04, 0x11]);
            PutText(0x18, since, "yyyyMMddHHmmss'Z'", 15);
        }
        _octets[start] = 0x30;
        _octets[start + 1] = (byte)(Length - start - 2);
    }

    private void PutTime(DateTimeOffset time)
    {
        if (time.UtcDateTime.Year is >= 1950 and < 2050)
        {
            PutText(0x17, time, "yyMMddHHmmss'Z'", 13);
        }
        else
        {
            PutText(0x18, time, "yyyyMMddHHmmss'Z'", 15);
        }
    }

    private void PutText(byte tag, DateTimeOffset time, string format, int length)
    {
        _octets[Length] = tag;
        _octets[Length + 1] = (byte)length;
        time.UtcDateTime.TryFormat(_octets.AsSpan(Length + 2), out var written, format, CultureInfo.InvariantCulture);
        Length += 2 + written;
    }

    private void Put(byte tag, ReadOnlySpan<byte> content)
    {
        _octets[Length] = tag;
        _octets[Length + 1] = (byte)content.Length;
        Length += 2;
        PutRaw(content);
    }

    private void PutRaw(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(_octets.AsSpan(Length));
        Length += octets.Length;
    }
}
