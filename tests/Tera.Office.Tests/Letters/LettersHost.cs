using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Tera.Office.Accounts;
using Tera.Office.Api;
using Tera.Office.Archive;
using Tera.Office.Cases;
using Tera.Office.Letters;
using Tera.Office.Letters.Pages;
using Tera.Office.Letters.Rendering;
using Tera.Office.Notifications;
using Tera.Office.Organisation;
using Tera.Office.Shell;
using Tera.Office.Storage;
using Tera.Office.Tests.Notifications;
using Tera.Office.Tests.Storage;
using Tera.Office.Verification;
using Tera.Testing.Databases;

namespace Tera.Office.Tests.Letters;

/// <summary>
/// The office over HTTP with real letters, archive, notices and mail. Only the cryptography of the signature is played: the revision is the
/// seen PDF with a line more. Real signatures are the product's own tests.
/// </summary>
public sealed class LettersHost(PostgresServer server) : IAsyncLifetime
{
    private const string DocxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private readonly MailServer _mail = new();
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private WebApplication _app = null!;
    private HttpClient _http = null!;
    private string _python = "";

    public IServiceProvider Services => _app.Services;

    public IReadOnlyList<string> Mails => _mail.Mails;

    public async ValueTask InitializeAsync()
    {
        await _mail.StartAsync();
        OfficeOptions options = await TestOffice.OptionsAsync(Database.Sqlite, server) with { Smtp = new SmtpChoice("127.0.0.1", _mail.Port, "tera@arunika.example") };
        _python = Path.Combine(options.DataFolder, "python");
        RepairConverter();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        TestOffice.Add(builder.Services, options, TimeProvider.System);
        builder.Services.AddNotifications(options).AddLetters(options).AddArchive().AddVerification().AddApi().AddShell().AddLetterScreens();
        builder.Services.Replace(ServiceDescriptor.Singleton(new PdfConverter(new ConverterSettings { Folder = Path.Combine(options.DataFolder, "converter"), PythonFile = _python })));
        builder.Services.AddSingleton<IActEffect, PlayedSignature>();
        builder.Services.AddSingleton<IActEffect>(new Nothing("ttd.paraf"));
        builder.Services.AddSingleton<IActEffect>(new Nothing("ttd.cap_waktu"));
        _app = builder.Build();
        _app.UseOffice();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapOffice();
        await _app.StartAsync();
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _mail.DisposeAsync();
    }

    /// <summary>LibreOffice ends and its Python cannot be started again.</summary>
    internal async Task BreakConverterAsync()
    {
        File.Delete(_python);
        await Services.GetRequiredService<PdfConverter>().DropWorkersAsync();
    }

