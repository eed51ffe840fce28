using System.Xml;
using System.Xml.Linq;

namespace Tera.Office.Letters.Docx;

/// <summary>Reads one XML part: no DTD, so no entities that expand or fetch; bounded in depth and nodes before a tree is built.</summary>
internal static class BoundedXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CloseInput = true,
    };

    public static DocxProblem? Load(string part, byte[] content, DocxLimits limits, out XDocument document)
    {
        document = new XDocument();
        try
        {
            if (CheckShape(part, content, limits) is { } problem)
            {
                return problem;
            }

            using XmlReader reader = XmlReader.Create(new MemoryStream(content, writable: false), Settings);
            document = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
            return null;
        }
        catch (Exception exception) when (exception is XmlException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            // ArgumentException and NotSupportedException: an encoding the declaration names and nobody knows.
            return new DocxProblem(LetterRefusalReason.BrokenPackage, $"Bagian {part} bukan XML yang sah. Simpan ulang di pengolah kata, lalu unggah lagi.");
        }
    }

    public static byte[] Save(XDocument document)
    {
        using var memory = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = false, NewLineHandling = NewLineHandling.None };
        using (XmlWriter writer = XmlWriter.Create(memory, settings))
        {
            document.Save(writer);
        }

        return memory.ToArray();
    }

    private static DocxProblem? CheckShape(string part, byte[] content, DocxLimits limits)
    {
        using XmlReader reader = XmlReader.Create(new MemoryStream(content, writable: false), Settings);
        int nodes = 0;
        while (reader.Read())
        {
            nodes += 1 + reader.AttributeCount;
            if (reader.Depth > limits.XmlDepth || nodes > limits.XmlNodes)
            {
                return new DocxProblem(LetterRefusalReason.TooLarge, $"Bagian {part} terlalu dalam atau terlalu besar untuk sebuah naskah.");
            }
        }

        return null;
    }
}
