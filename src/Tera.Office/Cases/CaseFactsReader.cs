using Microsoft.EntityFrameworkCore;
using Tera.Office.Organisation;
using Tera.Office.Storage;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases;

/// <summary>Facts of a case for the effects of other slices.</summary>
internal sealed class CaseFactsReader(ProcedureShelf shelf, CaseCast cast, IOrganisation organisation) : ICaseFacts
{
    public async Task<CaseFacts?> FindAsync(OfficeDb db, Guid caseId, CancellationToken cancellation)
    {
        if (await FindRowAsync(db, caseId, cancellation) is not { } row)
        {
            return null;
        }

        SopDefinition definition = await shelf.KeptAsync(row.DefinitionHash, cancellation);
        Berkas? letter = definition.Documents.FirstOrDefault(berkas => berkas.Jenis == "naskah");
        return new CaseFacts(
            row.Id, row.AgencyId, row.Sop, row.Title, row.StarterId, row.UnitId, row.EndedAt is not null, letter?.Name,
            letter?.Macam ?? [], [.. definition.Documents.SelectMany(berkas => berkas.Kop.Keys).Distinct(StringComparer.Ordinal)],
            await SignaturesAsync(row, definition, cancellation))
        {
            Rantai = definition.Chains.FirstOrDefault(chain => chain.Ubah is not null)?.Name,
        };
    }

    public async Task<IReadOnlyList<Holding>> LaneAsync(OfficeDb db, Guid caseId, string lane, CancellationToken cancellation)
    {
        if (await FindRowAsync(db, caseId, cancellation) is not { } row)
        {
            return [];
        }

        SopDefinition definition = await shelf.KeptAsync(row.DefinitionHash, cancellation);
        DateOnly today = await cast.TodayAsync(row.AgencyId, cancellation);
        if (definition.FindLane(lane) is not { } found)
        {
            return lane is "pemilik" or "pemohon" ? (await organisation.HoldingsOfAsync(row.StarterId, today, cancellation)).Take(1).ToList() : [];
        }

        Case state = CaseJson.ReadCase(row.State);
        List<ActedBy> acted = state.History
            .Where(done => done.By is not null && (done.Member is { } member ? state.Run(done.Step)?.Members[member].Lane : definition.Step(done.Step).Lane) == lane)
            .Select(done => done.By!).DistinctBy(by => by.Person).ToList();
        if (acted.Count == 0)
        {
            return await cast.LaneAsync(definition, CaseSetting.Of(row), found, cancellation);
        }

        var holdings = new List<Holding>();
        foreach (ActedBy by in acted)
        {
            IReadOnlyList<Holding> own = await organisation.HoldingsOfAsync(CaseCast.GuidOf(by.Person.Value), today, cancellation);
            if ((own.FirstOrDefault(holding => holding.PositionId == CaseCast.GuidOf(by.Position.Value)) ?? own.FirstOrDefault()) is { } holding)
            {
                holdings.Add(holding);
            }
        }

        return holdings;
    }

    private static Task<CaseRow?> FindRowAsync(OfficeDb db, Guid caseId, CancellationToken cancellation) =>
        db.Set<CaseRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == caseId, cancellation);

    private async Task<IReadOnlyList<SignatureStep>> SignaturesAsync(CaseRow row, SopDefinition definition, CancellationToken cancellation)
    {
        Case state = CaseJson.ReadCase(row.State);
        var steps = new List<SignatureStep>();
        foreach (Step step in definition.Steps)
        {
            bool paraf = Names(step, "ttd.paraf");
            if (!paraf && step.Kind != StepKind.Tte)
            {
                continue;
            }

            bool asSignature = !paraf || definition.Paraf == ParafMode.Pades;
            if (step.Chain is { } chain)
            {
                foreach (ChainMember member in MembersOf(definition, state, chain))
                {
                    steps.Add(new SignatureStep(step.Id, member.Lane ?? "", paraf, asSignature, await MemberAsync(row, definition, member, cancellation)));
                }
            }
            else if (step.Lane is { } lane && definition.FindLane(lane) is { } found)
            {
                steps.Add(new SignatureStep(step.Id, lane, paraf, asSignature, await cast.LaneAsync(definition, CaseSetting.Of(row), found, cancellation)));
            }
        }

        return steps;
    }

    private static bool Names(Step step, string effect) =>
        step.Effects.Concat(step.Outcomes.SelectMany(outcome => outcome.Effects)).Any(call => call.Name == effect);

    private static IReadOnlyList<ChainMember> MembersOf(SopDefinition definition, Case state, string chain) =>
        state.Chains.Find(choice => choice.Chain == chain)?.Members
        ?? definition.FindChain(chain)!.Bawaan.Select(lane => new ChainMember(lane)).ToList();

    private async Task<IReadOnlyList<Holding>> MemberAsync(CaseRow row, SopDefinition definition, ChainMember member, CancellationToken cancellation)
    {
        DateOnly today = await cast.TodayAsync(row.AgencyId, cancellation);
        return member switch
        {
            { Position: { } position } => await organisation.HoldersOfAsync(CaseCast.GuidOf(position.Value), today, cancellation),
            { Person: { } person } => await organisation.HoldingsOfAsync(CaseCast.GuidOf(person.Value), today, cancellation),
            { Lane: { } lane } when definition.FindLane(lane) is { } found => await cast.LaneAsync(definition, CaseSetting.Of(row), found, cancellation),
            _ => [],
        };
    }
}
