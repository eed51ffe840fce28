namespace Tera.Sop.Forms;

/// <summary>A point; x to the right, y downwards, in points of 1/72 inch.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Downwards.</param>
public readonly record struct FormPoint(double X, double Y);

/// <summary>Where a text begins relative to its point.</summary>
public enum FormAnchor
{
    /// <summary>It begins there.</summary>
    Start,

    /// <summary>Its middle is there.</summary>
    Middle,
}

/// <summary>A primitive of the official form. Whoever writes it to a file needs to know nothing of procedures.</summary>
public abstract record FormShape
{
    private FormShape()
    {
    }

    /// <summary>A straight line.</summary>
    /// <param name="From">From.</param>
    /// <param name="To">To.</param>
    /// <param name="Width">Width of the stroke.</param>
    public sealed record Line(FormPoint From, FormPoint To, double Width) : FormShape;

    /// <summary>A rectangle.</summary>
    /// <param name="Corner">Upper left corner.</param>
    /// <param name="Width">Width.</param>
    /// <param name="Height">Height.</param>
    /// <param name="Radius">Radius of the corners; half the height makes the capsule.</param>
    /// <param name="Fill">Colour as #rrggbb, or null.</param>
    /// <param name="Dashed">Dashed outline.</param>
    public sealed record Rect(FormPoint Corner, double Width, double Height, double Radius = 0, string? Fill = null, bool Dashed = false) : FormShape;

    /// <summary>A path of straight pieces.</summary>
    /// <param name="Points">The corners.</param>
    /// <param name="Closed">Closed (diamond, pentagon, arrow head) or open (arrow).</param>
    /// <param name="Fill">Colour as #rrggbb, or null.</param>
    /// <param name="Dashed">Dashed outline.</param>
    public sealed record Path(IReadOnlyList<FormPoint> Points, bool Closed, string? Fill = null, bool Dashed = false) : FormShape;

    /// <summary>One line of text.</summary>
    /// <param name="At">On the base line.</param>
    /// <param name="Content">The text.</param>
    /// <param name="Size">Size of the font.</param>
    /// <param name="Bold">Bold.</param>
    /// <param name="Anchor">Where it begins.</param>
    public sealed record Text(FormPoint At, string Content, double Size, bool Bold = false, FormAnchor Anchor = FormAnchor.Start) : FormShape;
}

/// <summary>A page of the form.</summary>
/// <param name="Width">Width in points.</param>
/// <param name="Height">Height in points.</param>
/// <param name="Summary">What it shows, for who cannot see it.</param>
/// <param name="Shapes">In the order of drawing.</param>
public sealed record FormPage(double Width, double Height, string Summary, IReadOnlyList<FormShape> Shapes);
