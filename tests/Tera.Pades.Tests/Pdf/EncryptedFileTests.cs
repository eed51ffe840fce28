using System.Text;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Signing;
using Tera.Pades.Validation;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Pdf;

/// <summary>Files that qpdf has encrypted, in every way it knows.</summary>
public sealed class EncryptedFileTests : IDisposable
{
    private const string Remark = "(Catatan r\\351hasia \\(1\\))";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pades");

    /// <summary>What qpdf is told, with %u and %o for the passwords.</summary>
    public static TheoryData<string> Ways => new(
        "--encrypt %u %o 40 --",
        "--encrypt %u %o 128 --use-aes=n --",
        "--encrypt %u %o 128 --force-V4 --",
        "--encrypt %u %o 128 --use-aes=n --force-V4 --cleartext-metadata --",
        "--encrypt %u %o 128 --use-aes=y --",
        "--encrypt %u %o 128 --use-aes=y --cleartext-metadata --",
        "--encrypt %u %o 256 --",
        "--encrypt %u %o 256 --force-R5 --",
        "--encrypt %u %o 256 --cleartext-metadata --",
        "--object-streams=generate --encrypt %u %o 128 --use-aes=n --",
        "--object-streams=generate --encrypt %u %o 128 --use-aes=y --",
        "--object-streams=generate --encrypt %u %o 256 --",
        "--linearize --encrypt %u %o 256 --",
        "--linearize --object-streams=generate --encrypt %u %o 128 --use-aes=y --");

