namespace Tera.Sop.Definitions;

/// <summary>Reads lanes, documents and chains.</summary>
internal static class PartsReader
{
    public static IReadOnlyList<Lane> Lanes(SopProblems problems, SopScope top)
    {
        var lanes = new List<Lane>();
        foreach (var (id, node, path) in Entries(problems, top, "pelaksana", required: true, most: 20))
        {
            var scope = SopScope.Open(problems, node, node.Place, path, "nama", "calon", "setara", "kosong", "kualifikasi", "pengganti", "luar");
            IReadOnlyList<string>? substitutes = scope.Node("pengganti") is null ? null : scope.Texts("pengganti");
            if (substitutes is not null && substitutes.Any(word => word is not ("plt" or "plh")))
            {
                scope.Problem("pengganti", "hanya mengenal plt dan plh.");
            }

            if (id is "sistem" or "rantai")
            {
                problems.Add(node.Place, $"{path}: nama '{id}' sudah berarti lain.");
            }

            lanes.Add(new Lane
            {
                Id = id,
                Nama = scope.Text("nama", required: true) ?? id,
                Calon = CalonOf(scope, "calon", Vocabulary.Calon) ?? new Calon("jabatan", [id]),
                Setara = scope.Flag("setara"),
                Kosong = scope.Choice("kosong", EmptyLanePolicy.Tunggu, ("tunggu", EmptyLanePolicy.Tunggu), ("lewati", EmptyLanePolicy.Lewati), ("tolak", EmptyLanePolicy.Tolak)),
                Kualifikasi = scope.Texts("kualifikasi"),
                Pengganti = substitutes,
                Luar = scope.Flag("luar"),
            });
        }

        foreach (var lane in lanes.Where(lane => lane.Calon.Name is "atasan" && lanes.TrueForAll(other => !string.Equals(other.Id, lane.Calon.Arguments[0], StringComparison.Ordinal))))
        {
            top.Problem("pelaksana", $"{lane.Id}: atasan siapa? Pelaksana '{lane.Calon.Arguments[0]}' tidak ada.");
        }

        return lanes;
    }

    public static IReadOnlyList<Berkas> Documents(SopProblems problems, SopScope top)
    {
        var documents = new List<Berkas>();
        foreach (var (id, node, path) in Entries(problems, top, "berkas", required: false, most: 50))
        {
            var scope = SopScope.Open(problems, node, node.Place, path,
                "jenis", "berversi", "format", "isian", "isi", "macam", "boleh", "kop", "pribadi", "hapus_setelah", "berlaku");
            var jenis = scope.Text("jenis", required: true) ?? string.Empty;
            if (jenis.Length > 0 && !Vocabulary.Jenis.Contains(jenis))
            {
                scope.Problem("jenis", $"'{jenis}' tidak dikenal; yang dikenal: {string.Join(", ", Vocabulary.Jenis)}.");
            }

            if (Vocabulary.BuiltInDocuments.Contains(id))
            {
                problems.Add(node.Place, $"{path}: '{id}' sudah ada dengan sendirinya.");
            }

            documents.Add(new Berkas
            {
                Name = id,
                Jenis = jenis,
                Berversi = scope.Flag("berversi"),
                Format = scope.Texts("format"),
                Isian = scope.Texts("isian"),
                Isi = scope.Texts("isi"),
                Macam = scope.Texts("macam"),
                Boleh = scope.Text("boleh"),
                Kop = KopOf(problems, scope),
                Pribadi = scope.Flag("pribadi"),
                HapusSetelah = scope.Duration("hapus_setelah"),
                Berlaku = scope.Duration("berlaku"),
            });
        }

        return documents;
    }

