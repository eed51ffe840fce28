using System.Security.Cryptography;

namespace Tera.Pki.Certificates;

/// <summary>The serial number of a certificate: the content octets of its INTEGER, so that a negative or overlong foreign number is still told apart.</summary>
public readonly record struct SerialNumber : IComparable<SerialNumber>
{
    private readonly byte[]? _octets;

    private SerialNumber(byte[] octets) => _octets = octets;

    /// <summary>The content octets, big endian, two's complement. Empty for the default value, which is no serial number.</summary>
    public ReadOnlyMemory<byte> Octets => _octets ?? [];

    /// <summary>True when the number is greater than zero (RFC 5280 4.1.2.2).</summary>
    public bool IsPositive => _octets is { Length: > 0 } o && o[0] < 0x80 && o.AsSpan().ContainsAnyExcept((byte)0);

    /// <summary>Takes the content octets of a DER INTEGER.</summary>
    /// <param name="octets">One byte or more.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentException">No octets.</exception>
    public static SerialNumber FromOctets(ReadOnlySpan<byte> octets) => octets.IsEmpty
        ? throw new ArgumentException("A serial number has at least one octet.", nameof(octets))
        : new SerialNumber(octets.ToArray());

    /// <summary>
    /// A new serial number of exactly 20 octets: the top bits are 01, so that it is positive and of one length, and 158 bits are random
    /// (CA/Browser Forum asks for 64, RFC 5280 4.1.2.2 allows 20 octets).
    /// </summary>
    /// <param name="random">The source; it must be unpredictable.</param>
    /// <returns>The number.</returns>
    public static SerialNumber Create(RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var octets = new byte[20];
        random.GetBytes(octets);
        octets[0] = (byte)((octets[0] & 0x3F) | 0x40);
        return new SerialNumber(octets);
    }

    /// <summary>Reads hexadecimal digits, as <see cref="ToString"/> writes them.</summary>
    /// <param name="hex">Two digits an octet.</param>
    /// <param name="serial">The number.</param>
    /// <returns>False when the text is empty, odd or not hexadecimal.</returns>
    public static bool TryParse(string? hex, out SerialNumber serial)
    {
        serial = default;
        if (string.IsNullOrEmpty(hex) || hex.Length % 2 != 0 || hex.Length > 128 || !hex.All(char.IsAsciiHexDigit))
        {
            return false;
        }
        serial = new SerialNumber(Convert.FromHexString(hex));
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(SerialNumber other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Octets.Span);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public int CompareTo(SerialNumber other) => Octets.Span.SequenceCompareTo(other.Octets.Span);

    /// <summary>Lower-case hexadecimal digits, two an octet.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Convert.ToHexStringLower(Octets.Span);
}
