using System.Globalization;
using System.Text;
using Tera.Pades.Pdf;
using Tera.Pades.Tests.Pdf;

namespace Tera.Pades.Tests.Changes;

/// <summary>Spells PDF values out as text, each byte a character, and reads them back.</summary>
internal static class Spelling
{
    public static string Of(PdfObject value) => value switch
    {
        PdfNull => "null",
        PdfBoolean boolean => boolean.Value ? "true" : "false",
        PdfInteger integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        PdfReal real => real.Value.ToString("0.######", CultureInfo.InvariantCulture),
        PdfName name => "/" + name.Value,
        PdfString text => "<" + Convert.ToHexString(text.Bytes.Span) + ">",
        PdfReference reference => reference.Id.ToString(),
        PdfArray array => "[" + string.Join(' ', array.Select(Of)) + "]",
        PdfDictionary dictionary => "<<" + string.Concat(dictionary.Select(e => "/" + e.Key + " " + Of(e.Value))) + ">>",
        PdfStream stream => Of(stream.Dictionary) + "\nstream\n" + Encoding.Latin1.GetString(stream.ReadRaw(PdfLimits.Default)) + "\nendstream",
        _ => throw new ArgumentException("unknown kind of value", nameof(value)),
    };

    public static PdfObject Read(string text) =>
        PdfFile.Open(SmallPdf.Make(more: [text])).Latest.Get(new ObjectId(100));
}
