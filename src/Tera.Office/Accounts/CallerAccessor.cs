using Microsoft.AspNetCore.Http;

namespace Tera.Office.Accounts;

/// <summary>Where a request's <see cref="Caller"/> is found. Set by the session's authentication, never by a request's fields.</summary>
public static class CallerAccessor
{
    /// <summary>The signed-in person of this request, or null.</summary>
    public static Caller? FindCaller(this HttpContext context) => context.Features.Get<CallerFeature>()?.Session.Caller;

    /// <summary>The session of this request, or null.</summary>
    public static OpenSession? FindSession(this HttpContext context) => context.Features.Get<CallerFeature>()?.Session;

    /// <summary>The signed-in person, where the endpoint required one.</summary>
    public static Caller Caller(this HttpContext context) =>
        context.FindCaller() ?? throw new InvalidOperationException("This endpoint did not require a session.");

    internal static void Set(HttpContext context, OpenSession session) => context.Features.Set(new CallerFeature(session));

    private sealed record CallerFeature(OpenSession Session);
}
