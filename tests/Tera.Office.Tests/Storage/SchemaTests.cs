using Microsoft.EntityFrameworkCore;
using Tera.Office.Accounts;
using Tera.Office.Cases.Outbox;
using Tera.Office.Organisation;
using Tera.Office.Storage;
using Tera.Testing.Databases;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Tera.Office.Tests.Storage;

public sealed class SchemaTests(PostgresServer server)
{
    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Two_nodes_that_start_together_prepare_one_database_once(Database database)
    {
        OfficeOptions options = await TestOffice.OptionsAsync(database, server);
        TestOffice[] nodes = await Task.WhenAll(
            Task.Run(() => TestOffice.OpenAsync(database, server, same: options)),
            Task.Run(() => TestOffice.OpenAsync(database, server, same: options)));

        await using OfficeDb db = await nodes[0].DbAsync();
        Assert.Equal(DemoAgency.Accounts.Count, await db.Set<AccountRow>().CountAsync());
        Assert.Equal(2, await db.Set<AgencyRow>().CountAsync());
        await nodes[0].DisposeAsync();
        await nodes[1].DisposeAsync();
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_later_version_adds_its_tables_and_keeps_the_rows(Database database)
    {
        OfficeOptions options = await TestOffice.OptionsAsync(database, server);
        await using (TestOffice older = await TestOffice.OpenAsync(database, server, same: options))
        await using (OfficeDb db = await older.DbAsync())
        {
            await db.Database.ExecuteSqlRawAsync("DROP TABLE case_reminders");
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE case_outbox DROP COLUMN \"LastProblem\"");
        }

        await using TestOffice later = await TestOffice.OpenAsync(database, server, same: options);
        await using OfficeDb after = await later.DbAsync();
        Assert.Empty(await after.Set<ReminderRow>().ToListAsync());
        Assert.Empty(await after.Set<OutboxRow>().Where(row => row.LastProblem == "x").ToListAsync());
        Assert.Equal(DemoAgency.Accounts.Count, await after.Set<AccountRow>().CountAsync());
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Instants_of_different_offsets_sort_by_time_and_come_back_exactly(Database database)
    {
        await using TestOffice office = await TestOffice.OpenAsync(database, server);
        var early = new DateTimeOffset(2026, 11, 23, 9, 0, 0, 0, TimeSpan.FromHours(9)).AddTicks(7);
        var late = new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);
        await using OfficeDb db = await office.DbAsync();
        db.AddRange(
            new LoginFailureRow { NameHash = "late", Attempts = 1, LastAt = late },
            new LoginFailureRow { NameHash = "early", Attempts = 1, LastAt = early });
        await db.SaveChangesAsync();

        List<LoginFailureRow> rows = await db.Set<LoginFailureRow>().AsNoTracking().OrderBy(row => row.LastAt).ToListAsync();
        Assert.Equal(["early", "late"], rows.Select(row => row.NameHash));
        Assert.Equal(early.UtcTicks, rows[0].LastAt.UtcTicks);
        Assert.Single(await db.Set<LoginFailureRow>().Where(row => row.LastAt < late).ToListAsync());
    }
}
