using System.Formats.Asn1;
using System.Text;

namespace Tera.Pki.Asn1;

/// <summary>One attribute of a name, for example the common name.</summary>
/// <param name="Oid">The attribute type.</param>
/// <param name="Text">The value as text; hexadecimal after a # when its type is no string.</param>
/// <param name="IsText">True when the value is one of the string types.</param>
/// <param name="StringType">The ASN.1 type of the value.</param>
public sealed record NameAttribute(string Oid, string Text, bool IsText, UniversalTagNumber StringType);

/// <summary>An X.501 Name. Two names are equal when they match by RFC 5280 7.1: case, spacing and string type do not matter.</summary>
public sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.Ordinal)
    {
        [Oids.CommonName] = "CN",
        [Oids.Surname] = "SN",
        [Oids.SerialNumberAttribute] = "serialNumber",
        [Oids.Country] = "C",
        [Oids.Locality] = "L",
        [Oids.State] = "ST",
        [Oids.Organization] = "O",
        [Oids.OrganizationalUnit] = "OU",
        [Oids.Title] = "title",
        [Oids.Description] = "description",
        [Oids.GivenName] = "GN",
        [Oids.Pseudonym] = "pseudonym",
        [Oids.OrganizationIdentifier] = "organizationIdentifier",
        [Oids.EmailAddress] = "emailAddress",
        [Oids.DomainComponent] = "DC",
    };

    private readonly string[] _canonical;
    private readonly int _hash;
    private string? _text;

    private DistinguishedName(ReadOnlyMemory<byte> encoded, IReadOnlyList<IReadOnlyList<NameAttribute>> relativeNames)
    {
        Encoded = encoded;
        RelativeNames = relativeNames;
        _canonical = [.. relativeNames.Select(Canonical)];
        _hash = HashOf(_canonical);
    }

    /// <summary>The DER Name.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>The relative distinguished names in encoded order.</summary>
    public IReadOnlyList<IReadOnlyList<NameAttribute>> RelativeNames { get; }

    /// <summary>True for the empty sequence.</summary>
    public bool IsEmpty => RelativeNames.Count == 0;

    /// <summary>All attributes in encoded order.</summary>
    public IEnumerable<NameAttribute> Attributes => RelativeNames.SelectMany(r => r);

    /// <summary>Builds a name of one attribute a relative name. Country and serial number are PrintableString, e-mail IA5String, the rest UTF8String.</summary>
    /// <param name="attributes">Attribute type and value, in the order to encode.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">A value is empty or has a character its type cannot hold.</exception>
    public static DistinguishedName Create(IEnumerable<(string Oid, string Value)> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var (oid, value) in attributes)
            {
                if (string.IsNullOrEmpty(value))
                {
                    throw new ArgumentException($"The attribute {oid} is empty.", nameof(attributes));
                }
                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(oid);
                    WriteText(writer, oid, value);
                }
            }
        }
        return Read(new AsnReader(writer.Encode(), AsnEncodingRules.DER));
    }

    /// <summary>The texts of an attribute type, in order.</summary>
    /// <param name="oid">The attribute type.</param>
    /// <returns>No text when the name has none.</returns>
    public IEnumerable<string> Values(string oid) => Attributes.Where(a => a.Oid == oid).Select(a => a.Text);

    /// <summary>True when this name lies in the subtree of another (RFC 5280 4.2.1.10, directoryName).</summary>
    /// <param name="root">The root of the subtree.</param>
    /// <returns>True also when both are equal.</returns>
    public bool IsWithin(DistinguishedName root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return _canonical.Length >= root._canonical.Length && _canonical.AsSpan(0, root._canonical.Length).SequenceEqual(root._canonical);
    }

    /// <inheritdoc/>
    public bool Equals(DistinguishedName? other) => ReferenceEquals(this, other) || (other is not null && _hash == other._hash && _canonical.AsSpan().SequenceEqual(other._canonical));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DistinguishedName);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>For people, in encoded order: <c>C=ID, O=..., CN=...</c>. Not for comparing.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text ??= string.Join(", ", RelativeNames.Select(r => string.Join('+', r.Select(a =>
        $"{ShortNames.GetValueOrDefault(a.Oid, a.Oid)}={a.Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)}"))));

    internal static DistinguishedName Read(AsnReader reader)
    {
        var encoded = reader.PeekEncodedValue();
        var relativeNames = new List<IReadOnlyList<NameAttribute>>();
        var sequence = reader.ReadSequence();
        while (sequence.HasData)
        {
            relativeNames.Add(ReadRelativeName(sequence.ReadSetOf(skipSortOrderValidation: true)));
        }
        return new DistinguishedName(encoded, relativeNames);
    }

    /// <summary>This name followed by one relative name: how a distribution point names itself relative to its issuer (RFC 5280 4.2.1.13).</summary>
    internal DistinguishedName Append(ReadOnlyMemory<byte> relativeNameContent)
    {
        var relative = ReadRelativeName(new AsnReader(relativeNameContent, AsnEncodingRules.DER));
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            var own = new AsnReader(Encoded, AsnEncodingRules.DER).ReadSequence();
            while (own.HasData)
            {
                writer.WriteEncodedValue(own.ReadEncodedValue().Span);
            }
            using (writer.PushSetOf())
            {
                var parts = new AsnReader(relativeNameContent, AsnEncodingRules.DER);
                while (parts.HasData)
                {
                    writer.WriteEncodedValue(parts.ReadEncodedValue().Span);
                }
            }
        }
        return new DistinguishedName(writer.Encode(), [.. RelativeNames, relative]);
    }

    private static List<NameAttribute> ReadRelativeName(AsnReader set)
    {
        var attributes = new List<NameAttribute>();
        while (set.HasData)
        {
            var pair = set.ReadSequence();
            attributes.Add(ReadAttribute(pair.ReadObjectIdentifier(), pair));
            pair.ThrowIfNotEmpty();
        }
        return attributes.Count > 0 ? attributes : throw new AsnContentException("a relative distinguished name is empty");
    }

    private static NameAttribute ReadAttribute(string oid, AsnReader pair)
    {
        var tag = pair.PeekTag();
        var type = tag.TagClass == TagClass.Universal ? (UniversalTagNumber)tag.TagValue : UniversalTagNumber.Null;
        if (type is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String
            or UniversalTagNumber.T61String or UniversalTagNumber.BMPString or UniversalTagNumber.NumericString or UniversalTagNumber.VisibleString)
        {
            return new NameAttribute(oid, pair.ReadCharacterString(type), IsText: true, type);
        }
        return new NameAttribute(oid, "#" + Convert.ToHexString(pair.ReadEncodedValue().Span), IsText: false, type);
    }

    private static void WriteText(AsnWriter writer, string oid, string value) => writer.WriteCharacterString(
        oid switch
        {
            Oids.Country or Oids.SerialNumberAttribute => UniversalTagNumber.PrintableString,
            Oids.EmailAddress or Oids.DomainComponent => UniversalTagNumber.IA5String,
            _ => UniversalTagNumber.UTF8String,
        },
        value);

    private static int HashOf(string[] canonical)
    {
        var hash = new HashCode();
        foreach (var part in canonical)
        {
            hash.Add(part, StringComparer.Ordinal);
        }
        return hash.ToHashCode();
    }

    private static string Canonical(IReadOnlyList<NameAttribute> relativeName) =>
        string.Join('\u0001', relativeName.Select(a => $"{a.Oid}\u0002{(a.IsText ? "s" + Fold(a.Text) : a.Text)}").Order(StringComparer.Ordinal));

    /// <summary>String preparation in the spirit of RFC 4518: compatibility form, one case, single inner spaces, none at the ends.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var pendingSpace = false;
        foreach (var character in Normalize(text))
        {
            if (char.IsWhiteSpace(character))
            {
                pendingSpace = folded.Length > 0;
                continue;
            }
            if (pendingSpace)
            {
                folded.Append(' ');
                pendingSpace = false;
            }
            folded.Append(char.ToLowerInvariant(character));
        }
        return folded.ToString();
    }

    private static string Normalize(string text) =>
        text.All(char.IsAscii) || text.Any(char.IsSurrogate) ? text : text.Normalize(NormalizationForm.FormKC);
}
