using System.Xml.Linq;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;
using Tera.Sop.Forms;
using Tera.Sop.Tests.Cases;

namespace Tera.Sop.Tests.Forms;

public sealed class FormTests
{
    public static TheoryData<string> Names => [.. BundledSop.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_numbered_step_stands_on_the_form_and_nothing_leaves_the_page(string name)
    {
        var definition = TestSops.Bundled(name);
        var pages = FormLayout.Pages(definition, new FormOptions());
        Save(name, pages);
        var texts = pages.SelectMany(page => page.Shapes).OfType<FormShape.Text>().ToList();
        foreach (var step in definition.Steps)
        {
            var word = step.Uraian.Split(' ')[0];
            Assert.True(step.Tersirat || texts.Exists(text => text.Content.StartsWith(word, StringComparison.Ordinal)), step.Uraian);
            Assert.Equal(step.Tersirat, !pages.Any(page => page.Summary.Contains(step.Uraian, StringComparison.Ordinal)));
        }

        foreach (var page in pages)
        {
            Assert.All(Points(page), point => Assert.True(point.X >= 0 && point.X <= page.Width && point.Y >= 0 && point.Y <= page.Height, point.ToString()));
            Assert.Equal("svg", XDocument.Parse(SvgWriter.Write(page)).Root!.Name.LocalName);
        }
    }

    [Fact]
    public void A_diamond_for_each_decision_and_a_row_for_each_member_of_the_chain()
    {
        var shapes = FormLayout.Pages(TestSops.Lamandau, new FormOptions()).Skip(1).SelectMany(page => page.Shapes).ToList();

        // reviu, three verifiers and the signature; the first row and the last are capsules.
        Assert.Equal(5, shapes.OfType<FormShape.Path>().Count(path => path is { Closed: true, Points.Count: 4 }));
        Assert.Equal(2, shapes.OfType<FormShape.Rect>().Count(rect => rect.Radius > 5));
        Assert.Superset(new HashSet<string> { "5", "6", "7", "8" }, shapes.OfType<FormShape.Text>().Select(text => text.Content).ToHashSet());
    }

    [Fact]
    public void Branches_are_drawn_and_ways_back_are_named()
    {
        var texts = FormLayout.Pages(TestSops.Bundled("kemhan/pengajuan-sistem-tte"), new FormOptions()).Skip(1)
            .SelectMany(page => page.Shapes).OfType<FormShape.Text>().Select(text => text.Content).ToList();
        Assert.Single(texts, "Sesuai");
        Assert.Single(texts, "Tidak sesuai");
        Assert.Contains("sesuai: ke 10", texts);
        Assert.Contains("kirim: ke 6", texts);
    }

    [Fact]
    public void Implied_steps_are_shown_only_as_executed()
    {
        Assert.DoesNotContain(FormLayout.Pages(TestSops.Purwakarta, new FormOptions()), page => page.Summary.Contains("TTE oleh Eselon 2", StringComparison.Ordinal));
        Assert.Contains(FormLayout.Pages(TestSops.Purwakarta, new FormOptions { ShowImplied = true }), page => page.Summary.Contains("TTE oleh Eselon 2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_running_case_is_drawn_on_the_form()
    {
        var run = CaseRun.Start(TestSops.Lamandau).Do("ambil").Do("kirim").Do("kirim").Do("ya").Do("ya");
        run.Do("tidak", "verifikasi.sebelumnya").Do("ya");
        var pages = FormLayout.Pages(TestSops.Lamandau, new FormOptions { Case = run.Case, NameOf = person => person.Value, Overdue = new HashSet<string> { "verifikasi" } });
        Save("kasus", pages);
        var shapes = pages.SelectMany(page => page.Shapes).ToList();
        Assert.Equal(5, Fills(shapes).Count(fill => fill == "#bfe3c5"));
        Assert.Single(Fills(shapes), fill => fill == "#f4b0aa");
        Assert.Contains(shapes.OfType<FormShape.Text>(), text => text.Content == "!");
        Assert.Contains(shapes.OfType<FormShape.Text>(), text => text.Content.StartsWith("orang-kabag", StringComparison.Ordinal));
    }

    [Fact]
    public void A_long_procedure_goes_over_several_pages_with_a_pentagon_on_each_side()
    {
        var steps = string.Join('\n', Enumerable.Range(1, 30).Select(number =>
            $"  - {{id: l{number}, nomor: {number}, uraian: Kerja {number}, pelaksana: {(number % 2 == 0 ? "a" : "b")}, jenis: isi, hasil: {{kirim: {(number == 30 ? "selesai" : $"l{number + 1}")}}}}}"));
        var pages = FormLayout.Pages(TestSops.Small("a: {nama: A, calon: unit.staf}, b: {nama: B, calon: jabatan(b)}", "", steps), new FormOptions());
        Save("panjang", pages);
        Assert.Equal(4, pages.Count);
        Assert.Equal([0, 1, 2, 1], pages.Select(page => page.Shapes.OfType<FormShape.Path>().Count(path => path is { Closed: true, Points.Count: 5 })));
    }

    [Fact]
    public void A_skipped_step_is_dashed()
    {
        var run = CaseRun.Start(TestSops.Purwakarta).Do("kirim");
        run.Ok(new LaneEmpty("paraf4"));
        var shapes = FormLayout.Pages(TestSops.Purwakarta, new FormOptions { Case = run.Case }).SelectMany(page => page.Shapes);
        Assert.Single(shapes.OfType<FormShape.Path>(), path => path.Dashed);
    }

    [Fact]
    public void Hostile_words_stay_words()
    {
        var definition = TestSops.Small("a: {nama: '<script>', calon: unit.staf}", "", "  - {id: satu, nomor: 1, uraian: '\"><script>alert(1)</script>&', pelaksana: a, jenis: isi, hasil: {kirim: selesai}}");
        foreach (var page in FormLayout.Pages(definition, new FormOptions()))
        {
            var svg = SvgWriter.Write(page);
            Assert.DoesNotContain("<script", svg, StringComparison.Ordinal);
            XDocument.Parse(svg);
        }
    }

    private static IEnumerable<string?> Fills(IEnumerable<FormShape> shapes) =>
        shapes.Select(shape => shape is FormShape.Path path ? path.Fill : shape is FormShape.Rect rect ? rect.Fill : null);

    private static IEnumerable<FormPoint> Points(FormPage page) => page.Shapes.SelectMany(shape => shape switch
    {
        FormShape.Line line => [line.From, line.To],
        FormShape.Rect rect => [rect.Corner, new FormPoint(rect.Corner.X + rect.Width, rect.Corner.Y + rect.Height)],
        FormShape.Path path => path.Points,
        FormShape.Text text => [text.At],
        _ => Array.Empty<FormPoint>(),
    });

    /// <summary>For the eye: set TERA_FORM_DIR to keep the pages.</summary>
    private static void Save(string name, IReadOnlyList<FormPage> pages)
    {
        if (Environment.GetEnvironmentVariable("TERA_FORM_DIR") is not { } folder)
        {
            return;
        }

        for (var page = 0; page < pages.Count; page++)
        {
            File.WriteAllText(Path.Combine(folder, $"{name.Replace('/', '_')}-{page}.svg"), SvgWriter.Write(pages[page]));
        }
    }
}
