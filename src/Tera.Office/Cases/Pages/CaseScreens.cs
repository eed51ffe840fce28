using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tera.Office.Accounts;
using Tera.Office.Shell;

namespace Tera.Office.Cases.Pages;

/// <summary>Inbox, start of a procedure, a case and its end. The steps themselves: <see cref="StepPages"/>.</summary>
internal static class CaseScreens
{
    /// <summary>More than anybody reads; older ones are found by the register and the archive.</summary>
    private const int MineLimit = 30;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder pages = endpoints.MapSignedInPages();
        pages.MapGet("/", ShowInboxAsync);
        pages.MapGet("/mulai", ShowStartAsync);
        pages.MapForm("/mulai", StartAsync);
        pages.MapGet("/kasus/{id:guid}", ShowCaseAsync);
        pages.MapForm("/kasus/{id:guid}/batal", CancelAsync);
        StepPages.Map(pages);
    }

    /// <summary>A form's own key: the same form sent twice is done once.</summary>
    public static string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static async Task<IResult> ShowInboxAsync(HttpContext context, ICaseDesk desk, string? cari, string? prosedur)
    {
        Caller caller = context.Caller();
        IReadOnlyList<InboxItem> all = await desk.InboxAsync(caller, context.RequestAborted);
        IReadOnlyList<CaseSummary> mine = await desk.MineAsync(caller, MineLimit, context.RequestAborted);
        return PageRoutes.Show<InboxScreen>(new { All = all, Mine = mine, Search = cari?.Trim() ?? "", Procedure = prosedur ?? "" });
    }

    private static async Task<IResult> ShowStartAsync(HttpContext context, ICaseDesk desk) =>
        await StartScreenAsync(context, desk, null, null, null);

    private static async Task<IResult> StartAsync(HttpContext context, Visit visit, ICaseDesk desk)
    {
        IFormCollection form = context.Request.Form;
        string sop = form.Text("sop");
        if (form.Filled("judul") is not string title)
        {
            return await StartScreenAsync(context, desk, sop, null, visit.T("Tulis dahulu tentang apa ini, agar Anda mengenalinya di kotak masuk.", "First write what this is about, so that you recognise it in the inbox."));
        }

        return await desk.StartAsync(context.Caller(), sop, title, form.Text(FormField.Key), context.RequestAborted) switch
        {
            CaseAnswer.Done(var page) => Results.Redirect(NextOf(page)),
            CaseAnswer.Refused refused => await StartScreenAsync(context, desk, sop, title, refused.Message),
            _ => ErrorPages.Show(ErrorKind.BadForm),
        };
    }

    private static async Task<IResult> StartScreenAsync(HttpContext context, ICaseDesk desk, string? sop, string? title, string? problem) =>
        PageRoutes.Show<StartScreen>(
            new { Procedures = await desk.ProceduresAsync(context.Caller(), context.RequestAborted), Chosen = sop, CaseTitle = title, Problem = problem },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> ShowCaseAsync(HttpContext context, ICaseDesk desk, ICaseDocuments documents, Guid id, string? selesai)
    {
        CasePage? page = await desk.FindAsync(context.Caller(), id, context.RequestAborted);
        return page is null ? ErrorPages.Show(ErrorKind.NotFound) : await CaseScreenAsync(context, documents, page, selesai, []);
    }

    private static async Task<IResult> CancelAsync(HttpContext context, Visit visit, ICaseDesk desk, ICaseDocuments documents, Guid id)
    {
        Caller caller = context.Caller();
        if (context.Request.Form.Filled("alasan") is not string reason)
        {
            return await AgainAsync(visit.T("Tulis alasan pembatalan.", "Write why it is cancelled."));
        }

        return await desk.CancelAsync(caller, id, reason, context.RequestAborted) switch
        {
            CaseAnswer.Done => Results.Redirect($"/kasus/{id}"),
            CaseAnswer.Refused refused => await AgainAsync(refused.Message),
            _ => ErrorPages.Show(ErrorKind.BadForm),
        };

        async Task<IResult> AgainAsync(string message)
        {
            CasePage? page = await desk.FindAsync(caller, id, context.RequestAborted);
            return page is null ? ErrorPages.Show(ErrorKind.NotFound) : await CaseScreenAsync(context, documents, page, null, [new FieldProblem("alasan", message)]);
        }
    }

    private static async Task<IResult> CaseScreenAsync(
        HttpContext context, ICaseDocuments documents, CasePage page, string? finishedStep, IReadOnlyList<FieldProblem> problems) =>
        PageRoutes.Show<CaseScreen>(
            new
            {
                Case = page,
                Document = await documents.FindAsync(context.Caller(), page.Id, null, context.RequestAborted),
                FinishedStep = page.Steps.FirstOrDefault(step => string.Equals(step.StepId, finishedStep, StringComparison.Ordinal))?.Uraian,
                Problems = problems,
            },
            problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    /// <summary>The next thing to do: the caller's own open step, otherwise the case.</summary>
    internal static string NextOf(CasePage page) =>
        page.Pending.Count == 0 && page.Open.FirstOrDefault(task => task.Mine) is { } task
            ? string.Create(CultureInfo.InvariantCulture, $"/kasus/{page.Id}/langkah/{Uri.EscapeDataString(task.StepId)}")
            : $"/kasus/{page.Id}";
}
