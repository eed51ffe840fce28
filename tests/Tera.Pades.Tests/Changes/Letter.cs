using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing;
using Tera.Pades.Tests.Validation;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Changes;

/// <summary>
/// A letter of two pages with one of each thing that a later revision may try to change, signed by our own signer with a key made
/// for the run. The constants name its objects.
/// </summary>
internal static class Letter
{
    public const int Catalog = 1, Pages = 2, Page1 = 3, Content1 = 4, Page2 = 5, Resources = 6, Content2 = 7, Font = 8, Annotations1 = 9, Form = 10;

    public const int TextField = 11, CheckBox = 12, Button = 13, EmptyField = 14, Remark = 15, Stamp = 16, Note = 17, SplitField = 18, SplitWidget = 19;

    public const int StructureRoot = 20, Paragraph = 21, ParentTree = 22, Layers = 30, Layer = 31, LayerConfiguration = 32, Names = 33, Attachments = 34, Metadata = 36, Outlines = 37, Outline = 38;

    public const int Emblem = 40, FontEncoding = 41, Annotations2 = 42, TextPicture = 60, YesPicture = 61, OffPicture = 62, ButtonPicture = 63, StampPicture = 64, SecondText = 65, SecondPicture = 66;

    /// <summary>Referred to by the content, and defined by nobody.</summary>
    public const int Undefined = 90;

    /// <summary>An object that nothing refers to.</summary>
    public const int Unused = 91;

