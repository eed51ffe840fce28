using Tera.Office.Accounts;
using Tera.Office.Organisation;
using Tera.Office.Tests.Storage;
using Tera.Testing.Databases;

namespace Tera.Office.Tests.Organisation;

public sealed class LaneTests(PostgresServer server)
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData("staf", "unit.staf", "staf")]
    [InlineData("staf", "jabatan(kabag)", "kabag")]
    [InlineData("staf", "jabatan(bupati)", "bupati")]
    [InlineData("staf", "jabatan(kadin)", "kadis")]
    [InlineData("staf", "peran(verifikator)", "verifikator")]
    [InlineData("staf", "peran(operator_bsre)", "operator")]
    [InlineData("staf", "akun.pemohon", "staf")]
    [InlineData("kadis", "pemilik(sertifikat)", "kadis")]
    [InlineData("stafdinas", "atasan(pembuat, IV)", "kasi")]
    [InlineData("stafdinas", "atasan(pembuat, III.b)", "kabid")]
    [InlineData("stafdinas", "atasan(pembuat, III.a)", "sekdis")]
    [InlineData("stafdinas", "atasan(pembuat, II)", "kadis")]
    [InlineData("stafdinas", "atasan(pembuat, II.a)", "sekda")]
    [InlineData("staf", "atasan(pembuat, IV)", "")]
    [InlineData("staf", "jabatan(tidak-ada)", "")]
    [InlineData("samudra.staf", "jabatan(kadis)", "samudra.kadis")]
    [InlineData("samudra.staf", "jabatan(bupati)", "")]
    [InlineData("samudra.staf", "peran(verifikator)", "")]
    public async Task A_lane_resolves_to_who_holds_it(string starter, string calon, string expected)
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server);
        Assert.Equal(expected, string.Join(' ', (await ResolveAsync(office, starter, calon, true)).Select(holding => holding.PositionCode)));
    }

    [Fact]
    public async Task The_same_tree_answers_the_same_on_PostgreSQL()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.PostgreSql, server);
        Assert.Equal("kabid", Assert.Single(await ResolveAsync(office, "stafdinas", "atasan(pembuat, III.b)", false)).PositionCode);
        Assert.Equal("bupati", (await office.Get<IOrganisation>().DirectoryAsync((await office.CallerAsync("staf")).AgencyId, Today, default))[0].PositionCode);
    }

    [Fact]
    public async Task An_unknown_predicate_is_refused()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server);
        await Assert.ThrowsAsync<ArgumentException>(() => ResolveAsync(office, "staf", "jabatan(", false));
        await Assert.ThrowsAsync<ArgumentException>(() => ResolveAsync(office, "staf", "siapa_saja", false));
    }

    [Fact]
    public async Task Verifiers_stand_below_the_signer_and_in_command()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server);
        Caller staff = await office.CallerAsync("staf");
        Holding sekda = (await ResolveAsync(office, "staf", "jabatan(sekda)", false)).Single();
        IReadOnlyList<Holding> eligible = await office.Get<IOrganisation>().EligibleVerifiersAsync(staff.AgencyId, sekda.PositionId, Today, default);
        Assert.Equal(["asisten", "kabag", "kadis", "sekdis", "kabid", "kasi"], eligible.Select(holding => holding.PositionCode));
    }

    [Fact]
    public async Task A_Plh_stands_beside_the_holder_only_on_the_days_of_the_order()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server);
        Appointment plh = await AppointmentAsync(office, HoldingKind.Plh);
        Assert.IsType<AppointmentAnswer.Appointed>(await office.Get<ActingOfficials>().AppointAsync(await office.CallerAsync("admin"), plh, default));

        IOrganisation organisation = office.Get<IOrganisation>();
        Assert.Equal([HoldingKind.Definitif, HoldingKind.Plh], (await organisation.HoldersOfAsync(plh.PositionId, plh.From, default)).Select(holding => holding.Kind));
        Assert.Equal(2, (await organisation.HoldersOfAsync(plh.PositionId, plh.To, default)).Count);
        Assert.Single(await organisation.HoldersOfAsync(plh.PositionId, plh.To.AddDays(1), default));
        Assert.Single(await organisation.HoldersOfAsync(plh.PositionId, plh.From.AddDays(-1), default));
    }

    [Fact]
    public async Task An_appointment_needs_an_admin_an_order_and_lawful_dates()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server);
        ActingOfficials officials = office.Get<ActingOfficials>();
        Caller admin = await office.CallerAsync("admin");
        Appointment plh = await AppointmentAsync(office, HoldingKind.Plh);
        await RefusedAsync(AppointmentRefusalReason.NotAdmin, await office.CallerAsync("staf"), plh);
        await RefusedAsync(AppointmentRefusalReason.OrderMissing, admin, plh with { OrderNumber = " " });
        await RefusedAsync(AppointmentRefusalReason.DatesReversed, admin, plh with { To = plh.From.AddDays(-1) });
        await RefusedAsync(AppointmentRefusalReason.NotActing, admin, plh with { Kind = HoldingKind.Definitif });
        await RefusedAsync(AppointmentRefusalReason.PositionNotVacant, admin, plh with { Kind = HoldingKind.Plt });
        await RefusedAsync(AppointmentRefusalReason.TooLong, admin, plh with { Kind = HoldingKind.Plt, To = plh.From.AddMonths(7) });
        await RefusedAsync(AppointmentRefusalReason.NotFound, admin, plh with { PersonId = (await office.CallerAsync("samudra.staf")).PersonId });
        await officials.AppointAsync(admin, plh, default);
        await RefusedAsync(AppointmentRefusalReason.Overlaps, admin, plh with { From = plh.To, To = plh.To.AddDays(3) });

        async Task RefusedAsync(AppointmentRefusalReason reason, Caller caller, Appointment appointment) =>
            Assert.Equal(reason, Assert.IsType<AppointmentAnswer.Refused>(await officials.AppointAsync(caller, appointment, default)).Reason);
    }

    [Fact]
    public void A_circle_in_the_tree_ends_the_climb()
    {
        Guid agency = Guid.NewGuid(), a = Guid.NewGuid(), b = Guid.NewGuid();
        PositionRow Row(Guid id, Guid above) => new() { Id = id, AgencyId = agency, UnitId = agency, AboveId = above, Code = "x", LaneCodes = "", Name = "x", Kind = JobKind.Struktural, Rank = 0 };
        Assert.Single(new PositionTree([Row(a, b), Row(b, a)], []).Above(a));
    }

    private static async Task<IReadOnlyList<Holding>> ResolveAsync(TestOffice office, string starter, string calon, bool setara)
    {
        Caller caller = await office.CallerAsync(starter);
        IOrganisation organisation = office.Get<IOrganisation>();
        Guid unit = (await organisation.HoldingsOfAsync(caller.PersonId, Today, default))[0].UnitId;
        return await organisation.ResolveAsync(caller.AgencyId, unit, caller.PersonId, calon, setara, Today, default);
    }

    private static async Task<Appointment> AppointmentAsync(TestOffice office, HoldingKind kind)
    {
        Holding sekda = (await ResolveAsync(office, "staf", "jabatan(sekda)", false)).Single();
        return new Appointment(sekda.PositionId, (await office.CallerAsync("asisten")).PersonId, kind, "800.1.11.1/17/2026", Today, Today.AddDays(5));
    }
}
