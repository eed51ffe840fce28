using System.Text;
using System.Xml;
using System.Xml.Linq;
using Tera.Office.Letters.Docx;

namespace Tera.Office.Letters.Rendering;

/// <summary>
/// Puts the values into a checked draft. The same draft and values give the same bytes. A value is text: it goes into the tree, never into markup,
/// and what it contains is not looked at again, so that a subject of <c>${nip_pengirim}</c> stays those characters.
/// </summary>
public static class LetterMerge
{
    public static DocxPackage Merge(DocxPackage draft, LetterValues values)
    {
        var changed = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach ((string part, byte[] content) in draft.Parts)
        {
            if (!part.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
                || BoundedXml.Load(part, content, DocxLimits.Default, out XDocument document) is not null
                || !Placeholders.IsPrinted(document))
            {
                continue;
            }

            var mark = values.QrPng is null ? null : new QrMark(draft, part, values);
            if (Replace(document, values, mark))
            {
                changed[part] = BoundedXml.Save(document);
                mark?.AddParts(changed);
            }
        }

        return draft.With(changed);
    }

    private static bool Replace(XDocument document, LetterValues values, QrMark? mark)
    {
        // From the end, so that the places of those before stay true.
        List<Placeholder> found = Placeholders.Find(document, withFallback: true).Reverse().ToList();
        var emptied = new List<XElement>();
        foreach (Placeholder placeholder in found)
        {
            IReadOnlyList<(XElement Text, int From, int To)> pieces = new ParagraphText(placeholder.Paragraph).Pieces(placeholder.Start, placeholder.Length);
            bool isMark = placeholder.Name == Placeholders.Mark && mark is not null;
            string value = values.Of(placeholder.Name);
            foreach ((XElement text, int from, int to) in pieces.Skip(1))
            {
                SetText(text, text.Value.Remove(from, to - from));
            }

            Put(pieces[0], value, isMark ? mark!.Drawing() : null);
            if (value.Length == 0 && !isMark)
            {
                emptied.Add(placeholder.Paragraph);
            }
        }

        emptied.ForEach(RemoveEmptyLine);
        return found.Count > 0;
    }

    private static void Put((XElement Text, int From, int To) place, string value, XElement? drawing)
    {
        string before = place.Text.Value[..place.From];
        string after = place.Text.Value[place.To..];
        if (drawing is not null)
        {
            SetText(place.Text, before);
            place.Text.AddAfterSelf(drawing, new XElement(WordNames.W + "br"), NewText(LetterValues.MarkText + after));
            return;
        }

        string[] lines = Printable(value).Split('\n');
        SetText(place.Text, lines.Length == 1 ? before + lines[0] + after : before + lines[0]);
        XElement last = place.Text;
        for (int line = 1; line < lines.Length; line++)
        {
            var text = NewText(line == lines.Length - 1 ? lines[line] + after : lines[line]);
            last.AddAfterSelf(new XElement(WordNames.W + "br"), text);
            last = text;
        }
    }

    /// <summary>A line such as <c>NIP. ${nip_pengirim}</c> goes when there is no NIP: elected heads have none (Permendagri 1/2023 art. 44).</summary>
    private static void RemoveEmptyLine(XElement paragraph)
    {
        string rest = new ParagraphText(paragraph).Text.Trim();
        bool hasDrawing = paragraph.Descendants(WordNames.W + "drawing").Any();
        bool onlyOneOfCell = paragraph.Parent?.Name == WordNames.W + "tc" && paragraph.Parent.Elements(WordNames.W + "p").Count() == 1;
        bool endsSection = paragraph.Element(WordNames.W + "pPr")?.Element(WordNames.W + "sectPr") is not null;
        if (rest.TrimEnd('.', ':', ' ') is "" or "NIP" && !hasDrawing && !onlyOneOfCell && !endsSection && paragraph.Parent is not null)
        {
            paragraph.Remove();
        }
    }

    private static XElement NewText(string text)
    {
        var element = new XElement(WordNames.W + "t");
        SetText(element, text);
        return element;
    }

    private static void SetText(XElement element, string text)
    {
        element.SetAttributeValue(XNamespace.Xml + "space", "preserve");
        element.Value = text;
    }

    // XML 1.0 2.2 has no place for control characters and half surrogates; the door of the registration form refuses them, this keeps the file whole.
    private static string Printable(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (Rune rune in value.ReplaceLineEndings("\n").EnumerateRunes())
        {
            bool allowed = rune.Value == '\n' || (rune.Value >= 0x10000 || XmlConvert.IsXmlChar((char)rune.Value));
            text.Append(allowed ? rune.ToString() : "\uFFFD");
        }

        return text.ToString();
    }
}
