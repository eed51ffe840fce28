using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Tera.Office.Accounts;
using Tera.Office.Cases;
using Tera.Office.Organisation;
using Tera.Office.Storage;
using Tera.Office.Tests.Storage;
using Tera.Testing.Databases;

namespace Tera.Office.Tests.Accounts;

public sealed class LoginTests(PostgresServer server)
{
    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_session_opens_slides_and_ends(Database database)
    {
        await using TestOffice office = await TestOffice.OpenAsync(database, server);
        IAccounts accounts = office.Get<IAccounts>();
        OpenSession session = Assert.IsType<LoginAnswer.Opened>(await LoginAsync(office, "STAF", DemoAgency.Password)).Session;
        Assert.Equal("Nawang Puspasari, A.Md.", session.Caller.Name);
        Assert.Empty(session.Caller.Roles);

        for (int hour = 0; hour < 11; hour++)
        {
            office.Clock.Advance(TimeSpan.FromHours(1));
            Assert.NotNull(await accounts.FindSessionAsync(session.Token, SessionKind.Page, default));
        }

        office.Clock.Advance(TimeSpan.FromHours(1.1));
        Assert.Null(await accounts.FindSessionAsync(session.Token, SessionKind.Page, default)); // twelve hours are the most

        OpenSession idle = Assert.IsType<LoginAnswer.Opened>(await LoginAsync(office, "staf", DemoAgency.Password)).Session;
        office.Clock.Advance(TimeSpan.FromHours(2.1));
        Assert.Null(await accounts.FindSessionAsync(idle.Token, SessionKind.Page, default));

        OpenSession closed = Assert.IsType<LoginAnswer.Opened>(await LoginAsync(office, "staf", DemoAgency.Password)).Session;
        await accounts.LogoutAsync(closed.Token, default);
        Assert.Null(await accounts.FindSessionAsync(closed.Token, SessionKind.Page, default));
    }

