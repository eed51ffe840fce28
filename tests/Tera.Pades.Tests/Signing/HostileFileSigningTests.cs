using System.Text;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Validation;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Signing;

/// <summary>Files that fuzzing found to be signed wrongly, each written again by hand.</summary>
public sealed class HostileFileSigningTests
{
    private static readonly Identity Signer = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);

    [Fact]
    public void In_a_damaged_file_the_new_field_does_not_become_the_kid_that_another_field_lost()
    {
        // The kids of the field are gone with the damaged sections; their numbers are the next ones that seem free.
        var kids = string.Join(' ', Enumerable.Range(101, 20).Select(i => $"{i} 0 R"));
        var pdf = SmallPdf.Make(catalogExtra: "/AcroForm<</Fields[100 0 R]>>", more: [$"<</T(r1)/Kids[{kids}]>>"]);
        var damaged = Attacker.Replace(pdf, "startxref", "startxxxx");
        var signed = PdfFile.Open(Signer.Sign(damaged, "Bupati"));
        Assert.Equal("Bupati", Assert.Single(SignatureField.Read(signed.Latest)).Name);
    }

    [Fact]
    public void A_file_whose_object_numbers_are_used_up_is_refused()
    {
        var pdf = Encoding.Latin1.GetString(SmallPdf.Make("classic"));
        var numbered = pdf.Replace("trailer", "2147483640 1\n0000000009 00000 n \ntrailer", StringComparison.Ordinal);
        Assert.Equal(PdfRefusal.TooLarge, Assert.Throws<PdfException>(() => Signer.Sign(Encoding.Latin1.GetBytes(numbered), "Bupati")).Refusal);
    }
}
