using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tera.Office.Shell;

namespace Tera.Office.Verification.Pages;

/// <summary>What anybody may ask: the page behind a QR, and the check of a file in hand.</summary>
internal static class VerificationPages
{
    /// <summary>The reader of PDFs is bounded by itself; this keeps strangers from filling the disk.</summary>
    private const long MaxUploadBytes = 32L * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder pages = endpoints.MapPublicPages();
        pages.MapGet("/verifikasi", () => PageRoutes.Show<CheckScreen>());
        pages.MapForm("/verifikasi", CheckFileAsync, MaxUploadBytes);
        pages.MapGet("/v/{code}", CheckCodeAsync);
        pages.MapGet("/v", GoToCode);
    }

    private static async Task<IResult> CheckFileAsync(HttpContext context, Visit visit, IVerification verification)
    {
        if (context.Request.Form.Files.GetFile("berkas") is not { Length: > 0 } file)
        {
            return PageRoutes.Show<CheckScreen>(
                new { Problem = visit.T("Pilih berkas PDF dahulu.", "Choose a PDF file first.") }, StatusCodes.Status422UnprocessableEntity);
        }

        if (file.Length > MaxUploadBytes)
        {
            return ErrorPages.Show(ErrorKind.TooLarge);
        }

        await using Stream pdf = file.OpenReadStream();
        VerificationPage page = await verification.CheckUploadAsync(pdf, context.RequestAborted);
        return Show(visit, page, Path.GetFileName(file.FileName), fromCode: false);
    }

    /// <summary>In the zone of the agency whose letter it is.</summary>
    private static IResult Show(Visit visit, VerificationPage page, string? fileName, bool fromCode)
    {
        if (page.Letter is { } letter)
        {
            visit.ShowIn(letter.Zone);
        }

        return PageRoutes.Show<VerdictScreen>(new { Page = page, FileName = fileName, FromCode = fromCode });
    }

    private static async Task<IResult> CheckCodeAsync(HttpContext context, Visit visit, IVerification verification, string code) =>
        code.Length <= 64 && await verification.CheckCodeAsync(code, context.RequestAborted) is { } page
            ? Show(visit, page, null, fromCode: true)
            : PageRoutes.Show<UnknownCodeScreen>(status: StatusCodes.Status404NotFound);

    /// <summary>The form that takes a typed code has no script, so its answer is a redirect to the code's own address.</summary>
    private static IResult GoToCode(string? kode) =>
        string.IsNullOrWhiteSpace(kode) ? Results.Redirect("/verifikasi") : Results.Redirect("/v/" + Uri.EscapeDataString(kode.Trim()));
}
