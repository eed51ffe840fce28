using Tera.Sop.Definitions;

namespace Tera.Sop.Lints;

/// <summary>Lints about the arrows.</summary>
internal static class FlowLints
{
    public static IEnumerable<SopFinding> Unreachable(SopDefinition definition)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { definition.First.Id };
        var open = new Stack<Step>([definition.First]);
        while (open.TryPop(out var step))
        {
            foreach (var target in step.Outcomes.SelectMany(outcome => TargetsOf(outcome.Goes)))
            {
                if (definition.FindStep(target) is { } next && seen.Add(target))
                {
                    open.Push(next);
                }
            }
        }

        return definition.Steps.Where(step => !seen.Contains(step.Id)).Select(step => step.About("tak-terjangkau", SopSeverity.Error, "tidak ada jalan dari awal ke langkah ini."));
    }

    public static IEnumerable<SopFinding> Endless(SopDefinition definition)
    {
        var endings = definition.Steps.Where(step => step.Outcomes.Any(outcome => outcome.Goes is OutcomeTarget.Finish)).ToList();
        return definition.Steps
            .Where(step => !endings.Exists(ending => ending.Id == step.Id || definition.Graph.Reaches(step, ending)))
            .Select(step => step.About("tanpa-akhir", SopSeverity.Error, "dari langkah ini kasus tidak dapat selesai."));
    }

    public static IEnumerable<SopFinding> ReturnsForward(SopDefinition definition) =>
        from step in definition.Steps
        from back in step.Outcomes.Select(outcome => outcome.Goes).OfType<OutcomeTarget.Return>()
        from name in back.Targets
        let target = definition.FindStep(name)
        where target is not null && !definition.Graph.Reaches(target, step)
        select step.About("kembali-ke-depan", SopSeverity.Error, $"kembali ke '{name}', padahal langkah itu tidak mendahuluinya.");

    /// <summary>Straight back to the refuser means past every decision in between: what they checked may have changed.</summary>
    public static IEnumerable<SopFinding> ContinuesPastDecision(SopDefinition definition) =>
        from step in definition.Steps
        from back in step.Outcomes.Select(outcome => outcome.Goes).OfType<OutcomeTarget.Return>()
        where back.Rule == ReturnRule.Lanjut
        from name in back.Targets
        let target = definition.FindStep(name)
        where target is not null
        from passed in definition.Steps
        where passed.Kind == StepKind.Putus && passed.Index > target.Index && passed.Index < step.Index
            && definition.Graph.Reaches(target, passed) && definition.Graph.Reaches(passed, step)
        select step.About("lanjut-melewati-putusan", SopSeverity.Warning, $"kembali ke '{name}' dengan 'lanjut' melewati putusan '{passed.Id}': yang sudah diperiksa di sana bisa berubah. Pakai 'ulang', atau kembali ke '{passed.Id}'.");

    public static IEnumerable<SopFinding> WrongNextHolder(SopDefinition definition) =>
        from step in definition.Steps
        where step.HandsTo is not null
        from next in step.Outcomes.Select(outcome => outcome.Goes).OfType<OutcomeTarget.Next>()
        let target = definition.Step(next.Step)
        where target.Lane is not null && target.Lane != step.HandsTo
        select step.About("ke-bukan-penerus", SopSeverity.Error, $"disposisi ke '{step.HandsTo}', tetapi langkah berikutnya '{target.Id}' milik '{target.Lane}'.");

    private static IEnumerable<string> TargetsOf(OutcomeTarget goes) => goes switch
    {
        OutcomeTarget.Next next => [next.Step],
        OutcomeTarget.Return back => back.Targets,
        _ => [],
    };
}
