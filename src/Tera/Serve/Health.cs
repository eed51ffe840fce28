using Microsoft.EntityFrameworkCore;
using Tera.Office.Storage;

namespace Tera.Door.Serve;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: so does what it stands on.</summary>
internal static class Health
{
    /// <summary>A database that needs longer than this to say hello is not ready.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void MapHealth(this WebApplication app, Floors floors)
    {
        app.MapGet("/health/live", () => Results.Text("live")).ExcludeFromDescription();
        app.MapGet("/health/ready", async (HttpContext context, CancellationToken cancellation) =>
        {
            if (floors.HasFlag(Floors.Office) && !await OfficeAnswersAsync(context.RequestServices, cancellation))
            {
                return Results.Text("the office's database does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
            }

            return Results.Text("ready");
        }).ExcludeFromDescription();
    }

    private static async Task<bool> OfficeAnswersAsync(IServiceProvider services, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await using OfficeDb db = await services.GetRequiredService<IDbContextFactory<OfficeDb>>().CreateDbContextAsync(limit.Token);
            return await db.Database.CanConnectAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
