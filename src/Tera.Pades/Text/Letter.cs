namespace Tera.Pades.Text;

/// <summary>
/// A glyph on a page: what it says, where its baseline begins and ends, and the vector of one font size upwards from it.
/// </summary>
internal readonly record struct Letter(string Text, double X, double Y, double EndX, double EndY, double UpX, double UpY, float Ascent, float Descent)
{
    /// <summary>The font size on the page.</summary>
    public double Size => Math.Sqrt((UpX * UpX) + (UpY * UpY));

    /// <summary>Whether it can be placed at all: a hostile matrix makes anything of a number.</summary>
    public bool IsFinite => double.IsFinite(X + Y + EndX + EndY + UpX + UpY);

    public bool IsBlank => string.IsNullOrWhiteSpace(Text);
}
