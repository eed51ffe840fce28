using System.Text.RegularExpressions;

namespace Tera.EndToEnd.House;

/// <summary>Every Indonesian noun in a type's name has its line in docs/glossary.md.</summary>
public sealed partial class GlossaryTests
{
    /// <summary>Indonesian nouns of law and SOPs that may stand in a type's name; one that is met in the sources must be explained.</summary>
    private static readonly string[] Nouns =
    [
        "Naskah", "Paraf", "Disposisi", "Eselon", "Plh", "Plt", "Nik", "Nip", "MutuBaku", "Kelengkapan", "Permohonan", "Verifikator",
        "Konsep", "Konseptor", "Kop", "Tembusan", "Klasifikasi", "Agenda", "Jabatan", "Pangkat", "Golongan", "Pelaksana", "Langkah", "Hasil",
        "Berkas", "Lampiran", "Surat", "Tenggat", "Rantai", "Segel", "Bupati", "Sekda", "Pemohon", "Arsip", "Arsiparis", "Sifat", "Urgensi", "Pemisahan",
    ];

    [Fact]
    public void Every_Indonesian_type_name_has_its_line_in_the_glossary()
    {
        string[] terms = [.. GlossaryTerms()];
        string[] missing = [.. TypeNames().SelectMany(name => Words(name).Select(word => (name, word)))
            .Where(x => Nouns.Contains(x.word) && !terms.Contains(x.word, StringComparer.OrdinalIgnoreCase))
            .Select(x => $"{x.word} (type {x.name})").Distinct().Order()];
        Assert.Empty(missing);
    }

    [Fact]
    public void A_term_stands_once_in_the_glossary() =>
        Assert.Empty(GlossaryTerms().GroupBy(t => t, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key));

    private static IEnumerable<string> GlossaryTerms() =>
        File.ReadLines(Repository.PathOf("docs", "glossary.md"))
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| term", StringComparison.OrdinalIgnoreCase) && !l.StartsWith("|--", StringComparison.Ordinal))
            .Select(l => l.Split('|')[1].Trim().Trim('`', '*'));

    private static IEnumerable<string> TypeNames() =>
        Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(f => TypeDeclaration().Matches(File.ReadAllText(f)).Select(m => m.Groups["name"].Value))
            .Distinct();

    private static IEnumerable<string> Words(string name)
    {
        string[] words = [.. PascalWord().Matches(name).Select(m => m.Value)];
        // Two words may be one noun: MutuBaku.
        return words.Concat(words.Zip(words.Skip(1), (a, b) => a + b));
    }

    [GeneratedRegex(@"\b(?:class|struct|record|interface|enum)\s+(?:struct\s+|class\s+)?(?<name>[A-Z]\w+)")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"[A-Z][a-z0-9]*")]
    private static partial Regex PascalWord();
}
