using Tera.Pades.Appearances;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing;
using Tera.Pades.Validation;

namespace Tera.Pades.Tests.Appearances;

public sealed class MarkPlacementTests : IDisposable
{
    private static readonly SignatureAppearance Red = new([]) { Background = new MarkColor(255, 0, 0) };

    private readonly Mark _mark = new();

    public static TheoryData<int, string, PageOrigin> Pages
    {
        get
        {
            var pages = new TheoryData<int, string, PageOrigin>();
            foreach (var rotate in (int[])[0, 90, 180, 270])
            {
                foreach (var crop in (string[])["", "/CropBox[100 50 400 700]", "/MediaBox[-50 -20 550 780]", "/CropBox[-100 -100 300 3000]"])
                {
                    pages.Add(rotate, crop, PageOrigin.BottomLeft);
                    pages.Add(rotate, crop, PageOrigin.TopLeft);
                }
            }
            return pages;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_rectangle_lies_where_it_is_asked_for_on_the_page_as_it_is_shown(int rotate, string box, PageOrigin origin)
    {
        var page = SmallPdf.Make(pageExtra: $"/Rotate {rotate}{box}");
        var places = new MarkAtRectangle(PageSelection.First, new PdfRectangle(30, 40, 120, 50), origin).Resolve(PdfFile.Open(page).Latest);
        var pdf = Mark.Sign(page, "Bupati", Red, places);
        var (_, height, _) = _mark.Show(pdf);
        var ink = _mark.BoxOf(pdf, (r, g, b) => r > 250 && g < 5)!.Value;
        var top = origin == PageOrigin.TopLeft ? 40 : height - 40 - 50;
        Assert.InRange(ink.Left, 29, 31);
        Assert.InRange(ink.Right, 148, 151);
        Assert.InRange(ink.Top, top - 1, top + 1);
        Assert.InRange(ink.Bottom, top + 48, top + 51);
    }

    [Fact]
    public void In_user_space_the_rectangle_is_what_the_widget_says()
    {
        var file = PdfFile.Open(SmallPdf.Make(pageExtra: "/Rotate 90/CropBox[100 50 400 700]"));
        var place = Assert.Single(new MarkAtRectangle(PageSelection.First, new PdfRectangle(120, 60, 100, 40), PageOrigin.UserSpace).Resolve(file.Latest));
        Assert.Equal(new PdfRectangle(120, 60, 100, 40), place.Rectangle);
    }

    [Theory]
    [InlineData(0, 500, 10)]
    [InlineData(0, 10, 800)]
    [InlineData(0, -1, 10)]
    [InlineData(90, 10, 550)]
    public void A_place_outside_the_page_is_refused(int rotate, double x, double y)
    {
        var view = PdfFile.Open(SmallPdf.Make(pageExtra: $"/Rotate {rotate}")).Latest;
        var refused = Assert.Throws<MarkException>(() => new MarkAtRectangle(PageSelection.First, new PdfRectangle(x, y, 100, 50)).Resolve(view));
        Assert.Equal(MarkRefusal.OutsidePage, refused.Refusal);
        Assert.Contains("page 1", refused.Message);
    }

    [Theory]
    [InlineData("1", "0")]
    [InlineData("-1", "9")]
    [InlineData("all", "0 1 2 3 4 5 6 7 8 9")]
    [InlineData("2-4,-1", "1 2 3 9")]
    [InlineData("8--1", "7 8 9")]
    [InlineData("-3--2", "7 8")]
    [InlineData("3, 1, 3", "2 0")]
    public void Pages_are_chosen(string text, string indices)
    {
        Assert.True(PageSelection.TryParse(text, out var selection));
        Assert.Equal(indices, string.Join(' ', selection.IndicesOf(10)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("1-")]
    [InlineData("-")]
    [InlineData("4-2")]
    [InlineData("1,,2")]
    [InlineData("first")]
    [InlineData("99999999999")]
    public void What_names_no_pages_is_refused(string text) => Assert.False(PageSelection.TryParse(text, out _));

    [Fact]
    public void A_page_that_is_not_there_is_named() =>
        Assert.Contains("page 11 of 10", Assert.Throws<MarkException>(() => PageSelection.Single(11).IndicesOf(10)).Message);

    [Fact]
    public void A_mark_on_every_page_is_one_widget_and_stamps_that_the_signature_covers()
    {
        var pdf = SmallPdf.Make(pages: 3);
        var places = new MarkAtRectangle(PageSelection.All, new PdfRectangle(20, 20, 100, 40)).Resolve(PdfFile.Open(pdf).Latest);
        var signed = Mark.Sign(pdf, "Bupati", Red, places);
        for (var page = 1; page <= 3; page++)
            Assert.NotNull(_mark.BoxOf(signed, (r, g, b) => r > 250 && g < 5, page));

        var path = _mark.Save(signed);
        Assert.Equal(0, ForeignTools.QpdfCheck(path, out _));
        Assert.Equal(1, ForeignTools.ValidSignatures(path));
        Assert.Contains("Total document signed", ForeignTools.Pdfsig(path));
        var file = PdfFile.Open(signed);
        var subtypes = PdfPages.Enumerate(file.Latest).SelectMany(p => file.Latest.GetArray(p.Dictionary, "Annots")!).Select(a => file.Latest.GetName((PdfDictionary)file.Latest.Resolve(a), "Subtype"));
        Assert.Equal(["Widget", "Stamp", "Stamp"], subtypes);
        var report = PadesValidator.Judge(PadesValidator.Collect(file), new ValidationPolicy { At = Identity.Now });
        var signature = Assert.Single(report.Signatures);
        Assert.True(signature.Intact);
        Assert.Equal(ChangesAfter.None, signature.ChangesAfter);
    }

    [Fact]
    public void A_later_signature_cannot_bring_marks_on_other_pages_as_they_would_break_the_earlier_one()
    {
        var first = Mark.Sign(Red, pdf: SmallPdf.Make(pages: 3));
        var places = new MarkAtRectangle(PageSelection.All, new PdfRectangle(20, 20, 100, 40)).Resolve(PdfFile.Open(first).Latest);
        Assert.Equal(SigningRefusal.MarksAfterSignature, Assert.Throws<SigningException>(() => Mark.Sign(first, "Sekda", Red, places)).Refusal);
    }

    public void Dispose() => _mark.Dispose();
}
