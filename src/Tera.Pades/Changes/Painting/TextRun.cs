using System.Numerics;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes.Painting;

/// <summary>The text operators (ISO 32000-2 9.3, 9.4): where characters stand, as wide as the font says.</summary>
internal sealed class TextRun(ContentPainter painter)
{
    private const float Ascent = 0.75f, Descent = -0.2f;

    private const long Invisible = 3;

    private Matrix3x2 _matrix = Matrix3x2.Identity;
    private Matrix3x2 _line = Matrix3x2.Identity;

    public void Do(string name, List<PdfObject> operands, ref GraphicsState state, Func<string, GlyphWidths?> font)
    {
        float Number(int index) => index < operands.Count ? GraphicsState.Number(operands[index]) ?? 0 : 0;
        switch (name)
        {
            case "BT":
                _matrix = _line = Matrix3x2.Identity;
                break;
            case "Tf":
                state = state with { Font = operands.Count > 0 && operands[0] is PdfName named ? font(named.Value) : null, FontSize = Number(1) };
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
        var (from, to, width) = Measure(text.Bytes.Span, state);
        if (state.RenderingMode != Invisible)
            painter.NoteText(text.Bytes.Span, state.Font);
        if (to > from && state.RenderingMode != Invisible)
        {
            var box = PaintedBox.Around(PaintKind.Text, _matrix * state.Matrix,
                new Vector2(from, state.Rise + (Descent * state.FontSize)), new Vector2(to, state.Rise + (Ascent * state.FontSize)));
            painter.Note(box with { IsWhite = state.FillIsWhite, HidesBelow = !state.FillIsSeeThrough }, state.Clip);
        }
        _matrix = Matrix3x2.CreateTranslation(width, 0) * _matrix;
    }

    // Where the first visible character begins, where the last one ends, and where the next string goes on.
    private static (float From, float To, float Width) Measure(ReadOnlySpan<byte> text, GraphicsState state)
    {
        if (state.Font is { HasTwoBytes: true })
        {
            var whole = text.Length / 2 * ((0.55f * state.FontSize) + state.CharacterSpace) * state.HorizontalScale;
            return (0, whole, whole);
        }
        float? from = null;
        float width = 0, to = 0;
        foreach (var code in text)
        {
            var isBlank = code is 32 or 160;
            if (!isBlank)
                from ??= width;
            var advance = (state.Font?.Of(code) ?? 0.55f) * state.FontSize;
            if (!isBlank)
                to = width + advance;
            width += advance + state.CharacterSpace + (code == ' ' ? state.WordSpace : 0);
        }
        return ((from ?? 0) * state.HorizontalScale, to * state.HorizontalScale, width * state.HorizontalScale);
    }
}
