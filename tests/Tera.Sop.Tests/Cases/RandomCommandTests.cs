using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Sop.Tests.Cases;

/// <summary>
/// A million commands, sensible and senseless. The oracle reads only events: it knows which bytes descend from which, who saw
/// them, and what was skipped, and it names the approvers of each procedure by hand instead of asking the guard.
/// </summary>
public sealed class RandomCommandTests
{
    private const int CommandsInAll = 1_000_000;

    private static readonly Dictionary<string, string[]> ApproverSteps = new(StringComparer.Ordinal)
    {
        ["purwakarta/penggunaan-tte"] = ["paraf4", "paraf3b", "paraf3a"],
        ["lamandau/naskah-keluar-tte-bupati"] = ["reviu", "verifikasi"],
        ["lamandau/bacaan-b"] = ["reviu", "verifikasi"],
        ["uji/lanjut"] = ["cek", "paraf"],
        ["uji/bersama"] = ["paraf"],
    };

    public static TheoryData<string> Names => [.. BundledSop.Names, "lamandau/bacaan-b", "uji/lanjut", "uji/bersama"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Random_commands_never_break_a_case(string name)
    {
        var definition = Variants.Find(name) ?? TestSops.Bundled(name);
        var approvers = ApproverSteps.GetValueOrDefault(name) ?? [];
        var budget = CommandsInAll / Names.Count;
        var (given, accepted, signed, refusedSignatures, ended, walk) = (0, 0, 0, 0, 0, 0);
        var reasons = new HashSet<RefusalReason>();
        while (given < budget)
        {
            var random = new Random(unchecked((walk * 31) + name.Length));
            var monkey = new CommandMonkey(definition, random);
            var oracle = new SeenBytesOracle(definition, approvers);
            var events = new List<CaseEvent>();
            Case? current = null;
            var now = new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);
            for (var turn = 0; turn < 150 && current?.End is null && given < budget; turn++)
            {
                given++;
                now += TimeSpan.FromHours(random.Next(0, 30));
                var command = monkey.Next(current);
                switch (CaseMachine.Decide(definition, current, command, now))
                {
                    case Decision.Refused refused:
                        reasons.Add(refused.Refusal.Reason);
                        refusedSignatures += refused.Refusal.Reason == RefusalReason.ApprovalMissing ? 1 : 0;
                        break;
                    case Decision.Accepted yes:
                        accepted++;
                        foreach (var happened in yes.Events)
                        {
                            current = CaseMachine.Evolve(current, happened);
                            events.Add(happened);
                            signed += oracle.Watch(happened) ? 1 : 0;
                        }

                        CheckOpen(current!, oracle);
                        break;
                }
            }

            ended += current?.End is null ? 0 : 1;
            walk++;
            if (walk % 10 == 0 && current is not null)
            {
                CheckReplay(current, events);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {given} commands, {accepted} accepted, {walk} cases, {ended} ended, {signed} signatures, {refusedSignatures} refused by the guard, {reasons.Count} reasons");
        Assert.True(accepted > given / 5, $"only {accepted} of {given} accepted");
        Assert.True(ended > 0);
        Assert.True(approvers.Length == 0 || signed > 100, $"only {signed} signatures");
    }

    private static void CheckOpen(Case current, SeenBytesOracle oracle)
    {
        if (current.End is not null)
        {
            Assert.Empty(current.Open);
            Assert.Null(oracle.OpenStep);
            return;
        }

        Assert.NotEmpty(current.Open);
        Assert.All(current.Open, task => Assert.Equal(oracle.OpenStep, task.Step));
        Assert.Equal(current.Open.Count, current.Open.Select(task => task.Member).Distinct().Count());
    }

    private static void CheckReplay(Case current, List<CaseEvent> events)
    {
        var json = CaseJson.Write(current);
        Assert.Equal(json, CaseJson.Write(CaseMachine.Replay(events)));
        Assert.Equal(json, CaseJson.Write(CaseMachine.Replay(events.Select(happened => CaseJson.ReadEvent(CaseJson.Write(happened))))));
        Assert.Equal(json, CaseJson.Write(CaseJson.ReadCase(json)));
    }
}
