using System.Xml.Linq;
using static Tera.Office.Letters.Templates.Markup;

namespace Tera.Office.Letters.Templates;

/// <summary>Head block, text and signature block of each letter kind (Permendagri 1/2023, annex; the layout is the common one of the regions).</summary>
internal static class LetterBody
{
    private static readonly string[] Diktum = ["KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH", "KEDELAPAN", "KESEMBILAN", "KESEPULUH"];

    public static IEnumerable<XElement> Elements(string kop, string kind, LetterheadData data, LetterText text) => kind switch
    {
        "nota_dinas" => NotaDinas(text),
        "sk" => Keputusan(kop, data, text),
        _ => Surat(kind, data, text),
    };

    private static IEnumerable<XElement> Surat(string kind, LetterheadData data, LetterText text)
    {
        yield return Table([2.1, 0.4, 6.5, 7.0],
        [
            Row("Nomor", "${nomor_naskah}", Line(data.Place + ", ${tanggal_naskah}", "right")),
            Row("Sifat", "${sifat}", Line("")),
            Row("Lampiran", "${lampiran}", Line("")),
            Row("Hal", "${hal}", Line(""), bold: true),
        ]);
        yield return Line("", after: 4);
        yield return Table([1.1, 9.1], [[[Line("Yth.")], [Line("${tujuan}")]], [[Line("")], [Line("di")]], [[Line("")], [Paragraph([Run("Tempat")], left: 0.7)]]]);
        yield return Line("", after: 4);
        foreach (XElement element in Paragraphs(text, labelIndent: 1.25))
        {
            yield return element;
        }

        foreach (XElement element in Signature(kind == "undangan" ? 14 : 18))
        {
            yield return element;
        }
    }

    private static IEnumerable<XElement> NotaDinas(LetterText text)
    {
        yield return Line("NOTA DINAS", "center", 13, bold: true, underline: true, before: 4);
        yield return Line("Nomor: ${nomor_naskah}", "center", after: 12);
        yield return Table([2.4, 0.4, 13.2],
        [
            Row("Kepada", "Yth. ${tujuan}"),
            Row("Dari", "${jabatan_pengirim}"),
            Row("Tanggal", "${tanggal_naskah}"),
            Row("Sifat", "${sifat}"),
            Row("Lampiran", "${lampiran}"),
            Row("Hal", "${hal}", bold: true),
        ]);
        yield return new XElement(W + "p", new XElement(W + "pPr",
            new XElement(W + "pBdr", new XElement(W + "bottom", new XAttribute(W + "val", "single"), new XAttribute(W + "sz", 8), new XAttribute(W + "space", 1), new XAttribute(W + "color", "000000"))),
            new XElement(W + "spacing", new XAttribute(W + "after", 200), new XAttribute(W + "line", 120), new XAttribute(W + "lineRule", "exact"))));
        foreach (XElement element in Paragraphs(text, labelIndent: 1.25).Concat(Signature(18)))
        {
            yield return element;
        }
    }

    private static IEnumerable<XElement> Keputusan(string kop, LetterheadData data, LetterText text)
    {
        string official = kop == "bupati" ? "BUPATI " + data.Region.ToUpperInvariant() : kop == "setda" ? "SEKRETARIS DAERAH" : "KEPALA " + data.Unit.ToUpperInvariant();
        yield return Line("KEPUTUSAN " + official, "center", bold: true, before: 2);
        yield return Line("${nomor_naskah}", "center", bold: true, after: 8);
        yield return Line("TENTANG", "center", after: 8);
        yield return Line("${hal}", "center", bold: true, after: 8, caps: true);
        yield return Line(official + ",", "center", after: 10);
        yield return Table([2.7, 0.4, 12.9], text.Details.Select(detail => Row(detail.Label, detail.Value, justify: true)));
        yield return Line("MEMUTUSKAN:", "center", bold: true, before: 8, after: 8);
        yield return Table([2.7, 0.4, 12.9],
            new[] { Row("Menetapkan", "KEPUTUSAN " + official + " TENTANG ${hal}.", justify: true, caps: true) }
                .Concat(text.Paragraphs.Select((paragraph, index) => Row(index < Diktum.Length ? Diktum[index] : "KE-" + (index + 1), paragraph, justify: true))));
        yield return Table([8.2, 7.8],
            [[[Line("")], [Line("Ditetapkan di " + data.Place, before: 14, keepNext: true), Line("pada tanggal ${tanggal_naskah}", keepNext: true)]]], together: true);
        foreach (XElement element in Signature(6))
        {
            yield return element;
        }
    }

    private static IEnumerable<XElement> Paragraphs(LetterText text, double labelIndent)
    {
        for (int index = 0; index < text.Paragraphs.Count; index++)
        {
            yield return Paragraph([Run(text.Paragraphs[index])], "both", after: 6, line: 1.15, firstLine: labelIndent);
            if (index == 0 && text.Details.Count > 0)
            {
                yield return Table([labelIndent, 3, 0.4, Kop.TextWidth - labelIndent - 3.4], text.Details.Select(detail =>
                    (IReadOnlyList<IReadOnlyList<XElement>>)[[Line("")], [Line(detail.Label, after: 3)], [Line(":", after: 3)], [Line(detail.Value, after: 3)]]));
                yield return Line("", size: 5);
            }
        }
    }

    /// <summary>Post, mark, name, pangkat, NIP; kept on one page, because the field of the signature lies on the mark.</summary>
    private static IEnumerable<XElement> Signature(double before)
    {
        yield return Table([8.2, 7.8],
        [
            [
                [Line("")],
                [
                    Paragraph([Run("${jabatan_pengirim}", caps: true), Run(",")], before: before, after: 6, keepNext: true),
                    Paragraph([Run("${ttd_pengirim}", 8, color: "404040")], after: 4, keepNext: true),
                    Line("${nama_pengirim}", bold: true, keepNext: true),
                    Line("${pangkat_pengirim}", keepNext: true),
                    Line("NIP. ${nip_pengirim}"),
                ],
            ],
        ], together: true);
        yield return Line("${tembusan}", size: 9.5, before: 14);
    }

    private static IReadOnlyList<IReadOnlyList<XElement>> Row(string label, string value, XElement? right = null, bool bold = false, bool justify = false, bool caps = false)
    {
        XElement[] cell = [Paragraph([Run(value, bold: bold, caps: caps)], justify ? "both" : "left", after: justify ? 4 : 1)];
        XElement[] name = [Line(label, after: 1)], colon = [Line(":", after: 1)];
        return right is null ? [name, colon, cell] : [name, colon, cell, [right]];
    }
}
