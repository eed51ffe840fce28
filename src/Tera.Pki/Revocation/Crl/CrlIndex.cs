using Tera.Pki.Asn1;

namespace Tera.Pki.Revocation.Crl;

/// <summary>
/// Where the entries of a serial number stand, so that a list of many entries is read once however often it is asked: eight bytes an
/// entry, hash and offset, sorted.
/// </summary>
internal sealed class CrlIndex
{
    private readonly ulong[] _places;
    private readonly List<(int Offset, DistinguishedName Issuer)> _issuers = [];

    /// <summary>Reads all entries.</summary>
    /// <param name="entries">The content of revokedCertificates, whose form was checked.</param>
    /// <param name="count">How many entries there are.</param>
    /// <param name="issuerOf">Reads a certificateIssuer; null where entries are all of one issuer (no indirect CRL).</param>
    internal CrlIndex(ReadOnlySpan<byte> entries, int count, Func<ReadOnlySpan<byte>, DistinguishedName>? issuerOf)
    {
        _places = new ulong[count];
        var rest = entries;
        for (var i = 0; i < count; i++)
        {
            var offset = entries.Length - rest.Length;
            var entry = CrlEntryReader.Read(ref rest);
            _places[i] = ((ulong)HashOf(entry.Serial) << 32) | (uint)offset;
            if (issuerOf is not null && !entry.CertificateIssuer.IsEmpty)
            {
                _issuers.Add((offset, issuerOf(entry.CertificateIssuer)));
            }
        }
        Array.Sort(_places);
    }

    /// <summary>The offsets of the entries that may be of a serial number, in encoded order.</summary>
    internal ReadOnlySpan<ulong> Candidates(ReadOnlySpan<byte> serial)
    {
        var hash = (ulong)HashOf(serial) << 32;
        var from = Array.BinarySearch(_places, hash);
        from = from < 0 ? ~from : from;
        var to = from;
        while (to < _places.Length && _places[to] >> 32 == hash >> 32)
        {
            to++;
        }
        return _places.AsSpan(from, to - from);
    }

    /// <summary>Of which issuer the entry at an offset is: the last one named before it, or null for the list's own (RFC 5280 5.3.3).</summary>
    internal DistinguishedName? IssuerAt(int offset)
    {
        var (low, high) = (0, _issuers.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _issuers[middle].Offset <= offset ? (middle + 1, high) : (low, middle);
        }
        return low == 0 ? null : _issuers[low - 1].Issuer;
    }

    private static uint HashOf(ReadOnlySpan<byte> serial)
    {
        var hash = new HashCode();
        hash.AddBytes(serial);
        return unchecked((uint)hash.ToHashCode());
    }
}
