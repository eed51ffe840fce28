using System.Text;
using Tera.Pades.Pdf;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Validation;

namespace Tera.Pades.Tests.Validation;

/// <summary>Stored facts give the verdict of the day, and what is no file of facts gives none.</summary>
public sealed class EvidenceJsonTests
{
    [Fact]
    public void Foreign_files_get_the_same_report_from_stored_facts_byte_for_byte()
    {
        var policy = new ValidationPolicy { At = SignedForm.At, TrustAnchors = [SignedForm.Signer.Chain[1]] };
        var judged = 0;
        foreach (var row in Corpus.Rows("signed.tsv"))
        {
            var evidence = PadesValidator.Collect(PdfBytes.From(File.ReadAllBytes(Corpus.Require(Path.Combine("signed", row["file"])))));
            Assert.Equal(Report(evidence, policy), Report(Again(evidence), policy));
            judged++;
        }
        Assert.True(judged > 500);
    }

    [Fact]
    public void Every_fact_survives()
    {
        var evidence = PadesValidator.Collect(PdfFile.Open(SignedForm.Signer.Sign(SignedForm.Make(), "Kedua")));
        var first = Stored(evidence);
        Assert.Equal(Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(Stored(Again(evidence))));
        Assert.Equal(2, Again(evidence).Signatures.Count);
    }

    [Fact]
    public void A_verdict_can_be_made_again_at_another_time()
    {
        var policy = new ValidationPolicy { At = SignedForm.At, TrustAnchors = [SignedForm.Signer.Chain[1]] };
        var again = Again(PadesValidator.Collect(PdfFile.Open(SignedForm.Make())));
        Assert.Equal(FileVerdict.TotalPassed, PadesValidator.Judge(again, policy).Verdict);
        Assert.Equal(FileVerdict.Indeterminate, PadesValidator.Judge(again, policy with { At = SignedForm.At.AddYears(5) }).Verdict);
    }

    [Theory]
    [InlineData("another format", "\"tera-evidence\"", "\"something\"")]
    [InlineData("another version", "\"version\":1", "\"version\":2")]
    [InlineData("no facts", "\"evidence\":{", "\"other\":{")]
    [InlineData("a member that is not known", "\"length\":", "\"verdict\":\"TOTAL_PASSED\",\"length\":")]
    [InlineData("a member that is missing", "\"isEncrypted\":false,", "")]
    [InlineData("a member that is there twice", "\"isEncrypted\":false,", "\"isEncrypted\":false,\"isEncrypted\":false,")]
    [InlineData("a null in a list", "\"signatures\":[", "\"signatures\":[null,")]
    [InlineData("a null in the store", "\"storedCrls\":[", "\"storedCrls\":[{\"offset\":1,\"encoded\":null}")]
    [InlineData("a null instead of a certificate", "\"certificates\":[", "\"certificates\":[null,")]
    [InlineData("a revision that the file does not have", "\"revision\":1", "\"revision\":7")]
    [InlineData("a range of one number", "\"byteRange\":[0,", "\"byteRange\":[0],\"defects\":[],\"x\":[")]
    [InlineData("a range beyond the file", "\"byteRange\":[0,", "\"byteRange\":[9999999,")]
    [InlineData("a defect that is none", "\"defects\":[", "\"defects\":[\"Beautiful\"")]
    [InlineData("a defect by a wild number", "\"defects\":[", "\"defects\":[77")]
    [InlineData("text behind the end", "\"tera-evidence\"", "\"tera-evidence\"}}")]
    public void What_is_no_file_of_facts_is_refused(string what, string genuine, string forged)
    {
        var json = Encoding.UTF8.GetString(Stored(PadesValidator.Collect(PdfFile.Open(SignedForm.Make()))));
        Assert.Contains(genuine, json, StringComparison.Ordinal);
        var at = json.IndexOf(genuine, StringComparison.Ordinal);
        Assert.False(EvidenceJson.TryRead(Encoding.UTF8.GetBytes(json[..at] + forged + json[(at + genuine.Length)..]), out _, out var error), what);
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Nesting_without_end_is_refused() =>
        Assert.False(EvidenceJson.TryRead(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"evidence\":", 100_000))), out _, out _));

    internal static Evidence Again(Evidence evidence) =>
        EvidenceJson.TryRead(Stored(evidence), out var again, out var error) ? again : throw new InvalidDataException(error);

    private static byte[] Stored(Evidence evidence)
    {
        var output = new MemoryStream();
        EvidenceJson.Write(evidence, output);
        return output.ToArray();
    }

    private static string Report(Evidence evidence, ValidationPolicy policy) => ReportJson.Write([("a", PadesValidator.Judge(evidence, policy))]);
}
