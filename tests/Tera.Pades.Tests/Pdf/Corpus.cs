namespace Tera.Pades.Tests.Pdf;

/// <summary>Foreign files beside the checkout, where they are there (they are not ours to ship).</summary>
internal static class Corpus
{
    public static string? Folder { get; } = FindFolder();

    public static string Require(string name)
    {
        Assert.SkipWhen(Folder is null, "the corpus of foreign files (../shared/corpus) is not beside this checkout");
        return Path.Combine(Folder!, name);
    }

    /// <summary>The rows of a table, each as column name to value.</summary>
    public static IEnumerable<Dictionary<string, string>> Rows(string table)
    {
        var lines = File.ReadAllLines(Require(table));
        var header = lines[0].Split('\t');
        return lines.Skip(1).Select(line => header.Zip(line.Split('\t')).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal));
    }

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tera.slnx")))
            {
                var corpus = Path.Combine(folder.FullName, "..", "shared", "corpus");
                return Directory.Exists(corpus) ? corpus : null;
            }
        }
        return null;
    }
}
