using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tera.Office.Storage;

namespace Tera.Office.Cases.Outbox;

/// <summary>Keeps cases moving: the outbox, and what is due by time.</summary>
internal sealed partial class CaseWorker(
    OutboxQueue queue, OnlyNode node, OutboxRun outbox, CaseTimers timers, OutboxSignal signal, EffectHandlers handlers, ProcedureShelf shelf, TimeProvider time, ILogger<CaseWorker> log)
    : BackgroundService
{
    /// <summary>How often rows of other nodes are looked for.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan BetweenTicks = TimeSpan.FromSeconds(20);

    /// <summary>Does everything that is due now, until there is nothing left.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        do
        {
            await timers.TickAsync(cancellation);
        }
        while (await OutboxAsync(cancellation));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        handlers.Warn(shelf.Newest.Values, log);
        DateTimeOffset nextTick = time.GetUtcNow();
        bool freed = node.CameAlone is null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!freed)
                {
                    await queue.FreeAbandonedAsync(node.CameAlone!.Value, stoppingToken);
                    freed = true;
                }

                await OutboxAsync(stoppingToken);
                if (time.GetUtcNow() >= nextTick)
                {
                    await timers.TickAsync(stoppingToken);
                    nextTick = time.GetUtcNow() + BetweenTicks;
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogTrouble(e); // the database is away, for example: the worker must outlive that
            }

            try
            {
                await signal.WaitAsync(Look, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<bool> OutboxAsync(CancellationToken cancellation)
    {
        bool any = false;
        while (await outbox.DoNextAsync(cancellation))
        {
            any = true;
        }

        return any;
    }

    [LoggerMessage(EventId = 3401, Level = LogLevel.Error, Message = "The worker of the cases met trouble and goes on")]
    private partial void LogTrouble(Exception e);
}
