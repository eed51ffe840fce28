namespace Tera.Pades.Pdf;

/// <summary>A link on a page to an address outside (ISO 32000-1 12.5.6.5, 12.6.4.7).</summary>
/// <param name="PageIndex">0 for the first page.</param>
/// <param name="Rectangle">Where it lies on the page.</param>
/// <param name="Uri">The address as written.</param>
public sealed record LinkAnnotation(int PageIndex, PdfRectangle Rectangle, string Uri);

/// <summary>Finds places that a word processor marked with a hyperlink, such as the picture that a signature shall lie over.</summary>
public static class LinkAnnotations
{
    /// <summary>The links to one address.</summary>
    /// <param name="view">The view.</param>
    /// <param name="uri">The address, exactly as written in the document.</param>
    /// <returns>The links in page order.</returns>
    public static IReadOnlyList<LinkAnnotation> Find(PdfView view, string uri) =>
        Enumerate(view).Where(l => string.Equals(l.Uri, uri, StringComparison.Ordinal)).ToList();

    /// <summary>All links to addresses outside.</summary>
    /// <param name="view">The view.</param>
    /// <returns>The links in page order, read as they are asked for.</returns>
    public static IEnumerable<LinkAnnotation> Enumerate(PdfView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        foreach (var page in PdfPages.Enumerate(view))
        {
            foreach (var item in view.GetArray(page.Dictionary, "Annots") ?? PdfArray.Of())
            {
                if (view.Resolve(item) is PdfDictionary annotation && view.GetName(annotation, "Subtype") == "Link" &&
                    view.GetDictionary(annotation, "A") is { } action && view.Get(action, "URI") is PdfString uri &&
                    PdfRectangle.Read(view, annotation["Rect"]) is { } rectangle)
                    yield return new LinkAnnotation(page.Index, rectangle, PdfText.Decode(uri));
            }
        }
    }
}
