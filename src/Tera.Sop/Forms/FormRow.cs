using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Sop.Forms;

/// <summary>How the form is drawn.</summary>
public sealed record FormOptions
{
    /// <summary>Shows the implied steps too: the print "as executed".</summary>
    public bool ShowImplied { get; init; }

    /// <summary>A running case to draw on the form, or null for the plain form.</summary>
    public Case? Case { get; init; }

    /// <summary>How a person is named; null leaves names out.</summary>
    public Func<PersonId, string>? NameOf { get; init; }

    /// <summary>Steps that are overdue.</summary>
    public IReadOnlySet<string> Overdue { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The zone of the agency, hours ahead of UTC.</summary>
    public int HoursAheadOfUtc { get; init; } = 7;
}

internal enum RowState
{
    Plain,
    Done,
    Active,
    Overdue,
    Skipped,
}

/// <summary>A row of the table: a step, or one member of a chain.</summary>
internal sealed record FormRow(Step Step, int? Member, string Nomor, string Column, string Kelengkapan, string Waktu, string Output, string Keterangan, RowState State, int Returns)
{
    public const string SystemColumn = "sistem";

    public static IReadOnlyList<FormRow> Of(SopDefinition definition, FormOptions options)
    {
        var rows = new List<FormRow>();
        foreach (var step in definition.Steps.Where(step => options.ShowImplied || !step.Tersirat))
        {
            if (step.Chain is null)
            {
                rows.Add(Make(definition, options, step, null, step.Nomor, step.Lane ?? SystemColumn));
                continue;
            }

            var lanes = options.Case?.Run(step.Id)?.Members.Select(member => member.Lane ?? SystemColumn).ToList() ?? [.. definition.FindChain(step.Chain)!.Bawaan];
            var numbers = step.Nomor.Split('-');
            var from = numbers.Length == 2 && int.TryParse(numbers[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var first) ? first : (int?)null;
            for (var member = 0; member < lanes.Count; member++)
            {
                var nomor = from is { } start ? Texts.Of(start + member) : $"{step.Nomor}.{Texts.Of(member + 1)}";
                rows.Add(Make(definition, options, step, member, nomor, lanes[member]));
            }
        }

        return rows;
    }

    /// <summary>The step an arrow ends at when implied steps are hidden; null for the end.</summary>
    public static Step? Visible(SopDefinition definition, FormOptions options, OutcomeTarget goes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (goes is OutcomeTarget.Next next && seen.Add(next.Step))
        {
            var step = definition.Step(next.Step);
            if (options.ShowImplied || !step.Tersirat)
            {
                return step;
            }

            goes = step.Outcomes.First(outcome => outcome is { IsForward: true, IsSystemOnly: false }).Goes;
        }

        return null;
    }

    private static FormRow Make(SopDefinition definition, FormOptions options, Step step, int? member, string nomor, string column) => new(
        step, member, nomor, column,
        string.Join(", ", step.Kelengkapan.Select(need => need.Kind == RequirementKind.DocumentState ? $"{Words(need.Name)} ({Words(need.State!)})" : Words(need.Name))),
        step.Waktu is { } waktu ? $"{Texts.Of((int)Math.Round(waktu.TotalMinutes))} menit" : "-",
        string.Join(", ", step.Output.Select(output => output.State is null ? Words(output.Document) : $"{Words(output.Document)} ({Words(output.State)})")),
        string.Join("\n", new[] { Remarks(definition, options, step), ActedOn(options, step, member) }.Where(text => text.Length > 0)),
        StateOf(options, step, member),
        options.Case?.History.Count(row => row.How == HistoryKind.Returned && row.Step == step.Id && row.Member == member) ?? 0);

    private static string Remarks(SopDefinition definition, FormOptions options, Step step)
    {
        var remarks = new List<string>();
        var following = definition.Steps.FirstOrDefault(other => other.Index > step.Index && (options.ShowImplied || !other.Tersirat));
        foreach (var outcome in step.Outcomes.Where(outcome => !outcome.IsSystemOnly || outcome.Name == Outcome.Expired))
        {
            var remark = outcome.Goes switch
            {
                OutcomeTarget.Return back => $"{Words(outcome.Name)}: kembali ke {string.Join(" / ", back.Targets.Select(target => TargetName(definition, target)))}",
                OutcomeTarget.Reject reject => $"{Words(outcome.Name)}: berakhir ({Words(reject.End)})",
                OutcomeTarget.Next when Visible(definition, options, outcome.Goes) is { } target && target.Id != following?.Id => $"{Words(outcome.Name)}: ke {target.Nomor}",
                _ => null,
            };
            if (remark is not null)
            {
                remarks.Add(remark);
            }
        }

        return string.Join("; ", remarks);
    }

    private static string TargetName(SopDefinition definition, string target) =>
        definition.FindStep(target) is { } step ? step.Nomor : target == Outcome.SelfEdit ? "sunting sendiri" : "sebelumnya";

    private static RowState StateOf(FormOptions options, Step step, int? member)
    {
        if (options.Case is not { } current)
        {
            return RowState.Plain;
        }

        if (current.Task(step.Id, member) is not null)
        {
            return options.Overdue.Contains(step.Id) ? RowState.Overdue : RowState.Active;
        }

        if (member is { } number)
        {
            return current.Run(step.Id)?.Status[number] switch
            {
                MemberStatus.Done => RowState.Done,
                MemberStatus.Skipped => RowState.Skipped,
                _ => RowState.Plain,
            };
        }

        return current.Record(step.Id) is not { LastOutcome: not null } record ? RowState.Plain : record.Skipped ? RowState.Skipped : RowState.Done;
    }

    /// <summary>Who did it, as what, when and how long it took; of an open task since when it waits.</summary>
    private static string ActedOn(FormOptions options, Step step, int? member)
    {
        if (options.Case?.Task(step.Id, member) is { } task)
        {
            return $"terbuka sejak {Local(options, task.Since)}";
        }

        if (options.Case?.History.FindLast(row => row.Step == step.Id && row.Member == member && row.How is HistoryKind.Done or HistoryKind.Ended or HistoryKind.Skipped) is not { } last)
        {
            return string.Empty;
        }

        if (last.How == HistoryKind.Skipped)
        {
            return $"dilewati {Local(options, last.DoneAt)}";
        }

        var acting = last.By is null or { Kind: ActingKind.Definitif } ? string.Empty : $"{last.By.Kind}. ";
        var name = last.By is { } by && options.NameOf is { } nameOf ? $"{nameOf(by.Person)}, " : string.Empty;
        return $"{acting}{name}{Local(options, last.DoneAt)}, {Texts.Of((int)Math.Round((last.DoneAt - last.OpenedAt).TotalMinutes))} menit";
    }

    private static string Local(FormOptions options, DateTimeOffset at) =>
        at.ToOffset(TimeSpan.FromHours(options.HoursAheadOfUtc)).ToString("dd-MM-yyyy HH.mm", System.Globalization.CultureInfo.InvariantCulture);

    private static string Words(string name) => name.Replace('_', ' ').Replace('-', ' ');
}
