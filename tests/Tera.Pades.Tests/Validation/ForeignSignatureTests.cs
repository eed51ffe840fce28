using System.Diagnostics;
using System.Globalization;
using Tera.Pades.Pdf;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Validation;

namespace Tera.Pades.Tests.Validation;

/// <summary>
/// Signed files of other projects, with what their own tests say of them. Two rates count: attacks and forbidden changes that are
/// caught, and honest files that raise no alarm. Integrity and change are scored, not trust: these signers lead to no root of ours.
/// </summary>
public sealed class ForeignSignatureTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset At = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What is reached, alarms on files that nobody's test calls honest and that were changed included.</summary>
    private const int MaxAlarmPercent = 3;

    [Fact]
    public void Attacks_are_caught_and_honest_files_raise_no_alarm()
    {
        var scores = new SortedDictionary<string, Score>(StringComparer.Ordinal);
        var slowest = TimeSpan.Zero;
        foreach (var row in Corpus.Rows("signed.tsv"))
        {
            var bytes = File.ReadAllBytes(Corpus.Require(Path.Combine("signed", row["file"])));
            var watch = Stopwatch.StartNew();
            var report = PadesValidator.Validate(PdfBytes.From(bytes), PolicyOf(row));
            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{row["file"]} took {watch.Elapsed.TotalMilliseconds} ms");
            var score = scores.TryGetValue(row["class"], out var known) ? known : scores[row["class"]] = new Score();
            score.Add(report, IsCoverageOnly(row));
            if (IsSurprising(row, report))
                output.WriteLine($"{row["class"]} {row["file"]} {report.Verdict}: {report.Reason}");
        }
        foreach (var (name, score) in scores)
            output.WriteLine($"{name,-20} {score}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"slowest {slowest.TotalMilliseconds:F0} ms"));
        var (caught, hostile) = Sum(scores, "attack", "modified-forbidden");
        var (alarms, honest) = Sum(scores, "clean", "legit-incremental", "own-clean");
        output.WriteLine($"caught {caught} of {hostile}, alarms on {alarms} of {honest}");
        Assert.True(caught == hostile, $"only {caught} of {hostile} attacks and forbidden changes are caught");
        Assert.True(alarms * 100 <= honest * MaxAlarmPercent, $"{alarms} of {honest} honest files raise an alarm");
    }

    private static bool IsSurprising(Dictionary<string, string> row, ValidationReport report) => row["class"] switch
    {
        "attack" or "modified-forbidden" => Score.IsValid(report),
        "clean" or "legit-incremental" or "own-clean" => Score.IsTampered(report, IsCoverageOnly(row)),
        _ => false,
    };

    private static (int Tampered, int Files) Sum(SortedDictionary<string, Score> scores, params ReadOnlySpan<string> classes)
    {
        var sum = (Tampered: 0, Files: 0);
        foreach (var name in classes)
            sum = (sum.Tampered + scores[name].Tampered, sum.Files + scores[name].Files);
        return sum;
    }

    // Some expectations hold under a permission that the foreign test sets, and not the file.
    private static ValidationPolicy PolicyOf(Dictionary<string, string> row)
    {
        const string Marker = "[test sets access permission ";
        var at = row["note"].IndexOf(Marker, StringComparison.Ordinal);
        int? permission = at < 0 ? null : row["note"][(at + Marker.Length)..] switch
        {
            var name when name.StartsWith("NO_CHANGES", StringComparison.Ordinal) => 1,
            var name when name.StartsWith("FORM_FIELDS", StringComparison.Ordinal) => 2,
            _ => 3,
        };
        return new ValidationPolicy { At = At, DefaultPermission = permission };
    }

    // Clean by coverage only: the source's test states that nothing was changed, and its digest is a dummy.
    private static bool IsCoverageOnly(Dictionary<string, string> row) => row["class"] == "clean" && row["intact"].Length == 0 && row["also_read_as"] == "no";

    private sealed class Score
    {
        private int _blind;

        public int Files { get; private set; }

        public int Tampered { get; private set; }

        public void Add(ValidationReport report, bool changesOnly)
        {
            Files++;
            _blind += IsBlind(report) ? 1 : 0;
            Tampered += IsTampered(report, changesOnly) ? 1 : 0;
        }

        public static bool IsBlind(ValidationReport report) => report.Verdict is FileVerdict.NoSignature or FileVerdict.Unreadable;

        public static bool IsValid(ValidationReport report) => report.Signatures.Count > 0 && report.Signatures.All(s => s.Intact && s.ChangesAfter != ChangesAfter.Forbidden);

        public static bool IsTampered(ValidationReport report, bool changesOnly) =>
            report.Signatures.Any(s => s.ChangesAfter == ChangesAfter.Forbidden || (!s.Intact && !changesOnly));

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Files,4} files, {Tampered,4} reported as tampered with, {_blind,3} unreadable or without signature");
    }
}
