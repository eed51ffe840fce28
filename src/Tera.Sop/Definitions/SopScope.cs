using System.Text.RegularExpressions;

namespace Tera.Sop.Definitions;

/// <summary>A mapping that is being read: every key is asked for by name, and what nobody asked for is a problem.</summary>
internal sealed partial class SopScope
{
    private readonly SopProblems problems;
    private readonly YamlMap map;
    private readonly string path;

    private SopScope(SopProblems problems, YamlMap map, string path)
    {
        this.problems = problems;
        this.map = map;
        this.path = path;
    }

    public Place Place => map.Place;

    public static SopScope Open(SopProblems problems, YamlNode? node, Place otherwise, string path, params ReadOnlySpan<string> keys)
    {
        if (node is not YamlMap map)
        {
            problems.Add(node?.Place ?? otherwise, $"{path} harus berupa daftar kunci dan nilai.");
            map = new YamlMap(node?.Place ?? otherwise, []);
        }

        foreach (var entry in map.Entries)
        {
            if (!keys.Contains(entry.Key.Value))
            {
                var hint = entry.Key.Value.AsSpan().ContainsAny(")('\"") ? " Nilai yang memuat koma harus ditulis dalam tanda kutip." : string.Empty;
                problems.Add(entry.Key.Place, $"Kunci '{entry.Key.Value}' tidak dikenal di {path}; yang dikenal: {string.Join(", ", keys.ToArray())}.{hint}");
            }
        }

        return new SopScope(problems, map, path);
    }

    public YamlNode? Node(string key) => map.Find(key);

    public Place PlaceOf(string key) => map.Find(key)?.Place ?? map.Place;

    public void Problem(string key, string sentence) => problems.Add(PlaceOf(key), $"{path}.{key}: {sentence}");

    /// <summary>A text; null when it is missing or null and may be.</summary>
    public string? Text(string key, bool required = false)
    {
        switch (map.Find(key))
        {
            case YamlText { IsNull: false } text when !string.IsNullOrWhiteSpace(text.Value):
                return text.Value.Trim();
            case null or YamlText:
                if (required)
                {
                    Problem(key, "harus diisi.");
                }

                return null;
            default:
                Problem(key, "harus berupa teks.");
                return null;
        }
    }

    public bool Flag(string key)
    {
        var text = Text(key);
        if (text is null or "true" or "false")
        {
            return text is "true";
        }

        Problem(key, "harus true atau false.");
        return false;
    }

    public int? Number(string key, int least, int most)
    {
        var text = Text(key);
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Problem(key, $"harus bilangan {least} sampai {most}.");
        return null;
    }

    public T Choice<T>(string key, T otherwise, params (string Word, T Value)[] choices)
    {
        var text = Text(key);
        if (text is null)
        {
            return otherwise;
        }

        foreach (var (word, value) in choices)
        {
            if (string.Equals(word, text, StringComparison.Ordinal))
            {
                return value;
            }
        }

        Problem(key, $"'{text}' tidak dikenal; yang dikenal: {string.Join(", ", choices.Select(choice => choice.Word))}.");
        return otherwise;
    }

    public IsoDuration? Duration(string key)
    {
        var text = Text(key);
        var duration = default(IsoDuration);
        if (text is null || IsoDuration.TryParse(text, out duration))
        {
            return text is null ? null : duration;
        }

        Problem(key, $"'{text}' bukan lama waktu ISO 8601 (contoh: PT15M, P7D).");
        return null;
    }

    public TimeSpan? Span(string key)
    {
        if (Duration(key) is not { } duration)
        {
            return null;
        }

        if (duration.TryGetTimeSpan(out var span))
        {
            return span;
        }

        Problem(key, "tahun dan bulan tidak punya lama yang tetap; pakai hari, jam atau menit.");
        return null;
    }

    public DateOnly? Date(string key)
    {
        var text = Text(key);
        if (text is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var date))
        {
            return date;
        }

        Problem(key, $"'{text}' bukan tanggal (contoh: 2025-11-24).");
        return null;
    }

    /// <summary>A list of texts; a single text counts as a list of one.</summary>
    public IReadOnlyList<string> Texts(string key, int most = 100) => [.. TextNodes(key, most).Select(text => text.Value.Trim())];

    public IReadOnlyList<YamlText> TextNodes(string key, int most = 100)
    {
        switch (map.Find(key))
        {
            case null or YamlText { IsNull: true }:
                return [];
            case YamlText text:
                return [text];
            case YamlList list when list.Items.Count <= most && list.Items.All(item => item is YamlText { IsNull: false, Value.Length: > 0 }):
                return [.. list.Items.Cast<YamlText>()];
            default:
                Problem(key, $"harus berupa daftar teks, paling banyak {most}.");
                return [];
        }
    }

    public string? Id(string key)
    {
        var text = Text(key, required: true);
        if (text is not null && !IsId(text))
        {
            Problem(key, $"'{text}' bukan pengenal: huruf kecil, angka dan garis bawah, diawali huruf, paling banyak 60.");
            return null;
        }

        return text;
    }

    public static bool IsId(string text) => IdPattern().IsMatch(text);

    public static bool IsState(string text) => StatePattern().IsMatch(text);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,59}\\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IdPattern();

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,59}\\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex StatePattern();
}

/// <summary>Collects what is wrong; a file that is wrong all over is told the first hundred.</summary>
internal sealed class SopProblems(string file)
{
    private const int Most = 100;
    private readonly List<SopProblem> found = [];

    public bool Any => found.Count > 0;

    public IReadOnlyList<SopProblem> Sorted => [.. found.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];

    public void Add(Place place, string sentence)
    {
        if (found.Count < Most)
        {
            found.Add(new SopProblem(file, place.Line, place.Column, sentence));
        }
    }
}
