namespace Tera.Pades.Cms;

/// <summary>An attribute of a SignerInfo (RFC 5652 5.3): a type and its values.</summary>
/// <param name="Oid">The type.</param>
/// <param name="Values">The values, each encoded as it stands in the file.</param>
public sealed record CmsAttribute(string Oid, IReadOnlyList<ReadOnlyMemory<byte>> Values);
