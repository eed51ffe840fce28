using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Sop.Tests.Cases;

/// <summary>Knows from the events alone who has seen which bytes.</summary>
internal sealed class SeenBytesOracle(SopDefinition definition, IReadOnlyList<string> approverSteps)
{
    private readonly Dictionary<string, int> contentOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> currentContent = new(StringComparer.Ordinal);
    private readonly HashSet<(string Step, string Who, int Content)> saw = [];
    private readonly Dictionary<string, ChainRun> runs = new(StringComparer.Ordinal);
    private readonly HashSet<(string Step, int? Member)> skipped = [];
    private (string Step, string Who, int Content)? pending;
    private int contents;

    public string? OpenStep { get; private set; }

    /// <summary>Takes an event; true when it is a signature, which is checked.</summary>
    public bool Watch(CaseEvent happened)
    {
        switch (happened)
        {
            case StepOpened opened:
                OpenStep = opened.Step;
                skipped.RemoveWhere(skip => skip.Step == opened.Step && (opened.Run is null || skip.Member is not { } member || member >= opened.Run.Members.Count || opened.Run.Status[member] != MemberStatus.Skipped));
                if (opened.Run is not null)
                {
                    runs[opened.Step] = opened.Run;
                }

                break;
            case CaseEnded:
                OpenStep = null;
                break;
            case StepSkipped skip:
                skipped.Add((skip.Step, skip.Member));
                break;
            case VersionAdded added:
                AddVersion(added);
                break;
            case StepReopened:
                pending = null;
                break;
            case StepDone done:
                return Done(done.Deed);
            case Returned:
                pending = null;
                break;
            case MemberLeft or StepLeft when pending is { } approval:
                saw.Add(approval);
                pending = null;
                break;
        }

        return false;
    }

    private void AddVersion(VersionAdded added)
    {
        var key = $"{added.Document}/{added.Version.Hash}";
        var content = added.Version.Kind == VersionKind.New ? ++contents : currentContent[added.Document];
        contentOf[key] = content;
        currentContent[added.Document] = content;
    }

    private bool Done(Deed deed)
    {
        var step = definition.Step(deed.Step);
        var outcome = step.FindOutcome(deed.Outcome)!;
        pending = null;
        if (deed.By is null || !outcome.IsForward || outcome.Name.StartsWith("tidak", StringComparison.Ordinal) || deed.Seen.Count == 0)
        {
            return false;
        }

        var content = contentOf[$"{deed.Seen[0].Document}/{deed.Seen[0].Hash}"];
        Assert.Equal(currentContent[deed.Seen[0].Document], content);
        if (step.Kind != StepKind.Tte)
        {
            pending = (step.Id, Who(step.Id, deed.Member), content);
            return false;
        }

        foreach (var approver in approverSteps)
        {
            CheckApprover(approver, content);
        }

        return true;
    }

    private void CheckApprover(string approver, int content)
    {
        if (runs.TryGetValue(approver, out var run))
        {
            for (var member = 0; member < run.Members.Count; member++)
            {
                Assert.True(skipped.Contains((approver, member)) || saw.Contains((approver, Who(approver, member), content)), $"signed bytes that {approver}#{member} has not seen");
            }
        }
        else
        {
            Assert.True(skipped.Contains((approver, null)) || saw.Contains((approver, approver, content)), $"signed bytes that {approver} has not seen");
        }
    }

    private string Who(string step, int? member) => member is { } number ? runs[step].Members[number].ToString() : step;
}
