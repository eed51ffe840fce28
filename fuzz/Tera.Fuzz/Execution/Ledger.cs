using System.Globalization;

namespace Tera.Fuzz.Execution;

/// <summary>A file outside of the repository in which the executions of all runs add up: a line for each run and target.</summary>
internal sealed class Ledger(string path)
{
    public void Add(int seed, TimeSpan elapsed, IReadOnlyDictionary<string, long> executions, int findings)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
            File.WriteAllText(path, "ended\tseed\tseconds\tfindings\ttarget\texecutions\n");
        var ended = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        File.AppendAllLines(path, executions.Select(e =>
            string.Create(CultureInfo.InvariantCulture, $"{ended}\t{seed}\t{elapsed.TotalSeconds:F0}\t{findings}\t{e.Key}\t{e.Value}")));
    }
}
