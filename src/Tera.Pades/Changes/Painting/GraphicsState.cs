using System.Numerics;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes.Painting;

/// <summary>As much of the graphics state (ISO 32000-2 8.4, 9.3) as says where something is painted and whether it hides.</summary>
internal readonly record struct GraphicsState()
{
    public required Matrix3x2 Matrix { get; init; }

    public required PaintedBox Clip { get; init; }

    public float LineWidth { get; init; } = 1;

    public bool FillIsWhite { get; init; }

    public bool StrokeIsWhite { get; init; }

    /// <summary>Whether what is filled lets what lies below be seen: a highlighter multiplies, or is half transparent.</summary>
    public bool FillIsSeeThrough { get; init; }

    public bool StrokeIsSeeThrough { get; init; }

    public ShownFont Font { get; init; } = ShownFont.Unknown;

    public float FontSize { get; init; }

    public float CharacterSpace { get; init; }

    public float WordSpace { get; init; }

    public float HorizontalScale { get; init; } = 1;

    public float Leading { get; init; }

    public float Rise { get; init; }

    public long RenderingMode { get; init; }

    /// <summary>The state with the entries of an /ExtGState that count here (table 57).</summary>
    public GraphicsState With(PdfView view, PdfDictionary parameters)
    {
        const double HalfTransparent = 0.6;
        var state = this;
        if (view.Resolve(parameters["LW"]) is var width && Number(width) is { } lineWidth)
            state = state with { LineWidth = lineWidth };
        bool? blends = parameters["BM"] is null ? null : view.GetName(parameters, "BM") is "Multiply" or "Darken";
        bool? fill = Number(view.Resolve(parameters["ca"])) is { } ca ? ca < HalfTransparent : null;
        bool? stroke = Number(view.Resolve(parameters["CA"])) is { } alpha ? alpha < HalfTransparent : null;
        return state with
        {
            FillIsSeeThrough = blends == true || (fill ?? (blends is null && FillIsSeeThrough)),
            StrokeIsSeeThrough = blends == true || (stroke ?? (blends is null && StrokeIsSeeThrough)),
        };
    }

    public static float? Number(PdfObject? value) => value switch
    {
        PdfInteger integer => integer.Value,
        PdfReal real => (float)real.Value,
        _ => null,
    };
}
