using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Tera.Office.Storage;
using Tera.Sop.Cases;

namespace Tera.Office.Cases;

/// <summary>A change that the system makes to a case, in a transaction of its own.</summary>
internal sealed class CaseChange(IDbContextFactory<OfficeDb> factory, ProcedureShelf shelf, CaseWriter writer, OutboxSignal signal, TimeProvider time)
{
    /// <param name="change">Decides what it wants; false: leave the case as it is. When it decided nothing, the open tasks are only looked up again.</param>
    /// <returns>False: left as it is, or somebody acts on it right now.</returns>
    public async Task<bool> TryAsync(Guid caseId, Func<CaseRun, bool> change, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellation);
        CaseRow row = await db.Set<CaseRow>().AsNoTracking().SingleAsync(found => found.Id == caseId, cancellation);
        if (!await CaseWriter.TryClaimAsync(db, row, cancellation))
        {
            return false;
        }

        var run = new CaseRun(await shelf.KeptAsync(row.DefinitionHash, cancellation), CaseJson.ReadCase(row.State), time.GetUtcNow());
        if (!change(run))
        {
            return false;
        }

        await writer.SkipEmptyLanesAsync(run, CaseSetting.Of(row), cancellation);
        await writer.WriteAsync(db, row, run, new HashSet<string>(StringComparer.Ordinal), cancellation);
        if (run.Happened.Count == 0)
        {
            await writer.ProjectTasksAsync(db, row, run, cancellation);
        }

        await transaction.CommitAsync(cancellation);
        signal.Wake();
        return true;
    }
}
