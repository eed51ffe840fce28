using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Accounts;
using Tera.Office.Shell;
using Tera.Office.Storage;

namespace Tera.Office.Cases.Pages;

/// <summary>A step's screen and its form.</summary>
internal static class StepPages
{
    /// <summary>A letter as docx: the limit of the Letters slice is lower and says so; this one protects the server.</summary>
    private const long MaxUploadBytes = 24L * 1024 * 1024;

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/kasus/{id:guid}/langkah/{step}", ShowAsync);
        pages.MapForm("/kasus/{id:guid}/langkah/{step}", ActAsync, MaxUploadBytes);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ICaseDesk desk, Guid id, string step)
    {
        CasePage? page = await desk.FindAsync(context.Caller(), id, context.RequestAborted);
        if (page is null)
        {
            return ErrorPages.Show(ErrorKind.NotFound);
        }

        // Done by somebody else, sent back, or of another person: the case says whose turn it is.
        OpenTask? task = TaskOf(page, step);
        return task is { Mine: true } && page.Pending.Count == 0
            ? await ShowStepAsync(context, page, task, StepTyped.Nothing, [], StatusCodes.Status200OK)
            : Results.Redirect($"/kasus/{id}");
    }

    /// <summary>Draws a step: with its own screen if a slice has one, otherwise by its kind.</summary>
    public static async Task<IResult> ShowStepAsync(
        HttpContext context, CasePage page, OpenTask task, StepTyped typed, IReadOnlyList<FieldProblem> problems, int status)
    {
        if (problems.Count == 0 && context.RequestServices.GetServices<IStepScreen>().FirstOrDefault(screen => screen.Fits(task)) is { } own)
        {
            return await own.ShowAsync(context, page, task);
        }

        Caller caller = context.Caller();
        ICaseDocuments documents = context.RequestServices.GetRequiredService<ICaseDocuments>();
        if (task.Kind == "tte" && problems.Count == 0)
        {
            (page, task, problems) = await PrepareAsync(context, documents, page, task);
        }

        Sha256Digest? shown = Sha256Digest.TryParse(task.DocumentHash, out Sha256Digest hash) ? hash : null;
        CaseDocument? document = await documents.FindAsync(caller, page.Id, shown, context.RequestAborted);
        return PageRoutes.Show<StepScreen>(new { Model = new StepModel(page, task, document, typed, problems) }, status);
    }

    private static async Task<IResult> ActAsync(HttpContext context, ICaseDesk desk, ICaseDocuments documents, Guid id, string step)
    {
        Caller caller = context.Caller();
        IFormCollection form = context.Request.Form;
        StepTyped typed = StepTyped.From(form);
        if (typed.Outcome is null)
        {
            return ErrorPages.Show(ErrorKind.BadForm);
        }

        if (form.Files.GetFile("naskah") is { Length: > 0 } edited)
        {
            await using Stream content = edited.OpenReadStream();
            if (await documents.StageEditAsync(caller, id, edited.FileName, content, context.RequestAborted) is string wrong)
            {
                return await AgainAsync(context, desk, id, step, typed, CaseRefusalReason.InvalidInput, wrong, "naskah");
            }
        }

        using SecretText? secret = form["frasa"].ToString() is { Length: > 0 } phrase ? new SecretText(Encoding.UTF8.GetBytes(phrase)) : null;
        StepAct act = ActFrom(form, id, step, typed, secret);
        return await desk.ActAsync(caller, act, context.RequestAborted) switch
        {
            CaseAnswer.Done(var page) => Results.Redirect(AfterOf(page, step)),
            CaseAnswer.Refused refused => await AgainAsync(context, desk, id, step, typed, refused.Reason, refused.Message, FieldOf(refused.Reason)),
            _ => ErrorPages.Show(ErrorKind.BadForm),
        };
    }

    public static StepAct ActFrom(IFormCollection form, Guid id, string step, StepTyped typed, SecretText? secret) => new(
        id,
        step,
        long.TryParse(form.Text("versi"), NumberStyles.None, CultureInfo.InvariantCulture, out long version) ? version : -1,
        typed.Outcome ?? "",
        typed.ReturnTo,
        typed.Reason,
        form.Filled("dilihat"),
        typed.Fields,
        typed.Checked,
        secret,
        form.Text(FormField.Key));

    /// <summary>Refused: the same screen with the reason and what was typed; when the case went on meanwhile, a page that tells.</summary>
    public static async Task<IResult> AgainAsync(
        HttpContext context, ICaseDesk desk, Guid id, string step, StepTyped typed, CaseRefusalReason reason, string message, string? field)
    {
        CasePage? page = await desk.FindAsync(context.Caller(), id, context.RequestAborted);
        if (page is null)
        {
            return ErrorPages.Show(ErrorKind.NotFound);
        }

        OpenTask? task = TaskOf(page, step);
        bool wentOn = reason is CaseRefusalReason.Stale or CaseRefusalReason.NotOpen or CaseRefusalReason.StaleDocument;
        if (wentOn || task is not { Mine: true })
        {
            return PageRoutes.Show<ConflictScreen>(
                new { Case = page, Task = task, Typed = typed, Message = message }, StatusCodes.Status409Conflict);
        }

        return await ShowStepAsync(context, page, task, typed, [new FieldProblem(field, message)], StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>After an act: the case with a word that it was stored, and from there to what is next.</summary>
    public static string AfterOf(CasePage page, string step) => $"/kasus/{page.Id}?selesai={Uri.EscapeDataString(step)}";

    private static OpenTask? TaskOf(CasePage page, string step) =>
        page.Open.FirstOrDefault(task => task.Mine && string.Equals(task.StepId, step, StringComparison.Ordinal))
        ?? page.Open.FirstOrDefault(task => string.Equals(task.StepId, step, StringComparison.Ordinal));

    /// <summary>The signer sees the final bytes: today's date is drawn before the page, so that nothing is drawn after it.</summary>
    private static async Task<(CasePage Page, OpenTask Task, IReadOnlyList<FieldProblem> Problems)> PrepareAsync(
        HttpContext context, ICaseDocuments documents, CasePage page, OpenTask task)
    {
        Caller caller = context.Caller();
        string? problem = await documents.PrepareForSigningAsync(caller, page.Id, context.RequestAborted);
        if (problem is not null)
        {
            return (page, task, [new FieldProblem(null, problem)]);
        }

        // Preparing may have added an equivalent version: show and bind to what the case has now.
        CasePage? now = await context.RequestServices.GetRequiredService<ICaseDesk>().FindAsync(caller, page.Id, context.RequestAborted);
        return now is not null && TaskOf(now, task.StepId) is { } fresh ? (now, fresh, []) : (page, task, []);
    }

    private static string? FieldOf(CaseRefusalReason reason) => reason switch
    {
        CaseRefusalReason.WrongPassphrase or CaseRefusalReason.CredentialLocked => "frasa",
        CaseRefusalReason.ReasonMissing => "alasan",
        CaseRefusalReason.ReturnTargetInvalid => "kembali-ke",
        CaseRefusalReason.ChecklistOpen => "cek-0",
        _ => null,
    };
}
