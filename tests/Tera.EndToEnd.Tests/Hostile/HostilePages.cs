using System.Net.Http.Headers;
using System.Text;

namespace Tera.EndToEnd.Hostile;

/// <summary>What browsers, and programs that say they are one, send to the pages.</summary>
internal static class HostilePages
{
    private const string Nobody = "00000000-0000-0000-0000-000000000000";
    private const string Script = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";

    public static IReadOnlyList<HostileInput> All { get; } = [.. Forms(), .. Uploads(), .. Addresses(), .. Strangers()];

    private static IEnumerable<HostileInput> Forms() =>
    [
        new("a login without the guard's token", f => Stranger(f).PostRawAsync("/masuk", ("nama", "staf"), ("sandi", ApiClient.Password)), 400),
        new("a login with an invented token", f => Stranger(f).PostRawAsync("/masuk", ("penjaga", "AAAA"), ("nama", "staf"), ("sandi", ApiClient.Password)), 400),
        new("a logout without the token", f => f.Page.PostRawAsync("/keluar"), 400),
        new("a start without the token", f => f.Page.PostRawAsync("/mulai", ("sop", "lamandau/naskah-keluar-tte-bupati"), ("judul", "x"), ("kunci", "k")), 400),
        new("a step without the token", f => f.Page.PostRawAsync($"/kasus/{f.Draft}/langkah/sunting", ("hasil", "ya"), ("versi", "1"), ("kunci", "k")), 400),
        new("a letter's step without the token", f => f.Page.PostRawAsync($"/surat/{f.Draft}/langkah/sunting", ("hasil", "ya"), ("versi", "1"), ("kunci", "k")), 400),
        new("the token of another person", async f => await Borrowed(f, await PageClient.LoginAsync(f.Client.Http, "stafdinas")), 400),
        new("the token twice", f => f.Page.PostRawAsync("/tampilan", ("penjaga", f.Page.Token), ("penjaga", "x"), ("bahasa", "id")), 400),
        new("JSON to a form", f => SendAsync(f, "/masuk", "{}"u8.ToArray(), "application/json"), 400),
        new("text to a form", f => SendAsync(f, "/mulai", "x"u8.ToArray(), "text/plain"), 400),
        new("a form of 3,000 fields", f => f.Page.PostRawAsync("/masuk", [.. Enumerable.Range(0, 3_000).Select(i => ($"f{i}", "x"))]), 400),
        new("a form of 400 KB", f => f.Page.PostAsync("/masuk", ("nama", new string('a', 400_000))), 413),
        new("a step of a case that is nobody's", f => f.Page.PostAsync($"/kasus/{Nobody}/langkah/reviu", ("hasil", "ya"), ("versi", "1"), ("kunci", "k")), 404),
        new("a step of somebody else", f => f.Page.PostAsync($"/kasus/{f.Review}/langkah/reviu", ("hasil", "ya"), ("versi", "1"), ("kunci", "k")), 409),
        new("a step without an outcome", f => f.Page.PostAsync($"/kasus/{f.Draft}/langkah/sunting", ("versi", "1"), ("kunci", "k")), 400),
        new("a step on a version that is no number", f => f.Page.PostAsync($"/kasus/{f.Draft}/langkah/sunting", ("hasil", "ya"), ("versi", "-9e99"), ("kunci", "k")), 409, 422),
        new("a start of a procedure that climbs", f => f.Page.PostAsync("/mulai", ("sop", "../../etc/passwd"), ("judul", "x"), ("kunci", "k-climb")), 404, 422),
        new("a start with a title of 100,000 characters", f => f.Page.PostAsync("/mulai", ("sop", "lamandau/naskah-keluar-tte-bupati"), ("judul", new string('j', 100_000)), ("kunci", "k-long")), 422),
        new("a start without a key", f => f.Page.PostAsync("/mulai", ("sop", "lamandau/naskah-keluar-tte-bupati"), ("judul", "x")), 400, 422),
        new("a look that is a header", f => f.Page.PostAsync("/tampilan", ("rupa", "terang; path=/\r\nX-Evil: 1"), ("bahasa", "id\r\nX-Evil: 1"), ("kembali", "//evil.example")), 302),
        new("a way back to another site", f => Stranger(f).GetAsync("/masuk?kembali=https://evil.example/"), 200),
    ];

