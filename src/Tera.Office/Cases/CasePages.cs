using System.Globalization;
using Tera.Office.Organisation;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;
using Outcome = Tera.Sop.Definitions.Outcome;

namespace Tera.Office.Cases;

/// <summary>Words and shapes of a case's page; pure.</summary>
internal static class CasePages
{
    public static string KindOf(Step step) => step.Kind.ToString().ToLowerInvariant();

    public static string NameOf(ActedBy? by, IReadOnlyList<CaseActorRow> actors) => FindActor(by, actors)?.Name ?? "Sistem";

    /// <summary><c>alamat_ip</c> as a label.</summary>
    public static string LabelOf(string name)
    {
        string words = name.Replace('_', ' ');
        return words.Length == 0 ? words : char.ToUpper(words[0], CultureInfo.InvariantCulture) + words[1..];
    }

    public static string LaneNameOf(TaskView view, IReadOnlyList<Holding> holders) =>
        view.Lane?.Nama ?? (holders is [var first, ..] ? first.PositionName : view.Step.IsHuman ? "" : "Sistem");

    public static bool NeedsPassphrase(SopDefinition definition, Step step) =>
        step.Rahasia
        || step.Kind == StepKind.Tte
        || (definition.Paraf == ParafMode.Pades && step.Effects.Concat(step.Outcomes.SelectMany(outcome => outcome.Effects)).Any(effect => effect.Name == "ttd.paraf"));

    public static IReadOnlyList<OutcomeChoice> Outcomes(SopDefinition definition, TaskView view) =>
        view.Outcomes.Select(outcome => new OutcomeChoice(
            outcome.Name, outcome.NeedsReason,
            outcome.Targets.Select(target => new ReturnTarget(target, TargetLabel(definition, target), outcome.Rule == ReturnRule.Ulang)).ToList())).ToList();

    /// <summary>What is not there yet, without what this very step brings: its own forms and their fields.</summary>
    public static IReadOnlyList<string> MissingOf(SopDefinition definition, TaskView view)
    {
        HashSet<string> brought = CaseForms.AskedIn(definition, view.Step).Select(berkas => berkas.Name).ToHashSet(StringComparer.Ordinal);
        return [.. view.Missing.Where(need => !brought.Contains(need.Name)).Select(need => need.ToString()), .. view.MissingApprovals.Select(step => $"persetujuan:{step}")];
    }

    public static IReadOnlyList<StepRecord> History(SopDefinition definition, Case state, IReadOnlyList<CaseActorRow> actors) =>
        state.History.Where(row => row.How != HistoryKind.Withdrawn).Select(row =>
        {
            Step step = definition.Step(row.Step);
            string? hash = state.Approvals.FindLast(approval => approval.Step == row.Step && approval.Member == row.Member && approval.At == row.DoneAt)?.Hash.Value;
            return new StepRecord(
                row.Step, step.Nomor, step.Uraian, NameOf(row.By, actors), FindActor(row.By, actors)?.PositionName ?? "",
                row.How == HistoryKind.Skipped ? "dilewati" : row.Outcome, row.Reason, hash, row.OpenedAt, row.DoneAt, row.Visit);
        }).ToList();

    public static IReadOnlyList<StepRow> Steps(SopDefinition definition, Case state) =>
        definition.Steps.Select(step => new StepRow(
            step.Id, step.Nomor, step.Uraian,
            step.Lane is { } lane ? definition.FindLane(lane)?.Nama ?? lane : step.Chain is null ? "Sistem" : "Verifikator",
            StateOf(state, step), step.Waktu is { } time ? TimeText(time) : null)).ToList();

    private static string StateOf(Case state, Step step) =>
        state.Open.Exists(task => task.Step == step.Id) ? "aktif"
        : state.Record(step.Id) is not { LastOutcome: not null } record ? "belum"
        : record.Skipped ? "dilewati"
        : "selesai";

    private static string TargetLabel(SopDefinition definition, string target)
    {
        if (target == Outcome.SelfEdit)
        {
            return "Sunting sendiri";
        }

        if (target.EndsWith(Outcome.PreviousMemberSuffix, StringComparison.Ordinal))
        {
            return "Pemeriksa sebelumnya";
        }

        Step step = definition.Step(target);
        return step.Lane is { } lane && definition.FindLane(lane) is { } named ? $"{named.Nama}: {step.Uraian}" : step.Uraian;
    }

    private static string TimeText(TimeSpan time) =>
        time < TimeSpan.FromHours(1) ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} menit")
        : time < TimeSpan.FromDays(1) ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} jam")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.#} hari");

    private static CaseActorRow? FindActor(ActedBy? by, IReadOnlyList<CaseActorRow> actors) => by is null
        ? null
        : actors.FirstOrDefault(actor => actor.PersonId == CaseCast.GuidOf(by.Person.Value) && actor.PositionId == CaseCast.GuidOf(by.Position.Value))
            ?? actors.FirstOrDefault(actor => actor.PersonId == CaseCast.GuidOf(by.Person.Value));
}
