namespace Tera.Sop.Definitions;

/// <summary>Reads the outcomes of a step and the effects it names.</summary>
internal static class OutcomeReader
{
    public static IReadOnlyList<Outcome> Read(SopProblems problems, SopScope step, string stepId, SopNames names)
    {
        if (step.Node("hasil") is not YamlMap { Entries.Count: > 0 and <= 20 } map)
        {
            step.Problem("hasil", "harus daftar 1 sampai 20 hasil.");
            return [];
        }

        var extra = ExtraEffects(problems, step, map, names);
        var outcomes = new List<Outcome>();
        foreach (var entry in map.Entries)
        {
            var path = $"langkah.{stepId}.hasil.{entry.Key.Value}";
            if (!SopScope.IsId(entry.Key.Value))
            {
                problems.Add(entry.Key.Place, $"{path}: nama hasil terdiri atas huruf kecil, angka dan garis bawah.");
                continue;
            }

            var own = new List<EffectCall>(extra.GetValueOrDefault(entry.Key.Value) ?? []);
            if (TargetOf(problems, entry, path, stepId, names, own) is { } target)
            {
                outcomes.Add(new Outcome(entry.Key.Value, target, own));
            }
        }

        return outcomes;
    }

    public static IReadOnlyList<EffectCall> Effects(SopProblems problems, IReadOnlyList<YamlText> words, SopNames names)
    {
        var effects = new List<EffectCall>();
        foreach (var word in words)
        {
            var text = word.Value.Trim();
            var open = text.IndexOf('(', StringComparison.Ordinal);
            var name = open < 0 ? text : text[..open];
            var argument = open < 0 ? null : text.EndsWith(')') ? text[(open + 1)..^1].Trim() : string.Empty;
            if (EffectCatalog.Find(name) is not { } known)
            {
                problems.Add(word.Place, $"Efek '{name}' tidak ada dalam katalog.");
            }
            else if (known.TakesArgument != !string.IsNullOrEmpty(argument) || argument is { Length: 0 })
            {
                problems.Add(word.Place, known.TakesArgument ? $"Efek '{name}' ditulis dengan satu keterangan dalam kurung." : $"Efek '{name}' ditulis tanpa kurung.");
            }
            else if (name is "notif.kirim" && argument is not "pemilik" && !names.HasLane(argument!))
            {
                problems.Add(word.Place, $"notif.kirim: '{argument}' bukan pelaksana dan bukan pemilik.");
            }
            else
            {
                effects.Add(new EffectCall(name, argument));
            }
        }

        return effects;
    }

    private static Dictionary<string, IReadOnlyList<EffectCall>> ExtraEffects(SopProblems problems, SopScope step, YamlMap outcomes, SopNames names)
    {
        var effects = new Dictionary<string, IReadOnlyList<EffectCall>>(StringComparer.Ordinal);
        if (step.Node("efek_bila") is not { } node)
        {
            return effects;
        }

        var known = outcomes.Entries.Select(entry => entry.Key.Value).ToArray();
        var scope = SopScope.Open(problems, node, node.Place, "efek_bila", known);
        foreach (var name in known)
        {
            effects[name] = Effects(problems, scope.TextNodes(name), names);
        }

        return effects;
    }

    private static OutcomeTarget? TargetOf(SopProblems problems, YamlEntry entry, string path, string stepId, SopNames names, List<EffectCall> effects)
    {
        switch (entry.Value)
        {
            case YamlText { Value: Outcome.Finished }:
                return new OutcomeTarget.Finish();
            case YamlText { IsNull: false } text:
                if (!names.Steps.Contains(text.Value))
                {
                    problems.Add(text.Place, $"{path}: langkah '{text.Value}' tidak ada.");
                }

                return new OutcomeTarget.Next(text.Value);
            case YamlMap map when map.Find("akhir") is not null:
                var end = SopScope.Open(problems, map, map.Place, path, "akhir", "efek");
                effects.AddRange(Effects(problems, end.TextNodes("efek"), names));
                var state = end.Text("akhir", required: true);
                if (state is null or Outcome.Finished || !SopScope.IsId(state))
                {
                    end.Problem("akhir", "harus nama keadaan akhir selain selesai.");
                }

                return new OutcomeTarget.Reject(state ?? string.Empty);
            case YamlMap map:
                var back = SopScope.Open(problems, map, map.Place, path, "kembali", "lalu");
                var targets = back.Texts("kembali");
                if (targets.Count == 0)
                {
                    back.Problem("kembali", "harus menyebut paling sedikit satu langkah.");
                }

                _ = back.Text("lalu", required: true);
                foreach (var target in targets.Where(target => !names.Steps.Contains(target) && target is not Outcome.SelfEdit && !string.Equals(target, stepId + Outcome.PreviousMemberSuffix, StringComparison.Ordinal)))
                {
                    back.Problem("kembali", $"langkah '{target}' tidak ada.");
                }

                return new OutcomeTarget.Return(targets, back.Choice("lalu", ReturnRule.Ulang, ("ulang", ReturnRule.Ulang), ("lanjut", ReturnRule.Lanjut)));
            default:
                problems.Add(entry.Value.Place, $"{path}: harus nama langkah, selesai, {{kembali: […], lalu: …}} atau {{akhir: …}}.");
                return null;
        }
    }
}
