namespace Tera.Pades.Pdf;

/// <summary>A rectangle in points of the page's default space, whose origin is at the bottom left (ISO 32000-1 8.3.2.3).</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Bottom edge.</param>
/// <param name="Width">Width, 0 or more.</param>
/// <param name="Height">Height, 0 or more.</param>
public readonly record struct PdfRectangle(double X, double Y, double Width, double Height)
{
    /// <summary>Whether it has no area: a signature field with such a rectangle is invisible (12.7.4.5).</summary>
    public bool IsEmpty => Width <= 0 || Height <= 0;

    /// <summary>Reads the four numbers of 7.9.5, whichever corners they name.</summary>
    /// <param name="view">The view in which the numbers' references are followed.</param>
    /// <param name="value">The array.</param>
    /// <returns>The rectangle, or null where it is none.</returns>
    public static PdfRectangle? Read(PdfView view, PdfObject? value)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (view.Resolve(value) is not PdfArray { Count: 4 } array)
            return null;
        Span<double> n = stackalloc double[4];
        for (var i = 0; i < 4; i++)
        {
            switch (view.Resolve(array[i]))
            {
                case PdfInteger integer:
                    n[i] = integer.Value;
                    break;
                case PdfReal real:
                    n[i] = real.Value;
                    break;
                default:
                    return null;
            }
        }
        return new PdfRectangle(Math.Min(n[0], n[2]), Math.Min(n[1], n[3]), Math.Abs(n[2] - n[0]), Math.Abs(n[3] - n[1]));
    }

    /// <summary>The array of 7.9.5.</summary>
    /// <returns>Lower left and upper right corner.</returns>
    public PdfArray ToArray() => new([new PdfReal(X), new PdfReal(Y), new PdfReal(X + Width), new PdfReal(Y + Height)]);
}

/// <summary>A page.</summary>
/// <param name="Index">0 for the first.</param>
/// <param name="Id">The page object.</param>
/// <param name="Dictionary">Its dictionary.</param>
/// <param name="MediaBox">Its media box, inherited where it has none of its own; A4 where nothing is stated.</param>
/// <param name="Rotate">Clockwise rotation when shown: 0, 90, 180 or 270.</param>
public sealed record PdfPage(int Index, ObjectId Id, PdfDictionary Dictionary, PdfRectangle MediaBox, int Rotate)
{
    /// <summary>What readers show of it: its crop box (14.11.2), as far as it lies in the media box.</summary>
    public PdfRectangle VisibleBox { get; init; } = MediaBox;

    /// <summary>Its resources (7.8.3), inherited where it has none of its own; null where there are none.</summary>
    public PdfDictionary? Resources { get; init; }
}

/// <summary>The page tree (ISO 32000-1 7.7.3).</summary>
public static class PdfPages
{
    private static readonly PdfRectangle A4 = new(0, 0, 595, 842);

    /// <summary>The pages in order; stops quietly where the tree is damaged, and goes round no circle.</summary>
    /// <param name="view">The view.</param>
    /// <returns>The pages, read as they are asked for.</returns>
    public static IEnumerable<PdfPage> Enumerate(PdfView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var index = 0;
        var seen = new HashSet<ObjectId>();
        var stack = new Stack<(PdfObject? Node, PdfRectangle? Box, PdfRectangle? Crop, PdfObject? Resources, int Rotate, int Depth)>();
        stack.Push((view.Catalog?["Pages"], null, null, null, 0, 0));
        while (stack.TryPop(out var top))
        {
            if (top.Node is not PdfReference reference || !seen.Add(reference.Id) || top.Depth > view.File.Limits.MaxDepth ||
                view.Get(reference.Id) is not PdfDictionary node)
                continue;
            var box = PdfRectangle.Read(view, node["MediaBox"]) ?? top.Box;
            var crop = PdfRectangle.Read(view, node["CropBox"]) ?? top.Crop;
            var resources = node["Resources"] ?? top.Resources;
            var rotate = view.GetInteger(node, "Rotate") is { } turn ? (int)(((turn % 360) + 360) % 360 / 90 * 90) : top.Rotate;
            if (view.GetArray(node, "Kids") is { } kids && view.GetName(node, "Type") != "Page")
            {
                for (var i = kids.Count - 1; i >= 0; i--)
                    stack.Push((kids[i], box, crop, resources, rotate, top.Depth + 1));
            }
            else
            {
                yield return new PdfPage(index++, reference.Id, node, box ?? A4, rotate)
                {
                    VisibleBox = VisibleOf(box ?? A4, crop),
                    Resources = view.Resolve(resources) as PdfDictionary,
                };
            }
        }
    }

    /// <summary>One page.</summary>
    /// <param name="view">The view.</param>
    /// <param name="index">0 for the first; -1 for the last.</param>
    /// <returns>The page, or null where there is none.</returns>
    public static PdfPage? Find(PdfView view, int index) =>
        index == -1 ? Enumerate(view).LastOrDefault() : index < 0 ? null : Enumerate(view).ElementAtOrDefault(index);

    // A crop box that leaves nothing is no crop box: readers show the page.
    private static PdfRectangle VisibleOf(PdfRectangle media, PdfRectangle? crop)
    {
        if (crop is not { } box)
            return media;
        var (left, bottom) = (Math.Max(media.X, box.X), Math.Max(media.Y, box.Y));
        var common = new PdfRectangle(left, bottom, Math.Min(media.X + media.Width, box.X + box.Width) - left, Math.Min(media.Y + media.Height, box.Y + box.Height) - bottom);
        return common.IsEmpty ? media : common;
    }
}
