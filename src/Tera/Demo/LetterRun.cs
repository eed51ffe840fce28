using System.Text.Json.Nodes;
using Tera.Office.Cases;
using Tera.Office.Letters;
using Tera.Office.Organisation;

namespace Tera.Door.Demo;

/// <summary>
/// Carries one letter from the drafter to the archive through the HTTP door. The next move is always read from the case, never from
/// the driver's memory: that is why the run goes on after the product was killed and started again at any moment.
/// </summary>
internal sealed class LetterRun(OfficeHttp office, LetterScript script, Action<string> report)
{
    /// <summary>Longest wait for the product's own work (conversion, mail, system steps) between two moves.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private bool _wrongPassphraseShown;

    public async Task<CasePage> RunAsync(string key, CancellationToken cancellation)
    {
        CasePage page = await office.SendJsonAsync<CasePage>(
            script.Starter, HttpMethod.Post, "cases", new { sop = script.Sop, title = script.Title }, key, cancellation);
        long waiting = TimeProvider.System.GetTimestamp();
        while (!page.Ended)
        {
            OpenTask? task = page.Pending.Count == 0 ? page.Open.FirstOrDefault(t => t.Kind is not ("sistem" or "tunggu")) : null;
            if (task is null)
            {
                if (TimeProvider.System.GetElapsedTime(waiting) > Patience)
                {
                    throw new TimeoutException($"{script.Sop}: nothing happened for {Patience.TotalMinutes} minutes; pending: {string.Join(", ", page.Pending)}; open: {string.Join(", ", page.Open.Select(t => t.StepId + " " + t.LastProblem))}");
                }

                await Task.Delay(100, cancellation);
            }
            else
            {
                await MoveAsync(page, task, cancellation);
                waiting = TimeProvider.System.GetTimestamp();
            }

            page = await office.GetAsync<CasePage>(script.Starter, $"cases/{page.Id}", cancellation);
        }

        return page;
    }

    private async Task MoveAsync(CasePage page, OpenTask task, CancellationToken cancellation)
    {
        string username = AccountOf(task);
        if (username == script.Starter)
        {
            await FillAsync(page, task, cancellation);
        }

        if (task.Kind == "tte")
        {
            await office.SendJsonAsync<JsonNode>(username, HttpMethod.Post, $"letters/{page.Id}/prepare", new { }, null, cancellation);
        }

        // As the actor sees it now: version, outcomes and the hash of what is shown.
        page = await office.GetAsync<CasePage>(username, $"cases/{page.Id}", cancellation);
        if (page.Open.FirstOrDefault(t => t.StepId == task.StepId && t.Mine) is not { } mine)
        {
            return;
        }

        bool returns = page.Round == 1 && username == script.ReturnAt && mine.Outcomes.Any(o => o.ReturnTargets.Count > 0);
        OutcomeChoice outcome = returns
            ? mine.Outcomes.First(o => o.ReturnTargets.Count > 0)
            : mine.Outcomes.First(o => o.ReturnTargets.Count == 0);
        string? target = returns ? outcome.ReturnTargets.First(t => t.Id is "sunting" or "buat").Id : null;
        if (mine.Kind == "tte" && mine.NeedsPassphrase && !_wrongPassphraseShown)
        {
            _wrongPassphraseShown = true;
            await ShowWrongPassphraseAsync(username, page, mine, outcome, cancellation);
        }

        try
        {
            await ActAsync(username, page, mine, outcome.Name, target, returns ? script.ReturnReason : null, DemoAgency.Passphrase, cancellation);
            report($"{script.Sop}: {mine.Nomor} {mine.Uraian}: {username} {outcome.Name}");
        }
        catch (DemoRefusedException raced) when (raced.Is(CaseRefusalReason.Stale) || raced.Is(CaseRefusalReason.NotOpen) || raced.Is(CaseRefusalReason.EffectsPending))
        {
            // The act had been taken before a restart, or the product's own work came first: read the case again.
        }
    }

