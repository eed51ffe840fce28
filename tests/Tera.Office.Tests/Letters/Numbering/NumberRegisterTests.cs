using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Letters.Numbering;
using Tera.Office.Storage;
using Tera.Office.Tests.Storage;
using Tera.Testing.Databases;
using Database = Tera.Office.Tests.Storage.Database;

namespace Tera.Office.Tests.Letters.Numbering;

public sealed class NumberRegisterTests(PostgresServer server)
{
    private static readonly Guid Agency = Guid.Parse("00000000-0000-0000-0000-0000000000a1");
    private static readonly Guid Unit = Guid.Parse("00000000-0000-0000-0000-0000000000b1");
    private static readonly DateOnly Day = new(2026, 11, 23);

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Fifty_at_once_get_fifty_numbers_without_gap_or_double(Database database)
    {
        await using TestOffice office = await OpenAsync(database);
        NumberRegister register = office.Get<NumberRegister>();
        int[] taken = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            await using OfficeDb db = await office.DbAsync();
            return (await register.ReserveAsync(db, Request(Guid.NewGuid()), default)).Seq;
        })));

        Assert.Equal(Enumerable.Range(1, 50), taken.Order());
        await using OfficeDb after = await office.DbAsync();
        Assert.Equal(50, await after.Set<LetterNumberRow>().Select(row => row.Text).Distinct().CountAsync());
        Assert.All(await after.Set<LetterNumberRow>().ToListAsync(), row => Assert.Equal(NumberState.Reserved, row.State));
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Reservations_that_are_rolled_back_leave_no_gap_among_fifty_at_once(Database database)
    {
        await using TestOffice office = await OpenAsync(database);
        NumberRegister register = office.Get<NumberRegister>();
        int[] kept = (await Task.WhenAll(Enumerable.Range(0, 50).Select(turn => Task.Run(async () =>
        {
            await using OfficeDb db = await office.DbAsync();
            await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync();
            int seq = (await register.ReserveAsync(db, Request(Guid.NewGuid()), default)).Seq;
            if (turn % 3 == 0)
            {
                await transaction.RollbackAsync();
                return 0;
            }

            await transaction.CommitAsync();
            return seq;
        })))).Where(seq => seq > 0).ToArray();

        Assert.Equal(Enumerable.Range(1, kept.Length), kept.Order());
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_cancelled_number_stays_with_its_reason_and_is_never_given_again(Database database)
    {
        await using TestOffice office = await OpenAsync(database);
        NumberRegister register = office.Get<NumberRegister>();
        Guid first = Guid.NewGuid(), second = Guid.NewGuid();
        await using OfficeDb db = await office.DbAsync();
        await register.ReserveAsync(db, Request(first), default);
        await register.CancelAsync(db, first, "Rapat batal.", default);
        LetterNumberRow next = await register.ReserveAsync(db, Request(second), default);
        LetterNumberRow again = await register.ReserveAsync(db, Request(first), default);

        Assert.Equal((2, 3), (next.Seq, again.Seq));
        List<LetterNumberRow> lines = await db.Set<LetterNumberRow>().AsNoTracking().OrderBy(row => row.Seq).ToListAsync();
        Assert.Equal([NumberState.Cancelled, NumberState.Reserved, NumberState.Reserved], lines.Select(row => row.State));
        Assert.Equal("Rapat batal.", lines[0].Reason);
        Assert.Equal(3, lines.Select(row => row.Text).Distinct().Count());
    }

    [Fact]
    public async Task A_letter_registered_again_keeps_its_number_and_takes_its_new_subject()
    {
        await using TestOffice office = await OpenAsync(Database.Sqlite);
        NumberRegister register = office.Get<NumberRegister>();
        var letter = Guid.NewGuid();
        await using OfficeDb db = await office.DbAsync();
        LetterNumberRow first = await register.ReserveAsync(db, Request(letter), default);
        LetterNumberRow again = await register.ReserveAsync(db, Request(letter) with { Hal = "Undangan yang diperbaiki", On = Day.AddDays(9) }, default);
        Assert.Equal((first.Id, first.Text, "Undangan yang diperbaiki"), (again.Id, again.Text, again.Hal));
    }

    [Fact]
    public async Task Another_classification_or_another_year_takes_another_number_and_cancels_the_first()
    {
        await using TestOffice office = await OpenAsync(Database.Sqlite);
        NumberRegister register = office.Get<NumberRegister>();
        var letter = Guid.NewGuid();
        await using OfficeDb db = await office.DbAsync();
        await register.ReserveAsync(db, Request(letter), default);
        LetterNumberRow other = await register.ReserveAsync(db, Request(letter) with { Classification = "000.8.3" }, default);
        LetterNumberRow later = await register.ReserveAsync(db, Request(letter) with { Classification = "000.8.3", On = new DateOnly(2027, 1, 4) }, default);

        Assert.Equal((2, 2026), (other.Seq, other.Year));
        Assert.Equal((1, 2027), (later.Seq, later.Year));
        List<LetterNumberRow> cancelled = await db.Set<LetterNumberRow>().AsNoTracking().Where(row => row.State == NumberState.Cancelled).OrderBy(row => row.Seq).ToListAsync();
        Assert.Equal(2, cancelled.Count);
        Assert.All(cancelled, row => Assert.False(string.IsNullOrWhiteSpace(row.Reason)));
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_number_becomes_final_with_the_transaction_that_signs_or_not_at_all(Database database)
    {
        await using TestOffice office = await OpenAsync(database);
        NumberRegister register = office.Get<NumberRegister>();
        var letter = Guid.NewGuid();
        await using (OfficeDb db = await office.DbAsync())
        {
            await register.ReserveAsync(db, Request(letter), default);
            await using IDbContextTransaction refused = await db.Database.BeginTransactionAsync();
            Assert.True(await register.SettleAsync(db, letter, default));
            await refused.RollbackAsync();
        }

        Assert.Equal(NumberState.Reserved, await StateAsync(office, letter));
        await using (OfficeDb db = await office.DbAsync())
        {
            await using IDbContextTransaction signing = await db.Database.BeginTransactionAsync();
            Assert.True(await register.SettleAsync(db, letter, default));
            await signing.CommitAsync();
        }

        Assert.Equal(NumberState.Final, await StateAsync(office, letter));
        await using OfficeDb after = await office.DbAsync();
        await register.CancelAsync(after, letter, "Terlambat.", default);
        Assert.Equal(NumberState.Final, await StateAsync(office, letter));
        await Assert.ThrowsAsync<InvalidOperationException>(() => register.ReserveAsync(after, Request(letter) with { Classification = "000.8.3" }, default));
    }

    private async Task<TestOffice> OpenAsync(Database database) =>
        await TestOffice.OpenAsync(database, server, services => services.AddSingleton<NumberRegister>());

    private static async Task<NumberState> StateAsync(TestOffice office, Guid letter)
    {
        await using OfficeDb db = await office.DbAsync();
        return await db.Set<LetterNumberRow>().Where(row => row.CaseId == letter).Select(row => row.State).SingleAsync();
    }

    private static NumberRequest Request(Guid letter) => new(Agency, letter, "surat", Unit, "UMUM", "000.7.5", "Undangan rapat", Day);
}
