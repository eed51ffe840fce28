using System.Numerics;
using System.Text;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes.Painting;

/// <summary>
/// Goes through content streams (ISO 32000-2 7.8.2) and notes where they paint, without painting: enough to tell whether something
/// that came later lies over what was signed. What cannot be gone through counts as painting everywhere.
/// </summary>
internal sealed class ContentPainter(PdfView view)
{
    private const int MaxOperators = 200_000;

    private const int MaxDepth = 12;

    private const int MaxData = 8 * 1024 * 1024;

    /// <summary>Strokes wider than this are areas: they hide a line of text.</summary>
    private const float ThickLine = 5;

    private const int MaxText = 64 * 1024;

    private readonly List<PaintedBox> _boxes = [];
    private readonly StringBuilder _text = new();
    private bool _isUnreadable;
    private readonly Dictionary<PdfObject, ShownFont> _fonts = new(ReferenceEqualityComparer.Instance);
    private int _operators;

    public IReadOnlyList<PaintedBox> Boxes => _boxes;

    /// <summary>The characters shown; null where some cannot be told.</summary>
    public string? Text => _isUnreadable ? null : _text.ToString();

    /// <summary>Whether something could not be gone through.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Paints a stream whose space the matrix maps to the page.</summary>
    public void Paint(PdfStream stream, PdfDictionary? resources, Matrix3x2 matrix, PaintedBox clip)
    {
        if (Decode(stream) is { } data)
            Paint(data, resources, new GraphicsState { Matrix = matrix, Clip = clip }, 0);
    }

    /// <summary>The data of a stream; null, and <see cref="IsPartial"/>, where it does not decode.</summary>
    public byte[]? Decode(PdfStream stream)
    {
        if (view.File.TryDecode(stream, view.RevisionIndex, out var data) == PdfRefusal.None && data.Length <= MaxData)
            return data;
        IsPartial = true;
        return null;
    }

    /// <summary>Paints decoded content.</summary>
    public void Paint(byte[] data, PdfDictionary? resources, GraphicsState state, int depth)
    {
        if (depth > MaxDepth)
        {
            IsPartial = true;
            return;
        }
        new ContentRun(this, view, resources, state, depth).Read(data);
    }

    public bool Count()
    {
        if (++_operators <= MaxOperators)
            return true;
        IsPartial = true;
        return false;
    }

    public void Note(PaintedBox box, PaintedBox clip)
    {
        box = box.Within(clip);
        if (!box.IsEmpty)
            _boxes.Add(box);
    }

    /// <summary>Notes a character that is shown; null for one that cannot be told.</summary>
    public void NoteText(string? text)
    {
        _isUnreadable |= text is null || _text.Length > MaxText;
        if (!_isUnreadable)
            _text.Append(text);
    }

    public void NoteStroke(PaintedBox path, GraphicsState state)
    {
        var scale = MathF.Sqrt(MathF.Abs(state.Matrix.GetDeterminant()));
        var half = state.LineWidth * scale / 2;
        var isThick = state.LineWidth * scale > ThickLine;
        Note(path with
        {
            Kind = isThick ? PaintKind.Area : PaintKind.Line,
            HidesBelow = !state.StrokeIsSeeThrough,
            IsWhite = state.StrokeIsWhite,
            Left = path.Left - half,
            Bottom = path.Bottom - half,
            Right = path.Right + half,
            Top = path.Top + half,
        }, state.Clip);
    }

    public ShownFont FontOf(PdfDictionary? resources, string name)
    {
        if (view.Resolve(view.GetDictionary(resources, "Font")?[name]) is not PdfDictionary font)
            return ShownFont.Unknown;
        if (!_fonts.TryGetValue(font, out var shown))
            _fonts[font] = shown = ShownFont.Read(view, font);
        return shown;
    }

    /// <summary>An external object (8.8): an image fills the unit square, a form is gone through.</summary>
    public void PaintObject(PdfDictionary? resources, string name, GraphicsState state, int depth)
    {
        if (view.Resolve(view.GetDictionary(resources, "XObject")?[name]) is not PdfStream stream)
            return;
        if (!stream.Dictionary.Is("Subtype", "Form"))
        {
            Note(PaintedBox.Around(PaintKind.Image, state.Matrix, Vector2.Zero, Vector2.One) with { HidesBelow = !state.FillIsSeeThrough }, state.Clip);
            return;
        }
        var matrix = MatrixOf(view, stream.Dictionary) * state.Matrix;
        var clip = BoxOf(view, stream.Dictionary["BBox"]) is { } box ? PaintedBox.Around(PaintKind.Area, matrix, box.From, box.To).Within(state.Clip) : state.Clip;
        if (Decode(stream) is { } data)
            Paint(data, view.GetDictionary(stream.Dictionary, "Resources") ?? resources, state with { Matrix = matrix, Clip = clip }, depth + 1);
    }

    public static Matrix3x2 MatrixOf(PdfView view, PdfDictionary form)
    {
        if (view.GetArray(form, "Matrix") is not { Count: 6 } array)
            return Matrix3x2.Identity;
        var n = array.Select(v => GraphicsState.Number(view.Resolve(v)) ?? 0).ToArray();
        return new Matrix3x2(n[0], n[1], n[2], n[3], n[4], n[5]);
    }

    public static (Vector2 From, Vector2 To)? BoxOf(PdfView view, PdfObject? value) => PdfRectangle.Read(view, value) is { } r
        ? (new Vector2((float)r.X, (float)r.Y), new Vector2((float)(r.X + r.Width), (float)(r.Y + r.Height)))
        : null;
}
