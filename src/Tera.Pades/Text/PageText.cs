using System.Runtime.InteropServices;
using Tera.Pades.Pdf;

namespace Tera.Pades.Text;

/// <summary>
/// Runs a page's content as far as its text is concerned (ISO 32000-1 9.2 to 9.4) and notes every letter with its place. Text that
/// is drawn invisibly counts: that is how scanned pages are made searchable. Layers that are switched off count as well.
/// </summary>
internal sealed class PageText
{
    /// <summary>Saved states; more than honest files nest, and what lies deeper is not saved.</summary>
    private const int MaxStates = 500;

    private readonly PdfView _view;
    private readonly TextLimits _limits;
    private readonly Dictionary<ObjectId, TextFont> _fonts;
    private readonly List<Letter> _letters = [];
    private readonly HashSet<ObjectId> _open = [];
    private readonly List<Operand> _operands = [];
    private readonly List<Operand> _array = [];
    private int _operators;
    private long _content;

    private State _state = State.Initial;
    private Matrix _text = Matrix.Identity;
    private Matrix _line = Matrix.Identity;

    private PageText(PdfView view, TextLimits limits, Dictionary<ObjectId, TextFont> fonts) => (_view, _limits, _fonts) = (view, limits, fonts);

    /// <summary>The letters of a page in the order in which they are drawn.</summary>
    public static List<Letter> Read(PdfView view, PdfPage page, TextLimits limits, Dictionary<ObjectId, TextFont> fonts)
    {
        var reader = new PageText(view, limits, fonts);
        reader.Run(reader.ContentOf(page), page.Resources, 0);
        return reader._letters;
    }

    private readonly record struct Operand(TokenKind Kind, double Number, byte[]? Bytes, string? Name);

    private readonly record struct State(Matrix Ctm, TextFont Font, double Size, double CharSpace, double WordSpace, double Scale, double Leading, double Rise)
    {
        public static State Initial { get; } = new(Matrix.Identity, TextFont.Unknown, 0, 0, 0, 1, 0, 0);
    }

    private bool IsExhausted => _operators > _limits.MaxOperators || _letters.Count >= _limits.MaxLetters || _content > _limits.MaxContent;

    // 7.8.2: the streams of an array are one, and a token does not reach from one to the next.
    private byte[] ContentOf(PdfPage page)
    {
        var content = new MemoryStream();
        var whole = _view.Resolve(page.Dictionary["Contents"]);
        foreach (var part in whole is PdfArray parts ? parts.AsEnumerable() : [whole])
        {
            if (content.Length > _limits.MaxContent)
                break;
            if (_view.Resolve(part) is not PdfStream stream || _view.File.TryDecode(stream, _view.RevisionIndex, out var data) != PdfRefusal.None)
                continue;
            content.Write(data);
            content.WriteByte((byte)'\n');
        }
        return content.ToArray();
    }

    private void Run(byte[] content, PdfDictionary? resources, int depth)
    {
        _content += content.Length;
        var lexer = new ContentLexer(content);
        var saved = new Stack<State>();
        _operands.Clear();
        while (!IsExhausted && lexer.Next() != TokenKind.End)
        {
            switch (lexer.Kind)
            {
                case TokenKind.Operator:
                    _operators++;
                    Execute(lexer, resources, saved, depth);
                    _operands.Clear();
                    break;
                case TokenKind.ArrayStart:
                    ReadArray(lexer);
                    if (lexer.Kind == TokenKind.Operator)
                        goto case TokenKind.Operator;
                    break;
                case TokenKind.DictionaryStart:
                    SkipDictionary(lexer);
                    break;
                default:
                    // 7.8.2: operands stand before their operator; a run of values without one is garbage.
                    if (_operands.Count < 64)
                        _operands.Add(OperandOf(lexer));
                    break;
            }
        }
    }

    private static Operand OperandOf(ContentLexer lexer) => lexer.Kind switch
    {
        TokenKind.Number => new Operand(TokenKind.Number, lexer.Number, null, null),
        TokenKind.String => new Operand(TokenKind.String, 0, lexer.Bytes, null),
        TokenKind.Name => new Operand(TokenKind.Name, 0, null, lexer.Word),
        _ => default,
    };

