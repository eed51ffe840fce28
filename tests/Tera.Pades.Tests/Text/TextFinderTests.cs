using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tera.Pades.Pdf;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing;
using Tera.Pades.Text;

namespace Tera.Pades.Tests.Text;

public sealed class TextFinderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pades-text");

    [Theory]
    [InlineData("in one string", "BT /F0 12 Tf 100 500 Td (Ttd: ${ttd_pengirim} .) Tj ET")]
    [InlineData("kerned", "BT /F0 12 Tf 100 500 Td [(Ttd: ) -3 ($) 20 ({t) -15 (td_p) 7 (engir) (im}) ( .)] TJ ET")]
    [InlineData("in strings of its own", "BT /F0 12 Tf 100 500 Td (Ttd: ) Tj ($) Tj ({ttd_) Tj (pengirim}) Tj ET")]
    [InlineData("in text objects and fonts of its own", "BT /F0 12 Tf 100 500 Td (Ttd: ${ttd) Tj ET BT /F1 12 Tf 150.68 500 Td (_pengirim}) Tj ET")]
    [InlineData("in octal and hexadecimal", "BT /F0 12 Tf 100 500 Td (Ttd: \\044\\173ttd_) Tj <70656E676972696D7D> Tj ET")]
    [InlineData("with an apostrophe", "BT /F0 12 Tf 14 TL 100 514 Td (Ttd: ${ttd_pengirim}) ' ET")]
    [InlineData("with a quotation mark", "BT /F0 12 Tf 14 TL 100 514 Td 1 0.2 (Ttd: ${ttd_pengirim}) \" ET")]
    [InlineData("on the next line", "BT /F0 12 Tf 100 514 TD (A) Tj 0 -14 TD (Ttd: ${ttd_pengirim}) Tj T* (B) Tj ET")]
    [InlineData("spaced and stretched", "BT /F0 12 Tf 2 Tc 3 Tw 80 Tz 4 Ts 100 500 Td (Ttd: ${ttd_pengirim}) Tj ET")]
    [InlineData("in two-byte codes", "BT /F4 12 Tf 100 500 Td CID Tj ET")]
    [InlineData("in a form", "q 1 0 0 1 90 480 cm /X0 Do Q BT /F0 12 Tf (after) Tj ET")]
    [InlineData("behind an inline image", "q BI /W 2 /H 2 /BPC 8 /CS /G ID \u0001EI\u0002 EI Q BT /F0 12 Tf 100 500 Td (Ttd: ${ttd_pengirim}) Tj ET")]
    [InlineData("twice for boldness", "BT /F0 12 Tf 100 500 Td (Ttd: ${ttd_pengirim}) Tj ET BT /F0 12 Tf 100.3 500 Td (Ttd: ${ttd_pengirim}) Tj ET")]
    [InlineData("invisibly", "BT 3 Tr /F0 12 Tf 100 500 Td (Ttd: ${ttd_pengirim}) Tj ET")]
    [InlineData("out of order", "BT /F0 12 Tf 1 0 0 1 150.68 500 Tm (_pengirim}) Tj 1 0 0 1 100 500 Tm (Ttd: ${ttd) Tj ET")]
    [InlineData("with damage around it", ") ] >> /Q 1 2 3 [ (x) BT /F0 12 Tf 100 500 Td (Ttd: ${ttd_pengirim}) Tj ET")]
    public void A_tag_is_found_however_it_is_written(string how, string content)
    {
        var pdf = TextPdf.Make(content.Replace("CID", TextPdf.InF4("Ttd: ${ttd_pengirim}"), StringComparison.Ordinal), form0: "BT /F0 12 Tf 0 0 Td (Ttd: ${ttd_pengirim}) Tj ET");
        var found = Assert.Single(new TextFinder(PdfFile.Open(pdf).Latest).Find("${ttd_pengirim}"));
        Assert.Equal("${ttd_pengirim}", found.Text);
        Assert.True(found.Box.X is > 115 and < 160, $"{how}: {found.Box}");
        Assert.InRange(found.Box.Y, 496, 502);
        Assert.InRange(found.Box.Height, 10, 16);
        Assert.InRange(found.Box.Width, 60, 140);
    }

    [Theory]
    [InlineData("BT /F0 12 Tf 100 500 Td (${ttd_) Tj 0 -14 Td (pengirim}) Tj ET")]
    [InlineData("BT /F0 12 Tf 100 500 Td (${ttd_) Tj 200 0 Td (pengirim}) Tj ET")]
    [InlineData("BT /F0 12 Tf 100 500 Td (${TTD_PENGIRIM}) Tj ET")]
    public void What_does_not_stand_there_is_not_found(string content) =>
        Assert.Empty(new TextFinder(PdfFile.Open(TextPdf.Make(content)).Latest).Find("${ttd_pengirim}"));

    [Fact]
    public void Occurrences_come_in_reading_order_of_the_page_as_it_is_shown()
    {
        const string Content = "BT /F0 12 Tf 1 0 0 1 300 100 Tm (#) Tj 1 0 0 1 100 100 Tm (#) Tj 1 0 0 1 100 700 Tm (#) Tj ET";
        double[] XOf(string extra) => [.. new TextFinder(PdfFile.Open(TextPdf.Make(Content, extra)).Latest).Find("#").Select(m => Math.Round(m.Box.X + m.Box.Y))];
        var upright = XOf("");
        Assert.Equal([797, 197, 397], upright);
        Assert.Equal([397, 197, 797], XOf("/Rotate 180"));
    }

    [Fact]
    public void Boxes_agree_with_those_of_poppler_for_texts_placed_at_random()
    {
        var compared = 0;
        for (var seed = 1; seed <= 30; seed++)
        {
            var pdf = TextPdf.Make(RandomPage(new Random(seed), out var words), form1: "BT /F5 11 Tf 40 60 Td (dalamformulir) Tj ET");
            var (height, theirs) = Poppler(pdf);
            var finder = new TextFinder(PdfFile.Open(pdf).Latest);
            foreach (var (word, isTurned) in words)
            {
                // Poppler divides a word where it takes a gap for a space; then there is nothing to compare.
                if (!theirs.TryGetValue(word, out var their))
                    continue;
                var mine = Assert.Single(finder.Find(word));
                compared++;
                var box = mine.Box;
                var (from, to, theirFrom, theirTo) = isTurned
                    ? (box.Y, box.Y + box.Height, height - their.Bottom, height - their.Top)
                    : (box.X, box.X + box.Width, their.Left, their.Right);
                Assert.True(Math.Abs(from - theirFrom) < 0.75 && Math.Abs(to - theirTo) < 0.75, $"seed {seed}, {word}: {from:0.##} to {to:0.##}, poppler {theirFrom:0.##} to {theirTo:0.##}");
                // How high letters are is a matter of taste; where their middle is, is not.
                var (middle, theirMiddle, size) = isTurned
                    ? (box.X + (box.Width / 2), (their.Left + their.Right) / 2, box.Width)
                    : (box.Y + (box.Height / 2), height - ((their.Top + their.Bottom) / 2), box.Height);
                Assert.True(Math.Abs(middle - theirMiddle) < 0.3 * size, $"seed {seed}, {word}: {middle:0.##}, poppler {theirMiddle:0.##}");
            }
        }
        Assert.True(compared > 350, $"only {compared} words compared");
    }

    [Fact]
    public void A_page_that_shows_itself_ends()
    {
        // Sixteen levels of two each would be 65,536 forms; one that shows itself would have no end.
        var circle = TextPdf.Make("/X1 Do /X0 Do BT /F0 12 Tf 100 500 Td (#) Tj ET", form0: "/X0 Do /X1 Do BT /F0 9 Tf (#) Tj ET", form1: "/X1 Do /X0 Do");
        Assert.NotEmpty(new TextFinder(PdfFile.Open(circle).Latest).Find("#"));

        var endless = TextPdf.Make(string.Concat(Enumerable.Repeat("BT /F0 1 Tf (aaaaaaaaaaaaaaaaaaaaaaaa) Tj ET ", 20_000)) + "BT /F0 9 Tf (#) Tj ET");
        Assert.Empty(new TextFinder(PdfFile.Open(endless).Latest, new TextLimits { MaxLetters = 1000 }).Find("#"));
        Assert.Empty(new TextFinder(PdfFile.Open(endless).Latest, new TextLimits { MaxOperators = 1000 }).Find("#"));
        Assert.Single(new TextFinder(PdfFile.Open(endless).Latest, new TextLimits { MaxLetters = 600_000 }).Find("#"));
    }

    [Fact]
    public void Every_foreign_file_is_read_to_its_end()
    {
        var (files, words) = (0, 0);
        foreach (var path in Directory.GetFiles(Corpus.Require("unsigned"), "*.pdf").Concat(Directory.GetFiles(Corpus.Require("signed"), "*.pdf")).Order(StringComparer.Ordinal))
        {
            PdfFile file;
            try
            {
                file = PdfFile.Open(File.ReadAllBytes(path));
            }
            catch (PdfException)
            {
                continue;
            }
            var finder = new TextFinder(file.Latest);
            words += PdfPages.Enumerate(file.Latest).Sum(page => finder.WordsOn(page).Count);
            files++;
        }
        // 1,056 files and 87,933 words when this was written.
        Assert.True(files > 1000 && words > 85_000, $"{words} words in {files} files");
    }

    [Fact]
    public void Mutated_content_is_read_within_bounds()
    {
        var random = new Random(5);
        var page = RandomPage(new Random(1), out _);
        for (var i = 0; i < 500; i++)
        {
            var content = new StringBuilder(page);
            for (var k = random.Next(1, 12); k > 0; k--)
                content[random.Next(content.Length)] = (char)random.Next(1, 256);
            var file = PdfFile.Open(TextPdf.Make(content.ToString(), form1: "/X0 Do"));
            _ = new TextFinder(file.Latest).Find("kata").Count();
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // A word a line, so that none stands beside another.
    private static string RandomPage(Random random, out List<(string Word, bool IsTurned)> words)
    {
        var content = new StringBuilder("q 0.5 0 0 0.5 200 20 cm /X1 Do Q\n");
        words = [("dalamformulir", false)];
        for (var line = 0; line < 16; line++)
        {
            var word = string.Concat(Enumerable.Range(0, random.Next(3, 10)).Select(_ => (char)('a' + random.Next(26)))) + "q" + (char)('a' + line);
            var font = random.Next(6);
            var size = 6 + (random.NextDouble() * 12);
            var turned = random.Next(5) == 0;
            content.Append("q ");
            if (random.Next(3) == 0)
                content.Append(CultureInfo.InvariantCulture, $"1.25 0 0 1.25 {-50 + random.Next(20)} {random.Next(5)} cm ");
            content.Append(CultureInfo.InvariantCulture, $"BT /F{font} {size:0.###} Tf {random.Next(3) switch { 0 => "0.3 Tc", 1 => "-0.2 Tc 5 Tw", _ => "0 Tc" }} {random.Next(70, 130)} Tz {(random.Next(4) == 0 ? "2 Ts" : "0 Ts")} ");
            content.Append(turned
                ? string.Create(CultureInfo.InvariantCulture, $"0 1 -1 0 {60 + (line * 20)} {500 + random.Next(30)} Tm ")
                : string.Create(CultureInfo.InvariantCulture, $"{60 + random.Next(100)} {100 + (line * 22)} Td "));
            AppendPieces(content, word, font == 4, random);
            content.Append(" ET Q\n");
            words.Add((font == 3 ? word.ToUpperInvariant() : word, turned));
        }
        return content.ToString();
    }

    private static void AppendPieces(StringBuilder content, string word, bool isComposite, Random random)
    {
        content.Append('[');
        for (var at = 0; at < word.Length;)
        {
            var length = Math.Min(random.Next(1, 5), word.Length - at);
            var piece = word.Substring(at, length);
            content.Append(isComposite ? TextPdf.InF4(piece) : random.Next(2) == 0 ? $"({piece})" : $"<{Convert.ToHexString(Encoding.ASCII.GetBytes(piece))}>");
            at += length;
            if (at < word.Length)
                content.Append(CultureInfo.InvariantCulture, $" {random.Next(-60, 60)} ");
        }
        content.Append("] TJ");
    }

    private (double Height, Dictionary<string, (double Left, double Top, double Right, double Bottom)> Words) Poppler(byte[] pdf)
    {
        var path = Path.Combine(_folder.FullName, "text.pdf");
        File.WriteAllBytes(path, pdf);
        ForeignTools.Run("pdftotext", ["-bbox", path, "-"], out var boxes);
        var words = new Dictionary<string, (double, double, double, double)>(StringComparer.Ordinal);
        foreach (Match word in Regex.Matches(boxes, "<word xMin=\"([-\\d.]+)\" yMin=\"([-\\d.]+)\" xMax=\"([-\\d.]+)\" yMax=\"([-\\d.]+)\">(.*?)</word>"))
        {
            var n = Enumerable.Range(1, 4).Select(i => double.Parse(word.Groups[i].Value, CultureInfo.InvariantCulture)).ToArray();
            words[word.Groups[5].Value] = (n[0], n[1], n[2], n[3]);
        }
        return (842, words);
    }
}
