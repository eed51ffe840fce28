using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tera.Office.Letters.Docx;

/// <summary>What stands inside the parts themselves: field codes that fetch, objects, pictures by address, changes nobody accepted.</summary>
internal static partial class MarkupCheck
{
    private const string Strict = "http://purl.oclc.org/ooxml/";

    private static readonly XNamespace W = WordNames.W;

    private static readonly HashSet<string> ObjectElements = new(StringComparer.Ordinal)
    {
        "OLEObject", "altChunk", "subDoc", "control", "movie", "frameset", "webVideoPr", "contentPart",
    };

    private static readonly HashSet<string> TrackedElements = new(StringComparer.Ordinal) { "ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge" };

    public static DocxProblem? Check(string part, XDocument document)
    {
        var fields = new StringBuilder();
        foreach (XElement element in document.Descendants())
        {
            string name = element.Name.LocalName;
            // Readers take both sets of names for the same; the checks here, the merge and the comparison of two renderings know the transitional one.
            if (element.Name.NamespaceName.StartsWith(Strict, StringComparison.Ordinal) || element.Attributes().Any(attribute => attribute.Name.NamespaceName.StartsWith(Strict, StringComparison.Ordinal)))
            {
                return new DocxProblem(
                    LetterRefusalReason.NotDocx, "Berkas ini disimpan sebagai “Strict Open XML”. Simpan sebagai “Dokumen Word (.docx)” biasa, lalu unggah lagi.");
            }

            if (ObjectElements.Contains(name))
            {
                return new DocxProblem(
                    LetterRefusalReason.EmbeddedObjects, $"Berkas memuat objek sisipan ({name} di {part}). Hapus objek itu atau tempel sebagai gambar PNG, lalu unggah lagi.");
            }

            if (element.Name.Namespace == W && TrackedElements.Contains(name))
            {
                return new DocxProblem(
                    LetterRefusalReason.TrackedChanges, "Naskah masih memuat perubahan terlacak (track changes). Terima atau tolak semuanya, lalu unggah lagi.");
            }

            if (element.Name == W + "instrText")
            {
                fields.Append(element.Value);
            }
            else if (element.Name == W + "fldSimple")
            {
                fields.Append('\n').Append((string?)element.Attribute(W + "instr")).Append('\n');
            }
            else if (element.Name == W + "fldChar")
            {
                // A field's word stands right after its begin; a word inside a link's address is only text.
                fields.Append('\n');
            }
            else if (PointsOutside(element))
            {
                return new DocxProblem(
                    LetterRefusalReason.ExternalLinks, $"Berkas mengambil gambar dari luar (di {part}). Sematkan gambar ke dalam berkas, lalu unggah lagi.");
            }
        }

        Match field = FetchingField().Match(fields.ToString());
        return field.Success
            ? new DocxProblem(
                LetterRefusalReason.ExternalLinks,
                $"Berkas memuat bidang {field.Value.Trim().ToUpperInvariant()} yang mengambil isi dari luar. Ubah bidang itu menjadi teks biasa, lalu unggah lagi.")
            : null;
    }

    // DrawingML's r:link and VML's r:href take any relationship as an address, also one that says it is a reader's link: LibreOffice fetches it.
    // VML names pictures by address without a relationship, too.
    private static bool PointsOutside(XElement element) =>
        element.Attribute(WordNames.R + "link") is not null || element.Attribute(WordNames.R + "href") is not null
        || element.Name.NamespaceName == "urn:schemas-microsoft-com:vml"
        && element.Attributes().Any(attribute =>
            attribute.Name.LocalName is "src" or "althref" && attribute.Value.Trim() is { Length: > 0 } value && !value.StartsWith('#'));

    [GeneratedRegex(@"(^|\n)\s*(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|DDEAUTO|DDE|LINK|DATABASE|MACROBUTTON|RD|EMBED|CONTROL|HTMLCONTROL|ADDIN|PRINT)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex FetchingField();
}
