using System.Numerics;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes.Painting;

/// <summary>Where a page, as it was signed, shows something: its content and the annotations and fields on it.</summary>
internal sealed class PageInk
{
    /// <summary>What fills more of the page than this is its ground.</summary>
    private const double Ground = 0.9;

    private readonly List<(PaintedBox Box, int Owner)> _boxes;

    private PageInk(List<(PaintedBox Box, int Owner)> boxes) => _boxes = boxes;

    /// <summary>Goes through a page and those of its annotations that count.</summary>
    public static PageInk Read(PdfView view, PageNode page, Func<int, bool> counts)
    {
        var painter = new ContentPainter(view);
        var data = new MemoryStream();
        foreach (var item in view.Resolve(page.Dictionary["Contents"]) is PdfArray parts ? parts.AsEnumerable() : [page.Dictionary["Contents"] ?? PdfNull.Instance])
        {
            if (view.Resolve(item) is PdfStream stream && painter.Decode(stream) is { } part)
            {
                data.Write(part);
                data.WriteByte((byte)'\n');
            }
        }
        painter.Paint(data.ToArray(), Inherited(view, page.Dictionary, "Resources") as PdfDictionary, new GraphicsState { Matrix = Matrix3x2.Identity, Clip = PaintedBox.Everywhere }, 0);
        if (painter.IsPartial)
            return new PageInk([(PaintedBox.Everywhere, 0)]);
        var sheet = ContentPainter.BoxOf(view, Inherited(view, page.Dictionary, "MediaBox")) is { } box
            ? PaintedBox.Around(PaintKind.Area, Matrix3x2.Identity, box.From, box.To) : PaintedBox.Everywhere;
        var boxes = painter.Boxes.Where(b => b.Kind is PaintKind.Text or PaintKind.Image || (!b.IsWhite && sheet.PartOver(b) < Ground)).Select(b => (b, 0)).ToList();
        // A mark over another mark hides it or does not; characters over its characters are no alteration of the text.
        boxes.AddRange(page.Annotations.Where(a => a.Subtype is "Widget" or "FreeText" or "Stamp" && view.GetDictionary(a.Dictionary, "AP") is not null)
            .Where(a => counts(a.Number)).SelectMany(a => AnnotationInk.Read(view, a.Dictionary).Boxes.Select(b => (b with { Kind = PaintKind.Area }, a.Number))));
        return new PageInk(boxes);
    }

    /// <summary>Whether something that hides lies over what the page shows, or characters over characters.</summary>
    /// <param name="paint">What is painted.</param>
    /// <param name="owner">Number of the annotation that paints; what it showed before is its own to change.</param>
    public bool IsHiddenBy(IEnumerable<PaintedBox> paint, int owner)
    {
        const double Touch = 0.25;
        return paint.Any(p => p.Kind switch
        {
            PaintKind.Line => false,
            PaintKind.Text => _boxes.Exists(b => b.Box.Kind is PaintKind.Text or PaintKind.Image && (b.Owner == 0 || b.Owner != owner) && p.PartOver(b.Box) > Touch),
            _ => p.HidesBelow && p.Width > AnnotationInk.Thin && p.Height > AnnotationInk.Thin && _boxes.Exists(b => (b.Owner == 0 || b.Owner != owner) && p.LiesOver(b.Box)),
        });
    }

    // 7.7.3.4: inheritable attributes stand at an ancestor.
    private static PdfObject Inherited(PdfView view, PdfDictionary page, string key)
    {
        var node = page;
        for (var depth = 0; depth < 64 && node is not null; depth++)
        {
            if (node[key] is { } value)
                return view.Resolve(value);
            node = view.Resolve(node["Parent"]) as PdfDictionary;
        }
        return PdfNull.Instance;
    }
}
