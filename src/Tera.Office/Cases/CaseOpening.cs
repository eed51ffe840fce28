using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Tera.Office.Storage;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases;

/// <summary>Opens cases that no person starts: sub-cases and reminders. A key opens one case at most.</summary>
internal sealed class CaseOpening(IDbContextFactory<OfficeDb> factory, ProcedureShelf shelf, CaseWriter writer, OutboxSignal signal, TimeProvider time)
{
    public async Task OpenAsync(SopDefinition definition, CaseSetting setting, string title, string parentKey, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        if (await db.Set<CaseRow>().AnyAsync(row => row.Parent == parentKey, cancellation))
        {
            return;
        }

        DateTimeOffset now = time.GetUtcNow();
        Guid id = Guid.CreateVersion7(now);
        var run = new CaseRun(definition, null, now);
        if (run.Decide(new StartCase(CaseId.Create(id.ToString()), null, parentKey)) is { } refusal)
        {
            throw new InvalidOperationException($"A case of {definition.Name} cannot be opened: {refusal.Reason}.");
        }

        var row = new CaseRow
        {
            Id = id,
            AgencyId = setting.AgencyId,
            UnitId = setting.UnitId,
            StarterId = setting.Starter,
            Sop = definition.Name,
            SopName = definition.Identity.Nama,
            DefinitionHash = definition.Hash.Value,
            Title = title,
            Version = 0,
            State = "",
            Status = "",
            WaitingFor = "",
            StartedAt = now,
            LastChange = now,
            Parent = parentKey,
        };
        await writer.SkipEmptyLanesAsync(run, setting, cancellation);
        CaseWriter.Refresh(row, run);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellation);
        await shelf.KeepAsync(db, definition, cancellation);
        try
        {
            await writer.WriteNewAsync(db, row, run, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation())
        {
            return; // another node opened it
        }

        signal.Wake();
    }
}
