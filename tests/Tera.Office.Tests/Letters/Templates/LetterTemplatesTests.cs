using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Tera.Office.Letters;
using Tera.Office.Letters.Docx;
using Tera.Office.Letters.Rendering;
using Tera.Office.Letters.Templates;

namespace Tera.Office.Tests.Letters.Templates;

public sealed class LetterTemplatesTests(ConverterFixture converter) : IClassFixture<ConverterFixture>
{
    public static TheoryData<string> Ids => new(LetterTemplates.All.Select(template => template.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_template_passes_our_own_door_and_has_every_obligatory_placeholder(string id) =>
        Assert.Null(PlaceholderCheck.Check(SampleLetters.Package(SampleLetters.Template(id))));

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_schema_of_Open_XML_finds_nothing_wrong(string id)
    {
        byte[] merged = LetterMerge.Merge(SampleLetters.Package(SampleLetters.Template(id)), SampleLetters.Values()).Write();
        using var document = WordprocessingDocument.Open(new MemoryStream(merged), isEditable: false);
        var errors = new OpenXmlValidator(FileFormatVersions.Office2013).Validate(document).Select(error => $"{error.Path?.XPath}: {error.Description}").ToList();
        Assert.Empty(errors);
    }

    [Fact]
    public void The_same_agency_gives_the_same_bytes() => Assert.Equal(SampleLetters.Template("pd-surat"), SampleLetters.Template("pd-surat"));

    [Fact]
    public async Task Every_template_becomes_a_letter_of_one_page_with_nothing_unresolved()
    {
        string? keep = Environment.GetEnvironmentVariable("TERA_KEEP_LETTERS");
        foreach (LetterTemplate template in LetterTemplates.All)
        {
            DocxPackage merged = LetterMerge.Merge(SampleLetters.Package(SampleLetters.Template(template.Id)), SampleLetters.Values(elected: template.Kop == "bupati"));
            byte[] pdf = await converter.PdfAsync(merged.Write());
            string text = Assert.Single(await converter.Tools.TextAsync(pdf, CancellationToken.None));
            Assert.DoesNotContain("${", text, StringComparison.Ordinal);
            Assert.Contains("24 November 2026", text, StringComparison.Ordinal);
            Assert.Contains(LetterValues.MarkText, text, StringComparison.Ordinal);
            Assert.Contains("UU ITE", text, StringComparison.Ordinal);
            Assert.Equal(template.Kop != "bupati", text.Contains("NIP.", StringComparison.Ordinal));
            if (keep is not null)
            {
                await File.WriteAllBytesAsync(Path.Combine(keep, template.Id + ".pdf"), pdf);
            }
        }
    }
}
