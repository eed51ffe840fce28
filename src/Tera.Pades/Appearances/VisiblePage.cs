using Tera.Pades.Pdf;

namespace Tera.Pades.Appearances;

/// <summary>A page as a reader shows it: what the crop box leaves (ISO 32000-1 14.11.2), turned by /Rotate.</summary>
internal readonly record struct VisiblePage(int Index, PdfRectangle Box, int Rotate)
{
    /// <summary>A mark may touch the edge; sums of decimal fractions may pass it by less than anybody sees.</summary>
    private const double Tolerance = 0.01;

    public double Width => Rotate is 90 or 270 ? Box.Height : Box.Width;

    public double Height => Rotate is 90 or 270 ? Box.Width : Box.Height;

    public static VisiblePage Of(PdfPage page) => new(page.Index, page.VisibleBox, page.Rotate);

    /// <summary>From the shown page (origin bottom left, y upwards) to the file's own space.</summary>
    public PdfRectangle ToUserSpace(PdfRectangle shown) => Rotate switch
    {
        90 => new(Box.X + Box.Width - shown.Y - shown.Height, Box.Y + shown.X, shown.Height, shown.Width),
        180 => new(Box.X + Box.Width - shown.X - shown.Width, Box.Y + Box.Height - shown.Y - shown.Height, shown.Width, shown.Height),
        270 => new(Box.X + shown.Y, Box.Y + Box.Height - shown.X - shown.Width, shown.Height, shown.Width),
        _ => shown with { X = Box.X + shown.X, Y = Box.Y + shown.Y },
    };

    /// <summary>From the file's own space to the shown page.</summary>
    public PdfRectangle ToShown(PdfRectangle own) => Rotate switch
    {
        90 => new(own.Y - Box.Y, Box.X + Box.Width - own.X - own.Width, own.Height, own.Width),
        180 => new(Box.X + Box.Width - own.X - own.Width, Box.Y + Box.Height - own.Y - own.Height, own.Width, own.Height),
        270 => new(Box.Y + Box.Height - own.Y - own.Height, own.X - Box.X, own.Height, own.Width),
        _ => own with { X = own.X - Box.X, Y = own.Y - Box.Y },
    };

    /// <summary>Whether the middle of a rectangle in the file's own space is shown.</summary>
    public bool Shows(PdfRectangle own)
    {
        var shown = ToShown(own);
        return shown.X + (shown.Width / 2) is var x && x >= 0 && x <= Width && shown.Y + (shown.Height / 2) is var y && y >= 0 && y <= Height;
    }

    /// <summary>The place of a rectangle on the shown page.</summary>
    /// <exception cref="MarkException">It lies outside, wholly or in part.</exception>
    public MarkPlace PlaceOf(PdfRectangle shown)
    {
        if (shown.IsEmpty || shown.X < -Tolerance || shown.Y < -Tolerance || shown.X + shown.Width > Width + Tolerance || shown.Y + shown.Height > Height + Tolerance)
        {
            throw MarkException.Of(MarkRefusal.OutsidePage,
                $"page {Index + 1} shows {Width:0.##} x {Height:0.##} points; the mark would span {shown.X:0.##} to {shown.X + shown.Width:0.##} and {shown.Y:0.##} to {shown.Y + shown.Height:0.##} from its bottom left");
        }
        return new MarkPlace(Index, ToUserSpace(shown));
    }
}
