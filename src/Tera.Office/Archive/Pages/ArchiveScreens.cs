using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tera.Office.Accounts;
using Tera.Office.Shell;

namespace Tera.Office.Archive.Pages;

/// <summary>What was filed, found by number, subject or classification.</summary>
internal static class ArchiveScreens
{
    private const int Limit = 300;

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapSignedInPages().MapGet("/arsip", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, IArchive archive, string? cari)
    {
        string search = cari?.Trim() ?? "";
        return PageRoutes.Show<ArchiveScreen>(
            new { Search = search, Letters = await archive.SearchAsync(context.Caller(), search.Length == 0 ? null : search, Limit, context.RequestAborted) });
    }
}
