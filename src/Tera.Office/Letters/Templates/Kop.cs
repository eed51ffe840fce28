using System.Xml.Linq;
using static Tera.Office.Letters.Templates.Markup;

namespace Tera.Office.Letters.Templates;

/// <summary>What stands at the head of an agency's letters.</summary>
/// <param name="Government">Pemerintah Kabupaten ...</param>
/// <param name="Region">The region's name alone: <c>Arunika</c> in <c>Bupati Arunika</c>.</param>
/// <param name="Unit">Perangkat daerah that registers the letter.</param>
/// <param name="Place">Town named before the date.</param>
public sealed record LetterheadData(string Government, string Region, string Unit, string Address, string Place, string CertificateOwner);

/// <summary>The three letterheads: of a perangkat daerah, of the secretariat, of the head of the region.</summary>
internal static class Kop
{
    public const string CrestRelationship = "rIdCrest";

    /// <summary>Width of the text: A4 less 3 cm left and 2 cm right.</summary>
    public const double TextWidth = 16;

    public static IEnumerable<XElement> Elements(string kop, LetterheadData data) => kop switch
    {
        "bupati" => KepalaDaerah(data),
        "setda" => Unit(data, "SEKRETARIAT DAERAH"),
        _ => Unit(data, data.Unit.ToUpperInvariant()),
    };

    public static string Crest(string kop) => kop == "bupati" ? "lambang-kepala-daerah.png" : "lambang-daerah.png";

    private static IEnumerable<XElement> Unit(LetterheadData data, string unit)
    {
        yield return Table([2.6, TextWidth - 2.6],
        [
            [
                [Paragraph([Picture(CrestRelationship, 11, "Lambang daerah", "Lambang daerah", 2.1, 2.52)])],
                [
                    Line(data.Government.ToUpperInvariant(), "center", 14),
                    Line(unit, "center", unit.Length > 38 ? 14 : 17, bold: true),
                    Line(data.Address, "center", 9.5, before: 2),
                ],
            ],
        ]);
        yield return DoubleRule();
    }

    private static IEnumerable<XElement> KepalaDaerah(LetterheadData data)
    {
        yield return Paragraph([Picture(CrestRelationship, 11, "Lambang", "Lambang", 2.2, 2.64)], "center");
        yield return Line("BUPATI " + data.Region.ToUpperInvariant(), "center", 17, bold: true, before: 4);
        yield return Line(data.Address, "center", 9.5, before: 2);
        yield return DoubleRule();
    }

    // Thick above thin, the usual end of a letterhead.
    private static XElement DoubleRule() =>
        new(W + "p",
            new XElement(W + "pPr",
                new XElement(W + "pBdr", new XElement(W + "bottom",
                    new XAttribute(W + "val", "thickThinSmallGap"), new XAttribute(W + "sz", 24), new XAttribute(W + "space", 1), new XAttribute(W + "color", "000000"))),
                new XElement(W + "spacing", new XAttribute(W + "before", 0), new XAttribute(W + "after", 160), new XAttribute(W + "line", 60), new XAttribute(W + "lineRule", "exact"))));
}
