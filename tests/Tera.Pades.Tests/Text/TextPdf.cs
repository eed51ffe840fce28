using System.Globalization;
using System.Text;
using Tera.Pades.Tests.Pdf;

namespace Tera.Pades.Tests.Text;

/// <summary>Pages with text: objects 100 to 105 are fonts F0 to F5, 106 and 107 forms X0 and X1; the later /Contents of the page counts.</summary>
internal static class TextPdf
{
    public const string Resources = "/Resources<</Font<</F0 100 0 R/F1 101 0 R/F2 102 0 R/F3 103 0 R/F4 104 0 R/F5 105 0 R>>/XObject<</X0 106 0 R/X1 107 0 R>>>>";

    private const string Identity = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0003> <0061> <0020> endbfrange endcmap";

    public static byte[] Make(string content, string pageExtra = "", string form0 = "", string form1 = "")
    {
        var widths = string.Join(' ', Enumerable.Range(0, 95).Select(i => 400 + (i * 7 % 300)));
        return SmallPdf.Make(pageExtra: $"{Resources}{pageExtra}/Contents 108 0 R", more:
        [
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Times-BoldItalic>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/MacRomanEncoding>>",
            // The letters a to z by names that mean the capitals, and given widths.
            $"<</Type/Font/Subtype/TrueType/BaseFont/Uji/FirstChar 32/LastChar 126/Widths[{widths}]/FontDescriptor<</Type/FontDescriptor/FontName/Uji/Flags 32/Ascent 900/Descent -200/ItalicAngle 0/CapHeight 700/StemV 80/FontBBox[0 -200 1000 900]>>/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[97/A/B/C/D/E/F/G/H/I/J/K/L/M/N/O/P/Q/R/S/T/U/V/W/X/Y/Z]>>>>",
            $"<</Type/Font/Subtype/Type0/BaseFont/UjiCid/Encoding/Identity-H/ToUnicode 109 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/UjiCid/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 600/W[3[250] 10 40 550 41[700 710 720]]/FontDescriptor<</Type/FontDescriptor/FontName/UjiCid/Flags 4/Ascent 900/Descent -200/ItalicAngle 0/CapHeight 700/StemV 80/FontBBox[0 -200 1000 900]>>>>]>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
            StreamOf(form0, $"/Type/XObject/Subtype/Form/BBox[0 0 1000 1000]/Matrix[1 0 0 1 10 20]{Resources}"),
            StreamOf(form1, "/Type/XObject/Subtype/Form/BBox[0 0 1000 1000]"),
            StreamOf(content, ""),
            StreamOf(Identity, ""),
        ]);
    }

    /// <summary>A string in the codes of F4, whose glyph 3 is the space.</summary>
    public static string InF4(string text) => "<" + string.Concat(text.Select(c => (c - 29).ToString("X4", CultureInfo.InvariantCulture))) + ">";

    private static string StreamOf(string data, string extra) => $"<</Length {Encoding.Latin1.GetByteCount(data)}{extra}>>\nstream\n{data}\nendstream";
}
