namespace Tera.Pades.Tests;

/// <summary>One thing that we say otherwise than is stated of a file.</summary>
internal sealed record CorpusDifference(string File, string Class, string What, string Stated, string Found)
{
    public override string ToString() => $"| {File} | {Class} | {What} | {Stated} | {Found} |";

    /// <summary>The rows of docs/corpus-differences.md; each has the reason behind these columns.</summary>
    public static List<CorpusDifference> ReadDocumented() =>
    [
        .. System.IO.File.ReadLines(Path.Combine(Repository(), "docs", "corpus-differences.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length >= 8 && cells[1].EndsWith(".pdf", StringComparison.Ordinal) && cells[6].Length > 0)
            .Select(cells => new CorpusDifference(cells[1], cells[2], cells[3], cells[4], cells[5])),
    ];

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Tera.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The repository is not above the tests.");
    }
}
