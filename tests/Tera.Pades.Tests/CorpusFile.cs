using System.Globalization;
using Tera.Pades.Validation;

namespace Tera.Pades.Tests;

/// <summary>A row of signed.tsv: a file, and what is stated of it.</summary>
internal sealed class CorpusFile(Dictionary<string, string> row)
{
    /// <summary>Files of which the source's own report names a forbidden change, or a time stamp that it cannot verify.</summary>
    private static readonly HashSet<string> Undecided = new(["30be4e2b0b60.pdf", "defbd444977e.pdf", "5d8de6b960d1.pdf", "c7c7ffcc36a6.pdf"], StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Levels = new(StringComparer.Ordinal)
    {
        ["PAdES_BASELINE_B"] = "PAdES-B-B",
        ["PAdES_BASELINE_T"] = "PAdES-B-T",
        ["PAdES_BASELINE_LT"] = "PAdES-B-LT",
        ["PAdES_BASELINE_LTA"] = "PAdES-B-LTA",
        ["PAdES_BES"] = "PAdES-BES",
        ["PAdES_LTV"] = "PAdES-LTV",
        ["PKCS7_T"] = "PKCS7-T",
        ["PDF_NOT_ETSI"] = "PDF-NOT-ETSI",
    };

    public string Name => row["file"];

    public string Class => row["class"];

    public bool IsHostile => Class is "attack" or "modified-forbidden";

    public bool IsHonest => Class is "clean" or "legit-incremental" or "own-clean";

    public bool IsEncrypted => row["features"].Split(' ').Contains("enc");

    public bool IsUndecided => Undecided.Contains(Name);

    /// <summary>Some expectations hold under a permission that the foreign test sets, and not the file.</summary>
    public int? Permission
    {
        get
        {
            const string Marker = "[test sets access permission ";
            var at = row["note"].IndexOf(Marker, StringComparison.Ordinal);
            return at < 0 ? null : row["note"][(at + Marker.Length)..] switch
            {
                var name when name.StartsWith("NO_CHANGES", StringComparison.Ordinal) => 1,
                var name when name.StartsWith("FORM_FIELDS", StringComparison.Ordinal) => 2,
                _ => 3,
            };
        }
    }

    // Clean by coverage only: the source's test states that nothing was changed, and the digest is a dummy.
    private bool IsCoverageOnly => Class == "clean" && row["intact"].Length == 0 && row["also_read_as"] == "no";

    public static bool IsBlind(ValidationReport report) => report.Verdict is FileVerdict.NoSignature or FileVerdict.Unreadable;

    public static bool IsTakenForUnchanged(ValidationReport report) => report.Signatures.Count > 0 && report.Signatures.All(s => s.Intact && s.ChangesAfter != ChangesAfter.Forbidden);

    public bool IsTakenForTampered(ValidationReport report) =>
        report.Signatures.Any(s => s.ChangesAfter == ChangesAfter.Forbidden || (!s.Intact && !IsCoverageOnly));

    /// <summary>What is stated of the file and can be compared, and what we find.</summary>
    public IEnumerable<(string What, string Stated, string Found)> Facts(ValidationReport report)
    {
        if (row["intact"].Length > 0)
            yield return ("intact", row["intact"], Intact(report));
        if (Levels.TryGetValue(row["level"], out var level))
            yield return ("level", level, string.Join('/', report.Signatures.Select(s => s.Level).Distinct()));
        // Where a test states the number it is that of signatures, or document time stamps were counted too. The number of a forged or
        // unreadable file, and of one that no test speaks of, is some reader's opinion.
        if (row["expectation_from"].Length > 0 && Class is "clean" or "legit-incremental" or "modified-forbidden" or "policy" or "signing-permission")
        {
            var stated = row["signatures"];
            var persons = report.Signatures.Count(s => s.Level != "DocTimeStamp");
            var all = (persons + report.TimeStamps.Count(t => t.IsDocumentTimeStamp)).ToString(CultureInfo.InvariantCulture);
            yield return ("signatures", stated, stated == all ? all : persons.ToString(CultureInfo.InvariantCulture));
        }
    }

    public IEnumerable<CorpusDifference> DifferencesFrom(ValidationReport report)
    {
        if (IsHostile && IsTakenForUnchanged(report))
            yield return new(Name, Class, "tampered", "yes", "no");
        if (IsHonest && IsTakenForTampered(report))
            yield return new(Name, Class, "tampered", IsUndecided ? "undecided" : "no", "yes");
        if (IsHonest && IsBlind(report))
            yield return new(Name, Class, "readable", "yes", report.Verdict.ToString());
        foreach (var (what, stated, found) in Facts(report))
        {
            if (stated != found)
                yield return new(Name, Class, what, stated, found);
        }
    }

    private static string Intact(ValidationReport report) => report.Signatures.Count(s => s.Intact) switch
    {
        0 => "no",
        var some when some < report.Signatures.Count => "mixed",
        _ => "yes",
    };
}
