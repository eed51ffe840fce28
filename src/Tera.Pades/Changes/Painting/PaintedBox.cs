using System.Numerics;

namespace Tera.Pades.Changes.Painting;

/// <summary>What is painted.</summary>
internal enum PaintKind
{
    /// <summary>Characters.</summary>
    Text,

    /// <summary>A line thin enough for what lies below to stay legible.</summary>
    Line,

    /// <summary>An area.</summary>
    Area,

    /// <summary>An image.</summary>
    Image,
}

/// <summary>The bounding box of something painted, in points of the page.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="HidesBelow">Whether it hides what lies below: neither transparent nor multiplied with it.</param>
/// <param name="IsWhite">Whether it is white, as paper is.</param>
/// <param name="Left">Left edge.</param>
/// <param name="Bottom">Lower edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Top">Upper edge.</param>
internal readonly record struct PaintedBox(PaintKind Kind, bool HidesBelow, bool IsWhite, float Left, float Bottom, float Right, float Top)
{
    public static PaintedBox Everywhere { get; } = new(PaintKind.Area, HidesBelow: true, IsWhite: false, float.MinValue, float.MinValue, float.MaxValue, float.MaxValue);

    public float Width => Right - Left;

    public float Height => Top - Bottom;

    public PaintedBox Within(PaintedBox clip) => this with
    {
        Left = Math.Max(Left, clip.Left),
        Bottom = Math.Max(Bottom, clip.Bottom),
        Right = Math.Min(Right, clip.Right),
        Top = Math.Min(Top, clip.Top),
    };

    public bool IsEmpty => !(Left <= Right && Bottom <= Top);

    /// <summary>Whether two boxes lie over each other by more than their edges.</summary>
    public bool LiesOver(PaintedBox other)
    {
        // Boxes are estimates; a point of common edge is none.
        const float Edge = 1;
        return Math.Min(Right, other.Right) - Math.Max(Left, other.Left) > Edge && Math.Min(Top, other.Top) - Math.Max(Bottom, other.Bottom) > Edge;
    }

    /// <summary>The part of this box that lies over another: 0 to 1.</summary>
    public double PartOver(PaintedBox other)
    {
        var width = Math.Min(Right, other.Right) - Math.Max(Left, other.Left);
        var height = Math.Min(Top, other.Top) - Math.Max(Bottom, other.Bottom);
        return width <= 0 || height <= 0 ? 0 : (double)width * height / ((double)Width * Height);
    }

    /// <summary>The box around a rectangle that a matrix moves.</summary>
    public static PaintedBox Around(PaintKind kind, Matrix3x2 matrix, Vector2 from, Vector2 to)
    {
        Span<Vector2> corners = [Vector2.Transform(from, matrix), Vector2.Transform(to, matrix), Vector2.Transform(new(from.X, to.Y), matrix), Vector2.Transform(new(to.X, from.Y), matrix)];
        var (low, high) = (corners[0], corners[0]);
        foreach (var corner in corners)
            (low, high) = (Vector2.Min(low, corner), Vector2.Max(high, corner));
        return new PaintedBox(kind, HidesBelow: true, IsWhite: false, low.X, low.Y, high.X, high.Y);
    }
}
