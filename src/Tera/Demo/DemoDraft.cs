using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Tera.Door.Demo;

/// <summary>Edits a downloaded template as a drafter would in a word processor: each blank ("…") gets its words.</summary>
internal static class DemoDraft
{
    private const char Blank = '…';

    public static byte[] Write(byte[] template, IReadOnlyList<string> words)
    {
        using var buffer = new MemoryStream();
        buffer.Write(template);
        int next = 0;
        using (WordprocessingDocument docx = WordprocessingDocument.Open(buffer, isEditable: true))
        {
            foreach (Text text in docx.MainDocumentPart!.Document.Body!.Descendants<Text>())
            {
                while (text.Text.IndexOf(Blank, StringComparison.Ordinal) is int at and >= 0)
                {
                    if (next == words.Count)
                    {
                        throw new InvalidOperationException($"The template has more blanks than the {words.Count} the demo fills.");
                    }

                    text.Text = string.Concat(text.Text.AsSpan(0, at), words[next++], text.Text.AsSpan(at + 1));
                }
            }
        }

        return next == words.Count ? buffer.ToArray() : throw new InvalidOperationException($"The template has {next} blanks, the demo fills {words.Count}.");
    }
}
