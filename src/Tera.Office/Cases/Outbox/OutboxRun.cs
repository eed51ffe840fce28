using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Tera.Office.Storage;
using Tera.Sop.Cases;

namespace Tera.Office.Cases.Outbox;

/// <summary>
/// Does one row: runs the effect, then in one transaction saves what it left, records its result with the case, and removes the row.
/// A kill before that transaction means that the effect runs again under the same key; a kill after it, that all is done.
/// </summary>
internal sealed partial class OutboxRun(
    IDbContextFactory<OfficeDb> factory, OutboxQueue queue, EffectHandlers handlers, ProcedureShelf shelf, CaseWriter writer, SubCases subCases,
    OutboxSignal signal, TimeProvider time, ILogger<OutboxRun> log)
{
    /// <summary>After so many exceptions (about an hour with the pauses) a person is told; until then the trouble may pass by itself.</summary>
    private const int MostAttempts = 14;

    private const int MostConflicts = 20;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <summary>Does the next due row.</summary>
    /// <returns>False: there is none.</returns>
    public async Task<bool> DoNextAsync(CancellationToken cancellation)
    {
        if (await queue.TakeAsync(cancellation) is not { } row)
        {
            return false;
        }

        using var working = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task renewing = RenewAsync(row.Seq, working);
        try
        {
            await DoAsync(row, working.Token);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // Whatever a handler throws: the row is tried again, or after many times told to a person. Nothing is lost and nothing hidden.
            LogFailed(row.EffectKey, row.Attempts + 1, e);
            await PostponeOrFailAsync(row, e.GetType().Name, cancellation);
        }
        finally
        {
            await working.CancelAsync();
            await renewing;
        }

        return true;
    }

    private static TimeSpan PauseAfter(int attempts)
    {
        TimeSpan pause = FirstPause * Math.Pow(2, Math.Min(attempts, 12));
        return pause < LongestPause ? pause : LongestPause;
    }

    private async Task RenewAsync(long seq, CancellationTokenSource working)
    {
        try
        {
            while (true)
            {
                await Task.Delay(OutboxQueue.Lease / 3, time, working.Token);
                if (!await queue.RenewAsync(seq, working.Token))
                {
                    await working.CancelAsync(); // another node has it now; two must not record
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (working.IsCancellationRequested)
        {
            return; // the work is over
        }
    }

    private async Task DoAsync(OutboxRow row, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        if (await subCases.TryDoAsync(db, row, cancellation) is { } command)
        {
            await RecordAsync(db, row, command, cancellation);
            return;
        }

        if (SubCases.IsWork(row))
        {
            await queue.RemoveAsync(row.Seq, cancellation); // its own case has begun; the end of that one will come back
            return;
        }

        CaseRow current = await db.Set<CaseRow>().AsNoTracking().SingleAsync(found => found.Id == row.CaseId, cancellation);
        if (!CaseJson.ReadCase(current.State).Effects.Exists(effect => effect.Key == row.EffectKey))
        {
            await queue.RemoveAsync(row.Seq, cancellation); // the case went another way meanwhile
            return;
        }

        if (handlers.FindLater(row.Name) is not { } handler)
        {
            LogUnhandled(row.Name, row.EffectKey);
            await queue.PostponeAsync(row, LongestPause, "no handler", cancellation);
            return;
        }

        var context = new OutboxContext(row.CaseId, row.AgencyId, row.Sop, row.StepId, row.Visit, row.EffectKey, row.Argument, row.Attempts + 1, db);
        CaseCommand result = await handler.RunAsync(context, cancellation) switch
        {
            EffectResult.Failed(var message) => new EffectFailed(row.EffectKey, message),
            EffectResult.Succeeded done => new EffectSucceeded(row.EffectKey)
            {
                Outcome = done.Outcome,
                Versions = done.NewVersion is { } made ? [CaseActs.VersionOf(made, row.EffectKey)] : [],
            },
            _ => throw new InvalidOperationException("A result is success or failure."),
        };
        if (result is EffectFailed)
        {
            db.ChangeTracker.Clear(); // what it left unsaved belongs to a success
        }

        await RecordAsync(db, row, result, cancellation);
    }

    private async Task RecordAsync(OfficeDb db, OutboxRow row, CaseCommand result, CancellationToken cancellation)
    {
        for (int attempt = 0; attempt < MostConflicts; attempt++)
        {
            await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellation);
            CaseRow current = await db.Set<CaseRow>().AsNoTracking().SingleAsync(found => found.Id == row.CaseId, cancellation);
            if (!await CaseWriter.TryClaimAsync(db, current, cancellation))
            {
                await transaction.RollbackAsync(cancellation);
                continue; // somebody moved the case on between the two statements
            }

            var run = new CaseRun(await shelf.KeptAsync(current.DefinitionHash, cancellation), CaseJson.ReadCase(current.State), time.GetUtcNow());
            if (run.Decide(result) is { } refusal)
            {
                if (refusal.Reason is RefusalReason.KeyUnknown or RefusalReason.CaseEnded or RefusalReason.StepNotOpen)
                {
                    db.ChangeTracker.Clear();
                    await RemoveInsideAsync(db, row, transaction, cancellation);
                    return;
                }

                // The handler answered what the SOP has no place for: a person must see it.
                LogRefused(row.EffectKey, refusal.Reason.ToString(), string.Join(", ", refusal.Data));
                db.ChangeTracker.Clear();
                if (result is EffectFailed || run.Decide(new EffectFailed(row.EffectKey, $"Hasil '{row.Name}' tidak diterima SOP ({refusal.Reason}).")) is not null)
                {
                    throw new InvalidOperationException($"The case refuses the result of {row.EffectKey}: {refusal.Reason}.");
                }
            }

            await writer.SkipEmptyLanesAsync(run, CaseSetting.Of(current), cancellation);
            await writer.WriteAsync(db, current, run, new HashSet<string>(StringComparer.Ordinal), cancellation);
            await RemoveInsideAsync(db, row, transaction, cancellation);
            signal.Wake();
            return;
        }

        throw new DbUpdateConcurrencyException($"The case of {row.EffectKey} is moved on by others all the time.");
    }

    private static async Task RemoveInsideAsync(OfficeDb db, OutboxRow row, IDbContextTransaction transaction, CancellationToken cancellation)
    {
        await db.Set<OutboxRow>().Where(mine => mine.Seq == row.Seq).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task PostponeOrFailAsync(OutboxRow row, string problem, CancellationToken cancellation)
    {
        if (row.Attempts + 1 < MostAttempts || SubCases.IsWork(row))
        {
            await queue.PostponeAsync(row, PauseAfter(row.Attempts), problem, cancellation);
            return;
        }

        try
        {
            await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
            await RecordAsync(db, row, new EffectFailed(row.EffectKey, $"Sistem tidak berhasil menjalankan '{row.Name}' setelah {MostAttempts} kali mencoba."), cancellation);
        }
        catch (Exception e) when (e is DbUpdateException or InvalidOperationException)
        {
            LogFailed(row.EffectKey, row.Attempts + 1, e);
            await queue.PostponeAsync(row, LongestPause, problem, cancellation);
        }
    }

    [LoggerMessage(EventId = 3301, Level = LogLevel.Warning, Message = "Effect {Key} failed at attempt {Attempt}")]
    private partial void LogFailed(string key, int attempt, Exception e);

    [LoggerMessage(EventId = 3302, Level = LogLevel.Error, Message = "No slice does the effect {Name}; {Key} waits")]
    private partial void LogUnhandled(string name, string key);

    [LoggerMessage(EventId = 3303, Level = LogLevel.Error, Message = "The case refuses the result of {Key}: {Reason} ({Data})")]
    private partial void LogRefused(string key, string reason, string data);
}
