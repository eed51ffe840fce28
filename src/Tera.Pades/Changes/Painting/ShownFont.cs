using Tera.Pades.Pdf;
using Tera.Pades.Text;

namespace Tera.Pades.Changes.Painting;

/// <summary>A font, and whether what it shows can be told from its codes.</summary>
/// <param name="Codes">Widths and texts of its codes.</param>
/// <param name="IsReadable">Whether the texts are stated, and not guessed.</param>
internal sealed record ShownFont(TextFont Codes, bool IsReadable)
{
    /// <summary>The font for text whose font is missing.</summary>
    public static ShownFont Unknown { get; } = new(TextFont.Unknown, IsReadable: false);

    public static ShownFont Read(PdfView view, PdfDictionary font) => new(TextFont.Read(view, font), HasStatedTexts(view, font));

    // 9.10.2: a map to Unicode, or for a simple font an encoding, or the name of a font that is no subset.
    private static bool HasStatedTexts(PdfView view, PdfDictionary font)
    {
        if (view.Get(font, "ToUnicode") is PdfStream)
            return true;
        return view.GetName(font, "Subtype") is "Type1" or "TrueType" &&
            (view.Get(font, "Encoding") is not PdfNull || view.GetName(font, "BaseFont")?.Contains('+', StringComparison.Ordinal) == false);
    }
}
