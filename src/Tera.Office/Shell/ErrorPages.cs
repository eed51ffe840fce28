using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tera.Office.Shell.Screens;

namespace Tera.Office.Shell;

/// <summary>The errors a person may meet; <see cref="ErrorScreen"/> has their words.</summary>
public enum ErrorKind
{
    NotFound,
    Forbidden,
    BadForm,
    FormExpired,
    TooLarge,
    TooMany,
    Unavailable,
    Broken,
}

/// <summary>Gives people a page in our design where the server would send an empty error. Programs get the bare status.</summary>
internal static partial class ErrorPages
{
    private static readonly string[] ProgramPaths = ["/api", "/csc", "/esign", "/ocsp", "/tsa", "/crl", "/ca", "/enrolment", "/openapi", "/health", "/metrics", "/aset"];

    public static IResult Show(ErrorKind kind) => PageRoutes.Show<ErrorScreen>(new { Kind = kind }, StatusOf(kind));

    public static async Task ReplaceAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The browser is gone; nobody reads an answer.
            return;
        }
        catch (BadHttpRequestException problem) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = problem.StatusCode;
        }
        catch (Exception problem) when (!context.Response.HasStarted)
        {
            LogBroken(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorPages)), context.Request.Method, context.TraceIdentifier, problem);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 } && IsForPeople(context.Request))
        {
            await WriteAsync(context, KindOf(context.Response.StatusCode));
        }
    }

    /// <summary>The renderer of a request draws once; an error page after a half-drawn page needs a scope of its own.</summary>
    private static async Task WriteAsync(HttpContext context, ErrorKind kind)
    {
        int status = context.Response.StatusCode;
        IServiceProvider original = context.RequestServices;
        await using AsyncServiceScope scope = original.CreateAsyncScope();
        try
        {
            context.RequestServices = scope.ServiceProvider;
            await scope.ServiceProvider.GetRequiredService<Visit>().OpenAsync(context, context.RequestAborted);
            await PageRoutes.Show<ErrorScreen>(new { Kind = kind, Reference = context.TraceIdentifier }, status).ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = original;
        }
    }

    private static bool IsForPeople(HttpRequest request) =>
        !ProgramPaths.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
        && !HttpMethods.IsHead(request.Method);

    private static ErrorKind KindOf(int status) => status switch
    {
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => ErrorKind.NotFound,
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => ErrorKind.Forbidden,
        StatusCodes.Status413PayloadTooLarge => ErrorKind.TooLarge,
        StatusCodes.Status429TooManyRequests => ErrorKind.TooMany,
        StatusCodes.Status503ServiceUnavailable => ErrorKind.Unavailable,
        >= 500 => ErrorKind.Broken,
        _ => ErrorKind.BadForm,
    };

    private static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorKind.Broken => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };

    [LoggerMessage(EventId = 900, Level = LogLevel.Error, Message = "A page broke ({Method}, reference {Reference})")]
    private static partial void LogBroken(ILogger logger, string method, string reference, Exception problem);
}
