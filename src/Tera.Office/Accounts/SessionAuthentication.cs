using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tera.Office.Api;

namespace Tera.Office.Accounts;

/// <summary>
/// The office's one scheme. Below <c>/api</c> only <c>Authorization: Bearer</c> counts: a cookie there would let another site's form call the API.
/// Everywhere else only the cookie counts.
/// </summary>
internal sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IAccounts accounts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "TeraSession";

    /// <summary>Where pages send a visitor without a session.</summary>
    public const string LoginPath = "/masuk";

    private const string BearerPrefix = "Bearer ";

    private bool IsApi => Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        SessionKind kind = IsApi ? SessionKind.Api : SessionKind.Page;
        string? token = IsApi ? BearerToken() : SessionCookie.Read(Request);
        if (token is null)
        {
            return AuthenticateResult.NoResult();
        }

        OpenSession? session = await accounts.FindSessionAsync(token, kind, Context.RequestAborted);
        if (session is null)
        {
            return AuthenticateResult.Fail("The session is unknown or over.");
        }

        CallerAccessor.Set(Context, session);
        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, session.Caller.AccountId.ToString()));
        identity.AddClaim(new Claim(ClaimTypes.Name, session.Caller.Name));
        identity.AddClaims(session.Caller.Roles.Select(role => new Claim(ClaimTypes.Role, RoleNames.NameOf(role))));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (IsApi)
        {
            Response.Headers.WWWAuthenticate = "Bearer";
            return ApiProblem.SessionMissing.WriteAsync(Context);
        }

        Response.Redirect(LoginPath + QueryString.Create("kembali", Request.PathBase + Request.Path + Request.QueryString));
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (IsApi)
        {
            return ApiProblem.Forbidden.WriteAsync(Context);
        }

        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private string? BearerToken()
    {
        string? header = Request.Headers.Authorization;
        return header is not null && header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) ? header[BearerPrefix.Length..].Trim() : null;
    }
}
