using System.Formats.Asn1;

namespace Tera.Pades.Cms;

/// <summary>An AlgorithmIdentifier (RFC 5280 4.1.1.2) as it stands in a file.</summary>
/// <param name="Oid">The dotted identifier.</param>
/// <param name="Parameters">The encoded parameters, empty where there are none.</param>
public readonly record struct AlgorithmId(string Oid, ReadOnlyMemory<byte> Parameters)
{
    internal static AlgorithmId Read(AsnReader reader)
    {
        var sequence = reader.ReadSequence();
        var oid = sequence.ReadObjectIdentifier();
        return new AlgorithmId(oid, sequence.HasData ? sequence.ReadEncodedValue() : default);
    }

    /// <summary>Two identifiers are alike when they name the same algorithm and encode the same parameters.</summary>
    /// <param name="other">The other.</param>
    /// <returns>Whether they are alike.</returns>
    public bool Equals(AlgorithmId other) =>
        string.Equals(Oid, other.Oid, StringComparison.Ordinal) && Parameters.Span.SequenceEqual(other.Parameters.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => Oid is null ? 0 : Oid.GetHashCode(StringComparison.Ordinal);
}
