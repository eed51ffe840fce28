using System.Text;
using Tera.Pades.Pdf;
using Tera.Pades.Pdf.Encryption;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Validation;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Signing;

/// <summary>Integrity codes of encrypted files (ISO/TS 32004), made by iText and by us.</summary>
public sealed class IntegrityCodeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pades");

    [Theory]
    [InlineData("45a0690c0128.pdf", IntegrityState.Holds)] // alone, SHA3-384
    [InlineData("66ecb3fa958d.pdf", IntegrityState.Holds)] // alone, of a third party
    [InlineData("1c6dafeb0998.pdf", IntegrityState.Holds)] // in a signature
    [InlineData("139e8e5ade52.pdf", IntegrityState.Holds)] // in a document time stamp
    [InlineData("8082babadd8f.pdf", IntegrityState.Holds)] // AES-GCM (ISO/TS 32003)
    [InlineData("450151070c80.pdf", IntegrityState.None)]
    [InlineData("e11af85e0611.pdf", IntegrityState.DoesNotHold)] // tampered with
    [InlineData("7d82daef3962.pdf", IntegrityState.DoesNotHold)] // the signature lacks the attribute
    [InlineData("cfe1d95ee2d1.pdf", IntegrityState.DoesNotHold)] // without a salt
    public void Foreign_codes_are_judged(string name, IntegrityState expected) =>
        Assert.Equal(expected, PadesValidator.Collect(PdfBytes.From(Foreign(name)), password: Password(name)).IntegrityCode);

    [Fact]
    public void A_file_whose_code_does_not_hold_is_not_signed()
    {
        foreach (var name in (string[])["e11af85e0611.pdf", "cfe1d95ee2d1.pdf"])
        {
            var refused = Assert.Throws<PdfException>(() => Sign(Foreign(name), Password(name), "Bupati"));
            Assert.Equal(PdfRefusal.BrokenIntegrityCode, refused.Refusal);
        }
    }

    [Theory]
    [InlineData("45a0690c0128.pdf")]
    [InlineData("66ecb3fa958d.pdf")]
    [InlineData("90cad1f3381d.pdf")] // cross-reference stream
    [InlineData("8082babadd8f.pdf")] // AES-GCM
    [InlineData("1c6dafeb0998.pdf")] // signed before
    public void A_protected_file_is_signed_with_a_code_that_holds(string name)
    {
        var password = Password(name);
        var pdf = Foreign(name);
        foreach (var field in (string[])["Kabag", "Bupati"])
        {
            pdf = Sign(pdf, password, field);
            Assert.Equal(IntegrityState.Holds, State(pdf, password));
        }
        var report = PadesValidator.Validate(PdfBytes.From(pdf), new ValidationPolicy { At = Identity.Now }, password);
        Assert.All(report.Signatures.Where(s => s.Field is "Kabag" or "Bupati"), s => Assert.True(s.Intact && s.ChangesAfter != ChangesAfter.Forbidden, s.Reason));
        Assert.True(report.Signatures.Count >= 2);

        // Any byte added by somebody without the password breaks it, and taking the code out does as well.
        Assert.Equal(IntegrityState.DoesNotHold, State([.. pdf, (byte)'\n', (byte)'%'], password));
        var text = Encoding.Latin1.GetString(pdf);
        Assert.NotEqual(IntegrityState.Holds, State(Encoding.Latin1.GetBytes(text[..text.LastIndexOf("/AuthCode", StringComparison.Ordinal)] + "/AuthCodf" + text[(text.LastIndexOf("/AuthCode", StringComparison.Ordinal) + 9)..]), password));
        if (name == "8082babadd8f.pdf")
            return; // qpdf and poppler do not know AES-GCM.
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, pdf);
        Assert.True(ForeignTools.Run("qpdf", ["--check", $"--password={password}", path], out var said) == 0, said);
        ForeignTools.Run("pdfsig", ["-nocert", "-upw", password.ToString(), path], out said);
        Assert.True(said.Split("Signature Validation: Signature is Valid.").Length > 2, said);
    }

    [Theory]
    [InlineData("45a0690c0128.pdf")]
    [InlineData("90cad1f3381d.pdf")]
    public void A_change_without_a_signature_gets_a_code_of_its_own(string name)
    {
        var password = Password(name);
        var output = new MemoryStream();
        SignatureFields.Prepare(PdfFile.Open(Foreign(name), password: password), [new SignatureFieldSpec("Bupati")], output);
        Assert.Equal(IntegrityState.Holds, State(output.ToArray(), password));
        Assert.Equal(IntegrityState.Holds, State(Sign(output.ToArray(), password, "Bupati"), password));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static byte[] Foreign(string name) => File.ReadAllBytes(Corpus.Require(Path.Combine("signed", name)));

    private static ReadOnlyMemory<char> Password(string name) => CorpusPasswords.For(Foreign(name)).AsMemory();

    private static IntegrityState State(byte[] pdf, ReadOnlyMemory<char> password) => PadesValidator.Collect(PdfBytes.From(pdf), password: password).IntegrityCode;

    private static byte[] Sign(byte[] pdf, ReadOnlyMemory<char> password, string field)
    {
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        var output = new MemoryStream();
        identity.Sign(PdfFile.Open(pdf, password: password), identity.Request(field), output);
        return output.ToArray();
    }
}
