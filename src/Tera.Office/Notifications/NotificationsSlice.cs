using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Accounts;
using Tera.Office.Api;
using Tera.Office.Cases;

namespace Tera.Office.Notifications;

public static class NotificationsSlice
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, OfficeOptions options)
    {
        services.AddSingleton(new SmtpSender(options.Smtp));
        services.AddSingleton<INotifications, MailRoom>();
        services.AddSingleton<IOutboxEffect, Notify>();
        return services;
    }

    public static IEndpointRouteBuilder MapNotifications(this IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder api = endpoints.MapGroup("/api/v1/notices").WithTags("Pemberitahuan").RequireAuthorization();
        api.MapGet("", async (HttpContext context, INotifications notifications) =>
                Results.Json(await notifications.MineAsync(context.Caller(), 100, context.RequestAborted), ApiJson.Options))
            .WithName("notices").WithSummary("Pemberitahuan untuk yang sedang masuk, terbaru dahulu.").Produces<IReadOnlyList<NoticeShown>>().ProducesProblem(401);
        api.MapPost("/read", async (HttpContext context, INotifications notifications) =>
            {
                await notifications.ReadAsync(context.Caller(), context.RequestAborted);
                return Results.NoContent();
            })
            .WithName("readNotices").WithSummary("Tandai semua pemberitahuan sudah dibaca.").Produces(204).ProducesProblem(401);
        return endpoints;
    }
}
