namespace Tera.Pades.Pdf;

/// <summary>How much a hostile file may make the reader do. Each default has its reason.</summary>
public sealed record PdfLimits
{
    /// <summary>The defaults.</summary>
    public static PdfLimits Default { get; } = new();

    /// <summary>ISO 32000-1 Annex C: readers may refuse higher object numbers, so a file that claims a huge /Size is not believed.</summary>
    internal const int MaxObjectNumber = 8_388_607;

    /// <summary>Nesting of arrays and dictionaries. Honest files stay under 30; the parser recurses once a level.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>Indirect objects a file may list. ISO 32000-1 Annex C names 8,388,607.</summary>
    public int MaxObjects { get; init; } = 8_388_607;

    /// <summary>Cross-reference sections in one chain: a document signed a thousand times still passes.</summary>
    public int MaxSections { get; init; } = 4096;

    /// <summary>
    /// Bytes one stream may decode to. Object and cross-reference streams stay far below; images are never decoded. Twice a filter's
    /// input and output and the kept object streams stay within 256 MiB together.
    /// </summary>
    public int MaxDecodedStream { get; init; } = 32 * 1024 * 1024;

    /// <summary>Bytes all streams of a file may decode to together, so that many small bombs are no way round; decoding them takes about a second.</summary>
    public long MaxDecodedTotal { get; init; } = 256L * 1024 * 1024;

    /// <summary>Bytes of one string or name token. The largest honest one is a signature's /Contents.</summary>
    public int MaxToken { get; init; } = 32 * 1024 * 1024;

    /// <summary>
    /// Values (numbers, names, entries...) in one indirect object. A page tree node of a very large file stays below; at some fifty
    /// bytes a value the largest object takes 50 MB.
    /// </summary>
    public int MaxValuesPerObject { get; init; } = 1_000_000;
}
