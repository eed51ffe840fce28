using System.Globalization;
using Tera.Pades.Pdf;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Validation;

namespace Tera.Pades.Tests;

/// <summary>
/// Signed files of other projects, with what their own tests say of them. Two rates count: attacks and forbidden changes that are
/// caught, and honest files that raise no alarm; then stated integrity, level and number of signatures. Integrity and change are
/// scored, not trust: these signers lead to no root of ours. Every difference that is left stands in docs/corpus-differences.md.
/// </summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset At = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_differences_from_what_others_say_of_these_files_are_the_documented_ones()
    {
        var scores = new SortedDictionary<string, CorpusScore>(StringComparer.Ordinal);
        var found = new List<CorpusDifference>();
        foreach (var row in Corpus.Rows("signed.tsv"))
        {
            var file = new CorpusFile(row);
            var pdf = File.ReadAllBytes(Corpus.Require(Path.Combine("signed", file.Name)));
            var password = file.IsEncrypted ? CorpusPasswords.For(pdf) ?? "" : "";
            var report = PadesValidator.Validate(PdfBytes.From(pdf), new ValidationPolicy { At = At, DefaultPermission = file.Permission }, password.AsMemory());
            if (!scores.TryGetValue(file.Class, out var score))
                scores[file.Class] = score = new CorpusScore();
            score.Add(file, report);
            found.AddRange(file.DifferencesFrom(report));
        }
        foreach (var (name, score) in scores)
            output.WriteLine($"{name,-20} {score}");
        var sum = CorpusScore.Sum(scores);
        output.WriteLine(sum.ToString());

        var documented = CorpusDifference.ReadDocumented();
        var undocumented = found.Except(documented).ToList();
        var gone = documented.Except(found).ToList();
        foreach (var difference in found)
            output.WriteLine(difference.ToString());
        Assert.True(undocumented.Count == 0, "not in docs/corpus-differences.md:\n" + string.Join('\n', undocumented));
        Assert.True(gone.Count == 0, "in docs/corpus-differences.md, and no longer so:\n" + string.Join('\n', gone));
        Assert.Equal(sum.Hostile, sum.Caught);
        Assert.True(sum.FalseAlarms * 100 <= sum.Honest, $"{sum.FalseAlarms} of {sum.Honest} honest files raise a false alarm");
        // Integrity, level and number: what is missing stands in the document, each with its reason.
        Assert.True(sum.Right * 100 >= sum.Stated * 93, string.Create(CultureInfo.InvariantCulture, $"{sum.Right} of {sum.Stated} stated facts are found"));
    }
}
