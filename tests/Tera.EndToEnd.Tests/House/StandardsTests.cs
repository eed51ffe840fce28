using System.Text.RegularExpressions;

namespace Tera.EndToEnd.House;

/// <summary>docs/standards.md says which file holds itself to which clause; each row must still be true of the sources.</summary>
public sealed partial class StandardsTests
{
    [Fact]
    public void Every_row_names_a_file_that_exists_and_cites_that_document_and_clause()
    {
        var wrong = new List<string>();
        string document = "";
        int rows = 0;
        foreach (string line in File.ReadLines(Repository.PathOf("docs", "standards.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                document = line[3..].Split(':')[0];
            }

            if (Row().Match(line) is not { Success: true } row)
            {
                continue;
            }

            rows++;
            string clause = row.Groups["clause"].Value;
            wrong.AddRange(FileName().Matches(row.Groups["files"].Value).Select(match => match.Groups["name"].Value)
                .Where(file => !Cites(file, document, clause == "(whole)" ? "" : clause)).Select(file => $"{document} {clause}: {file}"));
        }

        Assert.Empty(wrong);
        Assert.True(rows > 100, $"only {rows} rows were read");
    }

    private static bool Cites(string file, string document, string clause)
    {
        string path = Repository.PathOf("src", file);
        return File.Exists(path) && LineBreak().Replace(File.ReadAllText(path), " ") is { } text
            && text.Contains(document, StringComparison.Ordinal) && text.Contains(clause, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\| (?<clause>\(whole\)|[A-Z0-9][\w.()]*) \|[^|]*\| (?<files>`.*) \|$")]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex FileName();

    /// <summary>A citation may go on in the next line of a comment.</summary>
    [GeneratedRegex(@"\r?\n\s*(///?)? ?")]
    private static partial Regex LineBreak();
}
