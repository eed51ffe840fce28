using Tera.Pades.Pdf;

namespace Tera.Pades.Text;

/// <summary>One code of a string that is shown: what it says, and how far it goes, in parts of the font size.</summary>
internal readonly record struct ShownCode(int Length, string? Text, double Width, bool IsSpace);

/// <summary>What is needed of a font to know where its letters lie and what they say (ISO 32000-1 9.6 to 9.10).</summary>
internal abstract class TextFont
{
    private protected TextFont()
    {
    }

    /// <summary>The font for text whose font is missing.</summary>
    public static TextFont Unknown { get; } = SimpleFont.Unknown;

    /// <summary>From the baseline to the top of the letters, in parts of the font size.</summary>
    public double Ascent { get; protected init; } = 0.8;

    /// <summary>From the baseline to the foot of the letters, below 0.</summary>
    public double Descent { get; protected init; } = -0.25;

    /// <summary>Whether lines run downwards (9.7.4.3).</summary>
    public bool IsVertical { get; protected init; }

    /// <summary>The first code of a string that is not empty.</summary>
    public abstract ShownCode Next(ReadOnlySpan<byte> text);

    public static TextFont Read(PdfView view, PdfDictionary font) =>
        view.GetName(font, "Subtype") == "Type0" ? CompositeFont.Read(view, font) : SimpleFont.Read(view, font);

    protected static CodeMap? ToUnicodeOf(PdfView view, PdfDictionary font) =>
        view.Get(font, "ToUnicode") is PdfStream stream && view.File.TryDecode(stream, view.RevisionIndex, out var data) == PdfRefusal.None ? CodeMap.Parse(data) : null;

    protected static double? NumberOf(PdfObject value) => value switch
    {
        PdfInteger integer => integer.Value,
        PdfReal real => real.Value,
        _ => null,
    };

    /// <summary>
    /// The heights of the descriptor, where they are sane: many say 0, and typographic ones leave out the tips of brackets, which
    /// a box that shall cover its text must not.
    /// </summary>
    protected static (double Ascent, double Descent) HeightOf(PdfView view, PdfDictionary? descriptor, string baseFont)
    {
        var (ascent, descent) = StandardFonts.HeightOf(baseFont);
        if (NumberOf(view.Get(descriptor, "Ascent")) is >= 300 and <= 1200 and var high)
            ascent = high;
        if (NumberOf(view.Get(descriptor, "Descent")) is { } low && Math.Abs(low) is >= 50 and <= 600)
            descent = -Math.Abs(low);
        return (Math.Max(ascent, 800) / 1000, Math.Min(descent, -220) / 1000);
    }
}
