using Microsoft.AspNetCore.Http;

namespace Tera.Office.Accounts;

/// <summary>The cookie that carries a page's session: invisible to scripts, not sent with another site's forms.</summary>
public static class SessionCookie
{
    public const string Name = "tera_sesi";

    public static string? Read(HttpRequest request) => request.Cookies[Name];

    public static void Write(HttpContext context, OpenSession session) =>
        context.Response.Cookies.Append(Name, session.Token, Options(context));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    /// <summary>Without an expiry: the browser forgets it when it closes, the server ends it earlier.</summary>
    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/",
        IsEssential = true,
    };
}
