using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Accounts;
using Tera.Office.Archive;
using Tera.Office.Cases;
using Tera.Office.Cases.Pages;
using Tera.Office.Letters.Dispatch;
using Tera.Office.Organisation;
using Tera.Office.Shell;
using Tera.Office.Storage;

namespace Tera.Office.Letters.Pages;

/// <summary>The steps in which a letter is made: template, draft, registration; one form, in the parts that the step asks for.</summary>
internal sealed class LetterStep(
    ILetters letters, IOrganisation organisation, ICaseDesk desk, ICaseFacts facts, IDbContextFactory<OfficeDb> databases, Visit visit) : IStepScreen
{
    public const long MaxFormBytes = 24L * 1024 * 1024;

    public bool Fits(OpenTask task) => task.Kind == "isi" && LetterStepParts.Of(task).Any;

    public async Task<IResult> ShowAsync(HttpContext context, CasePage page, OpenTask task)
    {
        LetterPage? letter = await letters.FindAsync(context.Caller(), page.Id, context.RequestAborted);
        return await ScreenAsync(context, page, task, letter, RegistrationTyped.Of(letter, page.Title), []);
    }

    public static Task<IResult> SendAsync(HttpContext context, LetterStep self, Guid caseId, string step) => self.TakeAsync(context, caseId, step);

    private async Task<IResult> TakeAsync(HttpContext context, Guid caseId, string step)
    {
        Caller caller = context.Caller();
        IFormCollection form = context.Request.Form;
        CasePage? page = await desk.FindAsync(caller, caseId, context.RequestAborted);
        if (page?.Open.FirstOrDefault(open => open.Mine && string.Equals(open.StepId, step, StringComparison.Ordinal)) is not { } task)
        {
            return page is null
                ? ErrorPages.Show(ErrorKind.NotFound)
                : await StepPages.AgainAsync(
                    context, desk, caseId, step, StepTyped.From(form), CaseRefusalReason.NotOpen,
                    visit.T("Langkah ini sudah tidak terbuka untuk Anda.", "This step is no longer open for you."), null);
        }

        LetterStepParts parts = LetterStepParts.Of(task);
        RegistrationTyped typed = RegistrationTyped.From(form);
        if (typed.WithRow(form.Text("aksi")) is { } changed)
        {
            LetterPage? unchanged = await letters.FindAsync(caller, caseId, context.RequestAborted);
            return await ScreenAsync(context, page, task, unchanged, changed, []);
        }

        if (await StageAsync(context, caller, caseId, parts, typed, form) is { Count: > 0 } problems)
        {
            LetterPage? letter = await letters.FindAsync(caller, caseId, context.RequestAborted);
            return await ScreenAsync(context, page, task, letter, typed, problems);
        }

        if (form.Filled("hasil") is null)
        {
            return Results.Redirect($"/kasus/{caseId}/langkah/{Uri.EscapeDataString(step)}");
        }

        // What was staged is of this person and this moment: the desk checks the version that the form carried.
        StepAct act = StepPages.ActFrom(form, caseId, step, StepTyped.From(form), null);
        return await desk.ActAsync(caller, act, context.RequestAborted) switch
        {
            CaseAnswer.Done(var done) => Results.Redirect(StepPages.AfterOf(done, step)),
            CaseAnswer.Refused { Reason: CaseRefusalReason.Stale or CaseRefusalReason.NotOpen } stale =>
                await StepPages.AgainAsync(context, desk, caseId, step, StepTyped.From(form), stale.Reason, stale.Message, null),
            CaseAnswer.Refused refused => await ScreenAsync(
                context, page, task, await letters.FindAsync(caller, caseId, context.RequestAborted), typed, [new FieldProblem(null, refused.Message)]),
            _ => ErrorPages.Show(ErrorKind.BadForm),
        };
    }

    /// <summary>Hands each part to the slice; all that is wrong is told at once.</summary>
    private async Task<List<FieldProblem>> StageAsync(
        HttpContext context, Caller caller, Guid caseId, LetterStepParts parts, RegistrationTyped typed, IFormCollection form)
    {
        var problems = new List<FieldProblem>();
        if (parts.Template && typed.Template is string template)
        {
            Note(await letters.ChooseTemplateAsync(caller, caseId, template, context.RequestAborted), "templat");
        }
        else if (parts.Template)
        {
            problems.Add(new FieldProblem("templat-0", visit.T("Pilih templat dahulu.", "Choose a template first.")));
        }

        if (parts.Draft && form.Files.GetFile("naskah") is { Length: > 0 } draft)
        {
            await using Stream content = draft.OpenReadStream();
            Note(await letters.StageDraftAsync(caller, caseId, draft.FileName, content, context.RequestAborted), "naskah");
        }

        if (parts.Registration)
        {
            LetterChoices choices = await ChoicesAsync(caller, caseId, context.RequestAborted);
            LetterRegistration registration = typed.Registration(destination => NameOf(destination, choices));
            Note(await letters.StageRegistrationAsync(caller, caseId, registration, context.RequestAborted), null);
        }

        return problems;

        void Note(LetterAnswer answer, string? field)
        {
            if (answer is LetterAnswer.Refused refused)
            {
                problems.Add(new FieldProblem(FormNameOf(refused.Field) ?? field, refused.Message));
            }
        }
    }

    private static string NameOf(LetterDestination destination, LetterChoices choices) =>
        (string.Equals(destination.Kind, "group", StringComparison.Ordinal)
            ? choices.Groups.FirstOrDefault(group => string.Equals(group.Key, destination.Target, StringComparison.OrdinalIgnoreCase)).Value
            : choices.Directory.FirstOrDefault(holding => string.Equals(holding.PositionId.ToString(), destination.Target, StringComparison.OrdinalIgnoreCase))?.PositionName)
        ?? destination.Target;

    /// <summary>Names of the registration's parts as this form calls them.</summary>
    private static string? FormNameOf(string? field) => field?.ToLowerInvariant() switch
    {
        null => null,
        "file" => "naskah",
        "kind" => "macam",
        "classification" => "klasifikasi",
        "destinations" => "tujuan",
        "verifiers" => "verifikator",
        "signerposition" or "signerperson" or "signer" => "penandatangan",
        "mark" => "tanda",
        "template" or "templateid" => "templat",
        string name => name,
    };

    private async Task<IResult> ScreenAsync(
        HttpContext context, CasePage page, OpenTask task, LetterPage? letter, RegistrationTyped typed, IReadOnlyList<FieldProblem> problems)
    {
        LetterStepParts parts = LetterStepParts.Of(task);
        var model = new LetterStepModel(page, task, letter, typed)
        {
            Parts = parts,
            Choices = await ChoicesAsync(context.Caller(), page.Id, context.RequestAborted),
            Problems = problems,
        };
        return PageRoutes.Show<LetterStepScreen>(
            new { Model = model }, problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private async Task<LetterChoices> ChoicesAsync(Caller caller, Guid caseId, CancellationToken cancellation)
    {
        DateOnly today = visit.Time.DayIn(visit.Now);
        await using OfficeDb db = await databases.CreateDbContextAsync(cancellation);
        CaseFacts? known = await facts.FindAsync(db, caseId, cancellation);
        IReadOnlyList<Holding> signers = known?.Signatures.FirstOrDefault(signature => !signature.Paraf)?.Holders ?? [];
        List<RecipientGroupRow> groups = await db.Set<RecipientGroupRow>().AsNoTracking()
            .Where(group => group.AgencyId == caller.AgencyId).OrderBy(group => group.Name).ToListAsync(cancellation);
        IReadOnlyList<LetterTemplate> templates = await letters.TemplatesAsync(caller, cancellation);
        return new LetterChoices(
            [.. templates.Where(template => Allows(known?.Kops, template.Kop) && Allows(known?.Kinds, template.Kind))],
            known?.Kinds ?? [],
            await organisation.DirectoryAsync(caller.AgencyId, today, cancellation),
            signers is [var first, ..] ? await organisation.EligibleVerifiersAsync(caller.AgencyId, first.PositionId, today, cancellation) : [],
            signers,
            [.. groups.Select(group => KeyValuePair.Create(group.Id.ToString(), group.Name))],
            [.. ClassificationTable.All.Select(code => KeyValuePair.Create(code.Kode, code.Nama))]);
    }

    private static bool Allows(IReadOnlyList<string>? list, string value) => list is null or [] || list.Contains(value, StringComparer.Ordinal);
}
