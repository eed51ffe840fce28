using System.Collections.Concurrent;
using Tera.Office.Accounts;
using Tera.Office.Organisation;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases;

/// <summary>Where and for whom a case runs: what its lanes are resolved against.</summary>
internal readonly record struct CaseSetting(Guid AgencyId, Guid UnitId, Guid Starter)
{
    public static CaseSetting Of(CaseRow row) => new(row.AgencyId, row.UnitId, row.StarterId);
}

/// <summary>What a caller is today.</summary>
internal sealed record CallerToday(IReadOnlyList<Holding> Holdings, IReadOnlyList<string> Keys)
{
    /// <summary>The position in which they do a task that was found under that key.</summary>
    public Holding? FindHolding(string key) =>
        Holdings.FirstOrDefault(holding => key == CaseCast.PositionKey(holding.PositionId)) ?? Holdings.FirstOrDefault();
}

/// <summary>Who can be whom in a case today: lanes to positions to persons.</summary>
internal sealed class CaseCast(IOrganisation organisation, TimeProvider time)
{
    /// <summary>An agency does not move to another zone while the program runs.</summary>
    private readonly ConcurrentDictionary<Guid, TimeZoneInfo> _zones = new();

    /// <summary>Today, where the agency is.</summary>
    public async Task<DateOnly> TodayAsync(Guid agencyId, CancellationToken cancellation) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), await ZoneAsync(agencyId, cancellation)).DateTime);

    public async Task<TimeZoneInfo> ZoneAsync(Guid agencyId, CancellationToken cancellation)
    {
        if (_zones.TryGetValue(agencyId, out TimeZoneInfo? known))
        {
            return known;
        }

        Agency agency = await organisation.FindAgencyAsync(agencyId, cancellation)
            ?? throw new InvalidOperationException($"The agency {agencyId} does not exist.");
        return _zones[agencyId] = TimeZoneInfo.FindSystemTimeZoneById(agency.Zone);
    }

    /// <summary>Who may act in a lane today; acting officials only as far as the SOP admits them (<c>pengganti</c>).</summary>
    public async Task<IReadOnlyList<Holding>> LaneAsync(SopDefinition definition, CaseSetting setting, Lane lane, CancellationToken cancellation)
    {
        Guid about = setting.Starter;
        if (lane.Calon is { Name: "atasan", Arguments: [var below, _] } && definition.FindLane(below) is { } other && other != lane && other.Id != definition.First.Lane
            && other.Calon.Name != "atasan")
        {
            about = (await LaneAsync(definition, setting, other, cancellation)).FirstOrDefault()?.PersonId ?? about;
        }

        DateOnly today = await TodayAsync(setting.AgencyId, cancellation);
        IReadOnlyList<Holding> found = await organisation.ResolveAsync(
            setting.AgencyId, setting.UnitId, about, lane.Calon.ToString(), lane.Setara, today, cancellation);
        return lane.Pengganti is { } admitted ? found.Where(holding => IsAdmitted(holding.Kind, admitted)).ToList() : found;
    }

    /// <summary>Who may do an open task today, definitive holders first.</summary>
    public async Task<IReadOnlyList<Holding>> TaskAsync(SopDefinition definition, CaseSetting setting, TaskView view, CancellationToken cancellation)
    {
        DateOnly today = await TodayAsync(setting.AgencyId, cancellation);
        IReadOnlyList<Holding> found = view switch
        {
            { ChainMember.Person: { } person } => (await organisation.HoldingsOfAsync(GuidOf(person.Value), today, cancellation)).Take(1).ToList(),
            { ChainMember.Position: { } position } => await organisation.HoldersOfAsync(GuidOf(position.Value), today, cancellation),
            { Task.Holder: { } holder } => await organisation.HoldersOfAsync(GuidOf(holder.Value), today, cancellation),
            { Lane: { } lane } => await LaneAsync(definition, setting, lane, cancellation),
            _ => [],
        };
        return view.Task.AssignedTo is { } assigned ? found.Where(holding => holding.PersonId == GuidOf(assigned.Value)).ToList() : found;
    }

    /// <summary>How a task is found in inboxes: by position where the SOP means a post, by person where it means one, by role.</summary>
    public static IReadOnlyList<string> Candidates(TaskView view, IReadOnlyList<Holding> holders) => view switch
    {
        { Task.AssignedTo: { } assigned } => [PersonKey(GuidOf(assigned.Value))],
        { ChainMember.Person: { } person } => [PersonKey(GuidOf(person.Value))],
        { ChainMember.Position: { } position } => [PositionKey(GuidOf(position.Value))],
        { Task.Holder: { } holder } => [PositionKey(GuidOf(holder.Value))],
        { Lane.Calon: { Name: "peran", Arguments: [var role] } } => [RoleKey(role)],
        { Lane.Calon.Name: "jabatan" or "atasan" } => holders.Select(holding => PositionKey(holding.PositionId)).Distinct(StringComparer.Ordinal).ToList(),
        _ => holders.Select(holding => PersonKey(holding.PersonId)).Distinct(StringComparer.Ordinal).ToList(),
    };

    /// <summary>The positions a caller may act for today, and the keys under which their tasks are found.</summary>
    public async Task<CallerToday> CallerTodayAsync(Caller caller, CancellationToken cancellation)
    {
        DateOnly today = await TodayAsync(caller.AgencyId, cancellation);
        IReadOnlyList<Holding> holdings = await organisation.HoldingsOfAsync(caller.PersonId, today, cancellation);
        return new CallerToday(holdings,
        [
            PersonKey(caller.PersonId),
            .. holdings.Select(holding => PositionKey(holding.PositionId)),
            .. caller.Roles.Select(role => RoleKey(RoleNames.NameOf(role))),
        ]);
    }

    /// <summary>The caller as the engine sees them in a task.</summary>
    public static Actor ActorOf(Holding holding, TaskView view, bool administrator = false) => new(
        PersonId.Create(holding.PersonId.ToString()),
        PositionId.Create(holding.PositionId.ToString()),
        KindOf(holding.Kind),
        view.Lane is { } lane ? [lane.Id] : [],
        administrator);

    public static Guid GuidOf(string id) => Guid.Parse(id);

    /// <summary>"Plh. Sekretaris Daerah": how a name block and the record call an acting official.</summary>
    public static string TitleOf(Holding holding) => ActingPrefix(holding.Kind) is { } prefix ? $"{prefix} {holding.PositionName}" : holding.PositionName;

    public static string? ActingPrefix(HoldingKind kind) => kind switch
    {
        HoldingKind.Plt => "Plt.",
        HoldingKind.Plh => "Plh.",
        HoldingKind.Pj => "Pj.",
        _ => null,
    };

    /// <summary>A penjabat (Pj) has the full powers of the post; the SOP's <c>pengganti</c> speaks of Plt and Plh only.</summary>
    private static ActingKind KindOf(HoldingKind kind) => kind switch
    {
        HoldingKind.Plt => ActingKind.Plt,
        HoldingKind.Plh => ActingKind.Plh,
        _ => ActingKind.Definitif,
    };

    private static bool IsAdmitted(HoldingKind kind, IReadOnlyList<string> admitted) => kind switch
    {
        HoldingKind.Plt => admitted.Contains("plt", StringComparer.Ordinal),
        HoldingKind.Plh => admitted.Contains("plh", StringComparer.Ordinal),
        _ => true,
    };

    public static string PositionKey(Guid position) => $"p:{position}";

    public static string PersonKey(Guid person) => $"o:{person}";

    private static string RoleKey(string role) => $"r:{role}";
}
