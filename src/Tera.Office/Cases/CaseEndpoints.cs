using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tera.Office.Accounts;
using Tera.Office.Api;

namespace Tera.Office.Cases;

/// <summary>REST: procedures, cases, inbox, steps.</summary>
internal static class CaseEndpoints
{
    private const string IdempotencyKey = "Idempotency-Key";
    private const int ListedByDefault = 50;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder api = endpoints.MapGroup("/api/v1").WithTags("Perkara").RequireAuthorization();
        api.MapGet("/procedures", async (HttpContext context, ICaseDesk desk) =>
                Json(await desk.ProceduresAsync(context.Caller(), context.RequestAborted)))
            .WithName("listProcedures").WithSummary("Prosedur yang boleh dimulai oleh pemanggil.").Produces<IReadOnlyList<ProcedureSummary>>().ProducesProblem(401);
        api.MapPost("/cases", StartAsync)
            .WithName("startCase").WithSummary("Memulai perkara; perlu kepala Idempotency-Key.")
            .Accepts<Start>("application/json").Produces<CasePage>(201).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        api.MapGet("/cases", async (HttpContext context, ICaseDesk desk, int? limit) =>
                Json(await desk.MineAsync(context.Caller(), limit ?? ListedByDefault, context.RequestAborted)))
            .WithName("listCases").WithSummary("Perkara yang dimulai atau dikerjakan pemanggil, yang terbaru dahulu.").Produces<IReadOnlyList<CaseSummary>>().ProducesProblem(401);
        api.MapGet("/cases/{id:guid}", async (HttpContext context, ICaseDesk desk, Guid id) =>
                await desk.FindAsync(context.Caller(), id, context.RequestAborted) is { } page ? Json(page) : ProblemOf(CaseRefusals.Because(CaseRefusalReason.NotFound)))
            .WithName("getCase").WithSummary("Satu perkara: langkah terbuka, riwayat, gambar prosedur.").Produces<CasePage>().ProducesProblem(401).ProducesProblem(404);
        api.MapGet("/inbox", async (HttpContext context, ICaseDesk desk) => Json(await desk.InboxAsync(context.Caller(), context.RequestAborted)))
            .WithName("inbox").WithSummary("Tugas pemanggil, yang paling mendesak dahulu.").Produces<IReadOnlyList<InboxItem>>().ProducesProblem(401);
        api.MapPost("/cases/{id:guid}/steps/{stepId}", ActAsync)
            .WithName("doStep").WithSummary("Mengerjakan satu langkah: hasil, alasan, isian, dan frasa sandi bila diminta; perlu kepala Idempotency-Key.")
            .Accepts<Act>("application/json").Produces<CasePage>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(503);
        api.MapPost("/cases/{id:guid}/cancel", CancelAsync)
            .WithName("cancelCase").WithSummary("Membatalkan perkara dengan alasan; hanya pemulai atau admin.")
            .Accepts<Cancel>("application/json").Produces<CasePage>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> StartAsync(HttpContext context, ICaseDesk desk)
    {
        (Start? start, ApiProblem? problem) = await ApiJson.ReadAsync<Start>(context);
        if (start is null)
        {
            return problem!;
        }

        return await desk.StartAsync(context.Caller(), start.Sop, start.Title, KeyOf(context), context.RequestAborted) switch
        {
            CaseAnswer.Done(var page) => Results.Json(page, ApiJson.Options, statusCode: StatusCodes.Status201Created),
            CaseAnswer.Refused refused => ProblemOf(refused),
            _ => throw new InvalidOperationException("The desk answers done or refused."),
        };
    }

    private static async Task<IResult> ActAsync(HttpContext context, ICaseDesk desk, Guid id, string stepId)
    {
        (Act? act, ApiProblem? problem) = await ApiJson.ReadAsync<Act>(context);
        if (act is null)
        {
            return problem!;
        }

        using SecretText? passphrase = act.Passphrase;
        var step = new StepAct(
            id, stepId, act.Version, act.Outcome, act.ReturnTo, act.Reason, act.SeenHash,
            act.Fields ?? new Dictionary<string, string>(StringComparer.Ordinal), act.Checked ?? [], passphrase, KeyOf(context));
        return Answer(await desk.ActAsync(context.Caller(), step, context.RequestAborted));
    }

    private static async Task<IResult> CancelAsync(HttpContext context, ICaseDesk desk, Guid id)
    {
        (Cancel? cancel, ApiProblem? problem) = await ApiJson.ReadAsync<Cancel>(context);
        return cancel is null ? problem! : Answer(await desk.CancelAsync(context.Caller(), id, cancel.Reason, context.RequestAborted));
    }

    private static string KeyOf(HttpContext context) => context.Request.Headers[IdempotencyKey].ToString();

    private static IResult Json<T>(T value) => Results.Json(value, ApiJson.Options);

    private static IResult Answer(CaseAnswer answer) => answer switch
    {
        CaseAnswer.Done(var page) => Json(page),
        CaseAnswer.Refused refused => ProblemOf(refused),
        _ => throw new InvalidOperationException("The desk answers done or refused."),
    };

    private static ApiProblem ProblemOf(CaseAnswer.Refused refused) => new(
        CaseRefusals.StatusOf(refused.Reason), System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(refused.Reason.ToString()),
        CaseRefusals.TextOf(refused.Reason), refused.Message);

    private sealed record Start(string Sop, string Title);

    private sealed record Cancel(string Reason);

    private sealed record Act(
        long Version, string Outcome, string? ReturnTo = null, string? Reason = null, string? SeenHash = null,
        Dictionary<string, string>? Fields = null, List<string>? Checked = null, SecretText? Passphrase = null);
}
