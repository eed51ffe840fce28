using System.Globalization;
using Tera.Pades.Validation;

namespace Tera.Pades.Tests;

/// <summary>The rates of one class of files, or of several.</summary>
internal sealed class CorpusScore
{
    /// <summary>Honest by the table, and changed in truth against what their signatures permit; docs/corpus-differences.md says how.</summary>
    private static readonly HashSet<string> ReallyChanged = new(["1222ac6dd25d.pdf", "c4589715af0b.pdf"], StringComparer.Ordinal);

    private int _files;
    private int _tampered;
    private int _blind;

    public int Hostile { get; private set; }

    public int Caught { get; private set; }

    public int Honest { get; private set; }

    public int Alarms { get; private set; }

    public int FalseAlarms { get; private set; }

    public int Stated { get; private set; }

    public int Right { get; private set; }

    public void Add(CorpusFile file, ValidationReport report)
    {
        _files++;
        _tampered += file.IsTakenForTampered(report) ? 1 : 0;
        _blind += CorpusFile.IsBlind(report) ? 1 : 0;
        if (file.IsHostile)
        {
            Hostile++;
            Caught += CorpusFile.IsTakenForUnchanged(report) ? 0 : 1;
        }
        if (file.IsHonest && !file.IsUndecided)
        {
            Honest++;
            var alarm = file.IsTakenForTampered(report);
            Alarms += alarm ? 1 : 0;
            FalseAlarms += alarm && !ReallyChanged.Contains(file.Name) ? 1 : 0;
        }
        foreach (var (_, stated, found) in file.Facts(report))
        {
            Stated++;
            Right += stated == found ? 1 : 0;
        }
    }

    public static CorpusScore Sum(SortedDictionary<string, CorpusScore> scores) => new()
    {
        Hostile = scores.Values.Sum(s => s.Hostile),
        Caught = scores.Values.Sum(s => s.Caught),
        Honest = scores.Values.Sum(s => s.Honest),
        Alarms = scores.Values.Sum(s => s.Alarms),
        FalseAlarms = scores.Values.Sum(s => s.FalseAlarms),
        Stated = scores.Values.Sum(s => s.Stated),
        Right = scores.Values.Sum(s => s.Right),
        _files = scores.Values.Sum(s => s._files),
        _tampered = scores.Values.Sum(s => s._tampered),
        _blind = scores.Values.Sum(s => s._blind),
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{_files,4} files, {_tampered,4} told as tampered with, {_blind,3} unreadable or without signature; caught {Caught} of {Hostile}; alarms {Alarms} of {Honest}, false ones {FalseAlarms}; stated facts found {Right} of {Stated}");
}
