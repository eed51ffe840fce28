using Microsoft.AspNetCore.Http;

namespace Tera.Office.Shell;

/// <summary>
/// The headers every answer of the office carries. No inline script or style, nothing from another host, no frame around us:
/// a passphrase is typed on these pages.
/// </summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(
            static state =>
            {
                IHeaderDictionary headers = ((HttpContext)state).Response.Headers;
                if (headers.ContentSecurityPolicy.Count == 0)
                {
                    // A download may have set a narrower one.
                    headers.ContentSecurityPolicy = Policy;
                }

                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                if (headers.CacheControl.Count == 0 && headers.ContentType.ToString().StartsWith("text/html", StringComparison.OrdinalIgnoreCase))
                {
                    // What is on a page is for one person: neither a proxy nor the back button of the next one may have it.
                    // The authority's lists and answers, which may share this process, are for everybody and say so themselves.
                    headers.CacheControl = "no-store";
                }

                return Task.CompletedTask;
            },
            context);
        return next(context);
    }
}
