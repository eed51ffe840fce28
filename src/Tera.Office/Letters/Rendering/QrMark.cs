using System.Globalization;
using System.Text;
using System.Xml.Linq;
using QRCoder;
using Tera.Office.Letters.Docx;

namespace Tera.Office.Letters.Rendering;

/// <summary>
/// The QR at the signer's place: an inline picture that is also a link to the same address. The converter turns the link into an annotation,
/// and its rectangle is where the signature field goes, so that nobody measures a page.
/// </summary>
internal sealed class QrMark(DocxPackage draft, string part, LetterValues values)
{
    private const string PictureRelationship = "rIdTeraQr";
    private const string LinkRelationship = "rIdTeraAddress";

    // 2.3 cm: each module of a version 4 code is above 0.5 mm, which a phone reads from paper (ISO/IEC 18004 has no minimum; this is our choice).
    private const long Emu = 23 * 36_000;

    private const string ImageType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image";
    private const string LinkType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";

    private bool _used;

    private string MediaName => $"{Folder}media/tera-qr.png";

    private string Folder => part[..(part.LastIndexOf('/') + 1)];

    public static byte[] Png(Uri address)
    {
        using QRCodeData data = QRCodeGenerator.GenerateQrCode(address.AbsoluteUri, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        return png.GetGraphic(10, drawQuietZones: true);
    }

    public XElement Drawing()
    {
        _used = true;
        XNamespace wp = WordNames.Wp, a = WordNames.A, pic = WordNames.Pic, r = WordNames.R;
        XElement Link() => new(a + "hlinkClick", new XAttribute(r + "id", LinkRelationship));
        string size = Emu.ToString(CultureInfo.InvariantCulture);
        var picture = new XElement(pic + "pic",
            new XElement(pic + "nvPicPr",
                new XElement(pic + "cNvPr", new XAttribute("id", 9_001), new XAttribute("name", "QR TTE"), Link()),
                new XElement(pic + "cNvPicPr")),
            new XElement(pic + "blipFill",
                new XElement(a + "blip", new XAttribute(r + "embed", PictureRelationship)),
                new XElement(a + "stretch", new XElement(a + "fillRect"))),
            new XElement(pic + "spPr",
                new XElement(a + "xfrm",
                    new XElement(a + "off", new XAttribute("x", 0), new XAttribute("y", 0)),
                    new XElement(a + "ext", new XAttribute("cx", size), new XAttribute("cy", size))),
                new XElement(a + "prstGeom", new XAttribute("prst", "rect"), new XElement(a + "avLst"))));
        return new XElement(WordNames.W + "drawing",
            new XElement(wp + "inline",
                new XAttribute("distT", 0), new XAttribute("distB", 0), new XAttribute("distL", 0), new XAttribute("distR", 0),
                new XElement(wp + "extent", new XAttribute("cx", size), new XAttribute("cy", size)),
                new XElement(wp + "docPr", new XAttribute("id", 9_001), new XAttribute("name", "QR TTE"),
                    new XAttribute("descr", "QR untuk memeriksa keaslian surat di " + values.Address.AbsoluteUri), Link()),
                new XElement(a + "graphic",
                    new XElement(a + "graphicData", new XAttribute("uri", pic.NamespaceName), picture))));
    }

    /// <summary>The picture, its relationship, the link's, and the content type of PNG.</summary>
    public void AddParts(Dictionary<string, byte[]> changed)
    {
        if (!_used)
        {
            return;
        }

        changed[MediaName] = values.QrPng!;
        string relationshipsName = DocxPackage.RelationshipsOf(part);
        XDocument relationships = Load(relationshipsName) ?? new XDocument(new XElement(WordNames.PackageRelationships + "Relationships"));
        relationships.Root!.Elements().Where(relationship => (string?)relationship.Attribute("Id") is PictureRelationship or LinkRelationship).Remove();
        relationships.Root.Add(
            Relationship(PictureRelationship, ImageType, "media/tera-qr.png", external: false),
            Relationship(LinkRelationship, LinkType, values.Address.AbsoluteUri, external: true));
        changed[relationshipsName] = BoundedXml.Save(relationships);

        XDocument types = Load(ContentTypes.PartName)!;
        types.Root!.Elements(WordNames.PackageTypes + "Override").Where(type => (string?)type.Attribute("PartName") == "/" + MediaName).Remove();
        types.Root.Add(new XElement(WordNames.PackageTypes + "Override", new XAttribute("PartName", "/" + MediaName), new XAttribute("ContentType", "image/png")));
        changed[ContentTypes.PartName] = BoundedXml.Save(types);
    }

    private XDocument? Load(string name) =>
        draft.Parts.TryGetValue(name, out byte[]? content) && BoundedXml.Load(name, content, DocxLimits.Default, out XDocument document) is null ? document : null;

    private static XElement Relationship(string id, string type, string target, bool external) =>
        new(WordNames.PackageRelationships + "Relationship",
            new XAttribute("Id", id), new XAttribute("Type", type), new XAttribute("Target", target),
            external ? new XAttribute("TargetMode", "External") : null);
}