    [Theory]
    [MemberData(nameof(Ways))]
    public void Either_password_opens_a_file_and_a_wrong_one_does_not(string way)
    {
        var pdf = Encrypt(way, "rahasia", "pemilik");
        foreach (var password in (string[])["rahasia", "pemilik"])
        {
            var file = PdfFile.Open(pdf, password: password.AsMemory());
            Assert.True(file.IsEncrypted);
            Assert.False(file.WasRepaired);
            Assert.Equal("Catatan réhasia (1)", file.Latest.GetText(file.Latest.Catalog, "Catatan"));
            var page = PdfPages.Enumerate(file.Latest).Single();
            Assert.Equal("0.5 g 72 700 200 50 re f", Encoding.ASCII.GetString(file.Decode((PdfStream)file.Latest.Resolve(page.Dictionary["Contents"]))));
            Assert.Equal("<x/>", Encoding.ASCII.GetString(file.Decode((PdfStream)file.Latest.Get(file.Latest.Catalog, "Metadata"))));
        }
        foreach (var wrong in (string[])["", "rahasi", "Pemilik"])
            Assert.Equal(PdfRefusal.WrongPassword, Assert.Throws<PdfException>(() => PdfFile.Open(pdf, password: wrong.AsMemory())).Refusal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_file_with_an_owner_password_only_opens_without_one(string way) =>
        Assert.Equal("Catatan réhasia (1)", PdfFile.Open(Encrypt(way, "", "pemilik")) is var file ? file.Latest.GetText(file.Latest.Catalog, "Catatan") : null);

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_encrypted_file_is_signed_twice_and_foreign_programs_read_it(string way)
    {
        var pdf = Encrypt(way, "rahasia", "pemilik");
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        foreach (var name in (string[])["Kabag", "Bupati"])
        {
            var output = new MemoryStream();
            var field = new SignatureFieldSpec(name, 0, new PdfRectangle(72, 72, 200, 50));
            identity.Sign(PdfFile.Open(pdf, password: "rahasia".AsMemory()), identity.Request(name) with { NewField = field }, output);
            Assert.True(output.ToArray().AsSpan().StartsWith(pdf));
            pdf = output.ToArray();
        }
        Assert.DoesNotContain("Nanga Bulik", Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);

        var path = Path.Combine(_folder.FullName, "signed.pdf");
        File.WriteAllBytes(path, pdf);
        Assert.True(ForeignTools.Run("qpdf", ["--check", "--password=rahasia", path], out var said) == 0, said);
        ForeignTools.Run("pdfsig", ["-nocert", "-upw", "rahasia", path], out said);
        Assert.True(2 == said.Split("Signature Validation: Signature is Valid.").Length - 1, said);
        Assert.True(2 == said.Split("Total document signed").Length + said.Split("Not total document signed").Length - 2, said);
        var signature = SignatureField.Read(PdfFile.Open(pdf, password: "pemilik".AsMemory()).Latest).First(f => f.Name == "Bupati").ValueId!.Value;
        ForeignTools.Run("qpdf", ["--password=rahasia", $"--show-object={signature.Number}", path], out said);
        Assert.Contains("(Nanga Bulik)", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Preparing_again_gives_the_same_hash()
    {
        var pdf = Encrypt("--encrypt %u %o 256 --", "rahasia", "pemilik");
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        byte[] Hash() => DocumentToSign.Prepare(PdfFile.Open(pdf, password: "rahasia".AsMemory()), identity.Request("Bupati"), Stream.Null).HashToSign.ToArray();
        Assert.Equal(Hash(), Hash());
    }

    [Theory]
    [InlineData("--encrypt %u %o 128 --use-aes=n --")]
    [InlineData("--object-streams=generate --encrypt %u %o 256 --")]
    public void A_damaged_encrypted_file_is_repaired_and_signed(string way)
    {
        var pdf = Encoding.Latin1.GetString(Encrypt(way, "rahasia", "pemilik"));
        var at = pdf.LastIndexOf("startxref\n", StringComparison.Ordinal) + 10;
        var file = PdfFile.Open(Encoding.Latin1.GetBytes(pdf[..at] + "7\n%%EOF\n"), password: "rahasia".AsMemory());
        Assert.True(file.WasRepaired);
        Assert.Equal("Catatan réhasia (1)", file.Latest.GetText(file.Latest.Catalog, "Catatan"));

        var path = Path.Combine(_folder.FullName, "repaired.pdf");
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        using (var output = File.Create(path))
            identity.Sign(file, identity.Request("Bupati"), output);
        Assert.True(ForeignTools.Run("qpdf", ["--check", "--password=rahasia", path], out var said) == 0, said);
    }

    [Theory]
    [InlineData("p\u00E4ssw\u00F6rd €", "40")]
    [InlineData("p\u00E4ssw\u00F6rd €", "128 --use-aes=y")]
    [InlineData("kata sandi \u0639\u0631\u0628\u064A \uD83D\uDD11", "256")]
    public void A_password_beyond_ASCII_opens(string password, string bits)
    {
        var pdf = Encrypt($"--encrypt %u %o {bits} --", password, "pemilik");
        Assert.True(PdfFile.Open(pdf, password: password.AsMemory()).IsEncrypted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/Encrypt<</Filter/Standard/V 4/R 4/P -4/O<00>/U<00>>>")]
    public void A_later_revision_that_touches_the_encryption_is_found_out(string encrypt)
    {
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        var output = new MemoryStream();
        identity.Sign(PdfFile.Open(Encrypt("--encrypt %u %o 256 --", "", "pemilik")), identity.Request("Bupati"), output);
        var file = PdfFile.Open(output.ToArray());
        Assert.NotEqual(ChangesAfter.Forbidden, Changes(output.ToArray()));
        var start = output.Length;
        output.Write(Encoding.ASCII.GetBytes($"xref\n0 0\ntrailer\n<</Size 200/Root {file.Latest.CatalogId}/Prev {file.Revisions[^1].XrefOffset}{encrypt}>>\nstartxref\n{start}\n%%EOF\n"));
        Assert.Equal(ChangesAfter.Forbidden, Changes(output.ToArray()));
    }

    private static ChangesAfter Changes(byte[] pdf) =>
        Assert.Single(PadesValidator.Validate(PdfBytes.From(pdf), new ValidationPolicy { At = Identity.Now }).Signatures).ChangesAfter;

    [Fact]
    public void Attachments_alone_may_be_encrypted()
    {
        var bytes = File.ReadAllBytes(Corpus.Require(Path.Combine("unsigned", "0f44da5152ad.pdf")));
        Assert.Equal(PdfRefusal.WrongPassword, Assert.Throws<PdfException>(() => PdfFile.Open(bytes, password: "salah".AsMemory())).Refusal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private byte[] Encrypt(string way, string user, string owner)
    {
        var plain = Path.Combine(_folder.FullName, "plain.pdf");
        var path = Path.Combine(_folder.FullName, "encrypted.pdf");
        File.WriteAllBytes(plain, SmallPdf.Make(catalogExtra: $"/Catatan{Remark}/Metadata 100 0 R", more: ["<</Type/Metadata/Subtype/XML/Length 4>>\nstream\n<x/>\nendstream"]));
        var words = way.Split(' ').Select(w => w.Replace("%u", user, StringComparison.Ordinal).Replace("%o", owner, StringComparison.Ordinal));
        var code = ForeignTools.Run("qpdf", ["--allow-weak-crypto", .. words, plain, path], out var said);
        Assert.True(code is 0 or 3, said);
        return File.ReadAllBytes(path);
    }
}
