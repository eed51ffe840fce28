using System.Net;
using System.Text.RegularExpressions;

namespace Tera.Office.Tests.Shell;

/// <summary>What must hold on every page: it can be read by a screen reader, runs under a strict policy, and exists in both languages.</summary>
public sealed partial class ScreensTests(ScreenHost host) : IClassFixture<ScreenHost>
{
    private const string English = "en.sistem.1";

    public static TheoryData<string> Inside =>
    [
        "/", "/mulai", "/akun", "/surat", "/surat/masuk", "/register", "/arsip", "/admin/organisasi",
        $"/kasus/{ScriptedDesk.Review}", $"/kasus/{ScriptedDesk.Working}", $"/kasus/{ScriptedDesk.Finished}",
        $"/kasus/{ScriptedDesk.Template}/langkah/templat", $"/kasus/{ScriptedDesk.Registration}/langkah/registrasi",
        $"/kasus/{ScriptedDesk.Review}/langkah/reviu", $"/kasus/{ScriptedDesk.Signing}/langkah/tte",
        $"/kasus/{ScriptedDesk.Disposition}/langkah/disp1", $"/kasus/{ScriptedDesk.Application}/langkah/verifikasi",
        $"/surat/{ScriptedDesk.Finished}", "/verifikasi",
    ];

    public static TheoryData<string> Outside => ["/masuk", "/verifikasi", "/v/7Q4M9ZK2XW8D3HTN"];

    [Theory]
    [MemberData(nameof(Inside))]
    public async Task A_page_for_signed_in_people_is_whole(string path)
    {
        using HttpClient indonesian = await host.PersonAsync("admin");
        using HttpClient english = await host.PersonAsync("admin", English);
        string first = await WholePageAsync(indonesian, path, "id");
        string second = await WholePageAsync(english, path, "en");
        Assert.NotEqual(Heading(first) + Navigation(first), Heading(second) + Navigation(second));
        Assert.Contains("aria-label=\"Utama\"", first, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task A_public_page_is_whole(string path)
    {
        using HttpClient indonesian = host.Stranger();
        using HttpClient english = host.Stranger(English);
        Assert.NotEqual(Heading(await WholePageAsync(indonesian, path, "id")), Heading(await WholePageAsync(english, path, "en")));
    }

    [Theory]
    [InlineData("/tidak-ada", HttpStatusCode.NotFound)]
    [InlineData("/v/TIDAKADA", HttpStatusCode.NotFound)]
    [InlineData("/kasus/00000000-0000-0000-0000-0000000000ff", HttpStatusCode.NotFound)]
    [InlineData("/rusak", HttpStatusCode.InternalServerError)]
    public async Task An_error_is_a_page_in_the_same_design(string path, HttpStatusCode status)
    {
        using HttpClient browser = await host.PersonAsync("staf");
        using HttpResponseMessage answer = await browser.GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        string html = await answer.Content.ReadAsStringAsync();
        AssertWhole(html, "id");
        Assert.DoesNotContain("broken on purpose", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" at Tera.", html, StringComparison.Ordinal);
    }

    private static async Task<string> WholePageAsync(HttpClient browser, string path, string language)
    {
        using HttpResponseMessage answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        string html = await answer.Content.ReadAsStringAsync();
        AssertWhole(html, language);
        return html;
    }

    private static void AssertWhole(string html, string language)
    {
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
        Assert.Single(HeadingOne().Matches(html));
        foreach (string landmark in new[] { "<header", "<nav", "<main id=\"isi\"", "<footer", "href=\"#isi\"" })
        {
            Assert.Contains(landmark, html, StringComparison.Ordinal);
        }

        Assert.Empty(InlineCode().Matches(html));
        Assert.DoesNotContain("<style", html, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(ScriptWithoutFile().Matches(html));
        Assert.Empty(UnlabelledControls(html));
        string[] ids = [.. Id().Matches(html).Select(match => match.Groups["id"].Value)];
        Assert.Empty(ids.GroupBy(id => id, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.All(References().Matches(html).SelectMany(match => match.Groups["ids"].Value.Split(' ')), id => Assert.Contains(id, ids));
        Assert.All(Form().Matches(html).Select(match => match.Value), form =>
            Assert.True(form.Contains("method=\"get\"", StringComparison.Ordinal) || form.Contains("name=\"penjaga\"", StringComparison.Ordinal), form[..Math.Min(200, form.Length)]));
    }

    /// <summary>Each control is inside a label, or a label points at it.</summary>
    private static IEnumerable<string> UnlabelledControls(string html)
    {
        string[] labelled = [.. LabelFor().Matches(html).Select(match => match.Groups["id"].Value)];
        string outside = LabelElement().Replace(html, "");
        return Control().Matches(outside).Select(match => match.Value)
            .Where(control => !control.Contains("type=\"hidden\"", StringComparison.Ordinal))
            .Where(control => !labelled.Contains(Id().Match(control).Groups["id"].Value));
    }

    private static string Heading(string html) => HeadingOne().Match(html).Value;

    private static string Navigation(string html) => html[html.IndexOf("<nav", StringComparison.Ordinal)..html.IndexOf("</nav>", StringComparison.Ordinal)];

    [GeneratedRegex("<h1[ >].*?</h1>", RegexOptions.Singleline)]
    private static partial Regex HeadingOne();

    [GeneratedRegex("""<[^>]+\s(on[a-z]+|style)=["'][^>]*>""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex InlineCode();

    [GeneratedRegex("<script(?![^>]*src=)[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptWithoutFile();

    [GeneratedRegex("""\sid="(?<id>[^"]+)""")]
    private static partial Regex Id();

    [GeneratedRegex("""\s(aria-describedby|aria-labelledby)="(?<ids>[^"]+)""")]
    private static partial Regex References();

    [GeneratedRegex("""<label[^>]*\sfor="(?<id>[^"]+)""")]
    private static partial Regex LabelFor();

    [GeneratedRegex("<label(?![^>]*for=).*?</label>", RegexOptions.Singleline)]
    private static partial Regex LabelElement();

    [GeneratedRegex("<(input|select|textarea)[^>]*>")]
    private static partial Regex Control();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();
}
