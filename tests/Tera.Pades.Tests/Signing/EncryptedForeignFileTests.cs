using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Signing;

/// <summary>Encrypted files of other projects: each is signed, and stays as sound as it was, or is refused by name.</summary>
public sealed class EncryptedForeignFileTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pades");

    [Fact]
    public void What_qpdf_can_open_is_signed()
    {
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        var failed = new List<string>();
        var signed = 0;
        foreach (var row in Corpus.Rows("unsigned.tsv").Where(r => r["features"].Split(' ').Contains("enc")))
        {
            var source = Corpus.Require(Path.Combine("unsigned", row["file"]));
            var pdf = File.ReadAllBytes(source);
            if (CorpusPasswords.For(pdf) is not { } password)
            {
                output.WriteLine($"{row["file"]}: no password is known");
                continue;
            }
            // poppler does not open every file that qpdf opens; then it has no opinion.
            ForeignTools.Run("pdfsig", ["-nocert", "-upw", password, source], out var unsigned);
            var opens = !unsigned.Contains("Incorrect password", StringComparison.Ordinal);
            var before = ForeignTools.Run("qpdf", ["--check", $"--password={password}", source], out _);
            var path = Path.Combine(_folder.FullName, row["file"]);
            try
            {
                using var stream = File.Create(path);
                identity.Sign(PdfFile.Open(pdf, password: password.AsMemory()), identity.Request("Tera"), stream);
            }
            catch (Exception refused) when (refused is PdfException or SigningException)
            {
                output.WriteLine($"{row["file"]}: {refused.Message}");
                if (before != 2)
                    failed.Add($"{row["file"]}: {refused.Message}");
                continue;
            }
            signed++;
            var after = ForeignTools.Run("qpdf", ["--check", $"--password={password}", path], out var said);
            ForeignTools.Run("pdfsig", ["-nocert", "-upw", password, path], out var opinion);
            if (after > before || (opens && !opinion.Contains("Signature Validation: Signature is Valid.", StringComparison.Ordinal)))
                failed.Add($"{row["file"]}: qpdf {before} -> {after} {said} {opinion}");
        }
        output.WriteLine($"{signed} signed");
        Assert.Empty(failed);
        Assert.True(signed > 25);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
