namespace Tera.Sop.Definitions;

/// <summary>What must hold between the keys of a step so that it can run at all.</summary>
internal static class CrossCheck
{
    public static void Run(SopDefinition definition, SopProblems problems, IReadOnlyList<YamlNode> nodes)
    {
        foreach (var step in definition.Steps)
        {
            var place = nodes[step.Index].Place;
            foreach (var sentence in Performer(step).Concat(Kinds(definition, step)).Concat(Outcomes(definition, step)).Concat(Effects(step)))
            {
                problems.Add(place, $"Langkah '{step.Id}': {sentence}");
            }
        }
    }

    private static IEnumerable<string> Performer(Step step)
    {
        if (step.IsHuman && step.Lane is null && step.Chain is null)
        {
            yield return "jenis ini dikerjakan orang, jadi pelaksananya bukan sistem.";
        }

        if (step.Chain is not null && step.Kind != StepKind.Putus)
        {
            yield return "rantai hanya untuk langkah berjenis putus.";
        }

        if (step.Chain is null && (step.Suffices is not null || step.Manner != ChainManner.Berurutan))
        {
            yield return "cara dan cukup hanya untuk rantai.";
        }

        if (step.Suffices is not null && step.Manner != ChainManner.Bersama)
        {
            yield return "cukup hanya untuk rantai yang bersama.";
        }
    }

    private static IEnumerable<string> Kinds(SopDefinition definition, Step step)
    {
        if (step.Kind == StepKind.Sistem && step.Effects.Count == 0 && step.Calls is null)
        {
            yield return "langkah sistem harus punya efek atau memanggil SOP lain.";
        }

        if (step.Kind == StepKind.Sistem && step.EffectsOnOpen.Count > 0)
        {
            yield return "langkah sistem memakai efek, bukan efek_buka.";
        }

        if (step.Kind != StepKind.Sistem && step.Calls is not null)
        {
            yield return "hanya langkah sistem yang memanggil SOP lain.";
        }

        if (step.CallsUnless is not null && step.Calls is null)
        {
            yield return "panggil_kecuali tanpa panggil.";
        }

        if (step.Kind == StepKind.Tunggu && (step.Sampai is null || step.FindOutcome(Outcome.Reached) is null))
        {
            yield return "langkah tunggu menyebut sampai kapan dan punya hasil 'tiba'.";
        }

        if (step.Kind != StepKind.Tunggu && step.Sampai is not null)
        {
            yield return "sampai hanya untuk langkah tunggu.";
        }

        if (step.Kind == StepKind.Tte && definition.Graph.VersionedDocuments(step).Count == 0)
        {
            yield return "langkah tte harus menyebut naskah berversi yang ditandatangani di kelengkapan atau output.";
        }

        if ((step.Kind == StepKind.Disposisi) != (step.HandsTo is not null))
        {
            yield return "langkah disposisi, dan hanya itu, menyebut ke siapa.";
        }

        if (step.Batas is not null && (!step.IsHuman || step.Chain is not null))
        {
            yield return "batas hanya untuk langkah satu orang.";
        }

        if (step.IsHuman && (step.Batas is not null) != (step.FindOutcome(Outcome.Expired) is not null))
        {
            yield return "batas dan hasil 'kedaluwarsa' selalu bersama.";
        }

        if ((step.Kind == StepKind.Sistem) != (step.FindOutcome(Outcome.Failed) is not null))
        {
            yield return "langkah sistem, dan hanya itu, punya hasil 'gagal'.";
        }
    }

    private static IEnumerable<string> Outcomes(SopDefinition definition, Step step)
    {
        if (!step.Outcomes.Any(outcome => outcome is { IsForward: true, IsSystemOnly: false }))
        {
            yield return "tidak ada hasil yang maju.";
        }

        foreach (var back in step.Outcomes.Select(outcome => outcome.Goes).OfType<OutcomeTarget.Return>())
        {
            if (back.Targets.Contains(Outcome.SelfEdit, StringComparer.Ordinal) && (step.Kind is not (StepKind.Putus or StepKind.Tte) || definition.Graph.VersionedDocuments(step).Count != 1))
            {
                yield return "sunting_sendiri hanya untuk putus atau tte tentang tepat satu naskah berversi.";
            }

            if (back.Targets.Any(target => target.EndsWith(Outcome.PreviousMemberSuffix, StringComparison.Ordinal)) && (step.Chain is null || step.Manner != ChainManner.Berurutan))
            {
                yield return "'.sebelumnya' hanya untuk rantai yang berurutan.";
            }

            if (back.Targets.Contains(step.Id, StringComparer.Ordinal))
            {
                yield return "kembali ke diri sendiri tidak berarti apa-apa.";
            }
        }
    }

    /// <summary>The key of an effect is case, step, visit and effect: within one visit each effect happens once.</summary>
    private static IEnumerable<string> Effects(Step step)
    {
        foreach (var outcome in step.Outcomes)
        {
            var all = step.EffectsOnOpen.Concat(step.Effects).Concat(outcome.Effects).Select(effect => effect.ToString()).ToList();
            if (all.Distinct(StringComparer.Ordinal).Count() != all.Count)
            {
                yield return $"efek yang sama dua kali pada hasil '{outcome.Name}'.";
            }
        }
    }
}
