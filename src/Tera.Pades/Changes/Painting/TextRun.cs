using System.Numerics;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes.Painting;

/// <summary>The text operators (ISO 32000-2 9.3, 9.4): where characters stand, as wide as the font says.</summary>
internal sealed class TextRun(ContentPainter painter)
{
    private const long Invisible = 3;

    private Matrix3x2 _matrix = Matrix3x2.Identity;
    private Matrix3x2 _line = Matrix3x2.Identity;

    public void Do(string name, List<PdfObject> operands, ref GraphicsState state, Func<string, ShownFont> font)
    {
        float Number(int index) => index < operands.Count ? GraphicsState.Number(operands[index]) ?? 0 : 0;
        switch (name)
        {
            case "BT":
                _matrix = _line = Matrix3x2.Identity;
                break;
            case "Tf":
                state = state with { Font = operands.Count > 0 && operands[0] is PdfName named ? font(named.Value) : ShownFont.Unknown, FontSize = Number(1) };
                break;
            case "Tm":
                _matrix = _line = new Matrix3x2(Number(0), Number(1), Number(2), Number(3), Number(4), Number(5));
                break;
            case "Td":
                NextLine(Number(0), Number(1));
                break;
            case "TD":
                state = state with { Leading = -Number(1) };
                NextLine(Number(0), Number(1));
                break;
            case "T*":
                NextLine(0, -state.Leading);
                break;
            case "TL":
                state = state with { Leading = Number(0) };
                break;
            case "Tc":
                state = state with { CharacterSpace = Number(0) };
                break;
            case "Tw":
                state = state with { WordSpace = Number(0) };
                break;
            case "Tz":
                state = state with { HorizontalScale = Number(0) / 100 };
                break;
            case "Ts":
                state = state with { Rise = Number(0) };
                break;
            case "Tr":
                state = state with { RenderingMode = (long)Number(0) };
                break;
            case "Tj" or "'" or "\"":
                if (name != "Tj")
                    NextLine(0, -state.Leading);
                if (operands.Count > 0)
                    Show(operands[^1], state);
                break;
            case "TJ":
                foreach (var item in operands.Count > 0 && operands[0] is PdfArray array ? array : PdfArray.Of())
                    Show(item, state);
                break;
        }
    }

    private void NextLine(float x, float y) => _matrix = _line = Matrix3x2.CreateTranslation(x, y) * _line;

    private void Show(PdfObject item, GraphicsState state)
    {
        if (GraphicsState.Number(item) is { } back)
        {
            _matrix = Matrix3x2.CreateTranslation(-back / 1000 * state.FontSize * state.HorizontalScale, 0) * _matrix;
            return;
        }
        if (item is not PdfString text)
            return;
        var (from, to, width) = Measure(text.Bytes.Span, state, state.RenderingMode == Invisible ? null : painter);
        if (to > from && state.RenderingMode != Invisible)
        {
            var box = PaintedBox.Around(PaintKind.Text, _matrix * state.Matrix,
                new Vector2(from, state.Rise + ((float)state.Font.Codes.Descent * state.FontSize)), new Vector2(to, state.Rise + ((float)state.Font.Codes.Ascent * state.FontSize)));
            painter.Note(box with { IsWhite = state.FillIsWhite, HidesBelow = !state.FillIsSeeThrough }, state.Clip);
        }
        _matrix = Matrix3x2.CreateTranslation(width, 0) * _matrix;
    }

    // Where the first visible character begins, where the last one ends, and where the next string goes on.
    private static (float From, float To, float Width) Measure(ReadOnlySpan<byte> text, GraphicsState state, ContentPainter? painter)
    {
        float? from = null;
        float width = 0, to = 0;
        while (text.Length > 0)
        {
            var code = state.Font.Codes.Next(text);
            text = text[Math.Clamp(code.Length, 1, text.Length)..];
            painter?.NoteText(state.Font.IsReadable ? code.Text : null);
            var isBlank = code.IsSpace || (code.Text is { } shown && string.IsNullOrWhiteSpace(shown));
            if (!isBlank)
                from ??= width;
            var advance = (float)code.Width * state.FontSize;
            if (!isBlank)
                to = width + advance;
            width += advance + state.CharacterSpace + (code.IsSpace ? state.WordSpace : 0);
        }
        return ((from ?? 0) * state.HorizontalScale, to * state.HorizontalScale, width * state.HorizontalScale);
    }
}
