using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Tera.Office.Shell;

/// <summary>Stands before every form's handler: a bounded body that is really a form, from a page of ours.</summary>
internal sealed class FormGuard(long maxBytes) : IEndpointFilter
{
    /// <summary>Forms without a file.</summary>
    public const long TextFormBytes = 256 * 1024;

    /// <summary>Room for the parts of a form around a file.</summary>
    private const long MultipartOverhead = 64 * 1024;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        HttpContext context = invocation.HttpContext;
        if (!context.Request.HasFormContentType)
        {
            return ErrorPages.Show(ErrorKind.BadForm);
        }

        long limit = maxBytes + MultipartOverhead;
        if (context.Request.ContentLength > limit)
        {
            return ErrorPages.Show(ErrorKind.TooLarge);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit;
        }

        try
        {
            var form = new FormFeature(context.Request, new FormOptions
            {
                MultipartBodyLengthLimit = limit,
                BufferBodyLengthLimit = limit,
                ValueCountLimit = 512,
                ValueLengthLimit = (int)TextFormBytes,
            });
            context.Features.Set<IFormFeature>(form);
            await form.ReadFormAsync(context.RequestAborted);
            await context.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(context);
        }
        catch (AntiforgeryValidationException)
        {
            return ErrorPages.Show(ErrorKind.FormExpired);
        }
        catch (BadHttpRequestException problem) when (problem.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ErrorPages.Show(ErrorKind.TooLarge);
        }
        catch (Exception problem) when (problem is InvalidDataException or BadHttpRequestException or IOException)
        {
            return ErrorPages.Show(ErrorKind.BadForm);
        }

        return await next(invocation);
    }
}

internal static class FormField
{
    public const string Antiforgery = "penjaga";

    /// <summary>A form's own random key: sent twice, it is done once.</summary>
    public const string Key = "kunci";

    public static string Text(this IFormCollection form, string name) => form[name].ToString().Trim();

    /// <summary>The text, or null where nothing was typed.</summary>
    public static string? Filled(this IFormCollection form, string name) => form.Text(name) is { Length: > 0 } text ? text : null;
}
