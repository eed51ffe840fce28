using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Accounts;
using Tera.Office.Api;
using Tera.Office.Cases;

namespace Tera.Office.Archive;

public static class ArchiveSlice
{
    public static IServiceCollection AddArchive(this IServiceCollection services)
    {
        services.AddSingleton<IArchive, ArchiveShelf>();
        services.AddSingleton<IOutboxEffect, FileLetter>();
        return services;
    }

    public static IEndpointRouteBuilder MapArchive(this IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder api = endpoints.MapGroup("/api/v1").WithTags("Arsip").RequireAuthorization();
        api.MapGet("/archive", async (HttpContext context, IArchive archive, string? q) =>
                Results.Json(await archive.SearchAsync(context.Caller(), q, 200, context.RequestAborted), ApiJson.Options))
            .WithName("archive").WithSummary("Daftar arsip; ?q= mencari nomor, hal, atau kode.").Produces<IReadOnlyList<ArchivedLetter>>();
        api.MapGet("/classification", (string? q) => Results.Json(ClassificationTable.Search(q, 50), ApiJson.Options))
            .WithName("classification").WithSummary("Kode klasifikasi Permendagri 83/2022; ?q= kode atau kata.").Produces<IReadOnlyList<ClassificationCode>>();
        return endpoints;
    }
}
