using System.Globalization;
using System.Text;

namespace Tera.EndToEnd.Tests.Verbs;

/// <summary>`tera sign` with a visible mark.</summary>
public sealed class MarkTests : IDisposable
{
    private readonly VerbFolder _verbs = new();

    public MarkTests()
    {
        File.WriteAllBytes(_verbs.At("tags.pdf"), Pages("Kepala Dinas, ${ttd_pengirim} # dan #", "Halaman dua #"));
        // One red pixel.
        File.WriteAllBytes(_verbs.At("ttd.png"), Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"));
    }

    public void Dispose() => _verbs.Dispose();

    [Theory]
    [InlineData("--tag", "${ttd_pengirim}", "--tag-size", "150,60", "--image", "ttd.png", "--text", "Ditandatangani oleh\\nSari Uji Coba", "--border", "#808080")]
    [InlineData("--tag", "#", "--tag-at", "all", "--qr", "https://contoh.go.id/v/ABC", "--tag-size", "60,60", "--tag-anchor", "center")]
    [InlineData("--pages", "all", "--rect", "10,10,120,50", "--origin", "top-left", "--text", "Salinan sesuai aslinya", "--align", "center", "--background", "#FFFFCC")]
    [InlineData("--page", "-1", "--rect", "10,10,120,50", "--image", "ttd.png", "--layout", "behind", "--text", "Sah")]
    public void A_marked_file_is_signed_and_passes(params string[] mark)
    {
        Assert.Equal(0, Sign(out var error, mark));
        Assert.Equal("", error);
        Assert.Equal(0, _verbs.Tera(out _, out _, "verify", _verbs.At("out.pdf"), "--trust", _verbs.At("roots.pem"), "--offline"));
        Assert.Equal(0, _verbs.Run("qpdf", out _, out _, "--check", _verbs.At("out.pdf")));
        _verbs.Run("pdfsig", out var said, out _, "-nocert", _verbs.At("out.pdf"));
        Assert.Contains("Signature is Valid", said, StringComparison.Ordinal);
        Assert.Contains("Total document signed", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is found 0 times", "--tag", "${tidak_ada}", "--text", "x")]
    [InlineData("is found 3 times", "--tag", "#", "--tag-at", "4", "--text", "x")]
    [InlineData("outside the page", "--rect", "590,10,50,50", "--text", "x")]
    [InlineData("page 3 of 2", "--page", "3", "--rect", "10,10,50,50", "--text", "x")]
    [InlineData("does not fit", "--rect", "10,10,12,12", "--text", "Ditandatangani secara elektronik oleh Kepala Dinas")]
    [InlineData("one picture", "--rect", "10,10,50,50", "--image", "ttd.png", "--qr", "x")]
    [InlineData("needs its place", "--text", "x")]
    [InlineData("needs something to show", "--tag", "#")]
    [InlineData("--tag-size goes with --tag", "--rect", "10,10,50,50", "--tag-size", "5,5")]
    [InlineData("neither PNG nor JPEG", "--rect", "10,10,50,50", "--image", "in.pdf")]
    [InlineData("--font", "--rect", "10,10,50,50", "--text", "x", "--font", "in.pdf")]
    [InlineData("--origin middle", "--rect", "10,10,50,50", "--origin", "middle")]
    [InlineData("--pages 3-1", "--rect", "10,10,50,50", "--pages", "3-1")]
    public void What_cannot_be_done_is_said_in_one_line_and_leaves_nothing(string reason, params string[] mark)
    {
        Assert.Equal(2, Sign(out var error, mark));
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
        Assert.False(File.Exists(_verbs.At("out.pdf")));
    }

    private int Sign(out string error, string[] mark)
    {
        var words = mark.Select(w => File.Exists(_verbs.At(w)) ? _verbs.At(w) : w);
        return _verbs.Tera(out _, out error, ["sign", _verbs.At("tags.pdf"), "-o", _verbs.At("out.pdf"), "--p12", _verbs.At("key.p12"), "--passphrase-file", _verbs.At("pass"), .. words]);
    }

    private static byte[] Pages(params string[] lines)
    {
        var objects = new List<string> { "<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>" };
        var kids = new StringBuilder();
        foreach (var line in lines)
        {
            var content = $"BT /F 12 Tf 72 500 Td ({line}) Tj ET";
            objects.Add($"<</Length {content.Length}>>\nstream\n{content}\nendstream");
            objects.Add($"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {objects.Count} 0 R/Resources<</Font<</F 3 0 R>>>>>>");
            kids.Append(CultureInfo.InvariantCulture, $"{objects.Count} 0 R ");
        }
        objects[1] = $"<</Type/Pages/Kids[{kids}]/Count {lines.Length}>>";
        var text = new StringBuilder("%PDF-1.7\n");
        var xref = new StringBuilder().Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        for (var i = 0; i < objects.Count; i++)
        {
            xref.Append(CultureInfo.InvariantCulture, $"{text.Length:D10} 00000 n \n");
            text.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }
        var at = text.Length;
        return Encoding.ASCII.GetBytes(text.Append(xref).Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {objects.Count + 1}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n").ToString());
    }
}
