using Tera.Sop.Definitions;

namespace Tera.Sop.Lints;

/// <summary>Lints about signatures and paraf.</summary>
internal static class SignatureLints
{
    public static IEnumerable<SopFinding> NotApproved(SopDefinition definition) =>
        from step in definition.Steps
        where step.Kind == StepKind.Tte && !definition.Steps.Any(gate => gate.Kind == StepKind.Putus && gate.Id != step.Id && SopGraph.IsUnavoidable(definition, gate, step))
            && !definition.Graph.Approvers(step).Any(approver => approver.OnEveryPath)
        select step.About("tte-tanpa-persetujuan", SopSeverity.Error, "ada jalan ke TTE yang tidak melewati satu putusan pun.");

    public static IEnumerable<SopFinding> NoWayBack(SopDefinition definition) =>
        from step in definition.Steps
        where step.Kind == StepKind.Tte && !step.Outcomes.Any(outcome => outcome.Goes is OutcomeTarget.Return)
        select step.About("tte-tanpa-kembali", SopSeverity.Error, "penanda tangan tidak dapat mengembalikan; bila persetujuan gugur kasus akan macet di sini.");

    /// <summary>An invisible signature seals the bytes: number, date, QR box and fields must be there before the first one.</summary>
    public static IEnumerable<SopFinding> NotPreparedForParaf(SopDefinition definition)
    {
        if (definition.Paraf != ParafMode.Pades)
        {
            return [];
        }

        return from step in definition.Steps
            where Calls(step, "ttd.paraf")
            from effect in new[] { "nomor.pesan", "dok.siapkan_bidang_ttd" }
            where !definition.Steps.Any(gate => Calls(gate, effect) && gate.Index < step.Index && SopGraph.IsUnavoidable(definition, gate, step))
            select step.About("pades-sebelum-siap", SopSeverity.Error, $"paraf: pades membutuhkan '{effect}' pada langkah sebelumnya, karena sesudah paraf byte tidak boleh berubah.");
    }

    public static IEnumerable<SopFinding> NotValidated(SopDefinition definition) =>
        from step in definition.Steps
        where Calls(step, "ttd.pades") && !Calls(step, "dok.validasi")
        select step.About("tanpa-validasi", SopSeverity.Warning, "hasil TTE keluar tanpa dok.validasi.");

    private static bool Calls(Step step, string effect) => step.Effects.Concat(step.Outcomes.SelectMany(outcome => outcome.Effects)).Any(call => call.Name == effect);
}
