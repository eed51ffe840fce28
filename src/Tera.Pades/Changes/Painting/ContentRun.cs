using System.Numerics;
using Tera.Pades.Pdf;
using Tera.Pades.Text;

namespace Tera.Pades.Changes.Painting;

/// <summary>One content stream being gone through: its operands, its path, its stack of graphics states.</summary>
internal sealed class ContentRun(ContentPainter painter, PdfView view, PdfDictionary? resources, GraphicsState initial, int depth)
{
    private const int MaxOperands = 64;

    private const int MaxStates = 256;

    private readonly List<PdfObject> _operands = [];
    private readonly Stack<GraphicsState> _states = [];
    private readonly TextRun _text = new(painter);
    private GraphicsState _state = initial;
    private Vector2 _point;
    private PaintedBox? _path;
    private bool _clips;

    public void Read(byte[] data)
    {
        view.File.Work.Spend(data.Length);
        var lexer = new ContentLexer(data);
        while (lexer.Next() != TokenKind.End)
        {
            if (lexer.Kind == TokenKind.Operator)
            {
                if (!painter.Count())
                    return;
                if (lexer.Word == "BI")
                    SkipImage(lexer);
                else
                    Do(lexer.Word);
                _operands.Clear();
            }
            else if (_operands.Count < MaxOperands && Operand(lexer) is { } operand)
            {
                _operands.Add(operand);
            }
        }
    }

    private static PdfObject? Operand(ContentLexer lexer)
    {
        switch (lexer.Kind)
        {
            case TokenKind.Number:
                return new PdfReal(lexer.Number);
            case TokenKind.String:
                return new PdfString(lexer.Bytes);
            case TokenKind.Name:
                return new PdfName(lexer.Word);
            case TokenKind.ArrayStart:
                var items = new List<PdfObject>();
                while (lexer.Next() is not (TokenKind.ArrayEnd or TokenKind.End))
                {
                    if (lexer.Kind is TokenKind.Number or TokenKind.String)
                        items.Add(Operand(lexer)!);
                }
                return new PdfArray(items);
            default:
                // The dictionaries of marked content say nothing about where it lies.
                return null;
        }
    }

    private void SkipImage(ContentLexer lexer)
    {
        painter.Note(PaintedBox.Around(PaintKind.Image, _state.Matrix, Vector2.Zero, Vector2.One) with { HidesBelow = !_state.FillIsSeeThrough }, _state.Clip);
        while (lexer.Next() != TokenKind.End)
        {
            if (lexer.Kind == TokenKind.Operator && lexer.Word == "ID")
            {
                lexer.SkipInlineImage();
                return;
            }
        }
    }

    private float Number(int index) => index < _operands.Count ? GraphicsState.Number(_operands[index]) ?? 0 : 0;

    private string Name(int index) => index < _operands.Count && _operands[index] is PdfName name ? name.Value : "";

    private Matrix3x2 Matrix() => new(Number(0), Number(1), Number(2), Number(3), Number(4), Number(5));

    private void Do(string name)
    {
        switch (name)
        {
            case "q" when _states.Count < MaxStates:
                _states.Push(_state);
                break;
            case "Q" when _states.TryPop(out var saved):
                _state = saved;
                break;
            case "cm":
                _state = _state with { Matrix = Matrix() * _state.Matrix };
                break;
            case "w":
                _state = _state with { LineWidth = Number(0) };
                break;
            case "gs" when view.Resolve(view.GetDictionary(resources, "ExtGState")?[Name(0)]) is PdfDictionary parameters:
                _state = _state.With(view, parameters);
                break;
            case "g" or "rg" or "k" or "sc" or "scn":
                _state = _state with { FillIsWhite = IsWhite() };
                break;
            case "G" or "RG" or "K" or "SC" or "SCN":
                _state = _state with { StrokeIsWhite = IsWhite() };
                break;
            case "cs":
                _state = _state with { FillIsWhite = false };
                break;
            case "CS":
                _state = _state with { StrokeIsWhite = false };
                break;
            case "Do":
                painter.PaintObject(resources, Name(0), _state, depth);
                break;
            case "sh":
                painter.Note(PaintedBox.Everywhere with { HidesBelow = !_state.FillIsSeeThrough }, _state.Clip);
                break;
            default:
                if (!Path(name) && !PaintPath(name))
                    _text.Do(name, _operands, ref _state, font => painter.FontOf(resources, font));
                break;
        }
    }

    private bool IsWhite()
    {
        var numbers = _operands.Where(o => o is PdfInteger or PdfReal).Select(o => GraphicsState.Number(o)!.Value).ToList();
        return numbers.Count == _operands.Count && numbers.Count switch
        {
            1 or 3 => numbers.TrueForAll(n => n > 0.97f),
            4 => numbers.TrueForAll(n => n < 0.03f),
            _ => false,
        };
    }

    private bool Path(string name)
    {
        switch (name)
        {
            case "m" or "l":
                Extend(new Vector2(Number(0), Number(1)));
                return true;
            case "c":
                Extend(new Vector2(Number(0), Number(1)));
                Extend(new Vector2(Number(2), Number(3)));
                Extend(new Vector2(Number(4), Number(5)));
                return true;
            case "v" or "y":
                Extend(new Vector2(Number(0), Number(1)));
                Extend(new Vector2(Number(2), Number(3)));
                return true;
            case "re":
                var corner = new Vector2(Number(0), Number(1));
                var size = new Vector2(Number(2), Number(3));
                Extend(corner);
                Extend(corner + size);
                Extend(corner with { X = corner.X + size.X });
                Extend(corner with { Y = corner.Y + size.Y });
                return true;
            case "h":
                return true;
            case "W" or "W*":
                _clips = true;
                return true;
            default:
                return false;
        }
    }

    private void Extend(Vector2 point)
    {
        _point = Vector2.Transform(point, _state.Matrix);
        _path = _path is { } path
            ? path with { Left = Math.Min(path.Left, _point.X), Bottom = Math.Min(path.Bottom, _point.Y), Right = Math.Max(path.Right, _point.X), Top = Math.Max(path.Top, _point.Y) }
            : new PaintedBox(PaintKind.Area, HidesBelow: true, IsWhite: false, _point.X, _point.Y, _point.X, _point.Y);
    }

    private bool PaintPath(string name)
    {
        if (name is not ("f" or "F" or "f*" or "B" or "B*" or "b" or "b*" or "S" or "s" or "n"))
            return false;
        if (_path is { } path)
        {
            if (name is not ("S" or "s" or "n"))
                painter.Note(path with { HidesBelow = !_state.FillIsSeeThrough, IsWhite = _state.FillIsWhite }, _state.Clip);
            if (name is not ("f" or "F" or "f*" or "n"))
                painter.NoteStroke(path, _state);
            if (_clips)
                _state = _state with { Clip = path.Within(_state.Clip) };
        }
        (_path, _clips) = (null, false);
        return true;
    }
}
