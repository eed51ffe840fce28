using Tera.Pades.Pdf;
using Tera.Pades.Text;

namespace Tera.Pades.Appearances;

/// <summary>Where the marks of a signature go, before the document is known.</summary>
public abstract record MarkPlacement
{
    private protected MarkPlacement()
    {
    }

    /// <summary>Finds the places in a document.</summary>
    /// <param name="view">The document.</param>
    /// <returns>The places, at least one; the first is the signature field's.</returns>
    /// <exception cref="MarkException">A page is not there, the mark would lie outside it, or the text is not found.</exception>
    public abstract IReadOnlyList<MarkPlace> Resolve(PdfView view);
}

/// <summary>The same rectangle on some pages.</summary>
/// <param name="Pages">The pages.</param>
/// <param name="Rectangle">The rectangle in points, from the origin; its place is the corner that is nearest to the origin.</param>
/// <param name="Origin">Where it counts from.</param>
public sealed record MarkAtRectangle(PageSelection Pages, PdfRectangle Rectangle, PageOrigin Origin = PageOrigin.BottomLeft) : MarkPlacement
{
    /// <inheritdoc/>
    public override IReadOnlyList<MarkPlace> Resolve(PdfView view)
    {
        var pages = PdfPages.Enumerate(view).Select(VisiblePage.Of).ToList();
        return [.. Pages.IndicesOf(pages.Count).Select(i => pages[i].PlaceOf(ShownOn(pages[i])))];
    }

    private PdfRectangle ShownOn(VisiblePage page) => Origin switch
    {
        PageOrigin.TopLeft => Rectangle with { Y = page.Height - Rectangle.Y - Rectangle.Height },
        PageOrigin.UserSpace => page.ToShown(Rectangle),
        _ => Rectangle,
    };
}

/// <summary>Which point of a mark is laid on the same point of the text that shows its place.</summary>
public enum MarkAnchor
{
    /// <summary>The top left corners: the mark covers the text and goes on to the right and downwards.</summary>
    TopLeft,

    /// <summary>The bottom left corners.</summary>
    BottomLeft,

    /// <summary>The middles.</summary>
    Center,
}

/// <summary>
/// At a text on the pages, such as "#", "${ttd_pengirim}" or "[qr_bsre]". The text stays where it is, as signing adds to a file
/// and takes nothing away; a mark with a <see cref="SignatureAppearance.Background"/> covers it. A mark that would pass the page's
/// edge is moved as far as needed.
/// </summary>
/// <param name="Tag">The text; white space in it does not count.</param>
public sealed record MarkAtText(string Tag) : MarkPlacement
{
    /// <summary>Which occurrence, in reading order over the chosen pages: 1 for the first, -1 for the last; null for all.</summary>
    public int? Occurrence { get; init; } = 1;

    /// <summary>The pages to look at.</summary>
    public PageSelection Pages { get; init; } = PageSelection.All;

    /// <summary>Width and height in points as shown; null takes the text's own box. The mark is never smaller than the text, so that it can cover it.</summary>
    public (double Width, double Height)? Size { get; init; }

    /// <summary>Which points are laid on each other.</summary>
    public MarkAnchor Anchor { get; init; } = MarkAnchor.TopLeft;

    /// <summary>How far the mark is moved from there, in points: to the right and upwards.</summary>
    public (double X, double Y) Offset { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<MarkPlace> Resolve(PdfView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var pages = PdfPages.Enumerate(view).ToList();
        var indices = Pages.IndicesOf(pages.Count);
        var finder = new TextFinder(view);
        var found = new List<TextMatch>();
        // A first occurrence needs no look at the pages behind it.
        foreach (var index in indices.Order())
        {
            // What the crop box cuts away nobody sees.
            found.AddRange(finder.FindOn(pages[index], Tag).Where(match => VisiblePage.Of(pages[index]).Shows(match.Box)));
            if (Occurrence is > 0 and var enough && found.Count >= enough)
                break;
        }
        if (found.Count == 0 || Occurrence is { } n && (n == 0 || Math.Abs(n) > found.Count))
            throw MarkException.Of(MarkRefusal.TextNotFound, $"\"{Tag}\" is found {found.Count} times on {indices.Count} pages");
        var chosen = Occurrence is not { } wanted ? found : [wanted > 0 ? found[wanted - 1] : found[found.Count + wanted]];
        return [.. chosen.Select(match => PlaceAt(VisiblePage.Of(pages[match.PageIndex]), match))];
    }

    private MarkPlace PlaceAt(VisiblePage page, TextMatch match)
    {
        var tag = page.ToShown(match.Box);
        var (width, height) = (Math.Max(Size?.Width ?? 0, tag.Width), Math.Max(Size?.Height ?? 0, tag.Height));
        var (x, y) = Anchor switch
        {
            MarkAnchor.Center => (tag.X + ((tag.Width - width) / 2), tag.Y + ((tag.Height - height) / 2)),
            MarkAnchor.BottomLeft => (tag.X, tag.Y),
            _ => (tag.X, tag.Y + tag.Height - height),
        };
        x = Math.Max(0, Math.Min(x + Offset.X, page.Width - width));
        y = Math.Max(0, Math.Min(y + Offset.Y, page.Height - height));
        return page.PlaceOf(new PdfRectangle(x, y, width, height));
    }
}
