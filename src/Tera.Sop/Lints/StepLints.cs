using Tera.Sop.Definitions;

namespace Tera.Sop.Lints;

/// <summary>Lints about single steps.</summary>
internal static class StepLints
{
    public static IEnumerable<SopFinding> DecisionWithoutNo(SopDefinition definition) =>
        from step in definition.Steps
        where step.Kind is StepKind.Putus && !step.Outcomes.Any(outcome => !outcome.IsApproving && !outcome.IsSystemOnly)
        select step.About("putus-tanpa-tidak", SopSeverity.Error, "putusan ini tidak punya 'tidak'.");

    public static IEnumerable<SopFinding> FormWithBranches(SopDefinition definition) =>
        from step in definition.Steps
        where step.Kind == StepKind.Isi && step.Outcomes.Count(outcome => !outcome.IsSystemOnly) > 1
        select step.About("isi-bercabang", SopSeverity.Warning, "langkah isi punya lebih dari satu hasil; putusan sebaiknya langkah sendiri.");

    public static IEnumerable<SopFinding> LaneNotSkippable(SopDefinition definition) =>
        from step in definition.Steps
        where step.Lane is not null && definition.FindLane(step.Lane)!.Kosong == EmptyLanePolicy.Lewati && step.IsHuman
            && (step.Kind is not (StepKind.Putus or StepKind.Disposisi) || step.Outcomes.Count(outcome => outcome.IsApproving) != 1)
        select step.About("lewati-tidak-mungkin", SopSeverity.Error, $"pelaksana '{step.Lane}' boleh dilewati, tetapi langkah ini tidak: bukan putusan dengan satu jalan maju.");

    public static IEnumerable<SopFinding> SecretNotMarked(SopDefinition definition) =>
        from step in definition.Steps
        where step.Kind == StepKind.Isi && !step.Rahasia && step.Effects.Any(effect => effect.Name is "kunci.buat" or "kunci.buktikan")
        select step.About("rahasia-tidak-ditandai", SopSeverity.Error, "di sini passphrase diketik; tandai rahasia: true.");

    public static IEnumerable<SopFinding> Times(SopDefinition definition)
    {
        foreach (var step in definition.Steps.Where(step => step.Waktu is null && step.Kind != StepKind.Tunggu))
        {
            yield return step.About("waktu-kosong", SopSeverity.Note, "mutu baku waktu tidak disebut; hanya lamanya yang ditunjukkan.");
        }

        var declared = definition.Steps.Where(step => step.Waktu is not null).Select(step => step.Waktu!.Value).ToList();
        if (declared.Count >= 5 && declared.Distinct().Count() == 1)
        {
            yield return new SopFinding("waktu-sama", SopSeverity.Note, null, definition.First.Line, $"Semua {declared.Count} waktu sama ({declared[0].TotalMinutes:0} menit): diukur, atau disalin?");
        }
    }
}

/// <summary>Lints about the parts around the steps.</summary>
internal static class FormLints
{
    public static IEnumerable<SopFinding> Unused(SopDefinition definition)
    {
        foreach (var lane in definition.Lanes)
        {
            if (!definition.Steps.Any(step => step.Lane == lane.Id || step.HandsTo == lane.Id) && !definition.Chains.Any(chain => chain.Bawaan.Contains(lane.Id, StringComparer.Ordinal)))
            {
                yield return new SopFinding("lajur-tak-dipakai", SopSeverity.Warning, null, 1, $"Pelaksana '{lane.Id}' tidak mengerjakan langkah mana pun.");
            }
        }

        foreach (var chain in definition.Chains.Where(chain => !definition.Steps.Any(step => step.Chain == chain.Name)))
        {
            yield return new SopFinding("rantai-tak-dipakai", SopSeverity.Warning, null, 1, $"Rantai '{chain.Name}' tidak dipakai.");
        }

        foreach (var document in definition.Documents.Where(document => !definition.Steps.Any(step => step.Kelengkapan.Any(need => need.Name == document.Name) || step.Output.Any(output => output.Document == document.Name))))
        {
            yield return new SopFinding("berkas-tak-dipakai", SopSeverity.Note, null, 1, $"Berkas '{document.Name}' tidak disebut langkah mana pun.");
        }
    }

    public static IEnumerable<SopFinding> Biometrics(SopDefinition definition) =>
        from document in definition.Documents
        where document.Jenis == "biometrik" && (document.HapusSetelah is null || !document.Pribadi)
        select new SopFinding("biometrik-tanpa-hapus", SopSeverity.Error, null, 1, $"Berkas '{document.Name}' memuat biometrik: tandai pribadi: true dan sebut hapus_setelah.");

    public static IEnumerable<SopFinding> Identity(SopDefinition definition)
    {
        var identity = definition.Identity;
        var absent = new List<string>();
        foreach (var (name, present) in new[] { ("nomor", identity.Nomor is not null), ("tanggal efektif", identity.Efektif is not null), ("disahkan", identity.Disahkan is not null), ("dasar hukum", identity.DasarHukum.Count > 0) })
        {
            if (!present)
            {
                absent.Add(name);
            }
        }

        return absent.Count == 0 ? [] : [new SopFinding("identitas-kurang", SopSeverity.Note, null, 1, $"Identitas belum memuat: {string.Join(", ", absent)}.")];
    }
}