    private Task<CasePage> ActAsync(
        string username, CasePage page, OpenTask task, string outcome, string? returnTo, string? reason, string passphrase, CancellationToken cancellation) =>
        office.SendJsonAsync<CasePage>(
            username,
            HttpMethod.Post,
            $"cases/{page.Id}/steps/{task.StepId}",
            new
            {
                version = page.Version,
                outcome,
                returnTo,
                reason,
                seenHash = task.DocumentHash,
                fields = new Dictionary<string, string>(),
                @checked = task.Checklist,
                passphrase = task.NeedsPassphrase ? passphrase : null,
            },
            $"demo-{page.Id:N}-{task.StepId}-{page.Version}-{outcome}-{passphrase.Length}",
            cancellation);

    /// <summary>A wrong passphrase is refused, counted, and leaves the letter as it was.</summary>
    private async Task ShowWrongPassphraseAsync(string username, CasePage page, OpenTask task, OutcomeChoice outcome, CancellationToken cancellation)
    {
        try
        {
            await ActAsync(username, page, task, outcome.Name, null, null, "frasa yang jelas salah", cancellation);
            throw new InvalidOperationException("A wrong passphrase was accepted.");
        }
        catch (DemoRefusedException refused) when (refused.Is(CaseRefusalReason.WrongPassphrase))
        {
            report($"{script.Sop}: {task.Nomor} {username}: wrong passphrase refused: {refused.Message[(refused.Message.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]}");
        }
    }

    /// <summary>The drafter's own work: template, draft, registration, as far as the open step asks for it.</summary>
    private async Task FillAsync(CasePage page, OpenTask task, CancellationToken cancellation)
    {
        if (task.StepId is "templat" or "buat")
        {
            await office.SendJsonAsync<JsonNode>(script.Starter, HttpMethod.Put, $"letters/{page.Id}/template", new { templateId = await TemplateAsync(cancellation) }, null, cancellation);
        }

        if (task.StepId is "sunting" or "buat")
        {
            byte[] template = await office.DownloadAsync(script.Starter, $"letters/templates/{await TemplateAsync(cancellation)}/file", cancellation);
            byte[] draft = DemoDraft.Write(template, script.Blanks(page.Round));
            await office.SendFileAsync<JsonNode>(
                script.Starter, HttpMethod.Put, $"letters/{page.Id}/draft", draft,
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document", $"konsep-putaran-{page.Round}.docx", cancellation);
        }

        if (task.StepId is "registrasi" or "buat")
        {
            await office.SendJsonAsync<JsonNode>(
                script.Starter, HttpMethod.Put, $"letters/{page.Id}/registration", script.Registration(await DestinationsAsync(cancellation)), null, cancellation);
        }
    }

    private async Task<string> TemplateAsync(CancellationToken cancellation)
    {
        LetterTemplate[] templates = await office.GetAsync<LetterTemplate[]>(script.Starter, "letters/templates", cancellation);
        return templates.First(t => t.Kop == script.Kop && t.Kind == script.Kind).Id;
    }

    private async Task<IReadOnlyList<LetterDestination>> DestinationsAsync(CancellationToken cancellation)
    {
        Holding[] positions = await office.GetAsync<Holding[]>(script.Starter, "organisation/positions", cancellation);
        return [.. script.Destinations.Select(destination =>
        {
            if (destination.Kind == "internal")
            {
                Holding position = positions.First(p => p.PositionCode == destination.Target);
                return new LetterDestination("internal", position.PositionName, position.PositionId.ToString());
            }

            int bracket = destination.Target.IndexOf('<', StringComparison.Ordinal);
            return new LetterDestination(destination.Kind, destination.Target[..bracket].Trim(), destination.Target[(bracket + 1)..].TrimEnd('>'));
        })];
    }

    private static string AccountOf(OpenTask task) =>
        DemoAgency.Accounts.FirstOrDefault(a => task.Holders.Any(h => h.Contains(a.PersonName, StringComparison.Ordinal) || a.PersonName.Contains(h, StringComparison.Ordinal)))?.Username
            ?? throw new InvalidOperationException($"Step {task.StepId} waits for {string.Join(", ", task.Holders)}, who has no demo account.");
}
