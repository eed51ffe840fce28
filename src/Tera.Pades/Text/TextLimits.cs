namespace Tera.Pades.Text;

/// <summary>How much one page may make the reader of its text do. Where a page passes a limit, its text ends there.</summary>
public sealed record TextLimits
{
    /// <summary>The defaults.</summary>
    public static TextLimits Default { get; } = new();

    /// <summary>Operators executed, those of forms each time they are shown. A drawing of a whole city has some million.</summary>
    public int MaxOperators { get; init; } = 4_000_000;

    /// <summary>Letters. A newspaper page has some twenty thousand.</summary>
    public int MaxLetters { get; init; } = 200_000;

    /// <summary>Forms shown within forms; drawing programs nest a handful.</summary>
    public int MaxFormDepth { get; init; } = 16;

    /// <summary>Decoded bytes of content, forms included each time they are shown.</summary>
    public int MaxContent { get; init; } = 64 * 1024 * 1024;
}
