using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tera.Authority.Requests;

/// <summary>An answer that no cache keeps.</summary>
internal sealed class JsonAnswer(JsonObject body, int status = StatusCodes.Status200OK) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.Headers.CacheControl = "no-store";
        return httpContext.Response.WriteAsJsonAsync(body, httpContext.RequestAborted);
    }
}
