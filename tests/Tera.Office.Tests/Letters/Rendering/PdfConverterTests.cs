using System.Diagnostics;
using Tera.Office.Letters.Docx;
using Tera.Office.Letters.Rendering;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;

namespace Tera.Office.Tests.Letters.Rendering;

public sealed class PdfConverterTests(ConverterFixture converter) : IClassFixture<ConverterFixture>
{
    [Fact]
    public async Task A_worker_killed_between_two_letters_is_replaced_unnoticed()
    {
        byte[] docx = Merged();
        await converter.PdfAsync(docx);
        int before = Assert.Single(converter.Converter.OfficeProcesses);
        using (Process office = Process.GetProcessById(before))
        {
            office.Kill(); // its parent is the Python program, which reaps it when it next looks
        }

        byte[] pdf = await converter.PdfAsync(docx);
        Assert.NotEqual(before, Assert.Single(converter.Converter.OfficeProcesses));
        Assert.Single(await converter.Tools.PagesAsync(pdf, CancellationToken.None));
    }

    [Fact]
    public async Task A_worker_that_hangs_is_ended_and_the_letter_told_after_the_second_time()
    {
        string folder = Path.Combine(converter.Folder, "hanging");
        await using var impatient = new PdfConverter(new ConverterSettings { Folder = folder, Limit = TimeSpan.FromMilliseconds(1) });
        Conversion.Failed failed = Assert.IsType<Conversion.Failed>(await impatient.ConvertAsync(Merged(), CancellationToken.None));
        Assert.Contains("dua kali", failed.Message, StringComparison.Ordinal);
        Assert.Empty(impatient.OfficeProcesses);
    }

    [Fact]
    public async Task The_signers_field_lies_on_the_QR_and_a_paraf_is_invisible()
    {
        byte[] pdf = await converter.PdfAsync(Merged());
        LinkAnnotation mark = Assert.Single(LinkAnnotations.Find(PdfFile.Open(pdf).Latest, SampleLetters.Address.AbsoluteUri));
        byte[] prepared = LetterRenderer.PlaceFields(
            pdf, [new FieldWanted("paraf_kasi", Guid.NewGuid(), true), new FieldWanted("ttd_bupati", Guid.NewGuid(), false)], SampleLetters.Values());
        IReadOnlyList<SignatureField> fields = SignatureField.Read(PdfFile.Open(prepared).Latest);
        Assert.Equal(["paraf_kasi", "ttd_bupati"], fields.Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.All(fields, field => Assert.False(field.IsSigned));
        Assert.True(prepared.AsSpan().StartsWith(pdf), "The fields are an incremental update.");
        Assert.InRange(mark.Rectangle.Width, 60, 70); // 2.3 cm in points
    }

    [Fact]
    public async Task Another_date_is_equivalent_and_another_word_is_not()
    {
        var renderer = new LetterRenderer(converter.Converter, converter.Tools);
        byte[] draft = SampleLetters.Template("bupati-surat");
        LetterValues old = SampleLetters.Values(), tomorrow = old with { Date = "1 Desember 2026" }, other = tomorrow with { SignerName = "Orang Lain" };
        RenderedLetter before = await DoneAsync(renderer, draft, old);
        Equivalence.Answer same = Equivalence.Prove(before, old, await DoneAsync(renderer, draft, tomorrow), tomorrow);
        Assert.True(same.Same, same.Text);
        Assert.Contains("1 Desember 2026", same.Text, StringComparison.Ordinal);
        Assert.False(Equivalence.Prove(before, old, await DoneAsync(renderer, draft, other), other).Same);
    }

    private static async Task<RenderedLetter> DoneAsync(LetterRenderer renderer, byte[] draft, LetterValues values) =>
        Assert.IsType<RenderAnswer.Done>(await renderer.RenderAsync(draft, values, CancellationToken.None)).Letter;

    private static byte[] Merged() => LetterMerge.Merge(SampleLetters.Package(SampleLetters.Template("bupati-surat")), SampleLetters.Values()).Write();
}
