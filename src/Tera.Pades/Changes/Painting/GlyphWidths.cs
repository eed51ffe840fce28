using Tera.Pades.Pdf;

namespace Tera.Pades.Changes.Painting;

/// <summary>How wide the characters of a font are, as far as the font says so itself; else a guess that is right on average.</summary>
internal sealed class GlyphWidths
{
    private const float Guess = 0.55f;

    private readonly float[] _widths;
    private readonly int _first;
    private readonly float _scale;

    private GlyphWidths(float[] widths, int first, bool hasTwoBytes, float scale, bool isPlain)
    {
        IsPlain = isPlain;
        _widths = widths;
        _first = first;
        _scale = scale;
        HasTwoBytes = hasTwoBytes;
    }

    /// <summary>Whether a character takes two bytes, as in nearly all composite fonts.</summary>
    public bool HasTwoBytes { get; }

    /// <summary>Whether its codes are ASCII: a font that is no subset and has no encoding of its own.</summary>
    public bool IsPlain { get; }

    public static GlyphWidths Read(PdfView view, PdfDictionary font)
    {
        if (view.GetName(font, "Subtype") == "Type0")
            return new GlyphWidths([], 0, hasTwoBytes: true, 1, isPlain: false);
        var widths = view.GetArray(font, "Widths") is { Count: <= 256 } array ? array.Select(w => GraphicsState.Number(view.Resolve(w)) ?? 0).ToArray() : [];
        var scale = view.GetName(font, "Subtype") == "Type3" && view.GetArray(font, "FontMatrix") is { Count: 6 } matrix ? GraphicsState.Number(view.Resolve(matrix[0])) ?? 0.001f : 0.001f;
        return new GlyphWidths(widths, (int)Math.Clamp(view.GetInteger(font, "FirstChar") ?? 0, 0, 255), hasTwoBytes: false, scale, IsPlainFont(view, font));
    }

    private static bool IsPlainFont(PdfView view, PdfDictionary font) =>
        view.GetName(font, "Subtype") is "Type1" or "TrueType" && view.GetName(font, "BaseFont") is { } name &&
        !name.Contains('+', StringComparison.Ordinal) && !name.Contains("Symbol", StringComparison.Ordinal) && !name.Contains("Dingbats", StringComparison.Ordinal) &&
        view.GetDictionary(font, "Encoding")?["Differences"] is not PdfArray { Count: > 0 and < 8 };

    /// <summary>Width of one character, in units of the font size.</summary>
    public float Of(byte code) => code >= _first && code - _first < _widths.Length && _widths[code - _first] > 0 ? _widths[code - _first] * _scale : Guess;
}
