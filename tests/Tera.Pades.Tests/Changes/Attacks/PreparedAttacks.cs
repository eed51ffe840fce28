using System.Globalization;
using System.Text;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Validation;
using static Tera.Pades.Tests.Changes.Letter;

namespace Tera.Pades.Tests.Changes.Attacks;

/// <summary>
/// Documents laid out before signing so that a harmless-looking change later does harm: the shadow attacks (Mainka and others, NDSS
/// 2021) taken further, by giving one object two parts to play.
/// </summary>
/// <param name="Name">What is done.</param>
/// <param name="Prepare">How the letter is laid out before it is signed.</param>
/// <param name="Change">The change after signing.</param>
internal sealed record PreparedAttack(string Name, Action<SortedDictionary<int, string>> Prepare, Action<Update> Change)
{
    private const string Nowhere = "/Subtype/Text/Rect[0 0 0 0]";

    public static IEnumerable<PreparedAttack> All =>
    [
        new("the layers' configuration is an annotation too", o => (o[LayerConfiguration], o[Annotations1]) = ($"<<{Nowhere}/ON[31 0 R]>>", Listed(o, LayerConfiguration)),
            u => u.Set(LayerConfiguration, $"<<{Nowhere}/OFF[31 0 R]>>")),
        new("a node of the page tree is an annotation too", o =>
        {
            o[Pages] = "<</Type/Pages/Kids[80 0 R]/Count 2/MediaBox[0 0 595 842]/Resources 6 0 R>>";
            o[80] = $"<</Type/Pages/Parent 2 0 R/Kids[3 0 R 5 0 R]/Count 2{Nowhere}>>";
            o[Annotations1] = Listed(o, 80);
        }, u => u.With(80, "Rotate", "180")),
        new("a node of the page tree without a type is an annotation too", o =>
        {
            o[Pages] = "<</Type/Pages/Kids[80 0 R]/Count 2/MediaBox[0 0 595 842]/Resources 6 0 R>>";
            o[80] = $"<</Parent 2 0 R/Kids[3 0 R 5 0 R]/Count 2{Nowhere}>>";
            o[Annotations1] = Listed(o, 80);
        }, u => u.With(80, "MediaBox", "[0 0 100 100]")),
        new("a graphics state is an annotation too", o =>
        {
            o[Resources] = "<</Font<</F1 8 0 R>>/XObject<</P 40 0 R/Extra 90 0 R>>/Properties<</L1 31 0 R>>/ExtGState<</T 80 0 R>>>>";
            o[80] = $"<<{Nowhere}/ca 1>>";
            o[Annotations1] = Listed(o, 80);
        }, u => u.With(80, "ca", "0")),
        new("a font is a text field too", o =>
        {
            o[Font] = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding 41 0 R/FT/Tx/T(Huruf)/V(a)>>";
            o[Form] = o[Form].Replace("65 0 R]", "65 0 R 8 0 R]", StringComparison.Ordinal);
        }, u => u.With(Font, "V", "(b)").With(Font, "BaseFont", "/Symbol")),
        new("a field's picture stands on the page too", o => o[Resources] = o[Resources].Replace("90 0 R", "60 0 R", StringComparison.Ordinal),
            u => u.With(TextField, "V", "(Budi)").Set(TextPicture, Picture("BT /Helv 12 Tf 2 8 Td (Budi) Tj ET", 200, 30))),
        new("two fields share a picture", o => o[SecondText] = o[SecondText].Replace("66 0 R", "60 0 R", StringComparison.Ordinal),
            u => u.With(TextField, "V", "(Budi)").Set(TextPicture, Picture("BT /Helv 12 Tf 2 8 Td (Budi) Tj ET", 200, 30))),
        new("metadata is a page's content too", o => o[Page2] = o[Page2].Replace("7 0 R", "36 0 R", StringComparison.Ordinal),
            u => u.Set(Metadata, Attacker.Stream("BT /F1 12 Tf 72 700 Td (Lain) Tj ET", "/Type/Metadata/Subtype/XML"))),
        new("a page's content is long-term data too", o => o[Catalog] = o[Catalog][..^2] + "/DSS<</Certs[7 0 R]>>>>",
            u => u.Set(Content2, Attacker.Stream("BT /F1 12 Tf 72 700 Td (Lain) Tj ET"))),
        new("the length of a content is defined later", o => o[Content2] = o[Content2].Replace("/Length 39", "/Length 89 0 R", StringComparison.Ordinal),
            u => u.Set(89, "10")),
        new("a hidden cover is shown", o =>
        {
            o[80] = "<</Type/Annot/Subtype/Stamp/Rect[70 675 200 695]/AP<</N 81 0 R>>/P 3 0 R/F 2>>";
            o[81] = Picture("1 g 0 0 130 20 re f", 130, 20);
            o[Annotations1] = Listed(o, 80);
        }, u => u.With(80, "F", "4")),
        new("a cover on a hidden layer is taken off it", o =>
        {
            o[80] = "<</Type/Annot/Subtype/Stamp/Rect[70 675 200 695]/AP<</N 81 0 R>>/P 3 0 R/F 4/OC 31 0 R>>";
            o[81] = Picture("1 g 0 0 130 20 re f", 130, 20);
            o[Annotations1] = Listed(o, 80);
            o[LayerConfiguration] = "<</OFF[31 0 R]>>";
        }, u => u.With(80, "OC", null)),
        new("an annotation's picture is the page's emblem", o => o[Stamp] = o[Stamp].Replace("64 0 R", "40 0 R", StringComparison.Ordinal),
            u => u.Set(Emblem, Picture("1 g 0 0 50 50 re f", 50, 50))),
        new("a field over the amount is filled in", o =>
        {
            o[80] = "<</Type/Annot/Subtype/Widget/FT/Tx/T(Jumlah)/Rect[70 675 200 695]/P 3 0 R/DA(/Helv 12 Tf 0 g)/F 4>>";
            o[Annotations1] = Listed(o, 80);
            o[Form] = o[Form].Replace("65 0 R]", "65 0 R 80 0 R]", StringComparison.Ordinal);
        }, u => u.With(80, "V", "(Rp 9.000.000)").With(80, "AP", $"<</N {u.New(Picture("1 g 0 0 130 20 re f BT /Helv 12 Tf 0 g 2 4 Td (Rp 9.000.000) Tj ET", 130, 20))} 0 R>>")),
        new("a list of annotations is a page's content too", o => o[Page2] = o[Page2].Replace("/Contents 7 0 R", "/Contents 42 0 R", StringComparison.Ordinal),
            u => u.Append(Annotations2, "7 0 R")),
    ];

