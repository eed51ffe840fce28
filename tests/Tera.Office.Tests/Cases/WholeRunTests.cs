using Microsoft.EntityFrameworkCore;
using Tera.Office.Accounts;
using Tera.Office.Cases;
using Tera.Office.Cases.Outbox;
using Tera.Office.Organisation;
using Tera.Office.Storage;
using Tera.Office.Tests.Storage;
using Tera.Sop.Cases;
using Tera.Testing.Databases;
using OpenTask = Tera.Office.Cases.OpenTask;

namespace Tera.Office.Tests.Cases;

public sealed class WholeRunTests(PostgresServer server)
{
    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Purwakarta_goes_rung_by_rung_to_the_end(Database database)
    {
        EffectLog log = null!;
        await using TestOffice office = await TestOffice.OpenAsync(database, server, services => log = FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        Guid id = await clerk.PurwakartaUpToAsync("tte");
        CasePage page = await clerk.DoAsync("kadis", id, "tte", "ya");

        Assert.Equal(("selesai", true), (page.State, page.Ended));
        Assert.Empty(page.Open);
        Assert.All(page.Steps, step => Assert.Equal("selesai", step.State));
        Assert.Equal(["stafdinas", "kasi", "kabid", "sekdis", "kadis"], page.History.Take(5).Select(done => UsernameOf(done.Actor)));
        Assert.Equal(
            ["dok.versi_baru", "nomor.pesan", "dok.cek_tata_naskah", "dok.siapkan_bidang_ttd", "ttd.paraf", "ttd.paraf", "ttd.paraf", "nomor.tetapkan", "ttd.pades", "ttd.cap_waktu", "dok.validasi", "notif.kirim(es4)"],
            log.Names);
        Assert.Equal(log.Done.Distinct().Count(), log.Done.Count);
        await StoredEventsGiveTheStoredStateAsync(office, id);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Lamandau_goes_through_the_chain_to_dispatch(Database database)
    {
        await using TestOffice office = await TestOffice.OpenAsync(database, server, services => FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        Guid id = await clerk.StartAsync("staf", "lamandau/naskah-keluar-tte-bupati");
        await clerk.DoAsync("staf", id, "templat", "ambil");
        await clerk.DoAsync("staf", id, "sunting", "kirim");
        await clerk.DoAsync("staf", id, "registrasi", "kirim");
        await clerk.DoAsync("kabag", id, "reviu", "ya");
        foreach (string verifier in new[] { "asisten", "sekda", "wabup" })
        {
            Assert.Equal(["verifikasi"], (await clerk.Desk.InboxAsync(await clerk.AsAsync(verifier), default)).Select(item => item.StepId));
            await clerk.DoAsync(verifier, id, "verifikasi", "ya");
            Assert.Empty(await clerk.Desk.InboxAsync(await clerk.AsAsync(verifier), default));
        }

        OpenTask tte = Assert.Single((await clerk.PageAsync("bupati", id)).Open);
        Assert.True(tte.Mine && tte.NeedsPassphrase);
        await clerk.DoAsync("bupati", id, "tte", "ya");
        await clerk.DoAsync("staf", id, "kirim", "kirim");
        CasePage page = await clerk.DoAsync("staf", id, "ekspedisi", "ok");
        Assert.Equal("selesai", page.State);
        Assert.Equal(10, page.History.Count);
        await StoredEventsGiveTheStoredStateAsync(office, id);
    }

    [Fact]
    public async Task A_refusal_goes_back_to_the_drafter_and_everything_is_redone()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        Guid id = await clerk.PurwakartaUpToAsync("paraf3b");
        await clerk.RefusedAsync(CaseRefusalReason.ReasonMissing, "kabid", id, "paraf3b", "tidak");
        CasePage page = await clerk.DoAsync("kabid", id, "paraf3b", "tidak", "Tanggal rapat keliru");
        Assert.Equal(2, page.Round);
        Assert.Equal("Tanggal rapat keliru", page.History[^1].Reason);
        Assert.Equal("buat", Assert.Single(page.Open).StepId);

        InboxItem item = Assert.Single(await clerk.Desk.InboxAsync(await clerk.AsAsync("stafdinas"), default));
        Assert.Equal((2, "Janardana Prakosa, S.Kom., M.T."), (item.Round, item.From));
        await clerk.DoAsync("stafdinas", id, "buat", "kirim");
        Assert.Equal("paraf4", Assert.Single((await clerk.PageAsync("kasi", id)).Open).StepId);
    }

    [Fact]
    public async Task A_measured_step_is_due_after_one_working_day_and_an_unmeasured_one_never()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        office.Clock.Advance(TimeSpan.FromDays(4)); // Friday, 27 November 2026, 09.00 WIB
        await clerk.StartAsync("staf", "lamandau/naskah-keluar-tte-bupati");
        await clerk.StartAsync("staf", "purwakarta/penggunaan-tte");
        IReadOnlyList<InboxItem> inbox = await clerk.Desk.InboxAsync(await clerk.AsAsync("staf"), default);
        Assert.Equal([new DateTimeOffset(2026, 11, 30, 2, 0, 0, TimeSpan.Zero), null], inbox.Select(item => item.Due));
        Assert.All(inbox, item => Assert.Equal(InboxBand.Nanti, item.Band));

        office.Clock.Advance(TimeSpan.FromDays(3) - TimeSpan.FromHours(1)); // Monday, 08.00
        Assert.Equal([InboxBand.HariIni, InboxBand.Nanti], (await clerk.Desk.InboxAsync(await clerk.AsAsync("staf"), default)).Select(item => item.Band));
        office.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal([InboxBand.Lewat, InboxBand.Nanti], (await clerk.Desk.InboxAsync(await clerk.AsAsync("staf"), default)).Select(item => item.Band));
    }

    [Fact]
    public async Task Lanes_that_nobody_holds_are_skipped_and_shown_so()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        Guid id = await clerk.StartAsync("staf", "purwakarta/penggunaan-tte"); // the secretariat's division has neither eselon IV nor III.b
        CasePage page = await clerk.DoAsync("staf", id, "buat", "kirim");
        Assert.Equal("paraf3a", Assert.Single(page.Open).StepId);
        Assert.Equal(["dilewati", "dilewati"], page.Steps.Where(step => step.StepId is "paraf4" or "paraf3b").Select(step => step.State));
    }

