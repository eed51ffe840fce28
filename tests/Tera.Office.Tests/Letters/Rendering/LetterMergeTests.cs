using System.Text;
using System.Xml.Linq;
using Tera.Office.Letters;
using Tera.Office.Letters.Docx;
using Tera.Office.Letters.Rendering;

namespace Tera.Office.Tests.Letters.Rendering;

public sealed class LetterMergeTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("${nip_pengirim} tetap teks")]
    [InlineData("Undangan 🎉 & “kutip” </w:t></w:r>")]
    [InlineData("]]> &amp; &#0;")]
    public void A_value_is_text_whatever_it_looks_like(string hal) => Assert.Contains(hal, TextOf(Merge(hal)), StringComparison.Ordinal);

    [Fact]
    public void Ten_thousand_characters_arrive_whole()
    {
        string hal = string.Concat(Enumerable.Repeat("abcdefghi ", 1_000));
        Assert.Contains(hal, TextOf(Merge(hal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Characters_that_XML_has_no_place_for_are_replaced_and_the_file_stays_whole() =>
        Assert.Contains("a\uFFFDb\uFFFDc", TextOf(Merge("a\u0001b\uD800c")), StringComparison.Ordinal);

    [Fact]
    public void The_same_draft_and_values_give_the_same_bytes()
    {
        DocxPackage draft = SampleLetters.Package(SampleLetters.Template("bupati-surat"));
        Assert.Equal(LetterMerge.Merge(draft, SampleLetters.Values()).Write(), LetterMerge.Merge(draft, SampleLetters.Values()).Write());
    }

    [Fact]
    public void A_placeholder_that_Word_split_into_runs_is_joined()
    {
        DocxPackage split = Split("${nomor_naskah}", ["$", "{nomor", "_nas", "kah}"]);
        Assert.Null(PlaceholderCheck.Check(split));
        string text = TextOf(LetterMerge.Merge(split, SampleLetters.Values()));
        Assert.Contains("000.8.3.3/0015/UMUM/2026", text, StringComparison.Ordinal);
        Assert.DoesNotContain("${", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_placeholder_is_named()
    {
        DocxProblem problem = PlaceholderCheck.Check(Split("${hal}", ["${nama_", "kucing}"]))!;
        Assert.Equal(LetterRefusalReason.UnresolvedPlaceholders, problem.Reason);
        Assert.Contains("${nama_kucing}", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("${nomor_naskah}")]
    [InlineData("${tanggal_naskah}")]
    [InlineData("${ttd_pengirim}")]
    public void A_missing_obligatory_placeholder_is_named(string placeholder)
    {
        DocxProblem problem = PlaceholderCheck.Check(Split(placeholder, ["tidak ada"]))!;
        Assert.Equal(LetterRefusalReason.MissingPlaceholder, problem.Reason);
        Assert.Contains(placeholder, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_places_for_one_signature_are_refused() =>
        Assert.Equal(LetterRefusalReason.UnresolvedPlaceholders, PlaceholderCheck.Check(Split("${hal}", ["${ttd_pengirim}"]))!.Reason);

    [Fact]
    public void Elected_heads_have_no_line_for_a_NIP()
    {
        DocxPackage draft = SampleLetters.Package(SampleLetters.Template("bupati-surat"));
        Assert.DoesNotContain("NIP", TextOf(LetterMerge.Merge(draft, SampleLetters.Values(elected: true))), StringComparison.Ordinal);
        Assert.Contains("NIP. 19720308 199803 1 905", TextOf(LetterMerge.Merge(draft, SampleLetters.Values(elected: false))), StringComparison.Ordinal);
    }

    private static DocxPackage Merge(string hal) =>
        LetterMerge.Merge(SampleLetters.Package(SampleLetters.Template("bupati-surat")), SampleLetters.Values() with { Hal = hal });

    private static DocxPackage Split(string placeholder, string[] runs)
    {
        DocxPackage draft = SampleLetters.Package(SampleLetters.Template("bupati-surat"));
        XDocument document = XDocument.Parse(Encoding.UTF8.GetString(draft.Parts[draft.MainPart]), LoadOptions.PreserveWhitespace);
        foreach (XElement text in document.Descendants(WordNames.W + "t").Where(text => text.Value.Contains(placeholder, StringComparison.Ordinal)).ToList())
        {
            XElement run = text.Parent!;
            int at = text.Value.IndexOf(placeholder, StringComparison.Ordinal);
            IEnumerable<string> pieces = new[] { text.Value[..at] }.Concat(runs).Append(text.Value[(at + placeholder.Length)..]);
            run.ReplaceWith(pieces.SelectMany(piece => new[]
            {
                new XElement(WordNames.W + "r", new XElement(WordNames.W + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), piece)),
                new XElement(WordNames.W + "proofErr", new XAttribute(WordNames.W + "type", "spellStart")),
            }));
        }

        return draft.With(new Dictionary<string, byte[]>(StringComparer.Ordinal) { [draft.MainPart] = BoundedXml.Save(document) });
    }

    private static string TextOf(DocxPackage package) =>
        string.Concat(XDocument.Parse(Encoding.UTF8.GetString(package.Parts[package.MainPart])).Descendants(WordNames.W + "t").Select(text => text.Value));
}
