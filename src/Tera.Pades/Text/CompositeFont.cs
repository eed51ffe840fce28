using Tera.Pades.Pdf;

namespace Tera.Pades.Text;

/// <summary>A font of codes of one to four bytes (ISO 32000-1 9.7).</summary>
internal sealed class CompositeFont : TextFont
{
    /// <summary>CIDs end at 65,535.</summary>
    private const int MaxWidths = 65_536;

    private readonly Dictionary<int, double> _widths = [];
    private readonly CodeMap _codes;
    private readonly CodeMap? _toUnicode;
    private readonly bool _codesAreUnicode;
    private double _defaultWidth = 1;

    private CompositeFont(CodeMap codes, CodeMap? toUnicode, bool codesAreUnicode) =>
        (_codes, _toUnicode, _codesAreUnicode) = (codes, toUnicode, codesAreUnicode);

    public static new CompositeFont Read(PdfView view, PdfDictionary font)
    {
        var descendant = view.GetArray(font, "DescendantFonts") is { Count: > 0 } descendants ? view.Resolve(descendants[0]) as PdfDictionary : null;
        var encoding = view.Get(font, "Encoding");
        var name = (encoding as PdfName)?.Value ?? view.GetName((encoding as PdfStream)?.Dictionary, "CMapName") ?? "";
        var codes = encoding is PdfStream stream && view.File.TryDecode(stream, view.RevisionIndex, out var data) == PdfRefusal.None && CodeMap.Parse(data) is { HasSpaces: true } own
            ? own : CodeMap.Identity;
        var (ascent, descent) = HeightOf(view, view.GetDictionary(descendant, "FontDescriptor"), view.GetName(font, "BaseFont") ?? "");
        var result = new CompositeFont(codes, ToUnicodeOf(view, font), name.Contains("UCS2", StringComparison.Ordinal) || name.Contains("UTF16", StringComparison.Ordinal))
        {
            Ascent = ascent,
            Descent = descent,
            IsVertical = name.EndsWith("-V", StringComparison.Ordinal),
        };
        if (descendant is not null)
            result.ReadWidths(view, descendant);
        return result;
    }

    public override ShownCode Next(ReadOnlySpan<byte> text)
    {
        var length = _codes.LengthAt(text) is > 0 and var found ? found : Math.Min(2, text.Length);
        var code = CodeMap.Value(text[..length]);
        var said = _toUnicode?.TextOf(code, length)
            ?? (_codesAreUnicode && length == 2 && !char.IsSurrogate((char)code) ? ((char)code).ToString() : null);
        var width = _widths.TryGetValue(_codes.CidOf(code, length) ?? 0, out var stated) ? stated : _defaultWidth;
        // 9.3.3: word spacing is for the single byte 32 only.
        return new ShownCode(length, said, width, length == 1 && code == 32);
    }

    // 9.7.4.3: "c [w1 w2 ...]" or "first last w".
    private void ReadWidths(PdfView view, PdfDictionary descendant)
    {
        _defaultWidth = (NumberOf(view.Get(descendant, "DW")) ?? 1000) / 1000;
        var items = view.GetArray(descendant, "W") ?? PdfArray.Of();
        for (var i = 0; i + 1 < items.Count && _widths.Count < MaxWidths;)
        {
            if (view.Resolve(items[i]) is not PdfInteger { Value: >= 0 and <= ushort.MaxValue } first)
            {
                i++;
                continue;
            }
            if (view.Resolve(items[i + 1]) is PdfArray list)
            {
                for (var k = 0; k < list.Count && _widths.Count < MaxWidths; k++)
                    _widths[(int)first.Value + k] = (NumberOf(view.Resolve(list[k])) ?? 0) / 1000;
                i += 2;
            }
            else if (i + 2 < items.Count && view.Resolve(items[i + 1]) is PdfInteger last && NumberOf(view.Resolve(items[i + 2])) is { } width)
            {
                for (var cid = first.Value; cid <= Math.Min(last.Value, ushort.MaxValue) && _widths.Count < MaxWidths; cid++)
                    _widths[(int)cid] = width / 1000;
                i += 3;
            }
            else
            {
                i++;
            }
        }
    }
}
