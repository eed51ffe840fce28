using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Tera.Office.Api;
using Tera.Office.Storage;

namespace Tera.Office.Verification;

/// <summary>REST: check a file or a code. Open to everybody, so that a citizen's own program can ask.</summary>
internal static class VerificationEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder api = endpoints.MapGroup("/api/v1/verify").WithTags("Verifikasi").AllowAnonymous();
        api.MapPost("/", CheckFileAsync)
            .WithName("verifyFile").WithSummary("Memeriksa berkas PDF: isi permintaan adalah berkasnya (application/pdf).")
            .Accepts<byte[]>("application/pdf").Produces<VerificationPage>().ProducesProblem(413).ProducesProblem(415);
        api.MapGet("/{code}", CheckCodeAsync)
            .WithName("verifyCode").WithSummary("Memeriksa naskah di balik kode QR.").Produces<VerificationPage>().ProducesProblem(404);
    }

    private static async Task<IResult> CheckFileAsync(HttpContext context, IVerification verification)
    {
        if (context.Request.ContentType?.Split(';')[0].Trim() is not ("application/pdf" or "application/octet-stream"))
        {
            return new ApiProblem(StatusCodes.Status415UnsupportedMediaType, "not_pdf", "Bukan PDF", "Kirim berkasnya sebagai application/pdf.");
        }

        if (context.Request.ContentLength > VerificationDesk.MaxUploadBytes)
        {
            // Answered before the server's limit is lowered: the server then reads the rest away, and the sender sees the answer instead of a broken connection.
            return TooLarge();
        }

        // One byte more than the limit is enough to say no; Kestrel cuts what is longer.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = VerificationDesk.MaxUploadBytes + 1;
        }

        try
        {
            return Results.Json(await verification.CheckUploadAsync(context.Request.Body, context.RequestAborted), ApiJson.Options);
        }
        catch (Exception large) when (large is DocumentTooLargeException or BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            return TooLarge();
        }
    }

    private static ApiProblem TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge, "too_large", "Berkas terlalu besar", $"Batasnya {VerificationDesk.MaxUploadBytes / 1024 / 1024} MiB.");

    private static async Task<IResult> CheckCodeAsync(string code, HttpContext context, IVerification verification) =>
        await verification.CheckCodeAsync(code, context.RequestAborted) is { } page ? Results.Json(page, ApiJson.Options) : ApiProblem.NotFound;
}
