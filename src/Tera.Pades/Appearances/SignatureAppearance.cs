namespace Tera.Pades.Appearances;

/// <summary>
/// The mark that a visible signature shows in its rectangle: lines of text, a picture, or both. What is not painted stays
/// transparent. The text is drawn as outlines, which needs no font, or with a font that is then embedded.
/// </summary>
/// <example>
/// <code>
/// var mark = new SignatureAppearance(["Ditandatangani secara elektronik oleh", "Sari Uji Coba"])
/// {
///     Picture = MarkImage.Read(File.ReadAllBytes("ttd.png")),
///     Font = MarkFont.Read(File.ReadAllBytes("huruf.ttf")),
/// };
/// </code>
/// </example>
/// <param name="Lines">The lines; long ones are broken between words. Empty for a mark without text.</param>
public sealed record SignatureAppearance(IReadOnlyList<string> Lines)
{
    /// <summary>An image or a code; null for none.</summary>
    public MarkPicture? Picture { get; init; }

    /// <summary>How picture and text share the field.</summary>
    public MarkLayout Layout { get; init; } = MarkLayout.PictureLeft;

    /// <summary>Where the lines begin.</summary>
    public TextAlignment Alignment { get; init; } = TextAlignment.Left;

    /// <summary>The font of the text; null draws it as outlines, named for readers that read aloud but not found by all that search.</summary>
    public MarkFont? Font { get; init; }

    /// <summary>The largest font size in points; the text becomes smaller until it fits.</summary>
    public double MaxFontSize { get; init; } = 10;

    /// <summary>The colour of the text.</summary>
    public MarkColor TextColor { get; init; } = MarkColor.Black;

    /// <summary>The colour that is painted under the mark, such as white to cover a tag; null paints nothing.</summary>
    public MarkColor? Background { get; init; }

    /// <summary>The colour of a thin frame; null for none.</summary>
    public MarkColor? Border { get; init; }
}
