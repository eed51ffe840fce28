using System.Collections.Frozen;
using System.Text;

namespace Tera.Office.Archive;

/// <param name="Uraian">Explanation of the regulation, where it has one.</param>
public sealed record ClassificationCode(string Kode, string Nama, string? Uraian);

/// <summary>
/// Klasifikasi arsip of Permendagri 83/2022: 993 codes, as published in OpenSID's import file (klasifikasi_surat.xlsx); it is text of law.
/// Not compared with the annex of the regulation itself; spelling errors of the source are kept.
/// </summary>
public static class ClassificationTable
{
    public static IReadOnlyList<ClassificationCode> All { get; } = Read();

    private static readonly FrozenDictionary<string, ClassificationCode> ByCode = All.ToFrozenDictionary(code => code.Kode, StringComparer.Ordinal);

    public static ClassificationCode? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    /// <summary>Codes that begin with the text, then those whose name has all its words.</summary>
    public static IReadOnlyList<ClassificationCode> Search(string? text, int limit)
    {
        string query = (text ?? "").Trim();
        if (query.Length == 0)
        {
            return All.Where(code => code.Kode.Count(character => character == '.') <= 1).Take(limit).ToList();
        }

        string[] words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return All.Where(code => code.Kode.StartsWith(query, StringComparison.Ordinal))
            .Concat(All.Where(code => words.All(word => Has(code, word))))
            .Distinct().Take(limit).ToList();
    }

    private static bool Has(ClassificationCode code, string word) =>
        code.Nama.Contains(word, StringComparison.OrdinalIgnoreCase) || (code.Uraian?.Contains(word, StringComparison.OrdinalIgnoreCase) ?? false);

    private static List<ClassificationCode> Read()
    {
        using Stream stream = typeof(ClassificationTable).Assembly.GetManifestResourceStream("Archive.classification-83-2022.tsv")
            ?? throw new InvalidOperationException("The program was built without the classification table.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var codes = new List<ClassificationCode>();
        _ = reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split('\t');
            codes.Add(new ClassificationCode(cells[0], cells[1], cells.Length > 2 && cells[2].Length > 0 ? cells[2] : null));
        }

        return codes;
    }
}
