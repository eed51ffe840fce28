using System.Text;
using System.Text.RegularExpressions;

namespace Tera.Sop.Definitions;

/// <summary>
/// Reads an SOP file. What comes out is safe to run: every lane, document, chain, step and effect that it names exists. Whether
/// it is also a good procedure is asked of <see cref="Lints.SopLint"/>.
/// </summary>
public static partial class SopReader
{
    private static readonly string[] TopKeys = ["sop", "versi", "identitas", "kalender", "paraf", "pelaksana", "berkas", "rantai", "langkah", "catatan"];

    /// <summary>Reads a file.</summary>
    /// <param name="name">Its path below <c>sop/</c> without the ending; the key <c>sop</c> in the file must say the same.</param>
    /// <param name="yaml">Its text.</param>
    public static SopReading Read(string name, string yaml)
    {
        ArgumentNullException.ThrowIfNull(yaml);

        // Longer than the limit in characters is longer in bytes: do not make the bytes first.
        return yaml.Length > SopFile.MostBytes ? Read(name, new byte[SopFile.MostBytes + 1]) : Read(name, Encoding.UTF8.GetBytes(yaml));
    }

    /// <summary>Reads a file.</summary>
    /// <param name="name">Its path below <c>sop/</c> without the ending; the key <c>sop</c> in the file must say the same.</param>
    /// <param name="yaml">Its bytes, UTF-8; the definition is named by their hash.</param>
    public static SopReading Read(string name, ReadOnlySpan<byte> yaml)
    {
        ArgumentNullException.ThrowIfNull(name);
        var unreadable = new List<SopProblem>();
        if (SopFile.Parse(name, yaml, unreadable) is not { } root)
        {
            return new SopReading.Bad(unreadable);
        }

        var problems = new SopProblems(name);
        var definition = Bind(name, yaml, root, problems);
        return problems.Any ? new SopReading.Bad(problems.Sorted) : new SopReading.Good(definition!);
    }

    /// <summary>True when the text can name a definition: lower-case words joined by slashes.</summary>
    public static bool IsName(string? name) => name is { Length: <= 200 } && NamePattern().IsMatch(name);

    private static SopDefinition? Bind(string name, ReadOnlySpan<byte> yaml, YamlMap root, SopProblems problems)
    {
        var top = SopScope.Open(problems, root, root.Place, "SOP", TopKeys);
        var own = top.Text("sop", required: true);
        if (own is not null && !string.Equals(own, name, StringComparison.Ordinal))
        {
            top.Problem("sop", $"berkas ini bernama '{name}', tetapi menulis '{own}'.");
        }
        else if (!IsName(name))
        {
            top.Problem("sop", "nama SOP terdiri atas kata huruf kecil, angka dan tanda hubung yang dipisah garis miring.");
        }

        var version = top.Number("versi", 1, 100_000) ?? 1;
        var identity = IdentityReader.Read(problems, top);
        var calendar = top.Text("kalender", required: true) ?? string.Empty;
        var paraf = top.Choice("paraf", ParafMode.Catatan, ("catatan", ParafMode.Catatan), ("pades", ParafMode.Pades));
        var notes = IdentityReader.Notes(problems, top);
        var lanes = PartsReader.Lanes(problems, top);
        var documents = PartsReader.Documents(problems, top);
        var stepNodes = top.Node("langkah") is YamlList list ? list.Items : [];
        var names = new SopNames(lanes, documents, StepIds(stepNodes));
        var chains = PartsReader.Chains(problems, top, names);
        if (stepNodes.Count is 0 or > 200)
        {
            top.Problem("langkah", "harus daftar 1 sampai 200 langkah.");
        }

        var steps = new List<Step>();
        foreach (var node in stepNodes)
        {
            if (StepReader.Read(problems, node, steps.Count, names, chains) is { } step)
            {
                steps.Add(step);
            }
        }

        if (steps.Select(step => step.Id).Distinct(StringComparer.Ordinal).Count() != steps.Count)
        {
            top.Problem("langkah", "ada dua langkah dengan id yang sama.");
        }

        if (problems.Any)
        {
            return null;
        }

        var definition = new SopDefinition(
            name, version, Encoding.UTF8.GetString(yaml), DefinitionHash.Of(yaml), identity, calendar, paraf, lanes, documents, chains, steps, notes);
        CrossCheck.Run(definition, problems, stepNodes);
        return definition;
    }

    private static HashSet<string> StepIds(IReadOnlyList<YamlNode> nodes) =>
        nodes.OfType<YamlMap>().Select(node => node.Find("id")).OfType<YamlText>().Select(id => id.Value).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern();
}

/// <summary>The names a step may refer to.</summary>
internal sealed record SopNames(IReadOnlyList<Lane> Lanes, IReadOnlyList<Berkas> Documents, IReadOnlySet<string> Steps)
{
    public bool HasLane(string id) => Lanes.Any(lane => string.Equals(lane.Id, id, StringComparison.Ordinal));

    public bool HasDocument(string name) => Vocabulary.BuiltInDocuments.Contains(name) || Documents.Any(document => string.Equals(document.Name, name, StringComparison.Ordinal));
}
