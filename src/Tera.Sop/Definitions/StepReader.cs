namespace Tera.Sop.Definitions;

/// <summary>Reads one step.</summary>
internal static class StepReader
{
    private static readonly string[] Keys =
    [
        "id", "nomor", "uraian", "tersirat", "pelaksana", "jenis", "kelengkapan", "waktu", "tenggat", "jam", "batas", "output", "hasil", "efek", "efek_buka",
        "efek_bila", "ke", "daftar_periksa", "pemisahan", "rahasia", "saluran", "hadir", "sampai", "untuk_setiap", "cara", "cukup", "panggil", "panggil_kecuali", "diminta_oleh",
    ];

    public static Step? Read(SopProblems problems, YamlNode node, int index, SopNames names, IReadOnlyList<Chain> chains)
    {
        var id = (node as YamlMap)?.Find("id") is YamlText text ? text.Value : $"#{index + 1}";
        var scope = SopScope.Open(problems, node, node.Place, $"langkah.{id}", Keys);
        if (scope.Id("id") is not { } stepId)
        {
            return null;
        }

        if (stepId is Outcome.Finished or Outcome.SelfEdit)
        {
            scope.Problem("id", $"'{stepId}' sudah berarti lain.");
        }

        var kind = scope.Choice("jenis", StepKind.Isi, ("isi", StepKind.Isi), ("putus", StepKind.Putus), ("sistem", StepKind.Sistem), ("disposisi", StepKind.Disposisi), ("tte", StepKind.Tte), ("tunggu", StepKind.Tunggu));
        _ = scope.Text("jenis", required: true);
        var (lane, chain) = PerformerOf(scope, names, chains);
        return new Step
        {
            Id = stepId,
            Index = index,
            Nomor = scope.Text("nomor", required: true) ?? string.Empty,
            Uraian = scope.Text("uraian", required: true) ?? string.Empty,
            Tersirat = scope.Flag("tersirat"),
            Kind = kind,
            Lane = lane,
            Chain = chain,
            Manner = scope.Choice("cara", ChainManner.Berurutan, ("berurutan", ChainManner.Berurutan), ("bersama", ChainManner.Bersama)),
            Suffices = scope.Number("cukup", 1, 20),
            Kelengkapan = [.. scope.TextNodes("kelengkapan").Select(word => RequirementOf(problems, word, names)).OfType<Requirement>()],
            Waktu = scope.Span("waktu"),
            Tenggat = scope.Duration("tenggat"),
            ClockRuns = scope.Choice("jam", true, ("dihitung", true), ("tidak_dihitung", false)),
            Batas = scope.Span("batas"),
            Output = [.. scope.TextNodes("output").Select(word => OutputOf(problems, word, names)).OfType<DocumentOutput>()],
            Outcomes = OutcomeReader.Read(problems, scope, stepId, names),
            EffectsOnOpen = OutcomeReader.Effects(problems, scope.TextNodes("efek_buka"), names),
            Effects = OutcomeReader.Effects(problems, scope.TextNodes("efek"), names),
            HandsTo = LaneRef(scope, "ke", names),
            DaftarPeriksa = scope.Texts("daftar_periksa"),
            Pemisahan = StepRefs(scope, "pemisahan", names),
            Rahasia = scope.Flag("rahasia"),
            Saluran = WordsOf(scope, "saluran", Vocabulary.Saluran),
            Hadir = WordsOf(scope, "hadir", names.Lanes.Select(known => known.Id).ToHashSet(StringComparer.Ordinal)),
            Sampai = scope.Text("sampai"),
            Calls = CallOf(scope),
            CallsUnless = UnlessOf(scope),
            DimintaOleh = LaneRef(scope, "diminta_oleh", names),
            Line = node.Place.Line,
        };
    }

