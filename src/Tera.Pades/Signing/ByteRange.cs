using System.Globalization;

namespace Tera.Pades.Signing;

/// <summary>The bytes a signature covers: from 0 to the hole, and from behind the hole to the end (ISO 32000-1 12.8.1).</summary>
/// <param name="Before">Number of bytes before the hole, which is where it begins.</param>
/// <param name="BehindStart">Offset of the first byte behind the hole.</param>
/// <param name="BehindLength">Number of bytes behind the hole.</param>
public readonly record struct ByteRange(long Before, long BehindStart, long BehindLength)
{
    /// <summary>Offset behind the last byte covered.</summary>
    public long End => BehindStart + BehindLength;

    /// <summary>As /ByteRange spells it.</summary>
    /// <returns>"[0 a b c]".</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[0 {Before} {BehindStart} {BehindLength}]");
}
