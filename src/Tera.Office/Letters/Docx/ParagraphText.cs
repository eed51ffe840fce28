using System.Text;
using System.Xml.Linq;

namespace Tera.Office.Letters.Docx;

/// <summary>
/// The text of one paragraph across its runs, with the place of every character. Word splits a typed <c>${nomor_naskah}</c> into several runs
/// (spelling marks, language, a moment's pause), so that only the paragraph as a whole shows it.
/// </summary>
internal sealed class ParagraphText
{
    // Stands where something is that is no text (tab, break, picture, field): a placeholder does not reach across it.
    private const char Barrier = '\uFFFC';

    private readonly List<(XElement Text, int Start)> _pieces = [];

    public ParagraphText(XElement paragraph)
    {
        var text = new StringBuilder();
        Collect(paragraph, text);
        Text = text.ToString();
    }

    public string Text { get; }

    /// <summary>The text nodes that hold the characters of a span, in order, with the part of each that lies inside.</summary>
    public IReadOnlyList<(XElement Text, int From, int To)> Pieces(int start, int length)
    {
        int end = start + length;
        return _pieces
            .Where(piece => piece.Start < end && piece.Start + piece.Text.Value.Length > start)
            .Select(piece => (piece.Text, Math.Max(start, piece.Start) - piece.Start, Math.Min(end, piece.Start + piece.Text.Value.Length) - piece.Start))
            .ToList();
    }

    private void Collect(XElement parent, StringBuilder text)
    {
        foreach (XElement child in parent.Elements())
        {
            if (child.Name == WordNames.W + "t")
            {
                _pieces.Add((child, text.Length));
                text.Append(child.Value);
            }
            else if (child.Name == WordNames.W + "p")
            {
                // A paragraph inside (text box, content control) has its own text.
                text.Append(Barrier);
            }
            else if (child.Name == WordNames.W + "r" || !IsContent(child))
            {
                Collect(child, text);
            }
            else
            {
                text.Append(Barrier);
            }
        }
    }

    // Properties, marks and containers are passed through; what takes a place on the line is not text.
    private static bool IsContent(XElement element) =>
        element.Name.LocalName is "tab" or "br" or "cr" or "drawing" or "pict" or "object" or "fldChar" or "instrText" or "sym" or "noBreakHyphen" or "softHyphen"
            or "ptab" or "footnoteReference" or "endnoteReference" or "AlternateContent" or "delText"
        && element.Parent?.Name == WordNames.W + "r";
}
