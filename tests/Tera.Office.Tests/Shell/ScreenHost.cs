using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Tera.Office.Accounts;
using Tera.Office.Archive;
using Tera.Office.Cases;
using Tera.Office.Letters;
using Tera.Office.Letters.Pages;
using Tera.Office.Letters.Rendering;
using Tera.Office.Organisation;
using Tera.Office.Shell;
using Tera.Office.Signing;
using Tera.Office.Storage;
using Tera.Office.Verification;

namespace Tera.Office.Tests.Shell;

/// <summary>
/// The office's pages on a free port, with the real shell, accounts, organisation and storage, and scripted cases and letters,
/// so that every state of a screen can be drawn: also those that take days to come about.
/// </summary>
public sealed partial class ScreenHost : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tera-screens-").FullName;
    private WebApplication? _app;

    internal ScriptedDesk Desk { get; } = new();

    internal ScriptedLetters Letters { get; } = new();

    internal ScriptedVerification Verification { get; } = new();

    public Uri Address => new(_app!.Urls.First());

    public static TimeProvider Clock { get; } = new FixedClock();

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var options = new OfficeOptions
        {
            DataFolder = _folder,
            SopFolder = _folder,
            Database = new DatabaseChoice.Sqlite(Path.Combine(_folder, "office.db")),
            PublicBaseUrl = new Uri("http://localhost"),
            AuthorityBaseUrl = new Uri("http://localhost"),
            AuthorityClientSecretFile = Path.Combine(_folder, "none"),
            Smtp = new SmtpChoice("localhost", 25, "tera@arunika.example"),
            SeedDemoAgency = true,
        };
        builder.Services.AddSingleton(Clock);
        builder.Services.AddSingleton(options);
        builder.Services.AddStorage(options).AddOrganisation(options).AddAccounts(options).AddShell().AddLetterScreens();
        builder.Services.AddSingleton(new PdfTools(Path.Combine(_folder, "pdf-work")));
        builder.Services.AddSingleton<PagePictures>();
        builder.Services.Replace(ServiceDescriptor.Singleton<ICaseDesk>(Desk));
        builder.Services.Replace(ServiceDescriptor.Singleton<ICaseFacts>(new ScriptedFacts()));
        builder.Services.Replace(ServiceDescriptor.Singleton<ILetters>(Letters));
        builder.Services.Replace(ServiceDescriptor.Singleton<IArchive>(new ScriptedArchive()));
        builder.Services.Replace(ServiceDescriptor.Singleton<IVerification>(Verification));
        builder.Services.Replace(ServiceDescriptor.Singleton<IAuthorityClient>(new ScriptedAuthority()));
        _app = builder.Build();
        _app.Use(LetItBeFramedAsync);
        _app.UseOffice();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapAccounts();
        _app.MapShell();
        _app.MapOfficePages();
        _app.MapGet("/bingkai/{account}/{look}/{width:int}/{height:int}", FrameAsync);
        _app.MapGet("/rusak", string () => throw new InvalidOperationException("broken on purpose"));
        await _app.StartAsync();
        StoredDocument pdf = await _app.Services.GetRequiredService<IDocumentStore>().PutAsync(await SamplePdf.MakeAsync(), CancellationToken.None);
        Letters.Pdf = pdf.Name;
        Desk.DocumentHash = pdf.Name.Hex;
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A browser without a session.</summary>
    public HttpClient Stranger(string? display = null)
    {
        var cookies = new CookieContainer();
        if (display is not null)
        {
            cookies.Add(Address, new Cookie("tera_tampilan", display));
        }

        return new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    /// <summary>A browser of a demo account that signed in through the page.</summary>
    public async Task<HttpClient> PersonAsync(string account, string? display = null)
    {
        HttpClient browser = Stranger(display);
        using HttpResponseMessage answer = await PostAsync(browser, "/masuk", "/masuk", ("nama", account), ("sandi", DemoAgency.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <summary>A browser's window is at least 500 pixels wide; a frame in it is as narrow as a phone.</summary>
    private async Task<IResult> FrameAsync(HttpContext context, string account, string look, int width, int height, string tuju)
    {
        context.Response.Cookies.Append("tera_tampilan", $"id.{look}.1");
        if (account != "-")
        {
            context.Response.Cookies.Append(SessionCookie.Name, await SessionTokenAsync(account));
        }

        return Results.Content($"<!DOCTYPE html><body style=\"margin:0\"><iframe name=\"foto\" style=\"border:0\" width=\"{width}\" height=\"{height}\" src=\"{WebUtility.HtmlEncode(tuju)}\"></iframe>", "text/html");
    }

    private static Task LetItBeFramedAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers["Sec-Fetch-Dest"] == "iframe" || context.Request.Path.StartsWithSegments("/bingkai", StringComparison.Ordinal))
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.Remove("Content-Security-Policy");
                context.Response.Headers.Remove("X-Frame-Options");
                return Task.CompletedTask;
            });
        }

        return next(context);
    }

    private async Task<string> SessionTokenAsync(string account)
    {
        using var password = new SecretText(System.Text.Encoding.UTF8.GetBytes(DemoAgency.Password));
        LoginAnswer answer = await _app!.Services.GetRequiredService<IAccounts>().LoginAsync(account, password, IPAddress.Loopback, SessionKind.Page, CancellationToken.None);
        return Assert.IsType<LoginAnswer.Opened>(answer).Session.Token;
    }

    /// <summary>Sends a form as a browser would: with the token of the page that shows it.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string page, string path, params (string Name, string Value)[] fields)
    {
        string html = await browser.GetStringAsync(page);
        string token = AntiforgeryToken().Match(html).Groups["token"].Value;
        var form = fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).Append(KeyValuePair.Create("penjaga", token));
        return await browser.PostAsync(path, new FormUrlEncodedContent(form));
    }

    [GeneratedRegex("""name="penjaga" value="(?<token>[^"]+)""")]
    private static partial Regex AntiforgeryToken();

    private sealed class FixedClock : TimeProvider
    {
        /// <summary>A Tuesday morning; runs on from there, because sessions expire.</summary>
        private static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-11-24T02:30:00Z", CultureInfo.InvariantCulture);

        private readonly long _begun = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => Start + System.GetElapsedTime(_begun);
    }
}
