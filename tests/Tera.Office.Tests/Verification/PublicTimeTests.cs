using System.Net;
using Tera.Office.Letters;
using Tera.Office.Storage;
using Tera.Office.Tests.Shell;
using Tera.Office.Verification;
using Tera.Pades.Validation;

namespace Tera.Office.Tests.Verification;

public sealed class PublicTimeTests(ScreenHost host) : IClassFixture<ScreenHost>
{
    [Theory]
    [InlineData("Asia/Jakarta", "10.04 WIB", "10:04 WIB (UTC+7)")]
    [InlineData("Asia/Makassar", "11.04 WITA", "11:04 WITA (UTC+8)")]
    [InlineData("Asia/Jayapura", "12.04 WIT", "12:04 WIT (UTC+9)")]
    public void The_sentence_tells_the_time_of_the_agency(string zone, string indonesian, string english)
    {
        Sha256Digest hash = Sha256Digest.Parse(new string('a', 64));
        var letter = new PublicLetter(Guid.Empty, "Pemerintah Kabupaten Arunika", zone, "1/2026", "Undangan", new DateOnly(2026, 11, 24), true, hash, true, []);
        VerificationPage page = VerificationWords.Describe(Passed(), letter, hash);
        Assert.Contains($"24 November 2026 {indonesian}", page.SentenceId, StringComparison.Ordinal);
        Assert.Contains($"24 November 2026 {english}", page.SentenceEn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_behind_the_QR_shows_the_zone_of_the_agency_to_whoever_asks()
    {
        using HttpClient stranger = host.Stranger();
        string text = WebUtility.HtmlDecode(await stranger.GetStringAsync("/v/7Q4M9ZK2XW8D3HTN"));
        Assert.Contains("11.04 WITA", text, StringComparison.Ordinal);
        Assert.DoesNotContain("WIB", text, StringComparison.Ordinal);
    }

    private static ValidationReport Passed() => new()
    {
        Verdict = FileVerdict.TotalPassed,
        Reason = "",
        Signatures =
        [
            new SignatureReport
            {
                Field = "ttd_bupati", SubFilter = "ETSI.CAdES.detached", Level = "PAdES-B-T", Indication = Indication.TotalPassed, Reason = "", Signer = "CN=Wiratama Adiguna",
                SignedAt = new DateTimeOffset(2026, 11, 24, 3, 4, 0, TimeSpan.Zero), Intact = true, CoversWholeRevision = true, ChangesAfter = ChangesAfter.None,
            },
        ],
    };
}
