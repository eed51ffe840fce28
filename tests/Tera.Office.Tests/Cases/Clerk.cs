using Tera.Office.Accounts;
using Tera.Office.Cases;
using Tera.Office.Cases.Outbox;
using Tera.Office.Tests.Storage;

namespace Tera.Office.Tests.Cases;

/// <summary>Does steps of a case as people would: opens the page, picks an outcome, sends the form.</summary>
internal sealed class Clerk(TestOffice office)
{
    private readonly Dictionary<string, Caller> _callers = new(StringComparer.Ordinal);

    public ICaseDesk Desk => office.Get<ICaseDesk>();

    public async Task<Caller> AsAsync(string username) =>
        _callers.TryGetValue(username, out Caller? known) ? known : _callers[username] = await office.CallerAsync(username);

    public async Task<Guid> StartAsync(string username, string sop, string title = "Undangan rapat koordinasi")
    {
        CaseAnswer answer = await Desk.StartAsync(await AsAsync(username), sop, title, TestOffice.Key(), default);
        return Assert.IsType<CaseAnswer.Done>(answer).Case.Id;
    }

    public async Task<CasePage> PageAsync(string username, Guid id) => Assert.IsType<CasePage>(await Desk.FindAsync(await AsAsync(username), id, default));

    public async Task<StepAct> FormAsync(string username, Guid id, string step, string outcome, string? reason = null, string? to = null)
    {
        CasePage page = await PageAsync(username, id);
        OpenTask? task = page.Open.FirstOrDefault(open => open.StepId == step);
        return new StepAct(
            id, step, page.Version, outcome, to, reason, task?.DocumentHash, new Dictionary<string, string>(StringComparer.Ordinal), [], TestOffice.Secret("frasa"), TestOffice.Key());
    }

    public async Task<CaseAnswer> SendAsync(string username, StepAct form) => await Desk.ActAsync(await AsAsync(username), form, default);

    public async Task<CaseAnswer> TryAsync(string username, Guid id, string step, string outcome, string? reason = null, string? to = null) =>
        await SendAsync(username, await FormAsync(username, id, step, outcome, reason, to));

    /// <summary>Does the step, then lets the system do what follows.</summary>
    public async Task<CasePage> DoAsync(string username, Guid id, string step, string outcome, string? reason = null, string? to = null)
    {
        CaseAnswer answer = await TryAsync(username, id, step, outcome, reason, to);
        if (answer is CaseAnswer.Refused refused)
        {
            Assert.Fail($"{step} by {username}: {refused.Reason}: {refused.Message}");
        }

        await DrainAsync();
        return await PageAsync(username, id);
    }

    public Task DrainAsync() => office.Get<CaseWorker>().DrainAsync(default);

    public async Task RefusedAsync(CaseRefusalReason reason, string username, Guid id, string step, string outcome, string? why = null, string? to = null) =>
        Assert.Equal(reason, Assert.IsType<CaseAnswer.Refused>(await TryAsync(username, id, step, outcome, why, to)).Reason);

    /// <summary>A letter of Purwakarta up to the step that is named.</summary>
    public async Task<Guid> PurwakartaUpToAsync(string step)
    {
        (string Who, string Step)[] way = [("stafdinas", "buat"), ("kasi", "paraf4"), ("kabid", "paraf3b"), ("sekdis", "paraf3a"), ("kadis", "tte")];
        Guid id = await StartAsync("stafdinas", "purwakarta/penggunaan-tte");
        foreach ((string who, string at) in way.TakeWhile(stop => stop.Step != step))
        {
            await DoAsync(who, id, at, at == "buat" ? "kirim" : "ya");
        }

        return id;
    }
}
