using Tera.Pades.Pdf;

namespace Tera.Fuzz.Targets;

/// <summary>Reads a value as a user of the library would: strings as text and dates, streams as data.</summary>
internal static class PdfWalk
{
    public static int Visit(PdfFile file, PdfObject value, int depth = 0)
    {
        switch (value)
        {
            case PdfString text:
                PdfText.Decode(text);
                PdfText.DecodeDate(text);
                return 1;
            case PdfArray array:
                PdfRectangle.Read(file.Latest, array);
                return 1 + array.Sum(i => Visit(file, i, depth + 1));
            case PdfDictionary dictionary:
                return 1 + dictionary.Sum(e => Visit(file, e.Value, depth + 1));
            case PdfStream stream:
                file.TryDecode(stream, file.Revisions.Count - 1, out _);
                return 1 + Visit(file, stream.Dictionary, depth + 1);
            default:
                return 1;
        }
    }
}
