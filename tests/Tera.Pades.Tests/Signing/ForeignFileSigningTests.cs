using System.Collections.Concurrent;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Signing;

public sealed class ForeignFileSigningTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pades");

    [Fact]
    public void Files_of_every_making_are_signed_and_stay_as_sound_as_they_were()
    {
        var refused = new ConcurrentBag<string>();
        var damaged = new ConcurrentBag<string>();
        var (accepted, signed) = (0, 0);
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        var rows = Corpus.Rows("unsigned.tsv").Where(r => r["qpdf_check"] != "error").ToList();
        Parallel.ForEach(rows, new ParallelOptions { MaxDegreeOfParallelism = 2 }, row =>
        {
            try
            {
                var pdf = identity.Sign(File.ReadAllBytes(Corpus.Require(Path.Combine("unsigned", row["file"]))), "Tera");
                Interlocked.Increment(ref signed);
                var path = Path.Combine(_folder.FullName, row["file"]);
                File.WriteAllBytes(path, pdf);
                // qpdf: 0 sound, 3 warnings. A file that had warnings may keep them.
                var code = ForeignTools.QpdfCheck(path, out var message);
                var isValid = ForeignTools.ValidSignatures(path) >= 1;
                if ((code == 0 || (code == 3 && row["qpdf_check"] == "warning")) && isValid)
                    Interlocked.Increment(ref accepted);
                else
                    damaged.Add($"{row["file"]} {row["qpdf_check"]} -> {code}, pdfsig {isValid}: {message.Split('\n')[0]}");
            }
            catch (PdfException exception)
            {
                refused.Add($"{row["file"]} {row["qpdf_check"]}: {exception.Refusal}");
            }
            catch (SigningException exception)
            {
                refused.Add($"{row["file"]} {row["qpdf_check"]}: {exception.Refusal}");
            }
        });

        var encrypted = refused.Count(r => r.EndsWith("Encrypted", StringComparison.Ordinal));
        output.WriteLine($"{rows.Count} files, {signed} signed, {accepted} accepted by qpdf and pdfsig, {encrypted} encrypted");
        foreach (var line in refused.Concat(damaged).Where(r => !r.EndsWith("Encrypted", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            output.WriteLine(line);
        Assert.True(accepted >= 0.98 * (rows.Count - encrypted), $"{accepted} of {rows.Count - encrypted}");
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