    internal void RepairConverter()
    {
        File.WriteAllText(_python, "#!/bin/sh\nexec /usr/bin/python3 \"$@\"\n");
        File.SetUnixFileMode(_python, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    internal async Task<string> StartAsync(string title) =>
        (await SendAsync("staf", HttpMethod.Post, "/api/v1/cases", new { sop = "lamandau/naskah-keluar-tte-bupati", title })).GetProperty("id").GetString()!;

    /// <summary>The drafter's three steps, also when they are done again.</summary>
    internal async Task RegisterAsync(string id, Guid? signer = null, params LetterDestination[] more)
    {
        if (await IsOpenAsync("staf", id, "templat"))
        {
            await SendAsync("staf", HttpMethod.Put, $"/api/v1/letters/{id}/template", new { templateId = "bupati-surat" });
            await ActAsync("staf", id, "templat", "ambil");
        }

        await StageAsync("staf", id);
        await ActAsync("staf", id, "sunting", "kirim");
        await SendAsync("staf", HttpMethod.Put, $"/api/v1/letters/{id}/registration", new
        {
            kind = "surat",
            hal = "Undangan Rapat Koordinasi",
            sifat = "Biasa",
            urgensi = "Biasa",
            classification = "000.7.5",
            mark = "qr",
            destinations = new[] { new LetterDestination("internal", "Kepala Dinas", (await PositionAsync("kadis")).PositionId.ToString()) }.Concat(more),
            verifiers = new[] { (await PositionAsync("asisten")).PositionId, (await PositionAsync("sekda")).PositionId },
            signerPosition = (await PositionAsync("bupati")).PositionId,
            signerPerson = signer,
        });
        await ActAsync("staf", id, "registrasi", "kirim");
    }

    internal async Task StageAsync(string who, string id)
    {
        byte[] draft = (await BytesAsync(who, "/api/v1/letters/templates/bupati-surat/file")).Content;
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/letters/{id}/draft") { Content = new ByteArrayContent(draft) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(DocxType);
        request.Headers.Add("X-File-Name", "konsep.docx");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(who));
        using HttpResponseMessage response = await _http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    internal async Task ApproveAsync(string id)
    {
        await ActAsync("kabag", id, "reviu", "ya");
        await ActAsync("asisten", id, "verifikasi", "ya");
        await ActAsync("sekda", id, "verifikasi", "ya");
        await OpenAsync("staf", id, "tte", mine: false);
    }

    internal async Task<JsonElement> ActAsync(string who, string id, string step, string outcome, string? to = null, string? reason = null) =>
        await SendAsync(who, HttpMethod.Post, $"/api/v1/cases/{id}/steps/{step}", await FormAsync(who, id, step, outcome, to, reason));

    internal async Task<object> FormAsync(string who, string id, string step, string outcome, string? to = null, string? reason = null)
    {
        (JsonElement page, JsonElement task) = await OpenAsync(who, id, step, mine: true);
        return new
        {
            version = page.GetProperty("version").GetInt64(),
            outcome,
            returnTo = to,
            reason,
            seenHash = task.GetProperty("documentHash").GetString(),
            passphrase = task.GetProperty("needsPassphrase").GetBoolean() ? "frasa sandi" : null,
        };
    }

    internal async Task<JsonElement> SendAsync(string who, HttpMethod method, string path, object? body = null)
    {
        (HttpStatusCode status, JsonElement answer) = await TryAsync(who, method, path, body);
        Assert.True((int)status < 300, $"{who} {method} {path}: {(int)status} {answer}");
        return answer;
    }

    internal async Task<(HttpStatusCode Status, JsonElement Answer)> TryAsync(string who, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: ApiJson.Options) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(who));
        request.Headers.Add("Idempotency-Key", TestOffice.Key());
        using HttpResponseMessage response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    internal async Task<(HttpStatusCode Status, byte[] Content)> BytesAsync(string who, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(who));
        using HttpResponseMessage response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>A page as that person's browser gets it.</summary>
    internal async Task<(HttpStatusCode Status, string Text)> PageAsync(string who, string path)
    {
        OpenSession session = Assert.IsType<LoginAnswer.Opened>(
            await Services.GetRequiredService<IAccounts>().LoginAsync(who, TestOffice.Secret(DemoAgency.Password), IPAddress.Loopback, SessionKind.Page, default)).Session;
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $"{SessionCookie.Name}={session.Token}");
        using HttpResponseMessage response = await _http.SendAsync(request);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    internal async Task<Holding> PositionAsync(string code) =>
        JsonSerializer.Deserialize<List<Holding>>(await SendAsync("staf", HttpMethod.Get, "/api/v1/organisation/positions"), ApiJson.Options)!.First(holding => holding.PositionCode == code);

    internal async Task<(JsonElement Page, JsonElement Task)> OpenAsync(string who, string id, string step, bool mine)
    {
        JsonElement page = default;
        for (int attempt = 0; attempt < 600; attempt++)
        {
            (HttpStatusCode status, page) = await TryAsync(who, HttpMethod.Get, $"/api/v1/cases/{id}");
            if (status == HttpStatusCode.OK && page.GetProperty("pending").GetArrayLength() == 0)
            {
                foreach (JsonElement task in page.GetProperty("open").EnumerateArray())
                {
                    if (task.GetProperty("stepId").GetString() == step && (!mine || task.GetProperty("mine").GetBoolean()))
                    {
                        return (page, task);
                    }
                }
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{step} never opened for {who}: {page}");
    }

    private async Task<bool> IsOpenAsync(string who, string id, string step) =>
        (await SendAsync(who, HttpMethod.Get, $"/api/v1/cases/{id}")).GetProperty("open").EnumerateArray().Any(task => task.GetProperty("stepId").GetString() == step);

    private async Task<string> TokenAsync(string who)
    {
        if (!_tokens.TryGetValue(who, out string? token))
        {
            using HttpResponseMessage response = await _http.PostAsJsonAsync("/api/v1/session", new { username = who, password = DemoAgency.Password });
            token = _tokens[who] = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        }

        return token;
    }

    private sealed class Nothing(string name) : IActEffect
    {
        public string Name => name;

        public Task<PreparedEffect> PrepareAsync(ActContext act, CancellationToken cancellation) => Task.FromResult<PreparedEffect>(PreparedEffect.Nothing);
    }

    private sealed class PlayedSignature(ILetters letters, ICaseFacts facts, IDocumentStore documents) : IActEffect
    {
        public string Name => "ttd.pades";

        public async Task<PreparedEffect> PrepareAsync(ActContext act, CancellationToken cancellation)
        {
            LetterToSign letter = (await letters.ToSignAsync(act.CaseId, act.PositionId, act.Caller.PersonId, cancellation))!;
            if (letter.Obstacle is { } obstacle)
            {
                return new PreparedEffect.Refused(CaseRefusalReason.EffectRefused, obstacle);
            }

            StoredDocument stored = await documents.PutAsync((byte[])[.. await documents.ReadAllAsync(letter.Pdf, cancellation), .. "\n% signed"u8], cancellation);
            act.Artifacts.Signed = new SignedRevision(letter.Pdf, stored.Name, letter.FieldName, DateTimeOffset.UnixEpoch, act.Caller.Name);
            return new PreparedEffect.Ready(async (db, inside) =>
            {
                await letters.RecordSignedAsync(db, act.CaseId, letter.Pdf, stored.Name, final: true, inside);
                CaseFacts known = (await facts.FindAsync(db, act.CaseId, inside))!;
                return new EffectResult.Succeeded(new VersionMade(known.Berkas!, stored.Name, letter.Pdf, VersionRelation.ExtendedBySignature));
            });
        }
    }
}
