using System.Globalization;

namespace Tera.Pades.Appearances;

/// <summary>Why a mark cannot be drawn or placed. The text of each is in <see cref="MarkException"/>.</summary>
public enum MarkRefusal
{
    /// <summary>The bytes are no PNG or JPEG, or a damaged one, or of a kind that PDF does not show.</summary>
    ImageUnreadable,

    /// <summary>The image has more bytes or pixels than a mark needs.</summary>
    ImageTooLarge,

    /// <summary>The bytes are no TrueType or OpenType font, or a damaged one.</summary>
    FontUnreadable,

    /// <summary>The font's licence bits forbid embedding (OpenType OS/2 fsType).</summary>
    FontForbidsEmbedding,

    /// <summary>The font has no glyph for a letter of the text; PDF/A forbids to show a gap for it.</summary>
    GlyphMissing,

    /// <summary>The text does not fit into the field in any legible size, or is longer than a mark may be.</summary>
    TextDoesNotFit,

    /// <summary>The modules are no code: none is dark, or there are too many.</summary>
    NoCode,

    /// <summary>The document has no such page.</summary>
    NoSuchPage,

    /// <summary>The place lies outside what the page shows.</summary>
    OutsidePage,

    /// <summary>The text that shall show the place is not on the pages, or not that often.</summary>
    TextNotFound,
}

/// <summary>A mark that is not drawn or not placed, with the reason.</summary>
public sealed class MarkException : Exception
{
    /// <summary>Refuses a mark.</summary>
    /// <param name="refusal">The reason.</param>
    /// <param name="detail">What it was about: a size, a page, a letter.</param>
    public MarkException(MarkRefusal refusal, string? detail = null)
        : base(detail is null ? TextOf(refusal) : $"{TextOf(refusal)} ({detail})") => Refusal = refusal;

    /// <summary>The reason.</summary>
    public MarkRefusal Refusal { get; }

    internal static MarkException Of(MarkRefusal refusal, FormattableString detail) =>
        new(refusal, detail.ToString(CultureInfo.InvariantCulture));

    private static string TextOf(MarkRefusal refusal) => refusal switch
    {
        MarkRefusal.ImageUnreadable => "The image of the mark cannot be read as PNG or JPEG.",
        MarkRefusal.ImageTooLarge => "The image of the mark is too large.",
        MarkRefusal.FontUnreadable => "The font of the mark cannot be read as TrueType or OpenType.",
        MarkRefusal.FontForbidsEmbedding => "The font of the mark forbids embedding.",
        MarkRefusal.GlyphMissing => "The font of the mark lacks a letter of its text.",
        MarkRefusal.TextDoesNotFit => "The text of the mark does not fit into its field.",
        MarkRefusal.NoCode => "The modules of the mark's code are no code.",
        MarkRefusal.NoSuchPage => "The document has no such page.",
        MarkRefusal.OutsidePage => "The mark would lie outside the page as it is shown.",
        MarkRefusal.TextNotFound => "The text at which the mark is to be placed is not on the pages.",
        _ => "The mark cannot be made.",
    };
}
