using System.Net.Http.Headers;
using System.Text;

namespace Tera.EndToEnd.Hostile;

/// <summary>One hostile input and the answers that are right for it.</summary>
/// <param name="Statuses">HTTP status codes that are a clear answer to it.</param>
internal sealed record HostileInput(string Name, Func<HostileFixture, Task<HttpResponseMessage>> Send, params int[] Statuses);

/// <summary>What people and programs send that they should not.</summary>
internal static class HostileTable
{
    private static readonly string TenThousand = new('a', 10_000);
    private static readonly string Sql = "'; DROP TABLE cases; --";

    public static IReadOnlyList<HostileInput> All { get; } = [.. Doors(), .. Cases(), .. Steps(), .. Drafts(), .. Registrations(), .. Verifications(), .. Files()];

    private static IEnumerable<HostileInput> Doors() =>
    [
        new("no token", f => f.Client.GetAsync(null, "inbox"), 401),
        new("an invented token", f => f.Client.SendAsync(null, HttpMethod.Get, "inbox", null, null, ("Authorization", "Bearer AAAA")), 401),
        new("a token of 10,000 characters", f => f.Client.SendAsync(null, HttpMethod.Get, "inbox", null, null, ("Authorization", "Bearer " + TenThousand)), 401, 431),
        new("the session cookie in the place of a token", async f => await f.Client.SendAsync(null, HttpMethod.Get, "inbox", null, null, ("Cookie", "tera_sesi=" + await f.Client.TokenAsync("staf"))), 401),
        new("a token after the logout", async f =>
        {
            string token = (string)(await f.Client.JsonAsync(f.Client.PostAsync(null, "session", new { username = "auditor", password = ApiClient.Password })))["token"]!;
            using HttpResponseMessage goodbye = await f.Client.SendAsync(null, HttpMethod.Delete, "session", null, null, ("Authorization", "Bearer " + token));
            Assert.Equal(204, (int)goodbye.StatusCode);
            return await f.Client.SendAsync(null, HttpMethod.Get, "inbox", null, null, ("Authorization", "Bearer " + token));
        }, 401),
        new("a page's session as a token", f => f.Client.SendAsync(null, HttpMethod.Get, "inbox", null, null, ("Authorization", "Bearer " + f.Page.Session)), 401),
        new("a token that is half of one", async f => await f.Client.SendAsync(null, HttpMethod.Get, "inbox", null, null, ("Authorization", "Bearer " + (await f.Client.TokenAsync("staf"))[..10])), 401),
        new("a token with another scheme", async f => await f.Client.SendAsync(null, HttpMethod.Get, "inbox", null, null, ("Authorization", "Basic " + await f.Client.TokenAsync("staf"))), 401),
        new("a query string of 7,000 characters", f => f.Client.GetAsync("staf", "cases?limit=" + TenThousand[..7_000]), 400),
        new("a query string of 10,000 characters", f => f.Client.GetAsync("staf", "cases?limit=" + TenThousand), 414),
        new("half a surrogate pair as a password", f => f.Client.RawAsync(null, HttpMethod.Post, "session", """{"username":"staf","password":"\ud800"}"""), 400),
        new("bytes that are no UTF-8", f => f.Client.SendAsync(null, HttpMethod.Post, "session", new ByteArrayContent([0x7B, 0x22, 0xFF, 0xFE]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } }), 400),
        new("a wrong password", f => f.Client.PostAsync(null, "session", new { username = "staf2", password = "salah" }), 401),
        new("an unknown user", f => f.Client.PostAsync(null, "session", new { username = "siapa", password = "salah" }), 401),
        new("SQL as a user name", f => f.Client.PostAsync(null, "session", new { username = Sql, password = "x" }), 400, 401),
        new("a user name of 10,000 characters", f => f.Client.PostAsync(null, "session", new { username = TenThousand, password = "x" }), 400, 401),
        new("a password of 10,000 characters", f => f.Client.PostAsync(null, "session", new { username = "siapa", password = TenThousand }), 400, 401),
        new("a user name with a zero byte", f => f.Client.PostAsync(null, "session", new { username = "staf\0", password = "x" }), 400, 401),
        new("not JSON", f => f.Client.RawAsync(null, HttpMethod.Post, "session", "{username"), 400),
        new("JSON of another type", f => f.Client.RawAsync(null, HttpMethod.Post, "session", "[1,2,3]"), 400),
        new("JSON nested 10,000 deep", f => f.Client.RawAsync(null, HttpMethod.Post, "session", new string('[', 10_000) + new string(']', 10_000)), 400),
        new("a member twice", f => f.Client.RawAsync(null, HttpMethod.Post, "session", """{"username":"staf","username":"bupati","password":"x"}"""), 400),
        new("an unknown member", f => f.Client.RawAsync(null, HttpMethod.Post, "session", """{"username":"staf","password":"x","role":"Admin"}"""), 400),
        new("XML instead of JSON", f => f.Client.RawAsync(null, HttpMethod.Post, "session", "<a/>", "application/xml"), 415),
        new("a megabyte of JSON", f => f.Client.RawAsync(null, HttpMethod.Post, "session", "{\"username\":\"" + new string('a', 1 << 20) + "\",\"password\":\"x\"}"), 413),
        new("an unknown address", f => f.Client.GetAsync("staf", "no/such/thing"), 404),
        new("a wrong method", f => f.Client.SendAsync("staf", HttpMethod.Delete, "inbox"), 404, 405),
    ];

    private static IEnumerable<HostileInput> Cases() =>
    [
        new("an SOP that does not exist", f => f.Client.PostAsync("staf", "cases", new { sop = "tidak/ada", title = "x" }, "k1"), 404),
        new("an SOP name that climbs out of its folder", f => f.Client.PostAsync("staf", "cases", new { sop = "../../etc/passwd", title = "x" }, "k2"), 400, 404),
        new("a title of 10,000 characters", f => f.Client.PostAsync("staf", "cases", new { sop = "lamandau/naskah-keluar-tte-bupati", title = TenThousand }, "k3"), 400),
        new("an empty title", f => f.Client.PostAsync("staf", "cases", new { sop = "lamandau/naskah-keluar-tte-bupati", title = "  " }, "k4"), 400),
        new("a title with control characters", f => f.Client.PostAsync("staf", "cases", new { sop = "lamandau/naskah-keluar-tte-bupati", title = "a\u0007b\u202Ec" }, "k5"), 400),
        new("no idempotency key", f => f.Client.PostAsync("staf", "cases", new { sop = "lamandau/naskah-keluar-tte-bupati", title = "x" }), 400),
        new("an idempotency key of 10,000 characters", f => f.Client.PostAsync("staf", "cases", new { sop = "lamandau/naskah-keluar-tte-bupati", title = "x" }, TenThousand), 400, 431),
        new("a procedure the caller may not start", f => f.Client.PostAsync("bupati", "cases", new { sop = "umum/perpanjangan", title = "x" }, "k6"), 403, 404, 422),
        new("a case id that is none", f => f.Client.GetAsync("staf", "cases/1%20OR%201=1"), 404),
        new("a case that does not exist", f => f.Client.GetAsync("staf", $"cases/{Guid.NewGuid()}"), 404),
        new("another agency's case", f => f.Client.GetAsync("samudra.staf", $"cases/{f.Review}"), 404),
        new("another agency's case, cancelled", f => f.Client.PostAsync("samudra.staf", $"cases/{f.Review}/cancel", new { reason = "x" }), 404),
        new("another agency's case, decided", f => f.Client.PostAsync("samudra.kadis", $"cases/{f.Review}/steps/reviu", new { version = 1, outcome = "ya" }, "k7"), 404),
        new("another agency's letter", f => f.Client.GetAsync("samudra.staf", $"letters/{f.Review}"), 404),
        new("another agency's PDF", f => f.Client.GetAsync("samudra.staf", $"letters/{f.Review}/pdf"), 404),
        new("another agency's page image", f => f.Client.GetAsync("samudra.staf", $"letters/{f.Review}/pages/1.png"), 404),
        new("a draft into another agency's letter", f => f.Client.DraftAsync("samudra.staf", f.Draft, "x.docx", f.Docx), 404),
        new("cancelled by somebody who did not start it", f => f.Client.PostAsync("kabid", $"cases/{f.Draft}/cancel", new { reason = "tidak suka" }), 403, 404),
        new("cancelled without a reason", f => f.Client.PostAsync("staf", $"cases/{f.Draft}/cancel", new { reason = "" }), 400, 422),
    ];

    private static IEnumerable<HostileInput> Steps() =>
    [
        new("a title with half a surrogate pair", f => f.Client.RawAsync("staf", HttpMethod.Post, "cases", """{"sop":"lamandau/naskah-keluar-tte-bupati","title":"\ud800"}"""), 400),
        new("a step that is not open", f => ActAsync(f, "kabag", f.Review, "tte", "ya"), 403, 409),
        new("decided by somebody the case has not reached yet", f => ActAsync(f, "bupati", f.Review, "tte", "ya"), 404),
        new("a step that does not exist", f => ActAsync(f, "kabag", f.Review, "tidak_ada", "ya"), 404, 409, 422),
        new("a step of 10,000 characters", f => ActAsync(f, "kabag", f.Review, TenThousand, "ya"), 400, 404, 409, 414, 422),
        new("an outcome that does not exist", f => ActAsync(f, "kabag", f.Review, "reviu", "mungkin"), 422),
        new("decided by somebody else", f => ActAsync(f, "stafdinas", f.Review, "reviu", "ya"), 403, 404),
        new("decided by the drafter", f => ActAsync(f, "staf", f.Review, "reviu", "ya"), 403),
        new("a stale version of the case", f => f.Client.PostAsync("kabag", $"cases/{f.Review}/steps/reviu", new { version = 1, outcome = "ya" }, "s1"), 409),
        new("a negative version", f => f.Client.PostAsync("kabag", $"cases/{f.Review}/steps/reviu", new { version = -5, outcome = "ya" }, "s2"), 400, 409),
        new("a version beyond 64 bits", f => f.Client.RawAsync("kabag", HttpMethod.Post, $"cases/{f.Review}/steps/reviu", """{"version":99999999999999999999999,"outcome":"ya"}"""), 400),
        new("approved without having seen a document", f => ActAsync(f, "kabag", f.Review, "reviu", "ya"), 400, 409, 422),
        new("approved on another document's hash", f => ActAsync(f, "kabag", f.Review, "reviu", "ya", seenHash: new string('0', 64)), 409),
        new("approved on a hash that is none", f => ActAsync(f, "kabag", f.Review, "reviu", "ya", seenHash: Sql), 400, 409),
        new("returned without a reason", f => ActAsync(f, "kabag", f.Review, "reviu", "tidak", returnTo: "sunting"), 400, 422),
        new("returned with a blank reason", f => ActAsync(f, "kabag", f.Review, "reviu", "tidak", returnTo: "sunting", reason: " \t "), 400, 422),
        new("returned with a reason of 10,000 characters", f => ActAsync(f, "kabag", f.Review, "reviu", "tidak", returnTo: "sunting", reason: TenThousand), 400, 422),
        new("returned to nobody", f => ActAsync(f, "kabag", f.Review, "reviu", "tidak", reason: "kurang"), 400, 422),
        new("returned to a step that is no target", f => ActAsync(f, "kabag", f.Review, "reviu", "tidak", returnTo: "tte", reason: "kurang"), 400, 422),
        new("fields beyond number", f => f.Client.PostAsync("kabag", $"cases/{f.Review}/steps/reviu", new { version = 1, outcome = "ya", fields = Enumerable.Range(0, 2_000).ToDictionary(i => $"f{i}", _ => "x") }, "s3"), 400, 409, 413, 422),
    ];

    private static IEnumerable<HostileInput> Drafts() =>
    [
        new("a .doc", f => f.Client.DraftAsync("staf", f.Draft, "konsep.doc", f.Docx), 415, 422),
        new("a .docm", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docm", f.Docx), 415, 422),
        new("a PDF called .docx", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", f.Pdf), 415, 422),
        new("a web page called .docx", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", "<html>"u8.ToArray()), 415, 422),
        new("an empty file", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", []), 400, 415, 422),
        new("no file name", f => f.Client.DraftAsync("staf", f.Draft, "", f.Docx), 400),
        new("a file name of 10,000 characters", f => f.Client.DraftAsync("staf", f.Draft, TenThousand + ".exe", f.Docx), 400, 415, 422, 431),
        new("a truncated package", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", f.Docx[..(f.Docx.Length / 2)]), 415, 422),
        new("a package without its main part", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", DocxForge.Remove(f.Docx, "word/document.xml")), 422),
        new("a package without content types", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", DocxForge.Remove(f.Docx, "[Content_Types].xml")), 415, 422),
        new("a zip bomb", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", DocxForge.Bomb(f.Docx)), 413, 422),
        new("a package of 20,000 parts", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", DocxForge.ManyParts(f.Docx)), 413, 422),
        new("a macro", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", DocxForge.Add(f.Docx, "word/vbaProject.bin", [1, 2, 3])), 422),
        new("an embedded program", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", DocxForge.Add(f.Docx, "word/embeddings/oleObject1.bin", [1, 2, 3])), 422),
        new("a template from elsewhere", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", DocxForge.WithRelationship(f.Docx, "attachedTemplate", "http://127.0.0.1:9/evil.dotm")), 422),
        new("a picture from elsewhere", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", DocxForge.WithRelationship(f.Docx, "image", "http://127.0.0.1:9/pixel.png")), 422),
        new("a file of the server as a picture", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", DocxForge.WithRelationship(f.Docx, "image", "file:///etc/passwd")), 422),
        new("entities that multiply", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", DocxForge.WithDtd(f.Docx)), 422),
        new("20,000 nested elements", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", DocxForge.Deep(f.Docx)), 413, 422),
        new("an entry that climbs out of the package", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", DocxForge.Add(f.Docx, "../../../etc/cron.d/x", [1])), 422),
        new("an unknown placeholder", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", DocxForge.WithText(f.Docx, "${nomor_rahasia}")), 422),
        new("the place of the number taken out", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", DocxForge.Edit(f.Docx, "word/document.xml", x => x.Replace("nomor_naskah", "nomornaskah", StringComparison.Ordinal))), 422),
        new("60 MB", f => f.Client.DraftAsync("staf", f.Draft, "konsep.docx", new byte[60 * 1024 * 1024]), 413, 415),
        new("multipart that is none", f => DraftFormAsync(f, "--x\r\ngarbage", "multipart/form-data; boundary=x"), 400),
        new("multipart without a boundary", f => DraftFormAsync(f, "x", "multipart/form-data"), 400),
        new("multipart that breaks off", f => DraftFormAsync(f, "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.docx\"\r\n\r\nPK", "multipart/form-data; boundary=x"), 400),
        new("multipart without the file", f => DraftFormAsync(f, "--x\r\nContent-Disposition: form-data; name=\"berkas\"\r\n\r\nx\r\n--x--\r\n", "multipart/form-data; boundary=x"), 400),
        new("a form without a file", f => DraftFormAsync(f, "file=x", "application/x-www-form-urlencoded"), 400),
        new("a draft for a step that is not the drafter's", f => f.Client.DraftAsync("kabid", f.Draft, "konsep.docx", f.Docx), 403, 404),
        new("a draft when none is asked for", f => f.Client.DraftAsync("staf", f.Review, "konsep.docx", f.Docx), 403, 409),
        new("a template that does not exist", f => f.Client.PutAsync("staf", $"letters/{f.Draft}/template", new { templateId = "../x" }), 400, 404, 409, 422),
    ];

    private static IEnumerable<HostileInput> Registrations() =>
    [
        new("a classification that does not exist", f => RegisterAsync(f, HostileFixture.Registration("Hal", classification: "999.9.9")), 409, 422),
        new("SQL as a classification", f => RegisterAsync(f, HostileFixture.Registration("Hal", classification: Sql)), 409, 422),
        new("a subject of 10,000 characters", f => RegisterAsync(f, HostileFixture.Registration(TenThousand)), 409, 422),
        new("a placeholder in the subject", f => RegisterAsync(f, HostileFixture.Registration("${nomor_naskah}")), 409, 422),
        new("an addressee with a line break in the mail address", f => RegisterAsync(f, HostileFixture.Registration("Hal", destinations: [new { kind = "external", name = "X", target = "a@b.example\r\nBcc: c@d.example" }])), 409, 422),
        new("an addressee of an unknown kind", f => RegisterAsync(f, HostileFixture.Registration("Hal", destinations: [new { kind = "fax", name = "X", target = "1" }])), 409, 422),
        new("1,000 addressees", f => RegisterAsync(f, HostileFixture.Registration("Hal", destinations: [.. Enumerable.Range(0, 1000).Select(i => (object)new { kind = "external", name = "X", target = $"a{i}@b.example" })])), 409, 413, 422),
        new("no addressee", f => RegisterAsync(f, HostileFixture.Registration("Hal", destinations: [])), 409, 422),
        new("a verifier that is no id", f => RegisterAsync(f, HostileFixture.Registration("Hal", verifiers: ["bukan-guid"])), 400),
        new("a verifier that does not exist", f => RegisterAsync(f, HostileFixture.Registration("Hal", verifiers: [Guid.NewGuid()])), 409, 422),
        new("an unknown sifat", f => RegisterAsync(f, HostileFixture.Registration("Hal", sifat: "Maha Rahasia")), 409, 422),
        new("an unknown kind", f => RegisterAsync(f, HostileFixture.Registration("Hal", kind: "surat_cinta")), 409, 422),
    ];

    private static IEnumerable<HostileInput> Verifications() =>
    [
        new("a file of the wrong type to be checked", f => f.Client.SendAsync(null, HttpMethod.Post, "verify", new StringContent("x", Encoding.UTF8, "text/html")), 415),
        new("40 MB to be checked", f => VerifyAsync(f, new byte[40 * 1024 * 1024]), 413),
        new("a code that was never given", f => f.Client.GetAsync(null, "verify/ABCDEFGH"), 404),
        new("a code of 10,000 characters", f => f.Client.GetAsync(null, "verify/" + TenThousand), 404, 414),
        new("a code that climbs", f => f.Client.GetAsync(null, "verify/..%2f..%2fetc%2fpasswd"), 404),
        new("SQL as a code", f => f.Client.GetAsync(null, "verify/" + Uri.EscapeDataString(Sql)), 404),
    ];

    private static IEnumerable<HostileInput> Files() =>
    [
        new("a hash that is none", f => f.Client.GetAsync("staf", $"letters/{f.Review}/pdf?hash=xyz"), 400),
        new("the hash of a document of nobody", f => f.Client.GetAsync("staf", $"letters/{f.Review}/pdf?hash={new string('a', 64)}"), 404),
        new("page 0", f => f.Client.GetAsync("staf", $"letters/{f.Review}/pages/0.png"), 404),
        new("page -1", f => f.Client.GetAsync("staf", $"letters/{f.Review}/pages/-1.png"), 404),
        new("page 99999", f => f.Client.GetAsync("staf", $"letters/{f.Review}/pages/99999.png"), 404),
        new("a page as wide as a house", f => f.Client.GetAsync("staf", $"letters/{f.Review}/pages/1.png?width=2000000000"), 200, 400, 404),
        new("a template file that climbs", f => f.Client.GetAsync("staf", "letters/templates/..%2f..%2fx/file"), 404),
    ];

    private static async Task<HttpResponseMessage> ActAsync(
        HostileFixture f, string username, Guid id, string step, string outcome, string? returnTo = null, string? reason = null, string? seenHash = null)
    {
        long version = (long)(await f.Client.CaseAsync("staf", id))["version"]!;
        return await f.Client.PostAsync(username, $"cases/{id}/steps/{step}", new { version, outcome, returnTo, reason, seenHash }, Guid.NewGuid().ToString());
    }

    /// <summary>Registration belongs to the step after the drafting; while drafting it is answered as not open or as invalid, never stored.</summary>
    private static Task<HttpResponseMessage> RegisterAsync(HostileFixture f, object registration) => f.Client.PutAsync("staf", $"letters/{f.Draft}/registration", registration);

    private static Task<HttpResponseMessage> DraftFormAsync(HostileFixture f, string body, string type)
    {
        var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return f.Client.SendAsync("staf", HttpMethod.Put, $"letters/{f.Draft}/draft", content);
    }

    private static Task<HttpResponseMessage> VerifyAsync(HostileFixture f, byte[] content) =>
        f.Client.SendAsync(null, HttpMethod.Post, "verify", new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } });
}
