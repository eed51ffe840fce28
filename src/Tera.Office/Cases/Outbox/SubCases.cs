using Microsoft.EntityFrameworkCore;
using Tera.Office.Storage;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases.Outbox;

/// <summary>A step that runs another SOP (<c>panggil</c>): opens that case, and takes its end back to the caller.</summary>
internal sealed class SubCases(CaseOpening opening, ProcedureShelf shelf, IEnumerable<IKeadaan> facts)
{
    public static bool IsWork(OutboxRow row) => row.Name is SystemWork.Call or SystemWork.Returned;

    /// <returns>What the caller's case is to be told now; null: nothing yet, or the row is an effect.</returns>
    public async Task<CaseCommand?> TryDoAsync(OfficeDb db, OutboxRow row, CancellationToken cancellation)
    {
        if (row.Name == SystemWork.Returned)
        {
            return new SubCaseEnded(row.EffectKey[..row.EffectKey.LastIndexOf('/')], row.Argument ?? "");
        }

        if (row.Name != SystemWork.Call)
        {
            return null;
        }

        CaseRow caller = await db.Set<CaseRow>().AsNoTracking().SingleAsync(found => found.Id == row.CaseId, cancellation);
        if (CaseJson.ReadCase(caller.State).SubCase is not { } wanted || wanted.Key != row.EffectKey)
        {
            return null;
        }

        if (wanted.Unless is { } unless && facts.FirstOrDefault(fact => fact.Name == unless) is { } fact
            && await fact.HoldsAsync(caller.Id, caller.StarterId, caller.StarterId, cancellation) is true)
        {
            return new SubCaseEnded(wanted.Key, SubCaseEnded.NotNeeded);
        }

        if (!shelf.Newest.TryGetValue(wanted.Sop, out SopDefinition? definition))
        {
            throw new InvalidOperationException($"The SOP {wanted.Sop} that {caller.Sop} calls is not there.");
        }

        await opening.OpenAsync(definition, CaseSetting.Of(caller), caller.Title, wanted.Key, cancellation);
        return null;
    }
}