    public static Identity Signer { get; } = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);

    /// <summary>The letter, prepared in some way before anybody signs.</summary>
    public static byte[] Unsigned(string kind = "classic", Action<SortedDictionary<int, string>>? prepare = null)
    {
        var objects = Objects();
        prepare?.Invoke(objects);
        return SmallPdf.Write(kind, objects);
    }

    private static SortedDictionary<int, string> Objects() => new()
    {
        [Catalog] = "<</Type/Catalog/Pages 2 0 R/AcroForm 10 0 R/StructTreeRoot 20 0 R/MarkInfo<</Marked true>>/OCProperties 30 0 R/Names 33 0 R/Metadata 36 0 R/Outlines 37 0 R/Lang(id-ID)>>",
        [Pages] = "<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2/MediaBox[0 0 595 842]/Resources 6 0 R>>",
        [Page1] = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources 6 0 R/Annots 9 0 R/StructParents 0/Tabs/S>>",
        [Content1] = Attacker.Stream("/P<</MCID 0>>BDC BT /F1 12 Tf 72 700 Td (Bupati membayar kepada Sari) Tj 0 -20 Td (Rp 1.000.000) Tj ET EMC\nq 1 0 0 1 300 300 cm /P Do Q /Extra Do\n/OC /L1 BDC BT /F1 12 Tf 72 640 Td (Tidak termasuk pajak) Tj ET EMC"),
        [Page2] = "<</Type/Page/Parent 2 0 R/Contents 7 0 R/Annots 42 0 R>>",
        [Resources] = "<</Font<</F1 8 0 R>>/XObject<</P 40 0 R/Extra 90 0 R>>/Properties<</L1 31 0 R>>>>",
        [Content2] = Attacker.Stream("BT /F1 12 Tf 72 700 Td (Lampiran) Tj ET"),
        [Font] = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding 41 0 R>>",
        [Annotations1] = "[11 0 R 12 0 R 13 0 R 14 0 R 15 0 R 16 0 R 17 0 R 65 0 R]",
        [Form] = "<</Fields[11 0 R 12 0 R 13 0 R 14 0 R 18 0 R 65 0 R]/DR<</Font<</Helv 8 0 R>>>>/DA(/Helv 0 Tf 0 g)>>",
        [TextField] = "<</Type/Annot/Subtype/Widget/FT/Tx/T(Nama)/V(Sari)/Rect[72 600 272 630]/P 3 0 R/AP<</N 60 0 R>>/DA(/Helv 12 Tf 0 g)/F 4>>",
        [CheckBox] = "<</Type/Annot/Subtype/Widget/FT/Btn/T(Setuju)/V/Off/AS/Off/Rect[72 560 92 580]/P 3 0 R/AP<</N<</Yes 61 0 R/Off 62 0 R>>>>/F 4>>",
        [Button] = "<</Type/Annot/Subtype/Widget/FT/Btn/Ff 65536/T(Cetak)/Rect[300 560 400 580]/P 3 0 R/MK<</CA(Cetak)>>/AP<</N 63 0 R>>/F 4>>",
        [EmptyField] = "<</Type/Annot/Subtype/Widget/FT/Sig/T(Sekda)/Rect[72 100 272 150]/P 3 0 R/F 4>>",
        [Remark] = "<</Type/Annot/Subtype/Text/Rect[10 10 28 28]/Contents(Catatan)/P 3 0 R>>",
        [Stamp] = "<</Type/Annot/Subtype/Stamp/Rect[400 400 500 450]/AP<</N 64 0 R>>/P 3 0 R/F 4>>",
        [Note] = "<</Type/Annot/Subtype/FreeText/Rect[410 410 490 440]/DA(/Helv 9 Tf)/Contents(Lunas)/C[1 1 1]/P 3 0 R/F 4>>",
        [SplitField] = "<</FT/Sig/T(Kadis)/Kids[19 0 R]>>",
        [SplitWidget] = "<</Type/Annot/Subtype/Widget/Parent 18 0 R/Rect[72 100 272 150]/P 5 0 R/F 4>>",
        [StructureRoot] = "<</Type/StructTreeRoot/K[21 0 R]/ParentTree 22 0 R/ParentTreeNextKey 1>>",
        [Paragraph] = "<</Type/StructElem/S/P/P 20 0 R/Pg 3 0 R/K 0/ActualText(Bupati membayar)>>",
        [ParentTree] = "<</Nums[0[21 0 R]]>>",
        [Layers] = "<</OCGs[31 0 R]/D 32 0 R>>",
        [Layer] = "<</Type/OCG/Name(Pajak)>>",
        [LayerConfiguration] = "<</ON[31 0 R]/Order[31 0 R]>>",
        [Names] = "<</EmbeddedFiles 34 0 R>>",
        [Attachments] = "<</Names[]>>",
        [Metadata] = Attacker.Stream("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>", "/Type/Metadata/Subtype/XML"),
        [Outlines] = "<</Type/Outlines/First 38 0 R/Last 38 0 R/Count 1>>",
        [Outline] = "<</Title(Surat)/Parent 37 0 R/Dest[3 0 R/Fit]>>",
        [Emblem] = Attacker.Stream("0 0 1 rg 0 0 50 50 re f", "/Type/XObject/Subtype/Form/BBox[0 0 50 50]"),
        [FontEncoding] = "<</Type/Encoding/BaseEncoding/WinAnsiEncoding>>",
        [Annotations2] = "[19 0 R]",
        [TextPicture] = Picture("/Tx BMC BT /Helv 12 Tf 2 8 Td (Sari) Tj ET EMC", 200, 30),
        [YesPicture] = Picture("0 g 4 4 12 12 re f", 20, 20),
        [OffPicture] = Picture("", 20, 20),
        [ButtonPicture] = Picture("0.8 g 0 0 100 20 re f", 100, 20),
        [StampPicture] = Picture("1 0 0 RG 1 1 98 48 re S", 100, 50),
        [SecondText] = "<</Type/Annot/Subtype/Widget/FT/Tx/T(Alamat)/V(Lamandau)/Rect[72 520 272 550]/P 3 0 R/AP<</N 66 0 R>>/DA(/Helv 12 Tf 0 g)/F 4>>",
        [SecondPicture] = Picture("/Tx BMC BT /Helv 12 Tf 2 8 Td (Lamandau) Tj ET EMC", 200, 30),
        [Unused] = "<</Ada(benda)>>",
    };

    /// <summary>Signed by "Bupati": as an approval, or as a certification that permits these changes.</summary>
    public static byte[] Signed(DocMdpPermission? certify = null, string kind = "classic", FieldLock? fieldLock = null, Action<SortedDictionary<int, string>>? prepare = null) =>
        Signer.Sign(Unsigned(kind, prepare), "Bupati", r => r with { Certify = certify, NewField = fieldLock is null ? null : new SignatureFieldSpec("Bupati", Lock: fieldLock) });

    /// <summary>A form XObject.</summary>
    public static string Picture(string paint, int width, int height) =>
        Attacker.Stream(paint, $"/Type/XObject/Subtype/Form/BBox[0 0 {width} {height}]/Resources<</Font<</Helv 8 0 R>>>>");
}
