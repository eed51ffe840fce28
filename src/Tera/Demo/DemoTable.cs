using System.Globalization;

namespace Tera.Door.Demo;

/// <summary>The run as a table: what was done by whom, in which round, how long after the start.</summary>
internal static class DemoTable
{
    public static async Task WriteAsync(IReadOnlyList<DemoResult> results, TextWriter output)
    {
        foreach (DemoResult result in results)
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync($"{result.Sop}: {result.Title}");
            int actors = result.Steps.Count == 0 ? 0 : result.Steps.Max(s => s.Actor.Length);
            int steps = result.Steps.Count == 0 ? 0 : result.Steps.Max(s => s.Id.Length);
            foreach (DemoStep step in result.Steps)
            {
                TimeSpan after = step.At - result.Steps[0].At;
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {step.Nomor,-4} {step.Id.PadRight(steps)}  {step.Actor.PadRight(actors)}  {step.Outcome,-8} round {step.Round}  +{after.TotalSeconds,6:0.0} s  {step.Reason}").TrimEnd());
            }

            foreach (DemoDocument document in result.Documents)
            {
                await output.WriteLineAsync($"  => {document.File}: {document.Signatures} signature(s), number {document.Number}");
            }

            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {result.State} in {result.Seconds:0.0} s"));
        }
    }
}
