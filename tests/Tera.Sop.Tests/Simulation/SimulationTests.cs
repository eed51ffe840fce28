using System.Text.Json;
using Tera.Sop.Definitions;
using Tera.Sop.Simulation;

namespace Tera.Sop.Tests.Simulation;

public sealed class SimulationTests
{
    public static TheoryData<string> Names => [.. BundledSop.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Most_cases_of_every_procedure_come_to_an_end(string name)
    {
        var report = SopSimulation.Run(TestSops.Bundled(name), new SimulationOptions { Walks = 200, Seed = 7 });
        TestContext.Current.TestOutputHelper?.WriteLine(JsonSerializer.Serialize(report));
        Assert.True(report.Bouncing < 20, JsonSerializer.Serialize(report));
        Assert.True(report.Ends.GetValueOrDefault("selesai") > 50, JsonSerializer.Serialize(report));
        Assert.All(report.Steps, step => Assert.True(step.Done > 0, step.Step));
        Assert.True(report.Refused * 20 < report.Commands, JsonSerializer.Serialize(report));
    }

    [Fact]
    public void The_same_seed_gives_the_same_report()
    {
        var options = new SimulationOptions { Walks = 50, Seed = 3 };
        Assert.Equal(JsonSerializer.Serialize(SopSimulation.Run(TestSops.Lamandau, options)), JsonSerializer.Serialize(SopSimulation.Run(TestSops.Lamandau, options)));
    }

    [Fact]
    public void Without_any_no_every_case_is_finished_in_one_round()
    {
        var report = SopSimulation.Run(TestSops.Lamandau, new SimulationOptions { Walks = 20, NoShare = 0, FailureShare = 0, ExpiryShare = 0, EmptyLaneShare = 0 });
        Assert.Equal(20, report.Ends["selesai"]);
        Assert.Equal(1, report.MostRounds);
        Assert.Equal(0, report.Refused);

        // 5 + 30 + 15 + 5 + 3 x 10 + 15 + 5 + 15: the minutes of the SOP, with its row 5-7 counted for each of three verifiers.
        Assert.Equal(TimeSpan.FromMinutes(120), report.MedianWork);
    }
}