    private void ReadArray(ContentLexer lexer)
    {
        _array.Clear();
        // An operator ends an array that nothing else does.
        while (lexer.Next() is not (TokenKind.ArrayEnd or TokenKind.Operator or TokenKind.End))
        {
            if (lexer.Kind is TokenKind.Number or TokenKind.String && _array.Count < _limits.MaxLetters)
                _array.Add(OperandOf(lexer));
        }
    }

    private static void SkipDictionary(ContentLexer lexer)
    {
        for (var open = 1; open > 0 && lexer.Next() != TokenKind.End;)
            open += lexer.Kind == TokenKind.DictionaryStart ? 1 : lexer.Kind == TokenKind.DictionaryEnd ? -1 : 0;
    }

    private void Execute(ContentLexer lexer, PdfDictionary? resources, Stack<State> saved, int depth)
    {
        switch (lexer.OperatorKey)
        {
            case 'q':
                if (saved.Count < MaxStates)
                    saved.Push(_state);
                break;
            case 'Q':
                if (saved.TryPop(out var state))
                    _state = state;
                break;
            case 'c' | ('m' << 8) when MatrixOf() is { } change:
                _state = _state with { Ctm = change.Then(_state.Ctm) };
                break;
            case 'B' | ('T' << 8):
                _text = _line = Matrix.Identity;
                break;
            case 'T' | ('f' << 8) when _operands.Count >= 2:
                _state = _state with { Font = FontOf(_view.GetDictionary(resources, "Font")?[_operands[^2].Name ?? ""]), Size = Number(0) };
                break;
            case 'g' | ('s' << 8) when _operands.Count >= 1:
                if (_view.GetArray(_view.GetDictionary(_view.GetDictionary(resources, "ExtGState"), _operands[^1].Name ?? ""), "Font") is { Count: 2 } font)
                    _state = _state with { Font = FontOf(font[0]), Size = _view.Resolve(font[1]) switch { PdfInteger i => i.Value, PdfReal r => r.Value, _ => 0 } };
                break;
            case 'T' | ('c' << 8):
                _state = _state with { CharSpace = Number(0) };
                break;
            case 'T' | ('w' << 8):
                _state = _state with { WordSpace = Number(0) };
                break;
            case 'T' | ('z' << 8):
                _state = _state with { Scale = Number(0) / 100 };
                break;
            case 'T' | ('L' << 8):
                _state = _state with { Leading = Number(0) };
                break;
            case 'T' | ('s' << 8):
                _state = _state with { Rise = Number(0) };
                break;
            case 'T' | ('m' << 8) when MatrixOf() is { } matrix:
                _text = _line = matrix;
                break;
            case 'T' | ('d' << 8):
                NextLine(Number(1), Number(0));
                break;
            case 'T' | ('D' << 8):
                _state = _state with { Leading = -Number(0) };
                NextLine(Number(1), Number(0));
                break;
            case 'T' | ('*' << 8):
                NextLine(0, -_state.Leading);
                break;
            case 'T' | ('j' << 8):
                Show(LastString());
                break;
            case '\'':
                NextLine(0, -_state.Leading);
                Show(LastString());
                break;
            case '"':
                _state = _state with { WordSpace = Number(2), CharSpace = Number(1) };
                NextLine(0, -_state.Leading);
                Show(LastString());
                break;
            case 'T' | ('J' << 8):
                foreach (var item in CollectionsMarshal.AsSpan(_array))
                {
                    if (item.Bytes is { } bytes)
                        Show(bytes);
                    else
                        Move(-item.Number / 1000 * _state.Size);
                }
                break;
            case 'D' | ('o' << 8) when _operands.Count >= 1:
                ShowForm(_view.GetDictionary(resources, "XObject")?[_operands[^1].Name ?? ""], resources, depth);
                break;
            case 'I' | ('D' << 8):
                lexer.SkipInlineImage();
                break;
        }
    }