    [Fact]
    public async Task A_token_works_only_where_it_was_made_for_and_is_not_in_the_database()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server);
        OpenSession session = Assert.IsType<LoginAnswer.Opened>(await LoginAsync(office, "staf", DemoAgency.Password)).Session;
        Assert.Null(await office.Get<IAccounts>().FindSessionAsync(session.Token, SessionKind.Api, default));
        await using OfficeDb db = await office.DbAsync();
        SessionRow row = await db.Set<SessionRow>().SingleAsync();
        Assert.NotEqual(session.Token, row.TokenHash);
        Assert.Null(await office.Get<IAccounts>().FindSessionAsync(row.TokenHash, SessionKind.Page, default));
    }

    [Theory]
    [InlineData("staf", Database.Sqlite)]
    [InlineData("tidak-ada", Database.Sqlite)]
    [InlineData("staf", Database.PostgreSql)]
    public async Task Five_wrong_passwords_lock_the_name_for_a_while_whether_it_exists_or_not(string name, Database database)
    {
        await using TestOffice office = await TestOffice.OpenAsync(database, server);
        for (int attempt = 0; attempt < 5; attempt++)
        {
            Assert.IsType<LoginAnswer.Wrong>(await LoginAsync(office, name, "salah salah salah"));
        }

        Assert.IsType<LoginAnswer.TryLater>(await LoginAsync(office, name, "salah salah salah"));
        LoginAnswer right = await LoginAsync(office, name, DemoAgency.Password);
        Assert.Equal(office.Clock.GetUtcNow() + TimeSpan.FromMinutes(15), Assert.IsType<LoginAnswer.TryLater>(right).Until);
        Assert.IsType<LoginAnswer.Opened>(await LoginAsync(office, "kabag", DemoAgency.Password));

        office.Clock.Advance(TimeSpan.FromMinutes(16));
        LoginAnswer later = await LoginAsync(office, name, DemoAgency.Password);
        Assert.Equal(name == "staf", later is LoginAnswer.Opened);
    }

    [Fact]
    public async Task Parallel_guesses_share_one_limit()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server);
        LoginAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => LoginAsync(office, "staf", "salah salah salah"))));
        Assert.InRange(answers.Count(answer => answer is LoginAnswer.Wrong), 1, 5);
    }

    [Fact]
    public async Task A_right_password_forgets_the_wrong_ones()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server);
        for (int round = 0; round < 3; round++)
        {
            for (int attempt = 0; attempt < 4; attempt++)
            {
                Assert.IsType<LoginAnswer.Wrong>(await LoginAsync(office, "staf", "salah salah salah"));
            }

            Assert.IsType<LoginAnswer.Opened>(await LoginAsync(office, "staf", DemoAgency.Password));
        }
    }

    [Fact]
    public async Task Many_wrong_names_from_one_address_are_stopped()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server);
        for (int attempt = 0; attempt < 60; attempt++)
        {
            Assert.IsType<LoginAnswer.Wrong>(await LoginAsync(office, $"tebakan{attempt}", "salah salah salah"));
        }

        Assert.IsType<LoginAnswer.TryLater>(await LoginAsync(office, "staf", DemoAgency.Password));
        office.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.IsType<LoginAnswer.Opened>(await LoginAsync(office, "staf", DemoAgency.Password));
    }

    [Fact]
    public async Task A_guesser_with_many_addresses_of_one_line_is_one_guesser()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server);
        IAccounts accounts = office.Get<IAccounts>();
        int most = new AccountsSettings().FailuresPerAddress;
        for (int guess = 0; guess < most; guess++)
        {
            Assert.IsType<LoginAnswer.Wrong>(await FromAsync($"2001:db8:1:2::{guess + 1:x}"));
        }

        Assert.IsType<LoginAnswer.TryLater>(await FromAsync("2001:db8:1:2:ffff::1"));
        Assert.IsType<LoginAnswer.Wrong>(await FromAsync("2001:db8:1:3::1"));

        async Task<LoginAnswer> FromAsync(string address)
        {
            using SecretText password = TestOffice.Secret("salah");
            return await accounts.LoginAsync("bukan nama", password, IPAddress.Parse(address), SessionKind.Page, default);
        }
    }

    [Theory]
    [InlineData("https://tera.arunika.example", true)]
    [InlineData("http://127.0.0.1:8080", false)]
    public async Task The_session_cookie_is_for_TLS_alone_where_the_public_address_is(string address, bool secure)
    {
        OfficeOptions options = await TestOffice.OptionsAsync(Database.Sqlite, server) with { PublicBaseUrl = new Uri(address) };
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server, same: options);
        OpenSession session = Assert.IsType<LoginAnswer.Opened>(await LoginAsync(office, "staf", DemoAgency.Password)).Session;
        var context = new DefaultHttpContext { RequestServices = office.Services };
        SessionCookie.Write(context, session);
        string cookie = context.Response.Headers.SetCookie.ToString();
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Equal(secure, cookie.Contains("; secure", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server);
        IAccounts accounts = office.Get<IAccounts>();
        OpenSession here = Assert.IsType<LoginAnswer.Opened>(await LoginAsync(office, "staf", DemoAgency.Password)).Session;
        OpenSession elsewhere = Assert.IsType<LoginAnswer.Opened>(await LoginAsync(office, "staf", DemoAgency.Password)).Session;

        Assert.IsType<PasswordAnswer.WrongOld>(await ChangeAsync("bukan yang lama", "delapan kuda di sawah"));
        Assert.IsType<PasswordAnswer.Weak>(await ChangeAsync(DemoAgency.Password, "pendek"));
        Assert.IsType<PasswordAnswer.Weak>(await ChangeAsync(DemoAgency.Password, "staf di sawah hijau"));
        Assert.IsType<PasswordAnswer.Weak>(await ChangeAsync(DemoAgency.Password, DemoAgency.Password));
        Assert.IsType<PasswordAnswer.Changed>(await ChangeAsync(DemoAgency.Password, "delapan kuda di sawah"));

        Assert.NotNull(await accounts.FindSessionAsync(here.Token, SessionKind.Page, default));
        Assert.Null(await accounts.FindSessionAsync(elsewhere.Token, SessionKind.Page, default));
        Assert.IsType<LoginAnswer.Wrong>(await LoginAsync(office, "staf", DemoAgency.Password));
        Assert.IsType<LoginAnswer.Opened>(await LoginAsync(office, "staf", "delapan kuda di sawah"));

        async Task<PasswordAnswer> ChangeAsync(string old, string @new) =>
            await accounts.ChangePasswordAsync(here.Caller, TestOffice.Secret(old), TestOffice.Secret(@new), here.Token, default);
    }

    [Theory]
    [InlineData("")]
    [InlineData("staf'; DROP TABLE acc_accounts; --")]
    [InlineData("\u0000")]
    public async Task Odd_names_are_wrong_and_nothing_more(string name)
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server);
        Assert.IsType<LoginAnswer.Wrong>(await LoginAsync(office, name, DemoAgency.Password));
        Assert.IsType<LoginAnswer.Wrong>(await LoginAsync(office, "staf", new string('x', 5000)));
    }

    private static async Task<LoginAnswer> LoginAsync(TestOffice office, string name, string password) =>
        await office.Get<IAccounts>().LoginAsync(name, TestOffice.Secret(password), IPAddress.Loopback, SessionKind.Page, default);
}
