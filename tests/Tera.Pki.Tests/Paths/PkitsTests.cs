using System.Text.Json;
using Tera.Pki.Paths;

namespace Tera.Pki.Tests.Paths;

/// <summary>NIST's path cases, when they lie beside the checkout, asked as <c>tera path --batch</c> asks.</summary>
public sealed class PkitsTests(ITestOutputHelper output)
{
    [Fact]
    public void The_cases_of_Nist_come_out_as_Nist_expects()
    {
        Assert.SkipWhen(CaseFile is null, "The PKITS cases are not beside the checkout.");
        var wrong = new List<string>();
        var total = 0;
        foreach (var line in File.ReadLines(CaseFile!))
        {
            total++;
            var expected = JsonDocument.Parse(line).RootElement.GetProperty("expected").GetBoolean();
            var answer = PathBatch.Answer(line);
            if (JsonDocument.Parse(answer).RootElement.GetProperty("valid").GetBoolean() != expected)
            {
                wrong.Add($"expected {expected}, got {answer}");
            }
        }
        output.WriteLine($"{total - wrong.Count} of {total}");
        Assert.True(wrong.Count == 0, $"{total - wrong.Count} of {total}\n" + string.Join('\n', wrong));
        Assert.True(total > 100, $"only {total} cases were there");
    }

    private static string? CaseFile
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                var file = Path.Combine(folder.FullName, "shared", "corpus", "pkits", "cases.jsonl");
                if (File.Exists(file))
                {
                    return file;
                }
            }
            return null;
        }
    }
}
