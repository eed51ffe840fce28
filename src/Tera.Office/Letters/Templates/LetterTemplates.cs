using System.Text;
using System.Xml.Linq;
using Tera.Office.Letters.Docx;
using static Tera.Office.Letters.Templates.Markup;

namespace Tera.Office.Letters.Templates;

/// <summary>
/// The templates every agency starts with, made from its own name and address: no file that could be left with another agency's letterhead.
/// The same agency gives the same bytes.
/// </summary>
public static class LetterTemplates
{
    private static readonly Dictionary<string, string> KopNames = new(StringComparer.Ordinal) { ["pd"] = "KOP PD", ["setda"] = "KOP SETDA", ["bupati"] = "KOP Bupati" };

    private static readonly Dictionary<string, string> KindNames = new(StringComparer.Ordinal)
    {
        ["surat"] = "Surat dinas", ["undangan"] = "Surat undangan", ["nota_dinas"] = "Nota dinas", ["sk"] = "Surat keputusan",
    };

    public static IReadOnlyList<LetterTemplate> All { get; } =
        (from kop in new[] { "pd", "setda", "bupati" }
         from kind in new[] { "surat", "undangan", "nota_dinas", "sk" }
         where kop != "setda" || kind != "sk"
         select new LetterTemplate($"{kop}-{kind}", $"{KindNames[kind]}, {KopNames[kop]}", kop, KopNames[kop], kind)).ToList();

    public static LetterTemplate? Find(string id) => All.FirstOrDefault(template => template.Id == id);

    public static bool IsKind(string kind) => KindNames.ContainsKey(kind);

    public static string KindName(string kind) => KindNames.GetValueOrDefault(kind, kind);

    /// <summary>The empty template, with words that guide the drafter.</summary>
    public static byte[] Build(LetterTemplate template, LetterheadData data) => Build(template, data, LetterText.Guide(template.Kind));

