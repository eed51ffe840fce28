using Tera.Pades.Pdf;

namespace Tera.Pades.Text;

/// <summary>A font of single-byte codes (ISO 32000-1 9.6): Type 1, TrueType, Type 3, the standard fonts among them.</summary>
internal sealed class SimpleFont : TextFont
{
    private readonly string?[] _texts = new string?[256];
    private readonly double[] _widths = new double[256];

    public static new SimpleFont Unknown { get; } = OfUnknown();

    public override ShownCode Next(ReadOnlySpan<byte> text) => new(1, _texts[text[0]], _widths[text[0]], text[0] == 32);

    public static new SimpleFont Read(PdfView view, PdfDictionary font)
    {
        var descriptor = view.GetDictionary(font, "FontDescriptor");
        var baseFont = view.GetName(font, "BaseFont") ?? "";
        var isType3 = view.GetName(font, "Subtype") == "Type3";
        // Type 3 glyphs have a space of their own; its first number is what a width counts in.
        var scale = isType3 && view.GetArray(font, "FontMatrix") is { Count: 6 } matrix && NumberOf(view.Resolve(matrix[0])) is { } a && a != 0 ? Math.Abs(a) : 0.001;
        var (ascent, descent) = isType3 ? (0.8, -0.25) : HeightOf(view, descriptor, baseFont);
        var result = new SimpleFont { Ascent = ascent, Descent = descent };
        result.ReadTexts(view, font, descriptor, baseFont);
        result.ReadWidths(view, font, descriptor, baseFont, scale);
        return result;
    }

    private static SimpleFont OfUnknown()
    {
        var font = new SimpleFont();
        var encoding = StandardFonts.Encoding("WinAnsi")!;
        for (var code = 0; code < 256; code++)
        {
            font._texts[code] = encoding[code] == 0 ? null : char.ConvertFromUtf32(encoding[code]);
            font._widths[code] = (StandardFonts.WidthOf("Helvetica", code, font._texts[code]) ?? 500) / 1000;
        }
        return font;
    }

    // 9.6.6: the base encoding, then /Differences; 9.10.2: /ToUnicode goes before both.
    private void ReadTexts(PdfView view, PdfDictionary font, PdfDictionary? descriptor, string baseFont)
    {
        var encoding = view.Get(font, "Encoding");
        var named = encoding is PdfName name ? name.Value : view.GetName(encoding as PdfDictionary, "BaseEncoding");
        const long Symbolic = 4;
        var isSymbolic = ((view.GetInteger(descriptor, "Flags") ?? 0) & Symbolic) != 0;
        var codes = (named is null ? null : StandardFonts.Encoding(named))
            ?? StandardFonts.Encoding(baseFont.Contains("Symbol", StringComparison.Ordinal) && !baseFont.Contains("Segoe", StringComparison.Ordinal) ? "Symbol"
                : view.GetName(font, "Subtype") == "TrueType" || isSymbolic ? "WinAnsi" : "Standard")!;
        for (var code = 0; code < 256; code++)
            _texts[code] = codes[code] == 0 ? null : char.ConvertFromUtf32(codes[code]);
        var at = 0L;
        foreach (var item in view.GetArray(encoding as PdfDictionary, "Differences") ?? PdfArray.Of())
        {
            switch (view.Resolve(item))
            {
                case PdfInteger start:
                    at = start.Value;
                    break;
                case PdfName glyph when at is >= 0 and < 256:
                    _texts[at++] = StandardFonts.TextOf(glyph.Value);
                    break;
            }
        }
        if (ToUnicodeOf(view, font) is not { } map)
            return;
        for (var code = 0; code < 256; code++)
            _texts[code] = map.TextOf((uint)code, 1) ?? _texts[code];
    }

    private void ReadWidths(PdfView view, PdfDictionary font, PdfDictionary? descriptor, string baseFont, double scale)
    {
        var first = view.GetInteger(font, "FirstChar") ?? 0;
        var widths = view.GetArray(font, "Widths");
        var missing = NumberOf(view.Get(descriptor, "MissingWidth")) ?? 0;
        for (var code = 0; code < 256; code++)
        {
            var stated = widths is not null && code >= first && code - first < widths.Count ? NumberOf(view.Resolve(widths[(int)(code - first)])) : null;
            _widths[code] = stated * scale ?? (widths is null ? (StandardFonts.WidthOf(baseFont, code, _texts[code]) ?? 500) / 1000 : missing * scale);
        }
    }
}
