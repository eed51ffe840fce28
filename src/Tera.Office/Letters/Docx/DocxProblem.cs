namespace Tera.Office.Letters.Docx;

/// <summary>Why a file is refused at the door, in a sentence the drafter can act on.</summary>
public sealed record DocxProblem(LetterRefusalReason Reason, string Message);

/// <summary>The door's answer: a package whose every part was looked at, or the first thing that is wrong.</summary>
public abstract record DocxReading
{
    private DocxReading() { }

    public sealed record Accepted(DocxPackage Package) : DocxReading;

    public sealed record Refused(DocxProblem Problem) : DocxReading;
}

/// <summary>Bounds of a draft. The defaults hold any letter with a few photographs, and keep a hostile file below the memory of one request.</summary>
public sealed record DocxLimits
{
    public static DocxLimits Default { get; } = new();

    public long FileBytes { get; init; } = 20L << 20;

    public int Entries { get; init; } = 1_000;

    public long EntryBytes { get; init; } = 32L << 20;

    public long TotalBytes { get; init; } = 64L << 20;

    /// <summary>WordprocessingML rarely shrinks more than 30 to 1; a bomb shrinks 1,000 to 1.</summary>
    public int Ratio { get; init; } = 200;

    /// <summary>Nested tables and text boxes of real letters stay below 60.</summary>
    public int XmlDepth { get; init; } = 200;

    /// <summary>Nodes of one part: bounds the memory of its tree.</summary>
    public int XmlNodes { get; init; } = 1_500_000;

    /// <summary>Width times height of one picture: 40 megapixels, more than a scan of A4 at 600 dpi.</summary>
    public long Pixels { get; init; } = 40_000_000;
}
