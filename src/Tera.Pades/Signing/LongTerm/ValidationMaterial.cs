using System.Security.Cryptography;

namespace Tera.Pades.Signing.LongTerm;

/// <summary>What a validator will need: certificates, revocation lists and OCSP responses, each once, in DER.</summary>
internal sealed class ValidationMaterial
{
    public DistinctBytes Certificates { get; } = new();

    public DistinctBytes Crls { get; } = new();

    public DistinctBytes OcspResponses { get; } = new();
}

/// <summary>Byte strings, each once, in the order they came.</summary>
internal sealed class DistinctBytes
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<ReadOnlyMemory<byte>> _items = [];

    public IReadOnlyList<ReadOnlyMemory<byte>> Items => _items;

    public bool Add(ReadOnlyMemory<byte> item)
    {
        if (!_known.Add(Convert.ToHexString(SHA256.HashData(item.Span))))
            return false;
        _items.Add(item);
        return true;
    }
}
