using System.Net;
using Tera.Office.Cases;

namespace Tera.Office.Accounts;

/// <summary>Front of the slice: who may come in, as whom, and how long.</summary>
public interface IAccounts
{
    /// <summary>
    /// Checks a password and opens a session. An unknown user, a wrong password and a locked account take the same time;
    /// unknown and wrong are the same answer. The caller disposes the password.
    /// </summary>
    Task<LoginAnswer> LoginAsync(string username, SecretText password, IPAddress? from, SessionKind kind, CancellationToken cancellation);

    /// <summary>The session of a token, with its expiry moved on; null when it is unknown, expired, or of another kind.</summary>
    Task<OpenSession?> FindSessionAsync(string token, SessionKind kind, CancellationToken cancellation);

    Task LogoutAsync(string token, CancellationToken cancellation);

    /// <summary>Changes the caller's own password and ends all their other sessions. The caller disposes both passwords.</summary>
    /// <param name="keepToken">The session that stays open.</param>
    Task<PasswordAnswer> ChangePasswordAsync(Caller caller, SecretText old, SecretText @new, string? keepToken, CancellationToken cancellation);

    /// <summary>Persons of the agency whose account has the role and may log in.</summary>
    Task<IReadOnlyList<Guid>> PersonsInRoleAsync(Guid agencyId, Role role, CancellationToken cancellation);
}

/// <summary>A page's session travels in a cookie, a program's as a bearer token; neither is accepted in the other's place.</summary>
public enum SessionKind
{
    Page,
    Api,
}

/// <param name="Token">Random 256 bits, base64url; only its SHA-256 is stored.</param>
public sealed record OpenSession(string Token, Caller Caller, DateTimeOffset ExpiresAt);

public abstract record LoginAnswer
{
    private LoginAnswer() { }

    public sealed record Opened(OpenSession Session) : LoginAnswer;

    /// <summary>Unknown user or wrong password.</summary>
    public sealed record Wrong : LoginAnswer;

    /// <summary>Too many wrong passwords for this name, or from this address.</summary>
    public sealed record TryLater(DateTimeOffset Until) : LoginAnswer;
}

public abstract record PasswordAnswer
{
    private PasswordAnswer() { }

    public sealed record Changed : PasswordAnswer;

    public sealed record WrongOld : PasswordAnswer;

    /// <param name="Message">What a better one needs, for the user.</param>
    public sealed record Weak(string Message) : PasswordAnswer;
}