    /// <summary>A number among the operands, counted from the last; 0 where there is none.</summary>
    private double Number(int fromLast) => fromLast < _operands.Count ? _operands[^(fromLast + 1)].Number : 0;

    private byte[] LastString() => _operands.Count > 0 ? _operands[^1].Bytes ?? [] : [];

    private Matrix? MatrixOf() => _operands.Count < 6 ? null : new Matrix(Number(5), Number(4), Number(3), Number(2), Number(1), Number(0));

    private void NextLine(double x, double y) => _text = _line = new Matrix(1, 0, 0, 1, x, y).Then(_line);

    private TextFont FontOf(PdfObject? font)
    {
        if (_view.Resolve(font) is not PdfDictionary dictionary)
            return TextFont.Unknown;
        if (font is not PdfReference reference)
            return TextFont.Read(_view, dictionary);
        // Some hundred fonts are a whole catalogue; forgetting them costs reading them again.
        if (_fonts.Count > 500)
            _fonts.Clear();
        if (!_fonts.TryGetValue(reference.Id, out var known))
            _fonts[reference.Id] = known = TextFont.Read(_view, dictionary);
        return known;
    }

    // 9.4.4.
    private void Show(byte[] text)
    {
        for (var at = 0; at < text.Length && !IsExhausted;)
        {
            var code = _state.Font.Next(text.AsSpan(at));
            at += code.Length;
            Note(code);
            var spacing = _state.CharSpace + (code.IsSpace ? _state.WordSpace : 0);
            Move(((_state.Font.IsVertical ? -1 : code.Width) * _state.Size) + (_state.Font.IsVertical ? -spacing : spacing));
        }
    }

    private void Note(ShownCode code)
    {
        var toPage = new Matrix(_state.Size * _state.Scale, 0, 0, _state.Size, 0, _state.Rise).Then(_text).Then(_state.Ctm);
        // 9.7.4.3: a vertical glyph hangs, in the middle, below the point that a horizontal one stands on.
        var (left, foot) = _state.Font.IsVertical ? (-code.Width / 2, -0.88) : (0, 0);
        var (x, y) = toPage.Apply(left, foot);
        var (endX, endY) = toPage.Apply(left + code.Width, foot);
        var letter = new Letter(code.Text ?? "\uFFFD", x, y, endX, endY, toPage.C, toPage.D, (float)_state.Font.Ascent, (float)_state.Font.Descent);
        if (letter.IsFinite)
            _letters.Add(letter);
    }

    private void Move(double distance) =>
        _text = (_state.Font.IsVertical ? new Matrix(1, 0, 0, 1, 0, distance) : new Matrix(1, 0, 0, 1, distance * _state.Scale, 0)).Then(_text);

    // 8.10.1: a form has its own space and state; its resources are those of its page where it has none (a PDF 1.1 habit).
    private void ShowForm(PdfObject? form, PdfDictionary? resources, int depth)
    {
        if (depth >= _limits.MaxFormDepth || form is not PdfReference reference || _view.Resolve(form) is not PdfStream stream ||
            _view.GetName(stream.Dictionary, "Subtype") != "Form" || !_open.Add(reference.Id))
            return;
        if (_content + stream.DataLength <= _limits.MaxContent && _view.File.TryDecode(stream, _view.RevisionIndex, out var data) == PdfRefusal.None)
        {
            var (state, text, line) = (_state, _text, _line);
            if (FormMatrix(stream.Dictionary) is { } matrix)
                _state = _state with { Ctm = matrix.Then(_state.Ctm) };
            Run(data, _view.GetDictionary(stream.Dictionary, "Resources") ?? resources, depth + 1);
            (_state, _text, _line) = (state, text, line);
        }
        _open.Remove(reference.Id);
    }

    private Matrix? FormMatrix(PdfDictionary form)
    {
        if (_view.GetArray(form, "Matrix") is not { Count: 6 } array)
            return null;
        var n = array.Select(v => _view.Resolve(v) switch { PdfInteger i => i.Value, PdfReal r => r.Value, _ => 0d }).ToArray();
        return new Matrix(n[0], n[1], n[2], n[3], n[4], n[5]);
    }
}
