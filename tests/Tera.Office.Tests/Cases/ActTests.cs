using Microsoft.EntityFrameworkCore;
using Tera.Office.Accounts;
using Tera.Office.Cases;
using Tera.Office.Storage;
using Tera.Office.Tests.Storage;
using Tera.Testing.Databases;

namespace Tera.Office.Tests.Cases;

public sealed class ActTests(PostgresServer server)
{
    private const string Purwakarta = "purwakarta/penggunaan-tte";

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Of_two_acts_at_the_same_moment_one_counts(Database database)
    {
        await using TestOffice office = await TestOffice.OpenAsync(database, server, services => FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        Guid id = await clerk.PurwakartaUpToAsync("paraf4");
        StepAct yes = await clerk.FormAsync("kasi", id, "paraf4", "ya");
        StepAct no = await clerk.FormAsync("kasi", id, "paraf4", "tidak", "Salah alamat");
        CaseAnswer[] answers = await Task.WhenAll(Task.Run(() => clerk.SendAsync("kasi", yes)), Task.Run(() => clerk.SendAsync("kasi", no)));

        Assert.Single(answers.OfType<CaseAnswer.Done>());
        CaseAnswer.Refused lost = Assert.Single(answers.OfType<CaseAnswer.Refused>());
        Assert.Contains(lost.Reason, new[] { CaseRefusalReason.Stale, CaseRefusalReason.NotOpen });
        Assert.Equal(2, (await clerk.PageAsync("stafdinas", id)).History.Count);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_same_form_again_answers_as_the_first_time(Database database)
    {
        EffectLog log = null!;
        await using TestOffice office = await TestOffice.OpenAsync(database, server, services => log = FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        Caller staff = await clerk.AsAsync("stafdinas");
        CaseAnswer[] started = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => clerk.Desk.StartAsync(staff, Purwakarta, "Undangan", "kunci-1", default))));
        Guid id = Assert.Single(started.Select(answer => Assert.IsType<CaseAnswer.Done>(answer).Case.Id).Distinct());

        StepAct form = await clerk.FormAsync("stafdinas", id, "buat", "kirim");
        CaseAnswer.Done first = Assert.IsType<CaseAnswer.Done>(await clerk.SendAsync("stafdinas", form));
        CaseAnswer.Done second = Assert.IsType<CaseAnswer.Done>(await clerk.SendAsync("stafdinas", form));
        Assert.Equal(first.Case.Version, second.Case.Version);
        Assert.Single(log.Names, name => name == "dok.versi_baru");

        CaseAnswer other = await clerk.SendAsync("stafdinas", form with { Outcome = "lain" });
        Assert.Equal(CaseRefusalReason.InvalidInput, Assert.IsType<CaseAnswer.Refused>(other).Reason);
    }

    [Fact]
    public async Task A_form_from_before_a_change_is_stale()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        Guid id = await clerk.PurwakartaUpToAsync("paraf4");
        StepAct old = await clerk.FormAsync("kasi", id, "paraf4", "ya");
        await clerk.DoAsync("kasi", id, "paraf4", "tidak", "Perbaiki");
        await clerk.DoAsync("stafdinas", id, "buat", "kirim");
        Assert.Equal(CaseRefusalReason.Stale, Assert.IsType<CaseAnswer.Refused>(await clerk.SendAsync("kasi", old)).Reason);

