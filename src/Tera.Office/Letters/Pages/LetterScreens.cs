using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Accounts;
using Tera.Office.Cases;
using Tera.Office.Cases.Pages;
using Tera.Office.Letters.Rendering;
using Tera.Office.Shell;
using Tera.Office.Storage;

namespace Tera.Office.Letters.Pages;

/// <summary>Letters as lists and one by one, their files, and the steps in which they are made.</summary>
internal static class LetterScreens
{
    private const int ListLimit = 200;
    private const string DocxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static IServiceCollection AddLetterScreens(this IServiceCollection services)
    {
        services.AddScoped<ICaseDocuments, LetterDocuments>();
        services.AddScoped<LetterStep>();
        services.AddScoped<IStepScreen>(provider => provider.GetRequiredService<LetterStep>());
        return services;
    }

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder pages = endpoints.MapSignedInPages();
        pages.MapGet("/surat", ShowLettersAsync);
        pages.MapGet("/surat/masuk", ShowReceivedAsync);
        pages.MapGet("/register", ShowRegisterAsync);
        pages.MapGet("/surat/{caseId:guid}", ShowLetterAsync);
        pages.MapGet("/surat/{caseId:guid}/pdf/{hash}", SendPdfAsync);
        pages.MapGet("/surat/{caseId:guid}/halaman/{hash}/{page:int}.png", SendPageAsync);
        pages.MapGet("/surat/{caseId:guid}/konsep", SendDraftAsync);
        pages.MapGet("/surat/templat/{templateId}", SendTemplateAsync);
        pages.MapForm("/surat/{caseId:guid}/langkah/{step}", LetterStep.SendAsync, LetterStep.MaxFormBytes);
    }

    private static async Task<IResult> ShowLettersAsync(HttpContext context, ICaseDesk desk)
    {
        IReadOnlyList<CaseSummary> mine = await desk.MineAsync(context.Caller(), ListLimit, context.RequestAborted);
        return PageRoutes.Show<LettersScreen>(new { Mine = mine });
    }

    private static async Task<IResult> ShowReceivedAsync(HttpContext context, ILetters letters) =>
        PageRoutes.Show<ReceivedScreen>(new { Letters = await letters.ReceivedAsync(context.Caller(), ListLimit, context.RequestAborted) });

    private static async Task<IResult> ShowRegisterAsync(HttpContext context, Visit visit, ILetters letters, int? tahun, string? macam)
    {
        int year = tahun ?? visit.Time.DayIn(visit.Now).Year;
        string? kind = string.IsNullOrEmpty(macam) ? null : macam;
        return PageRoutes.Show<RegisterScreen>(
            new { Year = year, Kind = kind, Lines = await letters.OutgoingRegisterAsync(context.Caller(), year, kind, context.RequestAborted) });
    }

    private static async Task<IResult> ShowLetterAsync(HttpContext context, ICaseDesk desk, ILetters letters, PagePictures pictures, Guid caseId)
    {
        Caller caller = context.Caller();
        LetterPage? letter = await letters.FindAsync(caller, caseId, context.RequestAborted);
        CasePage? page = await desk.FindAsync(caller, caseId, context.RequestAborted);
        if (letter is null || page is null)
        {
            return ErrorPages.Show(ErrorKind.NotFound);
        }

        int pages = letter.CurrentPdf is Sha256Digest pdf ? await pictures.CountAsync(pdf, context.RequestAborted) : 0;
        return PageRoutes.Show<LetterScreen>(new { Letter = letter, Case = page, Pages = pages });
    }

    private static async Task<IResult> SendPdfAsync(HttpContext context, ILetters letters, IDocumentStore documents, Guid caseId, string hash)
    {
        if (await VersionAsync(context, letters, caseId, hash) is not (LetterPage letter, Sha256Digest digest) || !LetterDocuments.IsPdf(letter, digest)
            || await documents.OpenReadAsync(digest, context.RequestAborted) is not Stream content)
        {
            return ErrorPages.Show(ErrorKind.NotFound);
        }

        KeepPrivate(context);
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{FileNameOf(letter)}.pdf\"";
        return Results.Stream(content, "application/pdf", enableRangeProcessing: true);
    }

    private static async Task<IResult> SendPageAsync(HttpContext context, ILetters letters, PagePictures pictures, Guid caseId, string hash, int page)
    {
        if (await VersionAsync(context, letters, caseId, hash) is not (LetterPage letter, Sha256Digest digest) || !LetterDocuments.IsPdf(letter, digest)
            || await pictures.DrawAsync(digest, page, PagePictures.ReadingWidth, context.RequestAborted) is not byte[] picture)
        {
            return Results.NotFound();
        }

        // A page of a hash never changes; only this person's browser may keep it.
        context.Response.Headers.CacheControl = "private, max-age=86400, immutable";
        return Results.Bytes(picture, "image/png");
    }

    private static async Task<IResult> SendDraftAsync(HttpContext context, ILetters letters, IDocumentStore documents, Guid caseId)
    {
        LetterPage? letter = await letters.FindAsync(context.Caller(), caseId, context.RequestAborted);
        KeepPrivate(context);
        return letter?.DraftDocx is Sha256Digest draft && await documents.OpenReadAsync(draft, context.RequestAborted) is Stream content
            ? Results.Stream(content, DocxType, SafeName(Path.GetFileNameWithoutExtension(letter.DraftFileName ?? "konsep")) + ".docx")
            : ErrorPages.Show(ErrorKind.NotFound);
    }

    private static async Task<IResult> SendTemplateAsync(HttpContext context, ILetters letters, string templateId) =>
        await letters.TemplateFileAsync(context.Caller(), templateId, context.RequestAborted) is byte[] content
            ? Results.Bytes(content, DocxType, SafeName(templateId) + ".docx")
            : ErrorPages.Show(ErrorKind.NotFound);

    /// <summary>What somebody may read is for that person: no proxy keeps it, and a browser asks again before it shows it.</summary>
    private static void KeepPrivate(HttpContext context) => context.Response.Headers.CacheControl = "private, no-cache";

    private static async Task<(LetterPage Letter, Sha256Digest Hash)?> VersionAsync(HttpContext context, ILetters letters, Guid caseId, string hash) =>
        Sha256Digest.TryParse(hash, out Sha256Digest digest)
        && await letters.FindAsync(context.Caller(), caseId, context.RequestAborted) is { } letter
        && LetterDocuments.Has(letter, digest)
            ? (letter, digest)
            : null;

    private static string FileNameOf(LetterPage letter) => SafeName(letter.Number ?? letter.Registration?.Hal ?? "surat");

    /// <summary>What may stand in a header and in any file system.</summary>
    private static string SafeName(string name)
    {
        string safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return safe.Length == 0 ? "surat" : safe[..Math.Min(80, safe.Length)];
    }
}
