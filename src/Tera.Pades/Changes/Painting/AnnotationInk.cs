using System.Numerics;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes.Painting;

/// <summary>What an annotation or a widget paints on its page (ISO 32000-2 12.5.5): by its appearance streams, or, where it has none, by what readers draw for it.</summary>
internal sealed class AnnotationInk
{
    /// <summary>What is no wider or higher than this is a line.</summary>
    public const float Thin = 2.5f;

    private AnnotationInk(IReadOnlyList<PaintedBox> boxes, bool isMalformed)
    {
        Boxes = boxes;
        IsMalformed = isMalformed;
    }

    public IReadOnlyList<PaintedBox> Boxes { get; }

    /// <summary>Whether it has no place that all readers would agree on.</summary>
    public bool IsMalformed { get; }

    /// <summary>Whether it paints an area or a picture that hides what lies below, or would.</summary>
    public bool Hides => Boxes.Any(b => b.Kind is PaintKind.Area or PaintKind.Image && b.HidesBelow && b.Width > Thin && b.Height > Thin);

    public static AnnotationInk Read(PdfView view, PdfDictionary annotation)
    {
        if (annotation.HasDuplicateKeys || ContentPainter.BoxOf(view, annotation["Rect"]) is not { } rect)
            return new AnnotationInk([PaintedBox.Everywhere], isMalformed: view.Resolve(annotation["Rect"]) is not PdfNull || annotation.HasDuplicateKeys);
        var painter = new ContentPainter(view);
        var looks = view.GetDictionary(annotation, "AP");
        var pictures = looks is null ? [] : Pictures(view, looks).Take(64).ToList();
        foreach (var picture in pictures)
            Paint(painter, view, picture, rect);
        var place = PaintedBox.Around(PaintKind.Area, Matrix3x2.Identity, rect.From, rect.To);
        if (painter.IsPartial)
            return new AnnotationInk([place], isMalformed: false);
        return new AnnotationInk(pictures.Count > 0 ? painter.Boxes : [.. DrawnByReader(view, annotation, place)], isMalformed: false);
    }

    // Normal, rollover and down; each a stream, or one for each state.
    private static IEnumerable<PdfStream> Pictures(PdfView view, PdfDictionary looks)
    {
        foreach (var (_, look) in looks)
        {
            switch (view.Resolve(look))
            {
                case PdfStream picture:
                    yield return picture;
                    break;
                case PdfDictionary states:
                    foreach (var state in states.Select(s => view.Resolve(s.Value)).OfType<PdfStream>())
                        yield return state;
                    break;
            }
        }
    }

    // 12.5.5, algorithm 8: the picture's box, moved by its matrix, is fitted into the rectangle.
    private static void Paint(ContentPainter painter, PdfView view, PdfStream picture, (Vector2 From, Vector2 To) rect)
    {
        var matrix = ContentPainter.MatrixOf(view, picture.Dictionary);
        var place = PaintedBox.Around(PaintKind.Area, Matrix3x2.Identity, rect.From, rect.To);
        if (ContentPainter.BoxOf(view, picture.Dictionary["BBox"]) is { } box)
        {
            var moved = PaintedBox.Around(PaintKind.Area, matrix, box.From, box.To);
            if (moved.Width <= 0 || moved.Height <= 0)
                return;
            var scale = new Vector2(place.Width / moved.Width, place.Height / moved.Height);
            matrix *= Matrix3x2.CreateTranslation(-moved.Left, -moved.Bottom) * Matrix3x2.CreateScale(scale) * Matrix3x2.CreateTranslation(place.Left, place.Bottom);
        }
        painter.Paint(picture, view.GetDictionary(picture.Dictionary, "Resources"), matrix, place);
    }

    private static IEnumerable<PaintedBox> DrawnByReader(PdfView view, PdfDictionary annotation, PaintedBox place)
    {
        const float ThickLine = 5;
        var subtype = view.GetName(annotation, "Subtype");
        var colour = view.GetArray(annotation, subtype is "FreeText" ? "C" : "IC");
        if (colour is { Count: > 0 } || (subtype == "Widget" && view.GetDictionary(annotation, "MK") is { } look && (look["BG"] ?? look["I"] ?? look["CA"]) is not null))
            yield return place;
        if (view.GetArray(annotation, "C") is { Count: > 0 } && (GraphicsState.Number(view.Get(view.GetDictionary(annotation, "BS"), "W")) ?? BorderWidth(view, annotation)) > ThickLine)
            yield return place;
        if (subtype is "FreeText" or "Redact")
            yield return place with { Kind = PaintKind.Text };
    }

    private static float BorderWidth(PdfView view, PdfDictionary annotation) =>
        view.GetArray(annotation, "Border") is { Count: >= 3 } border ? GraphicsState.Number(view.Resolve(border[2])) ?? 1 : 1;
}
