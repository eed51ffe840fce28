using System.Globalization;

namespace Tera.Pades.Appearances;

/// <summary>A colour of a mark: sRGB, a byte each.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct MarkColor(byte Red, byte Green, byte Blue)
{
    /// <summary>Black.</summary>
    public static MarkColor Black { get; } = new(0, 0, 0);

    /// <summary>White.</summary>
    public static MarkColor White { get; } = new(255, 255, 255);

    /// <summary>Reads "#RRGGBB".</summary>
    /// <param name="text">The text.</param>
    /// <param name="color">The colour.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, out MarkColor color)
    {
        color = default;
        if (text is not { Length: 7 } || text[0] != '#' || !int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
            return false;
        color = new MarkColor((byte)(rgb >> 16), (byte)((rgb >> 8) & 255), (byte)(rgb & 255));
        return true;
    }

    /// <summary>The three operands of ISO 32000-1 8.6.8 rg and RG.</summary>
    internal string Operands => string.Create(CultureInfo.InvariantCulture, $"{Red / 255.0:0.####} {Green / 255.0:0.####} {Blue / 255.0:0.####}");
}