    private static IEnumerable<HostileInput> Uploads() =>
    [
        Draft("a .docm at the page", f => f.Docx, "konsep.docm"),
        Draft("a PDF called .docx at the page", f => f.Pdf),
        Draft("a macro at the page", f => DocxForge.Add(f.Docx, "word/vbaProject.bin", [1, 2, 3])),
        Draft("a zip bomb at the page", f => DocxForge.Bomb(f.Docx)),
        Draft("a package of 20,000 parts at the page", f => DocxForge.ManyParts(f.Docx)),
        Draft("entities that multiply at the page", f => DocxForge.WithDtd(f.Docx)),
        Draft("20,000 nested elements at the page", f => DocxForge.Deep(f.Docx)),
        Draft("a template from elsewhere at the page", f => DocxForge.WithRelationship(f.Docx, "attachedTemplate", "http://127.0.0.1:9/evil.dotm")),
        Draft("a truncated package at the page", f => f.Docx[..(f.Docx.Length / 2)]),
        Draft("a file name with script at the page", f => f.Pdf, "<script>alert(1)</script>.docx"),
        new("the general form of the step with a bad draft", f => f.Page.UploadAsync($"/kasus/{f.Draft}/langkah/sunting", "naskah", "konsep.docx", f.Pdf, ApiClient.DocxType, ("hasil", "ya"), ("versi", "1"), ("kunci", "k")), 409, 422),
        new("30 MB as a draft at the page", f => f.Page.UploadAsync($"/surat/{f.Draft}/langkah/sunting", "naskah", "konsep.docx", new byte[30 << 20], ApiClient.DocxType), 413),
        new("40 MB to be checked at the page", f => f.Page.UploadAsync("/verifikasi", "berkas", "surat.pdf", new byte[40 << 20], "application/pdf"), 413),
        new("no file to be checked", f => f.Page.UploadAsync("/verifikasi", "berkas", "surat.pdf", [], "application/pdf"), 422),
        new("a program to be checked", f => f.Page.UploadAsync("/verifikasi", "berkas", "surat.exe", "MZ"u8.ToArray(), "application/x-msdownload"), 200),
        new("a web page to be checked", f => f.Page.UploadAsync("/verifikasi", "berkas", "<script>alert(1)</script>.pdf", "<script>alert(1)</script>"u8.ToArray(), "text/html"), 200),
        new("a file without the token", f => Stranger(f).UploadAsync("/verifikasi", "berkas", "surat.pdf", f.Pdf, "application/pdf"), 400),
        new("multipart that is none at the page", f => SendAsync(f, "/verifikasi", "--x\r\ngarbage"u8.ToArray(), "multipart/form-data; boundary=x"), 400),
        new("multipart without a boundary at the page", f => SendAsync(f, "/verifikasi", "x"u8.ToArray(), "multipart/form-data"), 400),
        new("multipart with a header of 100 KB", f => SendAsync(f, "/verifikasi", Encoding.Latin1.GetBytes("--x\r\nContent-Disposition: form-data; name=\"" + new string('a', 100_000) + "\"\r\n\r\nx\r\n--x--"), "multipart/form-data; boundary=x"), 400),
    ];

    private static IEnumerable<HostileInput> Addresses() =>
    [
        .. Gets(404, "/aset/x/..%2f..%2fetc%2fpasswd", "/aset/../../../etc/passwd", "/aset/x/%2e%2e%2f%2e%2e%2fappsettings.json", "/aset/x/..%5c..%5cx", "/aset//etc/passwd", "/etc/passwd", "/.git/config", "/office.db", "/%ff%fe"),
        .. Gets(404, "/surat/templat/..%2f..%2fx", "/surat/templat/%0d%0aX-Evil:%201", $"/surat/{Nobody}", $"/surat/{Nobody}/konsep", $"/surat/{Nobody}/pdf/xyz", $"/surat/{Nobody}/halaman/xyz/1.png", $"/kasus/{Nobody}", "/kasus/1%20OR%201=1", "/v/ABCDEFGH", "/v/" + Script, "/v/" + new string('a', 7_000)),
        .. Gets(400, "/register?tahun=abc", "/register?tahun=99999999999"),
        .. Gets(200, "/register?tahun=99999", "/register?tahun=-1", "/register?macam=" + Script, "/arsip?q=" + Script, "/arsip?q=%25%27%22%3B--", "/?selesai=" + Script, "/akun?sandi=" + Script, "/mulai?sop=" + Script),
        .. Gets(302, "/v?kode=..%2f..%2fetc%2fpasswd", "/v?kode=%0d%0aX-Evil:%201", "/v?kode=//evil.example", "/masuk?kembali=//evil.example"),
        .. Gets(414, "/surat?x=" + new string('a', 10_000)),
    ];

    private static IEnumerable<HostileInput> Strangers() =>
    [
        .. new[] { "/", "/mulai", "/surat", "/surat/masuk", "/register", "/arsip", "/akun", "/admin/organisasi", $"/kasus/{Nobody}", $"/surat/{Nobody}/konsep", "/surat/templat/x" }
            .Select(path => new HostileInput("a stranger at " + path, f => Stranger(f).GetAsync(path), 302)),
        new("an invented session", f => f.Page.WithSession("AAAA").GetAsync("/akun"), 302),
        new("a session of 5,000 characters", f => f.Page.WithSession(new string('a', 5_000)).GetAsync("/akun"), 302),
        new("a token of the interface as a page's session", async f => await f.Page.WithSession(await f.Client.TokenAsync("staf")).GetAsync("/akun"), 302),
        new("another agency's letter at the page", async f => await (await PageClient.LoginAsync(f.Client.Http, "samudra.staf")).GetAsync($"/surat/{f.Review}"), 404),
        new("another agency's case at the page", async f => await (await PageClient.LoginAsync(f.Client.Http, "samudra.staf")).GetAsync($"/kasus/{f.Review}"), 404),
        new("a step of another agency's case at the page", async f => await (await PageClient.LoginAsync(f.Client.Http, "samudra.kadis")).PostAsync($"/kasus/{f.Review}/langkah/reviu", ("hasil", "ya"), ("versi", "1"), ("kunci", "k")), 404),
    ];

    private static IEnumerable<HostileInput> Gets(int status, params string[] paths) =>
        paths.Select(path => new HostileInput(path.Length > 80 ? path[..80] + "…" : path, f => f.Page.GetAsync(path), status));

    private static HostileInput Draft(string name, Func<HostileFixture, byte[]> file, string fileName = "konsep.docx") =>
        new(name, f => f.Page.UploadAsync($"/surat/{f.Draft}/langkah/sunting", "naskah", fileName, file(f), ApiClient.DocxType), 422);

    private static PageClient Stranger(HostileFixture f) => PageClient.Stranger(f.Client.Http);

    private static Task<HttpResponseMessage> Borrowed(HostileFixture f, PageClient other) => f.Page.PostRawAsync("/tampilan", ("penjaga", other.Token), ("bahasa", "id"));

    private static Task<HttpResponseMessage> SendAsync(HostileFixture f, string path, byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return f.Page.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content });
    }
}
