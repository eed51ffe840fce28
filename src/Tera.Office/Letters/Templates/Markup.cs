using System.Globalization;
using System.Xml.Linq;
using Tera.Office.Letters.Docx;

namespace Tera.Office.Letters.Templates;

/// <summary>The few WordprocessingML elements that a letter is made of. Lengths are centimetres and points; the file wants twentieths of a point.</summary>
internal static class Markup
{
    public static readonly XNamespace W = WordNames.W;

    public static int Twips(double centimetres) => (int)Math.Round(centimetres * 1440 / 2.54);

    public static XElement Run(string text, double? size = null, bool bold = false, bool underline = false, bool caps = false, string? font = null, string? color = null)
    {
        var properties = new XElement(W + "rPr",
            font is null ? null : new XElement(W + "rFonts", new XAttribute(W + "ascii", font), new XAttribute(W + "hAnsi", font), new XAttribute(W + "cs", font)),
            bold ? new XElement(W + "b") : null,
            caps ? new XElement(W + "caps") : null,
            color is null ? null : Value("color", color),
            size is { } points ? Value("sz", Half(points)) : null,
            size is { } again ? Value("szCs", Half(again)) : null,
            underline ? Value("u", "single") : null);
        return new XElement(W + "r",
            properties.HasElements ? properties : null,
            new XElement(W + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), text));
    }

    /// <param name="align">left, center, right, both.</param>
    /// <param name="before">Space above in points.</param>
    /// <param name="line">Line spacing; 1 is single.</param>
    public static XElement Paragraph(
        IEnumerable<XElement> runs, string align = "left", double before = 0, double after = 0, double line = 1, double firstLine = 0, double left = 0, double hanging = 0, bool keepNext = false)
    {
        var properties = new XElement(W + "pPr",
            keepNext ? new XElement(W + "keepNext") : null,
            keepNext ? new XElement(W + "keepLines") : null,
            new XElement(W + "spacing", new XAttribute(W + "before", Point(before)), new XAttribute(W + "after", Point(after)), new XAttribute(W + "line", (int)(line * 240)), new XAttribute(W + "lineRule", "auto")),
            firstLine == 0 && left == 0 ? null : new XElement(W + "ind",
                new XAttribute(W + "left", Twips(left)),
                hanging == 0 ? new XAttribute(W + "firstLine", Twips(firstLine)) : new XAttribute(W + "hanging", Twips(hanging))),
            Value("jc", align));
        return new XElement(W + "p", properties, runs);
    }

    public static XElement Line(string text, string align = "left", double? size = null, bool bold = false, double before = 0, double after = 0, bool caps = false, bool underline = false, string? color = null, bool keepNext = false) =>
        Paragraph([Run(text, size, bold, underline, caps, color: color)], align, before, after, keepNext: keepNext);

    /// <summary>A table without lines: the columns of a letter's head.</summary>
    public static XElement Table(IReadOnlyList<double> widths, IEnumerable<IReadOnlyList<IReadOnlyList<XElement>>> rows, bool together = false) =>
        new(W + "tbl",
            new XElement(W + "tblPr",
                new XElement(W + "tblW", new XAttribute(W + "w", widths.Sum(Twips)), new XAttribute(W + "type", "dxa")),
                new XElement(W + "tblLayout", new XAttribute(W + "type", "fixed")),
                new XElement(W + "tblCellMar",
                    new XElement(W + "left", new XAttribute(W + "w", 0), new XAttribute(W + "type", "dxa")),
                    new XElement(W + "right", new XAttribute(W + "w", 60), new XAttribute(W + "type", "dxa")))),
            new XElement(W + "tblGrid", widths.Select(width => new XElement(W + "gridCol", new XAttribute(W + "w", Twips(width))))),
            rows.Select(row => new XElement(W + "tr",
                together ? new XElement(W + "trPr", new XElement(W + "cantSplit")) : null,
                row.Select((cell, column) => new XElement(W + "tc",
                    new XElement(W + "tcPr", new XElement(W + "tcW", new XAttribute(W + "w", Twips(widths[column])), new XAttribute(W + "type", "dxa"))),
                    cell)))));

    public static XElement Value(string name, object value) => new(W + name, new XAttribute(W + "val", value));

    public static XElement Picture(string relationship, int id, string name, string description, double width, double height)
    {
        XNamespace wp = WordNames.Wp, a = WordNames.A, pic = WordNames.Pic;
        long cx = (long)(width * 360_000), cy = (long)(height * 360_000);
        return new XElement(W + "r", new XElement(W + "drawing", new XElement(wp + "inline",
            new XAttribute("distT", 0), new XAttribute("distB", 0), new XAttribute("distL", 0), new XAttribute("distR", 0),
            new XElement(wp + "extent", new XAttribute("cx", cx), new XAttribute("cy", cy)),
            new XElement(wp + "docPr", new XAttribute("id", id), new XAttribute("name", name), new XAttribute("descr", description)),
            new XElement(a + "graphic", new XElement(a + "graphicData", new XAttribute("uri", pic.NamespaceName),
                new XElement(pic + "pic",
                    new XElement(pic + "nvPicPr", new XElement(pic + "cNvPr", new XAttribute("id", id), new XAttribute("name", name)), new XElement(pic + "cNvPicPr")),
                    new XElement(pic + "blipFill", new XElement(a + "blip", new XAttribute(WordNames.R + "embed", relationship)), new XElement(a + "stretch", new XElement(a + "fillRect"))),
                    new XElement(pic + "spPr",
                        new XElement(a + "xfrm", new XElement(a + "off", new XAttribute("x", 0), new XAttribute("y", 0)), new XElement(a + "ext", new XAttribute("cx", cx), new XAttribute("cy", cy))),
                        new XElement(a + "prstGeom", new XAttribute("prst", "rect"), new XElement(a + "avLst")))))))));
    }

    private static string Half(double points) => ((int)Math.Round(points * 2)).ToString(CultureInfo.InvariantCulture);

    private static int Point(double points) => (int)Math.Round(points * 20);
}
