using Tera.Pades.Pdf;

namespace Tera.Pades.Tests.Pdf;

public sealed class ForeignFileTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_file_that_qpdf_finds_sound_opens_and_leads_to_its_pages()
    {
        var failed = new List<string>();
        var (opened, repaired, encrypted) = (0, 0, 0);
        foreach (var row in Corpus.Rows("unsigned.tsv"))
        {
            try
            {
                var file = PdfFile.Open(File.ReadAllBytes(Corpus.Require(Path.Combine("unsigned", row["file"]))));
                opened++;
                repaired += file.WasRepaired ? 1 : 0;
                if (file.Latest.GetDictionary(file.Latest.Catalog, "Pages") is null && row["qpdf_check"] == "ok")
                    failed.Add($"{row["file"]}: no pages");
            }
            catch (PdfException refused) when (refused.Refusal is PdfRefusal.WrongPassword or PdfRefusal.PublicKeyEncryption or PdfRefusal.UnsupportedEncryption)
            {
                encrypted++;
                Assert.Contains("enc", row["features"], StringComparison.Ordinal);
            }
            catch (PdfException refused)
            {
                output.WriteLine($"{row["file"]} {row["qpdf_check"]}: {refused.Message}");
                if (row["qpdf_check"] == "ok" || row["qpdf_message"].Contains("invalid password", StringComparison.Ordinal))
                    failed.Add($"{row["file"]}: {refused.Message}");
            }
        }
        output.WriteLine($"opened {opened}, of them repaired {repaired}, encrypted {encrypted}");
        Assert.Empty(failed);
    }

    [Fact]
    public void The_signed_files_show_their_revisions()
    {
        var (withEnd, all) = (0, 0);
        foreach (var row in Corpus.Rows("signed.tsv").Where(r => !r["features"].Contains("enc", StringComparison.Ordinal)))
        {
            try
            {
                var file = PdfFile.Open(File.ReadAllBytes(Corpus.Require(Path.Combine("signed", row["file"]))));
                all += file.Revisions.Count;
                withEnd += file.Revisions.Count(r => r.End is not null);
                if (file.WasRepaired || file.HasSectionsOutOfOrder || file.Revisions.Any(r => r.End is null))
                    output.WriteLine($"{row["file"]} {row["class"]} repaired={file.WasRepaired} out of order={file.HasSectionsOutOfOrder} no end={file.Revisions.Count(r => r.End is null)}");
            }
            catch (PdfException refused)
            {
                output.WriteLine($"{row["file"]} {row["class"]}: {refused.Message}");
                Assert.Contains(row["class"], (string[])["other", "attack", "broken", "placeholder"]);
            }
        }
        output.WriteLine($"{all} revisions, {withEnd} with their %%EOF");
        Assert.True(withEnd > all * 0.98);
    }
}