        StepAct oldHash = (await clerk.FormAsync("kasi", id, "paraf4", "ya")) with { SeenHash = old.SeenHash };
        Assert.Equal(CaseRefusalReason.StaleDocument, Assert.IsType<CaseAnswer.Refused>(await clerk.SendAsync("kasi", oldHash)).Reason);
        StepAct unseen = oldHash with { SeenHash = null, IdempotencyKey = TestOffice.Key() };
        Assert.Equal(CaseRefusalReason.StaleDocument, Assert.IsType<CaseAnswer.Refused>(await clerk.SendAsync("kasi", unseen)).Reason);
    }

    [Fact]
    public async Task Only_the_lane_may_act_and_only_when_its_step_is_open()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        Guid id = await clerk.PurwakartaUpToAsync("paraf4");
        await clerk.RefusedAsync(CaseRefusalReason.NotYours, "stafdinas", id, "paraf4", "ya");
        await clerk.RefusedAsync(CaseRefusalReason.NotOpen, "stafdinas", id, "buat", "kirim");
        await clerk.RefusedAsync(CaseRefusalReason.UnknownOutcome, "kasi", id, "paraf4", "mungkin");
        Assert.Equal(CaseRefusalReason.NotYours, Assert.IsType<CaseAnswer.Refused>(
            await clerk.Desk.StartAsync(await clerk.AsAsync("kadis"), Purwakarta, "Undangan", TestOffice.Key(), default)).Reason);
    }

    [Fact]
    public async Task An_effect_that_nobody_does_is_refused_by_name_and_nothing_is_stored()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => FakeEffects.AddTo(services, "dok.siapkan_bidang_ttd"));
        var clerk = new Clerk(office);
        Guid id = await clerk.StartAsync("stafdinas", Purwakarta);
        long before = (await clerk.PageAsync("stafdinas", id)).Version;
        CaseAnswer.Refused refused = Assert.IsType<CaseAnswer.Refused>(await clerk.TryAsync("stafdinas", id, "buat", "kirim"));
        Assert.Equal(CaseRefusalReason.EffectRefused, refused.Reason);
        Assert.Contains("dok.siapkan_bidang_ttd", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, (await clerk.PageAsync("stafdinas", id)).Version);
    }

    [Fact]
    public async Task An_effect_that_refuses_while_it_prepares_leaves_the_case_as_it_was_and_the_passphrase_cleared()
    {
        EffectLog log = null!;
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => log = FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        Guid id = await clerk.PurwakartaUpToAsync("tte");
        log.OnPrepare = act => act.EffectKey.EndsWith("ttd.pades", StringComparison.Ordinal)
            ? new PreparedEffect.Refused(CaseRefusalReason.WrongPassphrase, "Frasa sandi salah, sisa 4 percobaan.") : null;
        StepAct form = await clerk.FormAsync("kadis", id, "tte", "ya");
        CaseAnswer.Refused refused = Assert.IsType<CaseAnswer.Refused>(await clerk.SendAsync("kadis", form));
        Assert.Equal((CaseRefusalReason.WrongPassphrase, "Frasa sandi salah, sisa 4 percobaan."), (refused.Reason, refused.Message));
        Assert.DoesNotContain("nomor.tetapkan", log.Names);
        Assert.All(form.Secret!.Utf8.ToArray(), b => Assert.Equal(0, b));

        log.OnPrepare = null;
        await clerk.DoAsync("kadis", id, "tte", "ya");
    }

    [Fact]
    public async Task A_failure_inside_the_transaction_undoes_what_earlier_effects_wrote()
    {
        EffectLog log = null!;
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => log = FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        Guid id = await clerk.StartAsync("stafdinas", Purwakarta);
        log.OnPrepare = act => act.EffectKey.EndsWith("nomor.pesan", StringComparison.Ordinal)
            ? new PreparedEffect.Ready(async (db, cancellation) =>
            {
                db.Add(new LoginFailureRow { NameHash = "jejak", Attempts = 1, LastAt = DateTimeOffset.UnixEpoch });
                await db.SaveChangesAsync(cancellation);
                return new EffectResult.Failed("Buku agenda tertutup.");
            })
            : null;
        CaseAnswer.Refused refused = Assert.IsType<CaseAnswer.Refused>(await clerk.TryAsync("stafdinas", id, "buat", "kirim"));
        Assert.Equal("Buku agenda tertutup.", refused.Message);
        await using OfficeDb db = await office.DbAsync();
        Assert.False(await db.Set<LoginFailureRow>().AnyAsync(row => row.NameHash == "jejak"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("judul\u0007")]
    [InlineData("judul\nbaris")]
    [InlineData("setengah pasangan: ?")]
    public async Task Odd_titles_are_refused(string title)
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        string odd = title.Replace('?', (char)0xD800); // attributes cannot hold half a surrogate pair
        CaseAnswer answer = await clerk.Desk.StartAsync(await clerk.AsAsync("stafdinas"), Purwakarta, odd, TestOffice.Key(), default);
        Assert.Equal(CaseRefusalReason.InvalidInput, Assert.IsType<CaseAnswer.Refused>(answer).Reason);
        CaseAnswer tooLong = await clerk.Desk.StartAsync(await clerk.AsAsync("stafdinas"), Purwakarta, new string('a', 301), TestOffice.Key(), default);
        Assert.Equal(CaseRefusalReason.InvalidInput, Assert.IsType<CaseAnswer.Refused>(tooLong).Reason);
    }

    [Fact]
    public async Task Another_agency_sees_nothing_of_a_case()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        Guid id = await clerk.PurwakartaUpToAsync("paraf4");
        Caller stranger = await clerk.AsAsync("samudra.kadis");
        StepAct form = await clerk.FormAsync("kasi", id, "paraf4", "ya");
        Assert.Null(await clerk.Desk.FindAsync(stranger, id, default));
        Assert.Equal(CaseRefusalReason.NotFound, Assert.IsType<CaseAnswer.Refused>(await clerk.Desk.ActAsync(stranger, form, default)).Reason);
        Assert.Equal(CaseRefusalReason.NotFound, Assert.IsType<CaseAnswer.Refused>(await clerk.Desk.CancelAsync(stranger, id, "x", default)).Reason);
        Assert.Empty(await clerk.Desk.InboxAsync(stranger, default));
        Assert.Empty(await clerk.Desk.MineAsync(stranger, 10, default));
    }

    [Fact]
    public async Task Within_an_agency_a_case_is_seen_by_those_it_concerns()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, services => FakeEffects.AddTo(services));
        var clerk = new Clerk(office);
        Guid id = await clerk.PurwakartaUpToAsync("paraf4");
        foreach (string concerned in new[] { "stafdinas", "kasi", "auditor", "verifikator" })
        {
            Assert.NotNull(await clerk.Desk.FindAsync(await clerk.AsAsync(concerned), id, default));
        }

        Assert.Null(await clerk.Desk.FindAsync(await clerk.AsAsync("staf"), id, default));
        Assert.Null(await clerk.Desk.FindAsync(await clerk.AsAsync("wabup"), id, default));
    }
}