    public byte[] Make(DocMdpPermission? certify, string kind)
    {
        var signed = Signed(certify, kind, prepare: Prepare);
        return Attack.Apply(signed, Change, XrefStyle.Table);
    }

    /// <summary>A section that is signed says where objects lie that are not there yet.</summary>
    public static byte[] BeyondTheSignedBytes()
    {
        // The size of the signed file does not depend on the number in the section.
        var length = Sign(0).Length;
        return new Update(Attack.Apply(Sign(length), u => u.Set(Undefined, Picture("1 g 60 600 400 200 re f", 595, 842)), XrefStyle.Table)).Write();

        byte[] Sign(int offset)
        {
            var text = Encoding.Latin1.GetString(Unsigned());
            var at = text.IndexOf("trailer\n", StringComparison.Ordinal);
            return Signer.Sign(Encoding.Latin1.GetBytes(text.Insert(at, string.Create(CultureInfo.InvariantCulture, $"90 1\n{Math.Max(offset, 1):D10} 00000 n \n"))), "Bupati");
        }
    }

    /// <summary>A section that is signed says that an object lies in an object stream that is not there yet.</summary>
    public static byte[] InAStreamToCome()
    {
        var text = Encoding.Latin1.GetString(Unsigned("xref stream", o => o.Remove(FontEncoding)));
        // The entry of the font's encoding, 41, goes from free to the first place in stream 95.
        var from = text.LastIndexOf("/Index[0 1 ", StringComparison.Ordinal);
        text = text.Insert(from + 11, "41 1 ");
        var data = text.IndexOf("stream\n", from, StringComparison.Ordinal) + 7 + 5;
        text = text.Insert(data, "\u0002\0\0\u005F\0");
        var length = text.LastIndexOf("/Length ", data, StringComparison.Ordinal) + 8;
        var end = text.IndexOf('/', length);
        text = text[..length] + (int.Parse(text[length..end], CultureInfo.InvariantCulture) + 5).ToString(CultureInfo.InvariantCulture) + text[end..];
        var signed = Signer.Sign(Encoding.Latin1.GetBytes(text), "Bupati");
        return Attack.Apply(signed, u => u.Set(95, Attacker.Stream("41 0 <</Type/Encoding/Differences[48/nine]>>", "/Type/ObjStm/N 1/First 5")), XrefStyle.Table);
    }

    private static string Listed(SortedDictionary<int, string> objects, int number) => objects[Annotations1][..^1] + $" {number} 0 R]";
}