    [Fact]
    public async Task A_Plh_finds_the_task_and_the_record_says_Plh()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        Guid id = await clerk.PurwakartaUpToAsync("paraf4");
        Caller admin = await clerk.AsAsync("admin");
        Caller standIn = await clerk.AsAsync("auditor");
        Guid position = (await office.Get<IOrganisation>().HoldingsOfAsync((await clerk.AsAsync("kasi")).PersonId, new DateOnly(2026, 11, 23), default))[0].PositionId;
        await office.Get<ActingOfficials>().AppointAsync(
            admin, new Appointment(position, standIn.PersonId, HoldingKind.Plh, "800/1", new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 24)), default);

        InboxItem item = Assert.Single(await clerk.Desk.InboxAsync(standIn, default));
        Assert.Equal("Plh. Kepala Seksi Keamanan Informasi", item.ActingAs);
        CasePage page = await clerk.DoAsync("auditor", id, "paraf4", "ya");
        Assert.Equal("Plh. Kepala Seksi Keamanan Informasi", page.History[^1].ActorPosition);
        office.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Empty(await clerk.Desk.InboxAsync(standIn, default));
    }

    [Fact]
    public async Task Cancelling_ends_the_case_with_its_reason()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        Guid id = await clerk.PurwakartaUpToAsync("paraf4");
        Assert.Equal(CaseRefusalReason.NotYours, Assert.IsType<CaseAnswer.Refused>(await clerk.Desk.CancelAsync(await clerk.AsAsync("kasi"), id, "Tidak jadi", default)).Reason);
        Assert.Equal(CaseRefusalReason.ReasonMissing, Assert.IsType<CaseAnswer.Refused>(await clerk.Desk.CancelAsync(await clerk.AsAsync("stafdinas"), id, " ", default)).Reason);
        CasePage page = Assert.IsType<CaseAnswer.Done>(await clerk.Desk.CancelAsync(await clerk.AsAsync("stafdinas"), id, "Tidak jadi", default)).Case;
        Assert.Equal("dibatalkan", page.State);
        Assert.Empty(await clerk.Desk.InboxAsync(await clerk.AsAsync("kasi"), default));
    }

    /// <summary>The truth is in the events: folded again they give the snapshot, and nothing is left to be done.</summary>
    private static async Task StoredEventsGiveTheStoredStateAsync(TestOffice office, Guid id)
    {
        await using OfficeDb db = await office.DbAsync();
        CaseRow row = await db.Set<CaseRow>().SingleAsync(found => found.Id == id);
        List<string> events = await db.Set<CaseEventRow>().Where(happened => happened.CaseId == id).OrderBy(happened => happened.Seq).Select(happened => happened.Json).ToListAsync();
        Assert.Equal(row.Version, events.Count);
        Assert.Equal(row.State, CaseJson.Write(CaseMachine.Replay(events.Select(CaseJson.ReadEvent))));
        Assert.Empty(await db.Set<OutboxRow>().ToListAsync());
        Assert.Empty(await db.Set<CaseTaskRow>().ToListAsync());
    }

    private static string UsernameOf(string name) => DemoAgency.Accounts.Single(account => account.PersonName == name).Username;
}
