namespace Tera.Pades.Pdf;

/// <summary>
/// What reading a file may cost in all, counted in bytes looked at: an honest file's bytes are parsed once or twice, and a hostile one
/// is laid out so that the same bytes are parsed for every reference to them, or searched to the end for every object without an end.
/// When the budget is spent the file is refused as a whole: half of a reading could hide what the other half would have shown.
/// </summary>
internal sealed class WorkBudget(long length)
{
    /// <summary>What following a reference to a node (a page, field, annotation or entry of a store) and looking at it counts.</summary>
    public const int Node = 96;

    /// <summary>What looking an object up counts, also one that was read before.</summary>
    public const int Lookup = 24;

    /// <summary>What comparing or passing a single value counts.</summary>
    public const int Value = 8;

    private long _left = (128L * 1024 * 1024) + (6 * length);

    /// <summary>Counts work.</summary>
    /// <exception cref="PdfException">The budget is spent.</exception>
    public void Spend(long bytes)
    {
        _left -= bytes;
        if (_left < 0)
            throw new PdfException(PdfRefusal.TooLarge);
    }
}
