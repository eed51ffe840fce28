using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Tera.Office.Cases;
using Tera.Office.Letters;
using Tera.Office.Organisation;
using Tera.Office.Verification;

namespace Tera.Office.Tests.Shell;

/// <summary>What people do on the pages, and what the pages refuse.</summary>
public sealed partial class PagesTests(ScreenHost host) : IClassFixture<ScreenHost>
{
    private static readonly string ReviewPath = $"/kasus/{ScriptedDesk.Review}/langkah/reviu";

    [Fact]
    public async Task A_stranger_is_shown_the_door_and_comes_back_to_the_page()
    {
        using HttpClient browser = host.Stranger();
        using HttpResponseMessage sent = await browser.GetAsync("/surat");
        Assert.Equal("/masuk?kembali=%2Fsurat", sent.Headers.Location?.OriginalString);
        using HttpResponseMessage back = await ScreenHost.PostAsync(
            browser, "/masuk?kembali=%2Fsurat", "/masuk", ("nama", "staf"), ("sandi", DemoAgency.Password), ("kembali", "/surat"));
        Assert.Equal("/surat", back.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("https://example.org/")]
    [InlineData("//example.org/")]
    [InlineData("/\\example.org")]
    public async Task The_login_sends_nobody_to_another_site(string elsewhere)
    {
        using HttpClient browser = host.Stranger();
        using HttpResponseMessage answer = await ScreenHost.PostAsync(
            browser, "/masuk", "/masuk", ("nama", "staf"), ("sandi", DemoAgency.Password), ("kembali", elsewhere));
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_wrong_password_keeps_the_name_and_forgets_the_password()
    {
        using HttpClient browser = host.Stranger();
        using HttpResponseMessage answer = await ScreenHost.PostAsync(browser, "/masuk", "/masuk", ("nama", "kasi"), ("sandi", "sama-sekali-keliru"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        string html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("value=\"kasi\"", html, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("sama-sekali-keliru", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused()
    {
        using HttpClient browser = await host.PersonAsync("staf");
        using HttpResponseMessage answer = await browser.PostAsync("/keluar", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_told_so()
    {
        using HttpClient browser = await host.PersonAsync("staf");
        using HttpResponseMessage answer = await browser.PostAsync("/mulai", new FormUrlEncodedContent([KeyValuePair.Create("judul", new string('a', 600_000))]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("Berkas terlalu besar", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_carries_the_strict_policy()
    {
        using HttpClient browser = host.Stranger();
        foreach (string path in new[] { "/masuk", "/tidak-ada", "/rusak" })
        {
            using HttpResponseMessage answer = await browser.GetAsync(path);
            string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'self'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task What_the_page_names_is_served_and_may_be_kept_for_ever()
    {
        using HttpClient browser = host.Stranger();
        string html = await browser.GetStringAsync("/masuk");
        string[] assets = [.. Asset().Matches(html).Select(match => match.Value).Distinct()];
        Assert.True(assets.Length >= 4, string.Join(' ', assets));
        foreach (string asset in assets)
        {
            using HttpResponseMessage answer = await browser.GetAsync(asset);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }

        string css = await browser.GetStringAsync(assets.Single(asset => asset.EndsWith(".css", StringComparison.Ordinal)));
        Assert.DoesNotContain("{{", css, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", css, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_one_person_is_kept_by_no_cache()
    {
        using HttpClient browser = await host.PersonAsync("staf");
        using HttpResponseMessage answer = await browser.GetAsync("/");
        Assert.True(answer.Headers.CacheControl!.NoStore || answer.Headers.CacheControl.NoCache);
    }

    [Fact]
    public async Task A_decision_carries_what_was_seen()
    {
        using HttpClient browser = await host.PersonAsync("kabag");
        host.Desk.Refusal = null;
        using HttpResponseMessage answer = await ScreenHost.PostAsync(
            browser, ReviewPath, ReviewPath, ("versi", "7"), ("dilihat", host.Desk.DocumentHash!), ("kunci", "k1"), ("hasil", "tidak"), ("kembali-ke", "sunting"), ("alasan", "Tanggal salah"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        StepAct act = Assert.IsType<StepAct>(host.Desk.LastAct);
        Assert.Equal((7, "tidak", "sunting", "Tanggal salah", host.Desk.DocumentHash, "k1"), (act.CaseVersion, act.Outcome, act.ReturnTo, act.Reason, act.SeenHash, act.IdempotencyKey));
    }

    [Fact]
    public async Task When_somebody_was_faster_nothing_typed_is_lost()
    {
        using HttpClient browser = await host.PersonAsync("kabag");
        host.Desk.Refusal = new CaseAnswer.Refused(CaseRefusalReason.Stale, "Naskah ini sudah diputuskan orang lain.");
        try
        {
            using HttpResponseMessage answer = await ScreenHost.PostAsync(
                browser, ReviewPath, ReviewPath, ("versi", "6"), ("hasil", "tidak"), ("kembali-ke", "sunting"), ("alasan", "Alinea kedua rancu"));
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            string html = await answer.Content.ReadAsStringAsync();
            Assert.Contains("Naskah ini sudah diputuskan orang lain.", html, StringComparison.Ordinal);
            Assert.Contains("Alinea kedua rancu", html, StringComparison.Ordinal);
        }
        finally
        {
            host.Desk.Refusal = null;
        }
    }

    [Fact]
    public async Task A_wrong_passphrase_is_told_at_its_field_and_never_shown_again()
    {
        string path = $"/kasus/{ScriptedDesk.Signing}/langkah/tte";
        using HttpClient browser = await host.PersonAsync("bupati");
        host.Desk.Refusal = new CaseAnswer.Refused(CaseRefusalReason.WrongPassphrase, "Frasa sandi salah. Sisa percobaan: 4.");
        try
        {
            using HttpResponseMessage answer = await ScreenHost.PostAsync(browser, path, path, ("versi", "7"), ("hasil", "ya"), ("frasa", "bukan frasa saya"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            string html = await answer.Content.ReadAsStringAsync();
            Assert.Contains("href=\"#frasa\"", html, StringComparison.Ordinal);
            Assert.Contains("Sisa percobaan: 4.", html, StringComparison.Ordinal);
            Assert.DoesNotContain("bukan frasa saya", html, StringComparison.Ordinal);
        }
        finally
        {
            host.Desk.Refusal = null;
        }
    }

    [Fact]
    public async Task A_row_is_added_without_a_script_and_keeps_what_was_typed()
    {
        string page = $"/kasus/{ScriptedDesk.Registration}/langkah/registrasi";
        string path = $"/surat/{ScriptedDesk.Registration}/langkah/registrasi";
        using HttpClient browser = await host.PersonAsync("staf");
        using HttpResponseMessage answer = await ScreenHost.PostAsync(
            browser, page, path, ("hal", "Judul yang sedang diketik"), ("aksi", "tambah-tujuan:external"),
            ("tujuan-jenis", "external"), ("tujuan-nama", "Bank Cakrawala"), ("tujuan-sasaran", "bank@cakrawala.example"));
        string html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Judul yang sedang diketik", html, StringComparison.Ordinal);
        Assert.Contains("bank@cakrawala.example", html, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(html, "name=\"tujuan-jenis\""));
    }

    [Fact]
    public async Task A_draft_that_is_refused_says_why_and_keeps_the_form()
    {
        string page = $"/kasus/{ScriptedDesk.Registration}/langkah/registrasi";
        using HttpClient browser = await host.PersonAsync("staf");
        host.Letters.DraftRefusal = new LetterAnswer.Refused(LetterRefusalReason.Macros, "Berkas memuat makro.");
        try
        {
            string token = AntiforgeryToken().Match(await browser.GetStringAsync(page)).Groups["token"].Value;
            using var form = new MultipartFormDataContent
            {
                { new StringContent(token), "penjaga" }, { new StringContent("Hal tetap ada"), "hal" }, { new StringContent("kirim"), "hasil" },
            };
            var file = new ByteArrayContent([1, 2, 3]);
            file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(file, "naskah", "konsep.docm");
            using HttpResponseMessage answer = await browser.PostAsync($"/surat/{ScriptedDesk.Registration}/langkah/registrasi", form);
            string html = await answer.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains("href=\"#naskah\"", html, StringComparison.Ordinal);
            Assert.Contains("Berkas memuat makro.", html, StringComparison.Ordinal);
            Assert.Contains("Hal tetap ada", html, StringComparison.Ordinal);
        }
        finally
        {
            host.Letters.DraftRefusal = null;
        }
    }

    [Fact]
    public async Task Only_a_version_of_that_letter_is_served()
    {
        using HttpClient browser = await host.PersonAsync("staf");
        using HttpResponseMessage own = await browser.GetAsync($"/surat/{ScriptedDesk.Finished}/pdf/{host.Desk.DocumentHash}");
        Assert.Equal("application/pdf", own.Content.Headers.ContentType?.MediaType);
        using HttpResponseMessage other = await browser.GetAsync($"/surat/{ScriptedDesk.Finished}/pdf/{new string('0', 64)}");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        using HttpResponseMessage page = await browser.GetAsync($"/surat/{ScriptedDesk.Finished}/halaman/{host.Desk.DocumentHash}/2.png");
        Assert.Equal("image/png", page.Content.Headers.ContentType?.MediaType);
        using HttpResponseMessage beyond = await browser.GetAsync($"/surat/{ScriptedDesk.Finished}/halaman/{host.Desk.DocumentHash}/9.png");
        Assert.Equal(HttpStatusCode.NotFound, beyond.StatusCode);
    }

    [Fact]
    public async Task While_the_system_works_the_case_reloads_by_itself()
    {
        using HttpClient browser = await host.PersonAsync("staf");
        Assert.Contains("http-equiv=\"refresh\"", await browser.GetStringAsync($"/kasus/{ScriptedDesk.Working}"), StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", await browser.GetStringAsync($"/kasus/{ScriptedDesk.Review}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Verdict.Genuine, "verdict ok")]
    [InlineData(Verdict.Changed, "verdict bad")]
    [InlineData(Verdict.Unsigned, "verdict warn")]
    public async Task The_public_page_says_the_verdict_in_one_sentence_in_both_languages(Verdict verdict, string tone)
    {
        using HttpClient browser = host.Stranger();
        host.Verification.Verdict = verdict;
        string token = AntiforgeryToken().Match(await browser.GetStringAsync("/verifikasi")).Groups["token"].Value;
        using var form = new MultipartFormDataContent { { new StringContent(token), "penjaga" }, { new ByteArrayContent([1]), "berkas", "surat.pdf" } };
        using HttpResponseMessage answer = await browser.PostAsync("/verifikasi", form);
        string html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(tone, html, StringComparison.Ordinal);
        Assert.Contains("lang=\"en\"", html, StringComparison.Ordinal);
        host.Verification.Verdict = Verdict.Genuine;
    }

    [Fact]
    public async Task Language_and_look_are_kept_by_the_browser()
    {
        using HttpClient browser = host.Stranger();
        using HttpResponseMessage first = await ScreenHost.PostAsync(browser, "/masuk", "/tampilan", ("bahasa", "en"), ("kembali", "/verifikasi"));
        Assert.Equal("/verifikasi", first.Headers.Location?.OriginalString);
        using HttpResponseMessage second = await ScreenHost.PostAsync(browser, "/masuk", "/tampilan", ("rupa", "gelap"), ("kembali", "/verifikasi"));
        Assert.Contains("<html lang=\"en\" data-look=\"gelap\"", await browser.GetStringAsync("/verifikasi"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_admin_appoints_an_acting_official()
    {
        using HttpClient staff = await host.PersonAsync("staf");
        using HttpResponseMessage refused = await ScreenHost.PostAsync(staff, "/admin/organisasi", "/admin/organisasi/pejabat", ("jenis", "Plh"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        using HttpClient admin = await host.PersonAsync("admin");
        using HttpResponseMessage incomplete = await ScreenHost.PostAsync(admin, "/admin/organisasi", "/admin/organisasi/pejabat", ("jenis", "Plh"), ("surat-perintah", "800/1/2026"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, incomplete.StatusCode);
        string html = await incomplete.Content.ReadAsStringAsync();
        Assert.Contains("href=\"#jabatan\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"800/1/2026\"", html, StringComparison.Ordinal);

        using HttpResponseMessage done = await ScreenHost.PostAsync(
            admin, "/admin/organisasi", "/admin/organisasi/pejabat", ("jenis", "Plh"), ("jabatan", DemoAgencySeed.IdOf("position", "kabag").ToString()),
            ("orang", DemoAgencySeed.IdOf("person", "kasi").ToString()), ("surat-perintah", "800/1/2026"), ("mulai", "2026-11-20"), ("sampai", "2026-12-01"));
        Assert.Equal("/admin/organisasi?tersimpan=1", done.Headers.Location?.OriginalString);
    }

    [GeneratedRegex("""/aset/[^"]+""")]
    private static partial Regex Asset();

    [GeneratedRegex("""name="penjaga" value="(?<token>[^"]+)""")]
    private static partial Regex AntiforgeryToken();
}