    private static (string? Lane, string? Chain) PerformerOf(SopScope scope, SopNames names, IReadOnlyList<Chain> chains)
    {
        var performer = scope.Text("pelaksana", required: true);
        var each = scope.Text("untuk_setiap");
        if (performer is null or "sistem")
        {
            return (null, null);
        }

        if (!performer.StartsWith("rantai.", StringComparison.Ordinal))
        {
            if (!names.HasLane(performer))
            {
                scope.Problem("pelaksana", $"pelaksana '{performer}' tidak ada.");
            }

            if (each is not null)
            {
                scope.Problem("untuk_setiap", "hanya untuk langkah yang pelaksananya rantai itu sendiri.");
            }

            return (performer, null);
        }

        var chain = performer["rantai.".Length..];
        if (!chains.Any(known => string.Equals(known.Name, chain, StringComparison.Ordinal)))
        {
            scope.Problem("pelaksana", $"rantai '{chain}' tidak ada.");
        }

        if (each is not null && !string.Equals(each, performer, StringComparison.Ordinal))
        {
            scope.Problem("untuk_setiap", $"harus sama dengan pelaksana ('{performer}').");
        }

        return (null, chain);
    }

    private static Requirement? RequirementOf(SopProblems problems, YamlText word, SopNames names)
    {
        var (head, tail) = Split(word.Value);
        if (head is "alat" && tail is not null)
        {
            return new Requirement(RequirementKind.Tool, tail, null);
        }

        if (head is "keadaan" && tail is not null)
        {
            if (!Vocabulary.Keadaan.Contains(tail))
            {
                problems.Add(word.Place, $"Keadaan '{tail}' tidak dikenal; yang dikenal: {string.Join(", ", Vocabulary.Keadaan)}.");
            }

            return new Requirement(RequirementKind.Fact, tail, null);
        }

        return CheckDocument(problems, word, names, head, tail) ? new Requirement(tail is null ? RequirementKind.Document : RequirementKind.DocumentState, head, tail) : null;
    }

    private static DocumentOutput? OutputOf(SopProblems problems, YamlText word, SopNames names)
    {
        var (head, tail) = Split(word.Value);
        return CheckDocument(problems, word, names, head, tail) ? new DocumentOutput(head, tail) : null;
    }

    private static bool CheckDocument(SopProblems problems, YamlText word, SopNames names, string head, string? tail)
    {
        if (names.HasDocument(head) && (tail is null || SopScope.IsState(tail)))
        {
            return true;
        }

        problems.Add(word.Place, $"'{word.Value}': berkas '{head}' tidak ada di 'berkas', atau keadaannya bukan kata huruf kecil.");
        return false;
    }

    private static (string Head, string? Tail) Split(string word)
    {
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (word.Trim(), null) : (word[..colon].Trim(), word[(colon + 1)..].Trim());
    }

    private static string? LaneRef(SopScope scope, string key, SopNames names)
    {
        var lane = scope.Text(key);
        if (lane is not null && !names.HasLane(lane))
        {
            scope.Problem(key, $"pelaksana '{lane}' tidak ada.");
        }

        return lane;
    }

    private static IReadOnlyList<string> StepRefs(SopScope scope, string key, SopNames names)
    {
        var steps = scope.Texts(key);
        if (steps.FirstOrDefault(step => !names.Steps.Contains(step)) is { } unknown)
        {
            scope.Problem(key, $"langkah '{unknown}' tidak ada.");
        }

        return steps;
    }

    private static IReadOnlyList<string> WordsOf(SopScope scope, string key, IReadOnlySet<string> known)
    {
        var words = scope.Texts(key);
        if (words.FirstOrDefault(word => !known.Contains(word)) is { } unknown)
        {
            scope.Problem(key, $"'{unknown}' tidak dikenal; yang dikenal: {string.Join(", ", known)}.");
        }

        return words;
    }

    private static string? CallOf(SopScope scope)
    {
        var called = scope.Text("panggil");
        if (called is not null && !SopReader.IsName(called))
        {
            scope.Problem("panggil", $"'{called}' bukan nama SOP.");
        }

        return called;
    }

    private static string? UnlessOf(SopScope scope)
    {
        var text = scope.Text("panggil_kecuali");
        if (text is null)
        {
            return null;
        }

        var (head, tail) = Split(text);
        if (head is "keadaan" && tail is not null && Vocabulary.Keadaan.Contains(tail))
        {
            return tail;
        }

        scope.Problem("panggil_kecuali", $"harus 'keadaan:…', yang dikenal: {string.Join(", ", Vocabulary.Keadaan)}.");
        return null;
    }
}
