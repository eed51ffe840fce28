using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tera.Office.Api;

/// <summary>Below <c>/api</c> every answer that is no success is problem+json, also the ones the framework makes; an unforeseen error says nothing of itself.</summary>
public static partial class ApiErrors
{
    /// <summary>To be called before the endpoints are mapped.</summary>
    public static IApplicationBuilder UseApiErrors(this IApplicationBuilder app)
    {
        ILogger log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("Tera.Office.Api");
        return app.Use(async (context, next) =>
        {
            if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            {
                await next(context);
                return;
            }

            try
            {
                await next(context);
                if (context.Response is { HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest, ContentType: null })
                {
                    await ProblemOf(context.Response.StatusCode).WriteAsync(context);
                }
            }
            catch (BadHttpRequestException e) when (!context.Response.HasStarted)
            {
                await ProblemOf(e.StatusCode).WriteAsync(context);
            }
            catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            {
                LogUnforeseen(log, context.Request.Method, context.TraceIdentifier, e);
                await ProblemOf(StatusCodes.Status500InternalServerError).WriteAsync(context);
            }
        });
    }

    private static ApiProblem ProblemOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => ApiProblem.NotFound,
        StatusCodes.Status413PayloadTooLarge => new ApiProblem(status, "too_large", "Permintaan terlalu besar", "Isi permintaan melebihi batas alamat ini."),
        StatusCodes.Status415UnsupportedMediaType => ApiProblem.NotJson,
        StatusCodes.Status405MethodNotAllowed => new ApiProblem(status, "method_not_allowed", "Metode tidak disediakan", "Alamat itu ada, tetapi tidak dengan metode ini."),
        >= StatusCodes.Status500InternalServerError => new ApiProblem(status, "internal", "Galat di server", "Permintaan tidak dapat diselesaikan. Tidak ada rincian yang ditampilkan; lihat catatan server."),
        _ => new ApiProblem(status, "invalid_input", "Masukan tidak sah", "Permintaan tidak dapat dibaca."),
    };

    [LoggerMessage(EventId = 3501, Level = LogLevel.Error, Message = "An unforeseen error in {Method} of request {Trace}")]
    private static partial void LogUnforeseen(ILogger log, string method, string trace, Exception e);
}
