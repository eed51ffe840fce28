using Tera.Pades.Pdf;

namespace Tera.Pades.Text;

/// <summary>
/// Finds text on the pages of a document: where a tag such as "#" or "${ttd_pengirim}" stands. A text may be shown in pieces, with
/// several fonts, kerned, or inside forms; it stands on one line. Pages are read one at a time, within <see cref="TextLimits"/>.
/// Not for two threads at a time.
/// </summary>
public sealed class TextFinder
{
    private readonly PdfView _view;
    private readonly TextLimits _limits;
    private readonly Dictionary<ObjectId, TextFont> _fonts = [];

    /// <summary>A finder over a document as it stood at a revision.</summary>
    /// <param name="view">The view.</param>
    /// <param name="limits">The limits; null for the defaults.</param>
    public TextFinder(PdfView view, TextLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        (_view, _limits) = (view, limits ?? TextLimits.Default);
    }

    /// <summary>Finds a text on all pages.</summary>
    /// <param name="text">The text; capitals count, white space does not.</param>
    /// <returns>The places, page by page and in reading order, searched for as they are asked for.</returns>
    public IEnumerable<TextMatch> Find(string text) => PdfPages.Enumerate(_view).SelectMany(page => FindOn(page, text));

    /// <summary>Finds a text on one page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="text">The text; capitals count, white space does not.</param>
    /// <returns>The places, in reading order as the page is shown: downwards, then to the right.</returns>
    public IReadOnlyList<TextMatch> FindOn(PdfPage page, string text)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(text);
        var letters = PageText.Read(_view, page, _limits, _fonts);
        var found = LetterSearch.Find(letters, text);
        // Some writers draw a line's pieces in any order.
        if (found.Count == 0)
            found = LetterSearch.Find(ReadingOrder.OfLetters(letters, page.Rotate), text);
        return ReadingOrder.OfMatches(found.ConvertAll(range => new TextMatch(page.Index, range.Box, range.Text)), page.Rotate);
    }

    /// <summary>The words of a page with their boxes, in the order in which they are drawn: what lies between white space or gaps.</summary>
    /// <param name="page">The page.</param>
    /// <returns>The words.</returns>
    public IReadOnlyList<TextMatch> WordsOn(PdfPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return LetterSearch.Words(PageText.Read(_view, page, _limits, _fonts)).ConvertAll(range => new TextMatch(page.Index, range.Box, range.Text));
    }
}
