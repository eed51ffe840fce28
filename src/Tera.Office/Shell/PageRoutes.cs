using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Accounts;

namespace Tera.Office.Shell;

/// <summary>How slices declare their pages: public or for signed-in people, to be read (GET) or sent (a form).</summary>
internal static class PageRoutes
{
    /// <summary>Pages for everybody.</summary>
    public static RouteGroupBuilder MapPublicPages(this IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder group = endpoints.MapGroup("").ExcludeFromDescription();
        return group.AddEndpointFilter(OpenVisitAsync);
    }

    /// <summary>Pages that need a session; without one the visitor is shown the door and comes back after it.</summary>
    public static RouteGroupBuilder MapSignedInPages(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPublicPages().AddEndpointFilter(RequireCallerAsync);

    /// <summary>A form: checked against forgery and size before the handler reads it.</summary>
    public static RouteHandlerBuilder MapForm(this IEndpointRouteBuilder pages, string pattern, Delegate handler, long maxBytes = FormGuard.TextFormBytes) =>
        pages.MapPost(pattern, handler).DisableAntiforgery().AddEndpointFilter(new FormGuard(maxBytes));

    /// <summary>Draws a screen.</summary>
    public static IResult Show<TScreen>(object? parameters = null, int status = StatusCodes.Status200OK)
        where TScreen : IComponent =>
        new RazorComponentResult<TScreen>(parameters ?? new { }) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>A path of our own, or the inbox: a link must not send people to another site after the login.</summary>
    public static string LocalOr(string? path, string otherwise = "/") =>
        path is { Length: > 0 and < 1000 } && path[0] == '/' && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\') && !path.Any(char.IsControl)
            ? path
            : otherwise;

    private static async ValueTask<object?> OpenVisitAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        HttpContext context = invocation.HttpContext;
        await context.RequestServices.GetRequiredService<Visit>().OpenAsync(context, context.RequestAborted);
        return await next(invocation);
    }

    private static async ValueTask<object?> RequireCallerAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        HttpContext context = invocation.HttpContext;
        if (context.FindCaller() is not null)
        {
            return await next(invocation);
        }

        string back = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "/";
        return Results.Redirect(string.Equals(back, "/", StringComparison.Ordinal) ? "/masuk" : "/masuk?kembali=" + Uri.EscapeDataString(back));
    }
}
