using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing;
using Tera.Pades.Validation;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Validation;

/// <summary>A page with a text field and a remark, signed by a made-up signer: objects 100 field, 101 remark, 102 the field's picture, 103 the page's annotations.</summary>
internal static class SignedForm
{
    public static readonly DateTimeOffset At = Identity.Now.AddHours(1);

    public static Identity Signer => Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);

    public static byte[] Unsigned(string contents = "4 0 R") => Attacker.Replace(
        SmallPdf.Make(
            catalogExtra: "/AcroForm<</Fields[100 0 R]>>",
            pageExtra: "/Annots 103 0 R",
            more:
            [
                "<</Type/Annot/Subtype/Widget/FT/Tx/T(Nama)/V(Sari)/Rect[72 600 272 630]/P 3 0 R/AP<</N 102 0 R>>/F 4>>",
                "<</Type/Annot/Subtype/Text/Rect[10 10 28 28]/Contents(Catatan)/P 3 0 R>>",
                Attacker.Stream("BT /F1 12 Tf (Sari) Tj ET", "/Type/XObject/Subtype/Form/BBox[0 0 200 30]"),
                "[100 0 R 101 0 R]",
            ]),
        "/Contents 4 0 R/Resources", $"/Contents {contents.PadRight(5)}/Resources");

    public static byte[] Make(DocMdpPermission? certify = null) => Signer.Sign(Unsigned(), "Bupati", r => r with { Certify = certify });

    /// <summary>The annotations of the page as they stand, with one more.</summary>
    public static string AnnotationsAnd(byte[] pdf, int number)
    {
        var array = (PdfArray)PdfFile.Open(pdf).Latest.Get(new ObjectId(103));
        return "[" + string.Join(' ', array.Select(r => r.ToString())) + $" {number} 0 R]";
    }

    public static ValidationReport Judge(byte[] pdf, bool trusted = true) => PadesValidator.Validate(
        PdfBytes.From(pdf), new ValidationPolicy { At = At, TrustAnchors = trusted ? [Signer.Chain[1]] : [] });
}
