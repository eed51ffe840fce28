using Microsoft.EntityFrameworkCore;
using Tera.Office.Cases;
using Tera.Office.Cases.Outbox;
using Tera.Office.Storage;
using Tera.Office.Tests.Storage;
using Tera.Testing.Databases;

namespace Tera.Office.Tests.Cases;

public sealed class OutboxTests(PostgresServer server)
{
    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_crash_between_work_and_record_does_the_work_again_under_the_same_key_and_records_it_once(Database database)
    {
        EffectLog log = null!;
        await using TestOffice office = await TestOffice.OpenAsync(database, server, services => log = FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        log.Crashes["dok.siapkan_bidang_ttd"] = 2;
        Guid id = await clerk.PurwakartaUpToAsync("paraf4");
        Assert.Equal("buat", Assert.Single((await clerk.PageAsync("stafdinas", id)).Open).StepId);
        Assert.Contains("dok.siapkan_bidang_ttd", (await clerk.PageAsync("stafdinas", id)).Pending);
        await clerk.RefusedAsync(CaseRefusalReason.EffectsPending, "stafdinas", id, "buat", "kirim");

        for (int round = 0; round < 3; round++)
        {
            office.Clock.Advance(TimeSpan.FromSeconds(30));
            await clerk.DrainAsync();
        }

        CasePage page = await clerk.PageAsync("kasi", id);
        Assert.Equal("paraf4", Assert.Single(page.Open).StepId);
        Assert.Single(log.Done.Where(key => key.EndsWith("dok.siapkan_bidang_ttd", StringComparison.Ordinal)).Distinct());
        Assert.Equal(3, log.Names.Count(name => name == "dok.siapkan_bidang_ttd"));
        await using OfficeDb db = await office.DbAsync();
        Assert.Equal(1, await db.Set<CaseEventRow>().CountAsync(row => row.CaseId == id && row.Json.Contains("effect-recorded") && row.Json.Contains("dok.siapkan_bidang_ttd")));
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_work_of_a_dead_node_is_taken_over_when_its_lease_ends(Database database)
    {
        EffectLog log = null!;
        await using TestOffice office = await TestOffice.OpenAsync(database, server, services => log = FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        Guid id = await clerk.StartAsync("stafdinas", "purwakarta/penggunaan-tte");
        Assert.IsType<CaseAnswer.Done>(await clerk.TryAsync("stafdinas", id, "buat", "kirim"));

        var dead = new OutboxQueue(office.Get<IDbContextFactory<OfficeDb>>(), office.Clock);
        Assert.NotNull(await dead.TakeAsync(default)); // and then it is killed
        await clerk.DrainAsync();
        Assert.DoesNotContain("dok.cek_tata_naskah", log.Names);

        office.Clock.Advance(OutboxQueue.Lease);
        await clerk.DrainAsync();
        Assert.Equal("paraf4", Assert.Single((await clerk.PageAsync("kasi", id)).Open).StepId);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Several_nodes_take_each_row_once(Database database)
    {
        await using TestOffice office = await TestOffice.OpenAsync(database, server, services => FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        for (int letter = 0; letter < 6; letter++)
        {
            Guid id = await clerk.StartAsync("stafdinas", "purwakarta/penggunaan-tte");
            Assert.IsType<CaseAnswer.Done>(await clerk.TryAsync("stafdinas", id, "buat", "kirim"));
        }

        List<long>[] taken = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var node = new OutboxQueue(office.Get<IDbContextFactory<OfficeDb>>(), office.Clock);
            var mine = new List<long>();
            while (await node.TakeAsync(default) is { } row)
            {
                mine.Add(row.Seq);
            }

            return mine;
        })));
        long[] all = [.. taken.SelectMany(mine => mine)];
        Assert.Equal(6, all.Length); // the first effect of each letter; the second waits for it
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public async Task A_failure_that_a_person_must_mend_opens_the_step_again_with_the_sentence()
    {
        EffectLog log = null!;
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => log = FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        log.Failures["dok.cek_tata_naskah"] = "Kop surat tidak sesuai unit.";
        Guid id = await clerk.StartAsync("stafdinas", "purwakarta/penggunaan-tte");
        CasePage page = await clerk.DoAsync("stafdinas", id, "buat", "kirim");
        OpenTask again = Assert.Single(page.Open);
        Assert.Equal(("buat", "Kop surat tidak sesuai unit.", true), (again.StepId, again.LastProblem, again.Mine));
        Assert.Equal("paraf4", Assert.Single((await clerk.DoAsync("stafdinas", id, "buat", "kirim")).Open).StepId);
    }

    [Fact]
    public async Task After_many_crashes_a_person_is_told()
    {
        EffectLog log = null!;
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => log = FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        log.Crashes["dok.cek_tata_naskah"] = 1000;
        Guid id = await clerk.StartAsync("stafdinas", "purwakarta/penggunaan-tte");
        await clerk.DoAsync("stafdinas", id, "buat", "kirim");
        for (int round = 0; round < 20; round++)
        {
            office.Clock.Advance(TimeSpan.FromMinutes(10));
            await clerk.DrainAsync();
        }

        Assert.Contains("dok.cek_tata_naskah", Assert.Single((await clerk.PageAsync("stafdinas", id)).Open).LastProblem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_effect_leaves_unsaved_is_saved_with_the_record()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        Guid id = await clerk.PurwakartaUpToAsync("paraf4");
        await using OfficeDb db = await office.DbAsync();
        var reminder = new SetReminder(office.Clock);
        var context = new OutboxContext(id, Guid.Empty, "x", "y", 1, "kunci/pengingat", "P23M", 1, db);
        Assert.IsType<EffectResult.Succeeded>(await reminder.RunAsync(context, default));
        await db.SaveChangesAsync();
        Assert.IsType<EffectResult.Succeeded>(await reminder.RunAsync(context, default));
        await db.SaveChangesAsync();
        ReminderRow row = await db.Set<ReminderRow>().SingleAsync();
        Assert.Equal(office.Clock.GetUtcNow().AddMonths(23), row.DueAt);

        office.Clock.Advance(TimeSpan.FromDays(720));
        await clerk.DrainAsync();
        Assert.Equal("umum/perpanjangan", (await db.Set<CaseRow>().AsNoTracking().SingleAsync(found => found.Parent == "kunci/pengingat")).Sop);
        Assert.Empty(await db.Set<ReminderRow>().AsNoTracking().ToListAsync());
    }
}