    /// <summary>The template with a text: what a drafter would upload.</summary>
    public static byte[] Build(LetterTemplate template, LetterheadData data, LetterText text)
    {
        IEnumerable<XElement> content = Kop.Elements(template.Kop, data).Concat(LetterBody.Elements(template.Kop, template.Kind, data, text));
        var parts = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [ContentTypes.PartName] = Xml(Types()),
            ["_rels/.rels"] = Xml(Relationships(("rIdDoc", "officeDocument", "word/document.xml"))),
            ["word/document.xml"] = Xml(Document(content)),
            ["word/_rels/document.xml.rels"] = Xml(Relationships(
                ("rIdStyles", "styles", "styles.xml"), ("rIdSettings", "settings", "settings.xml"), ("rIdFooter", "footer", "footer1.xml"),
                (Kop.CrestRelationship, "image", "media/lambang.png"))),
            ["word/footer1.xml"] = Xml(Footer(data)),
            ["word/styles.xml"] = Xml(Styles(template.Kind)),
            ["word/settings.xml"] = Xml(Settings()),
            ["word/media/lambang.png"] = Resource(Kop.Crest(template.Kop)),
        };
        return new DocxPackage(parts, "word/document.xml").Write();
    }

    private static XElement Document(IEnumerable<XElement> content) =>
        new(W + "document",
            new XAttribute(XNamespace.Xmlns + "w", W), new XAttribute(XNamespace.Xmlns + "r", WordNames.R),
            new XAttribute(XNamespace.Xmlns + "wp", WordNames.Wp), new XAttribute(XNamespace.Xmlns + "a", WordNames.A), new XAttribute(XNamespace.Xmlns + "pic", WordNames.Pic),
            new XElement(W + "body", content,
                new XElement(W + "sectPr",
                    new XElement(W + "footerReference", new XAttribute(W + "type", "default"), new XAttribute(WordNames.R + "id", "rIdFooter")),
                    new XElement(W + "pgSz", new XAttribute(W + "w", 11906), new XAttribute(W + "h", 16838)),
                    new XElement(W + "pgMar",
                        new XAttribute(W + "top", Twips(1.5)), new XAttribute(W + "right", Twips(2)), new XAttribute(W + "bottom", Twips(2.5)), new XAttribute(W + "left", Twips(3)),
                        new XAttribute(W + "header", Twips(1)), new XAttribute(W + "footer", Twips(0.9)), new XAttribute(W + "gutter", 0)))));

    /// <summary>The sentence of UU ITE and whose certificate it is; in the page before the first signature, never added afterwards.</summary>
    private static XElement Footer(LetterheadData data)
    {
        XElement Small(string text) => Paragraph([Run(text, 7, color: "404040")]);
        XElement first = Small("UU ITE No. 11 Tahun 2008 Pasal 5 ayat (1): “Informasi Elektronik dan/atau Dokumen Elektronik dan/atau hasil cetaknya merupakan alat bukti hukum yang sah.”");
        first.Element(W + "pPr")!.Element(W + "spacing")!.AddBeforeSelf(
            new XElement(W + "pBdr", new XElement(W + "top", new XAttribute(W + "val", "single"), new XAttribute(W + "sz", 4), new XAttribute(W + "space", 3), new XAttribute(W + "color", "808080"))));
        return new XElement(W + "ftr",
            new XAttribute(XNamespace.Xmlns + "w", W),
            first,
            Small($"Dokumen ini ditandatangani secara elektronik dengan sertifikat elektronik yang diterbitkan {data.CertificateOwner}."),
            Small("Keaslian dokumen dapat diperiksa di ${alamat_periksa}"));
    }

    // Legal products are set in Bookman Old Style 12 (UU 12/2011, annex II); correspondence in Arial 11.
    private static XElement Styles(string kind)
    {
        (string font, int half) = kind == "sk" ? ("Bookman Old Style", 23) : ("Arial", 22);
        return new XElement(W + "styles",
            new XAttribute(XNamespace.Xmlns + "w", W),
            new XElement(W + "docDefaults",
                new XElement(W + "rPrDefault", new XElement(W + "rPr",
                    new XElement(W + "rFonts", new XAttribute(W + "ascii", font), new XAttribute(W + "hAnsi", font), new XAttribute(W + "cs", font), new XAttribute(W + "eastAsia", font)),
                    Value("sz", half), Value("szCs", half),
                    new XElement(W + "lang", new XAttribute(W + "val", "id-ID")))),
                new XElement(W + "pPrDefault", new XElement(W + "pPr"))),
            new XElement(W + "style", new XAttribute(W + "type", "paragraph"), new XAttribute(W + "default", "1"), new XAttribute(W + "styleId", "Normal"),
                Value("name", "Normal"), new XElement(W + "qFormat")),
            new XElement(W + "style", new XAttribute(W + "type", "table"), new XAttribute(W + "default", "1"), new XAttribute(W + "styleId", "TableNormal"),
                Value("name", "Normal Table")));
    }

    private static XElement Settings() =>
        new(W + "settings", new XAttribute(XNamespace.Xmlns + "w", W),
            new XElement(W + "compat", new XElement(W + "compatSetting",
                new XAttribute(W + "name", "compatibilityMode"), new XAttribute(W + "uri", "http://schemas.microsoft.com/office/word"), new XAttribute(W + "val", "15"))));

    private static XElement Types()
    {
        XNamespace types = WordNames.PackageTypes;
        const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
        XElement Default(string extension, string type) => new(types + "Default", new XAttribute("Extension", extension), new XAttribute("ContentType", type));
        XElement Part(string name, string type) => new(types + "Override", new XAttribute("PartName", name), new XAttribute("ContentType", type));
        return new XElement(types + "Types",
            Default("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            Default("xml", "application/xml"),
            Default("png", "image/png"),
            Part("/word/document.xml", ContentTypes.MainDocument),
            Part("/word/styles.xml", Word + "styles+xml"),
            Part("/word/settings.xml", Word + "settings+xml"),
            Part("/word/footer1.xml", Word + "footer+xml"));
    }

    private static XElement Relationships(params (string Id, string Type, string Target)[] relationships) =>
        new(WordNames.PackageRelationships + "Relationships", relationships.Select(relationship =>
            new XElement(WordNames.PackageRelationships + "Relationship",
                new XAttribute("Id", relationship.Id),
                new XAttribute("Type", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + relationship.Type),
                new XAttribute("Target", relationship.Target))));

    private static byte[] Xml(XElement root) => Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + root.ToString(SaveOptions.DisableFormatting));

    private static byte[] Resource(string name)
    {
        using Stream stream = typeof(LetterTemplates).Assembly.GetManifestResourceStream("Letters.Templates." + name)
            ?? throw new InvalidOperationException($"The program was built without {name}.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
