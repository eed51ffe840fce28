using System.Globalization;
using Tera.Sop.Simulation;

namespace Tera.Door.Sop;

/// <summary>Where random cases of a procedure went, a line a step.</summary>
internal static class SimulationTable
{
    public static async Task WriteAsync(SimulationReport report, TextWriter output)
    {
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Sop}: {report.Walks} cases, seed {report.Seed}, {report.Commands} commands ({report.Refused} refused)"));
        await output.WriteLineAsync("ends: " + string.Join(", ", report.Ends.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Key} {e.Value}")))
            + string.Create(CultureInfo.InvariantCulture, $", still bouncing {report.Bouncing}"));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"rounds: mean {report.MeanRounds:0.00}, most {report.MostRounds}; working time of the office: median {report.MedianWork:c}, nine of ten within {report.P90Work:c}"));
        await output.WriteLineAsync("nomor  step                  done  returned  skipped  failed  work");
        foreach (StepStatistics step in report.Steps)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{step.Nomor,-6} {step.Step,-20} {step.Done,5}  {step.Returned,8}  {step.Skipped,7}  {step.Failed,6}  {step.Work:c}"));
        }
    }
}