    public static IReadOnlyList<Chain> Chains(SopProblems problems, SopScope top, SopNames names)
    {
        var chains = new List<Chain>();
        foreach (var (id, node, path) in Entries(problems, top, "rantai", required: false, most: 20))
        {
            var scope = SopScope.Open(problems, node, node.Place, path, "bawaan", "batas", "min", "maks", "ubah");
            var lanes = scope.Texts("bawaan", most: 20);
            var unknown = lanes.FirstOrDefault(lane => !names.HasLane(lane));
            if (unknown is not null)
            {
                scope.Problem("bawaan", $"pelaksana '{unknown}' tidak ada.");
            }

            var least = scope.Number("min", 1, 20) ?? 1;
            var most = scope.Number("maks", 1, 20) ?? 20;
            if (lanes.Count < least || lanes.Count > most || lanes.Distinct(StringComparer.Ordinal).Count() != lanes.Count)
            {
                scope.Problem("bawaan", $"harus {least} sampai {most} pelaksana yang berbeda.");
            }

            var change = scope.Text("ubah");
            if (change is not null && !names.Steps.Contains(change))
            {
                scope.Problem("ubah", $"langkah '{change}' tidak ada.");
            }

            var limit = scope.Node("batas") is null ? null : CalonOf(scope, "batas", ChainLimits);
            if (limit is not null && !names.HasLane(limit.Arguments[0]))
            {
                scope.Problem("batas", $"pelaksana '{limit.Arguments[0]}' tidak ada.");
            }

            chains.Add(new Chain { Name = id, Bawaan = lanes, Batas = limit, Min = least, Maks = most, Ubah = change });
        }

        return chains;
    }

    private static Dictionary<string, int> ChainLimits { get; } = new(StringComparer.Ordinal) { ["bawah"] = 1 };

    private static IEnumerable<(string Id, YamlNode Node, string Path)> Entries(SopProblems problems, SopScope top, string key, bool required, int most)
    {
        var node = top.Node(key);
        if (node is null && !required)
        {
            yield break;
        }

        if (node is not YamlMap map || map.Entries.Count > most || (required && map.Entries.Count == 0))
        {
            top.Problem(key, $"harus daftar nama dan isinya, paling banyak {most}.");
            yield break;
        }

        foreach (var entry in map.Entries)
        {
            if (!SopScope.IsId(entry.Key.Value))
            {
                problems.Add(entry.Key.Place, $"{key}: '{entry.Key.Value}' bukan pengenal: huruf kecil, angka dan garis bawah, diawali huruf.");
            }
            else
            {
                yield return (entry.Key.Value, entry.Value, $"{key}.{entry.Key.Value}");
            }
        }
    }

    private static Calon? CalonOf(SopScope scope, string key, IReadOnlyDictionary<string, int> known)
    {
        var text = scope.Text(key, required: true);
        if (text is null)
        {
            return null;
        }

        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? text : text[..open];
        var arguments = open < 0 ? [] : text.EndsWith(')') ? text[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries) : null;
        if (arguments is not null && known.TryGetValue(name, out var count) && arguments.Length == count && arguments.All(argument => argument.Length > 0))
        {
            return new Calon(name, arguments);
        }

        scope.Problem(key, $"'{text}' tidak dikenal; yang dikenal: {string.Join(", ", known.Select(one => one.Value == 0 ? one.Key : $"{one.Key}({string.Join(", ", Enumerable.Repeat("…", one.Value))})"))}. Nilai yang memuat koma ditulis dalam tanda kutip.");
        return null;
    }

    private static Dictionary<string, string> KopOf(SopProblems problems, SopScope scope)
    {
        var kop = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (scope.Node("kop"))
        {
            case null:
                break;
            case YamlMap map when map.Entries.All(entry => entry.Value is YamlText { IsNull: false }):
                foreach (var entry in map.Entries)
                {
                    kop[entry.Key.Value] = ((YamlText)entry.Value).Value;
                }

                break;
            case var other:
                problems.Add(other.Place, "kop harus daftar unit dan nama kop.");
                break;
        }

        return kop;
    }
}
