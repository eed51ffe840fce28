using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tera.Office.Cases;
using Tera.Office.Storage;

namespace Tera.Office.Accounts;

/// <summary>The slice's front: logins, sessions, passwords.</summary>
internal sealed class AccountRegister(
    IDbContextFactory<OfficeDb> factory, PasswordCheck passwords, LoginThrottle throttle, AccountsSettings settings, TimeProvider time) : IAccounts
{
    private const int TokenBytes = 32;
    private const int MaxPasswordBytes = 1024;

    public async Task<LoginAnswer> LoginAsync(string username, SecretText password, IPAddress? from, SessionKind kind, CancellationToken cancellation)
    {
        if (throttle.RefusedUntil(from) is { } refused)
        {
            return new LoginAnswer.TryLater(refused);
        }

        if (!Username.TryParse(username, out Username name) || password.Utf8.Length > MaxPasswordBytes)
        {
            throttle.CountFailure(from);
            return new LoginAnswer.Wrong();
        }

        DateTimeOffset? locked = await throttle.CountAttemptAsync(name.ToString(), cancellation);
        AccountRow? account = await FindAsync(name, cancellation);
        bool? right = await passwords.VerifyAsync(account?.PasswordHash, password, cancellation);
        if (right is null)
        {
            return new LoginAnswer.TryLater(time.GetUtcNow() + TimeSpan.FromSeconds(5));
        }

        if (locked is { } until)
        {
            throttle.CountFailure(from);
            return new LoginAnswer.TryLater(until);
        }

        if (right is false || account is null || account.Disabled)
        {
            throttle.CountFailure(from);
            return new LoginAnswer.Wrong();
        }

        await throttle.ForgetAsync(name.ToString(), cancellation);
        return new LoginAnswer.Opened(await OpenAsync(account, kind, cancellation));
    }

    public async Task<OpenSession?> FindSessionAsync(string token, SessionKind kind, CancellationToken cancellation)
    {
        if (token.Length is 0 or > 100)
        {
            return null;
        }

        string hash = HashOf(token);
        DateTimeOffset now = time.GetUtcNow();
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        var found = await (
            from session in db.Set<SessionRow>().AsNoTracking()
            where session.TokenHash == hash && session.Kind == kind && session.ExpiresAt > now
            join account in db.Set<AccountRow>().AsNoTracking() on session.AccountId equals account.Id
            where !account.Disabled
            select new { session, account }).SingleOrDefaultAsync(cancellation);
        if (found is null)
        {
            return null;
        }

        DateTimeOffset expires = found.session.ExpiresAt;
        if (now - found.session.LastSeen >= settings.TouchEvery)
        {
            expires = ExpiryOf(kind, found.session.OpenedAt, now);
            await db.Set<SessionRow>().Where(session => session.TokenHash == hash).ExecuteUpdateAsync(
                set => set.SetProperty(session => session.LastSeen, now).SetProperty(session => session.ExpiresAt, expires), cancellation);
        }

        return new OpenSession(token, CallerOf(found.account), expires);
    }

    public async Task LogoutAsync(string token, CancellationToken cancellation)
    {
        string hash = HashOf(token);
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        await db.Set<SessionRow>().Where(session => session.TokenHash == hash).ExecuteDeleteAsync(cancellation);
    }

    public async Task<PasswordAnswer> ChangePasswordAsync(Caller caller, SecretText old, SecretText @new, string? keepToken, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        AccountRow account = await db.Set<AccountRow>().SingleAsync(row => row.Id == caller.AccountId, cancellation);
        DateTimeOffset? locked = await throttle.CountAttemptAsync(account.Username, cancellation);
        if (locked is not null || await passwords.VerifyAsync(account.PasswordHash, old, cancellation) is not true)
        {
            return new PasswordAnswer.WrongOld();
        }

        await throttle.ForgetAsync(account.Username, cancellation);
        if (old.Utf8.Span.SequenceEqual(@new.Utf8.Span))
        {
            return new PasswordAnswer.Weak("Kata sandi baru sama dengan yang lama.");
        }

        if (PasswordPolicy.Problem(@new, account.Username) is { } problem)
        {
            return new PasswordAnswer.Weak(problem);
        }

        string keep = keepToken is null ? "" : HashOf(keepToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        account.PasswordHash = passwords.Hash(@new);
        await db.SaveChangesAsync(cancellation);
        await db.Set<SessionRow>().Where(session => session.AccountId == account.Id && session.TokenHash != keep).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new PasswordAnswer.Changed();
    }

    public async Task<IReadOnlyList<Guid>> PersonsInRoleAsync(Guid agencyId, Role role, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        List<AccountRow> accounts = await db.Set<AccountRow>().AsNoTracking()
            .Where(account => account.AgencyId == agencyId && !account.Disabled && account.Roles != "")
            .OrderBy(account => account.Username).ToListAsync(cancellation);
        return accounts.Where(account => RoleNames.Split(account.Roles).Contains(role)).Select(account => account.PersonId).ToList();
    }

    private static Caller CallerOf(AccountRow account) =>
        new(account.Id, account.PersonId, account.AgencyId, account.Name, RoleNames.Split(account.Roles));

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private async Task<AccountRow?> FindAsync(Username name, CancellationToken cancellation)
    {
        string text = name.ToString();
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<AccountRow>().AsNoTracking().SingleOrDefaultAsync(account => account.Username == text, cancellation);
    }

    private async Task<OpenSession> OpenAsync(AccountRow account, SessionKind kind, CancellationToken cancellation)
    {
        string token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset expires = ExpiryOf(kind, now, now);
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        await db.Set<SessionRow>().Where(session => session.ExpiresAt <= now).ExecuteDeleteAsync(cancellation);
        db.Add(new SessionRow { TokenHash = HashOf(token), AccountId = account.Id, Kind = kind, OpenedAt = now, LastSeen = now, ExpiresAt = expires });
        await db.SaveChangesAsync(cancellation);
        return new OpenSession(token, CallerOf(account), expires);
    }

    private DateTimeOffset ExpiryOf(SessionKind kind, DateTimeOffset opened, DateTimeOffset now)
    {
        (TimeSpan idle, TimeSpan longest) = kind == SessionKind.Page ? (settings.PageIdle, settings.PageLongest) : (settings.ApiIdle, settings.ApiLongest);
        DateTimeOffset end = opened + longest;
        return now + idle < end ? now + idle : end;
    }
}
