using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

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
        // Behind a proxy on another machine the request itself is plain; what users have in their address bar is the public address.
        Secure = context.Request.IsHttps || context.RequestServices.GetRequiredService<OfficeOptions>().PublicBaseUrl.Scheme == Uri.UriSchemeHttps,
        Path = "/",
        IsEssential = true,
    };
}
