using System.Collections.Immutable;
using Tera.Sop.Definitions;

namespace Tera.Sop.Cases;

/// <summary>How each event changes the case. It needs no definition: an event carries everything that follows from it.</summary>
internal static class Evolution
{
    public static Case Fold(Case? current, CaseEvent happened)
    {
        if (happened is CaseStarted started)
        {
            return current is null
                ? new Case { Id = started.Case, Sop = started.Sop, Definition = started.Definition, StartedAt = started.At, StartedBy = started.By, Parent = started.Parent }
                : throw new ArgumentException("The case has begun already.", nameof(happened));
        }

        if (current is null)
        {
            throw new ArgumentException("The first event of a case is its start.", nameof(happened));
        }

        return happened switch
        {
            StepOpened opened => Open(current, opened),
            MemberOpened opened => OpenMember(current, opened),
            TaskRead read => OnTask(current, read.Step, read.Member, task => task with { ReadAt = task.ReadAt ?? read.At }) with { Withdrawable = null },
            TaskReassigned moved => OnTask(current, moved.Step, moved.Member, task => task with { AssignedTo = moved.To, Holder = null }),
            StepDone done => Do(current, done),
            ChainChosen chosen => current with { Chains = current.Chains.RemoveAll(choice => Same(choice.Chain, chosen.Choice.Chain)).Add(chosen.Choice) },
            VersionAdded added => AddVersion(current, added),
            EffectRequested requested => current with { Effects = current.Effects.Add(requested.Effect) },
            EffectRecorded recorded => RecordEffect(current, recorded),
            BufferApplied => current with { Buffered = [], FoundOutcome = null },
            SubCaseRequested requested => current with { SubCase = requested.SubCase },
            SubCaseRecorded recorded => current with
            {
                SubCase = null,
                Effects = Same(recorded.End, Outcome.Finished) || Same(recorded.End, SubCaseEnded.NotNeeded) ? current.Effects : current.Effects.RemoveAll(effect => effect.Awaited),
            },
            Approved approved => current with
            {
                Approvals = current.Approvals.RemoveAll(old => Same(old.Step, approved.Approval.Step) && old.Member == approved.Approval.Member && Same(old.Document, approved.Approval.Document)).Add(approved.Approval),
            },
            MemberLeft left => LeaveMember(current, left),
            StepSkipped skipped => Skip(current, skipped),
            StepLeft left => Leave(current, left),
            Returned returned => Return(current, returned),
            ResumeDropped => current with { Resume = [] },
            StepReopened reopened => Reopen(current, reopened),
            Withdrawn withdrawn => TakeBack(current, withdrawn),
            CaseEnded ended => EndIt(current, ended),
            _ => throw new ArgumentException($"An unknown event: {happened.GetType().Name}.", nameof(happened)),
        };
    }

    private static Case Open(Case current, StepOpened opened)
    {
        var tasks = opened.Run is null
            ? [NewTask(opened, null)]
            : Enumerable.Range(0, opened.Run.Members.Count).Where(member => opened.Run.Status[member] == MemberStatus.Open).Select(member => NewTask(opened, member)).ToImmutableList();
        var known = current.Record(opened.Step) ?? new StepRecord(opened.Step, 0, null, [], false);
        return WithRecord(current, known with { Visits = opened.Visit }) with
        {
            Open = tasks,
            Deed = null,
            Buffered = [],
            FoundOutcome = null,
            Runs = opened.Run is null ? current.Runs : current.Runs.RemoveAll(run => Same(run.Step, opened.Step)).Add(opened.Run),
            Resume = opened.Because == OpenedBecause.Resumed ? current.Resume.RemoveAt(current.Resume.Count - 1) : current.Resume,
        };
    }

    private static OpenTask NewTask(StepOpened opened, int? member) => new(opened.Step, opened.Visit, member, opened.At)
    {
        Because = opened.Because,
        Holder = opened.Holder,
        AssignedTo = opened.AssignedTo,
    };

    private static Case OpenMember(Case current, MemberOpened opened) =>
        WithStatus(current, opened.Step, opened.Member, MemberStatus.Open) with
        {
            Open = current.Open.Add(new OpenTask(opened.Step, opened.Visit, opened.Member, opened.At) { Because = OpenedBecause.Forward }),
        };

    private static Case Do(Case current, StepDone done)
    {
        var next = Submit(current, done.Submissions) with { Deed = done.Deed, Withdrawable = null, Disposisi = done.Disposisi ?? current.Disposisi };
        return done.Deed.By is null ? next : OnTask(next, done.Deed.Step, done.Deed.Member, task => task with { ReadAt = task.ReadAt ?? done.At, Failure = null });
    }

    private static Case Submit(Case current, IReadOnlyList<Submission> submissions)
    {
        foreach (var submission in submissions)
        {
            current = WithDocument(current, submission.Document, document => document with { Reference = submission.Reference, Parts = [.. submission.Parts] });
        }

        return current;
    }

    private static Case AddVersion(Case current, VersionAdded added) =>
        WithDocument(current, added.Document, document => document with { Versions = document.Versions.Add(added.Version) });

    /// <summary>One failure of what is waited for fails the step: the results of its other effects are not waited for any more.</summary>
    private static Case RecordEffect(Case current, EffectRecorded recorded)
    {
        var failed = !recorded.Succeeded && current.Effects.Exists(effect => effect.Awaited && Same(effect.Key, recorded.Key));
        return Submit(current, recorded.Submissions) with
        {
            Effects = current.Effects.RemoveAll(effect => Same(effect.Key, recorded.Key) || (failed && effect.Awaited)),
            SubCase = failed ? null : current.SubCase,
            Buffered = recorded.Versions.Count == 0 ? current.Buffered : current.Buffered.AddRange(recorded.Versions),
            FoundOutcome = recorded.Outcome ?? current.FoundOutcome,
        };
    }

    private static Case LeaveMember(Case current, MemberLeft left) =>
        CloseTask(WithStatus(current, left.Step, left.Member, MemberStatus.Done), left.Step, left.Member, left.At, HistoryKind.Done) with
        {
            Deed = null,
            Buffered = [],
            Withdrawable = left.Withdrawable,
        };

    private static Case Skip(Case current, StepSkipped skipped)
    {
        var next = skipped.Member is { } member ? WithStatus(current, skipped.Step, member, MemberStatus.Skipped) : current;
        return CloseTask(next, skipped.Step, skipped.Member, skipped.At, HistoryKind.Skipped);
    }

    private static Case Leave(Case current, StepLeft left)
    {
        var next = current;
        foreach (var task in current.Open)
        {
            next = CloseTask(next, task.Step, task.Member, left.At, HistoryKind.Done);
        }

        foreach (var output in left.Outputs)
        {
            next = WithDocument(next, output.Document, document => document with
            {
                States = document.States.RemoveAll(state => Same(state.State, output.State)).Add(new ReachedState(output.State, left.Step, left.Skipped)),
            });
        }

        var known = next.Record(left.Step)!;
        return WithRecord(next, known with { LastOutcome = left.Outcome, Skipped = left.Skipped, Persons = left.Skipped ? [] : known.Persons }) with
        {
            Deed = null,
            Buffered = [],
            FoundOutcome = null,
            Withdrawable = left.Withdrawable,
        };
    }

    private static Case Return(Case current, Returned returned)
    {
        var next = current;
        foreach (var task in current.Open)
        {
            next = CloseTask(next, task.Step, task.Member, returned.At, HistoryKind.Returned);
        }

        bool IsRedone(string step) => returned.Redone.Contains(step, StringComparer.Ordinal);
        var sameChain = returned.TargetMember is not null;
        return next with
        {
            Returns = returned.ByPerson ? current.Returns + 1 : current.Returns,
            Withdrawable = null,
            Resume = returned.Rule == ReturnRule.Ulang ? [] : Same(returned.TargetStep, returned.Step) ? next.Resume : next.Resume.Add(new ResumePoint(returned.TargetStep, returned.Step, returned.Member)),
            Approvals = next.Approvals.RemoveAll(approval => IsRedone(approval.Step) && !(sameChain && Same(approval.Step, returned.TargetStep) && approval.Member < returned.TargetMember)),
            Documents = returned.Redone.Count == 0 ? next.Documents : next.Documents.ConvertAll(document => document.States.Exists(state => IsRedone(state.Step))
                ? document with { States = document.States.RemoveAll(state => IsRedone(state.Step)) }
                : document),
            Steps = next.Steps.ConvertAll(record => IsRedone(record.Step) && !(sameChain && Same(record.Step, returned.TargetStep))
                ? record with { LastOutcome = null, Skipped = false, Persons = [] }
                : record),
            Runs = next.Runs.RemoveAll(run => IsRedone(run.Step) && !(sameChain && Same(run.Step, returned.TargetStep))),
        };
    }

    private static Case Reopen(Case current, StepReopened reopened)
    {
        var task = current.Task(reopened.Step, reopened.Member)!;
        var next = current;
        if (current.Deed is { By: not null } deed)
        {
            next = next with { History = next.History.Add(Row(task, deed, reopened.At, HistoryKind.Failed, reopened.Failure)) };
        }

        next = WithRecord(next, next.Record(reopened.Step)! with { Visits = reopened.Visit });
        return next with
        {
            Deed = null,
            Buffered = [],
            FoundOutcome = null,
            Open = [.. next.Open.Select(open => open with
            {
                Visit = reopened.Visit,
                AssignedTo = open.Member == reopened.Member ? reopened.AssignedTo ?? open.AssignedTo : open.AssignedTo,
                Failure = open.Member == reopened.Member ? reopened.Failure : open.Failure,
            })],
            Effects = next.Effects.RemoveAll(effect => effect.Awaited),
        };
    }

    private static Case TakeBack(Case current, Withdrawn withdrawn)
    {
        var last = current.History.FindLastIndex(row => Same(row.Step, withdrawn.Step) && row.Member == withdrawn.Member && row.How == HistoryKind.Done);
        var known = current.Record(withdrawn.Step)!;
        var next = WithRecord(current, known with { LastOutcome = null, Persons = known.Persons.Remove(withdrawn.By.Person) });
        if (withdrawn.Member is { } member)
        {
            next = WithStatus(next, withdrawn.Step, member, MemberStatus.Waiting);
            foreach (var open in current.Open.Where(task => Same(task.Step, withdrawn.Step)))
            {
                next = WithStatus(next, open.Step, open.Member!.Value, MemberStatus.Waiting);
            }
        }

        return next with
        {
            Open = [],
            Withdrawable = null,
            History = next.History.SetItem(last, next.History[last] with { How = HistoryKind.Withdrawn }),
            Approvals = next.Approvals.RemoveAll(approval => Same(approval.Step, withdrawn.Step) && approval.Member == withdrawn.Member),
            Documents = next.Documents.ConvertAll(document => document with { States = document.States.RemoveAll(state => Same(state.Step, withdrawn.Step)) }),
        };
    }

    private static Case EndIt(Case current, CaseEnded ended)
    {
        var next = current;
        foreach (var task in current.Open)
        {
            next = CloseTask(next, task.Step, task.Member, ended.At, HistoryKind.Ended);
        }

        return next with
        {
            End = ended.End,
            EndReason = ended.Reason,
            EndedAt = ended.At,
            Deed = null,
            Buffered = [],
            FoundOutcome = null,
            Resume = [],
            Withdrawable = null,
            SubCase = null,
            Effects = next.Effects.RemoveAll(effect => effect.Awaited),
        };
    }

    /// <summary>Takes a task out and writes its row; a task nobody acted on just goes.</summary>
    private static Case CloseTask(Case current, string step, int? member, DateTimeOffset at, HistoryKind how)
    {
        var task = current.Task(step, member);
        if (task is null)
        {
            return current;
        }

        var next = current with { Open = current.Open.Remove(task) };
        if (how == HistoryKind.Skipped)
        {
            return next with { History = next.History.Add(new HistoryRow(step, task.Visit, member, null, task.Since, task.ReadAt, at, at, "lewati", null, null, how)) };
        }

        if (current.Deed is not { } deed || !Same(deed.Step, step) || deed.Member != member)
        {
            return next;
        }

        next = next with { History = next.History.Add(Row(task, deed, at, how, deed.Reason)) };
        return deed.By is null || how != HistoryKind.Done
            ? next
            : WithRecord(next, WithPerson(next.Record(step)!, deed));
    }

    private static StepRecord WithPerson(StepRecord record, Deed deed) => record with
    {
        Persons = deed.Member is null ? [deed.By!.Person] : record.Persons.Contains(deed.By!.Person) ? record.Persons : record.Persons.Add(deed.By!.Person),
    };

    private static HistoryRow Row(OpenTask task, Deed deed, DateTimeOffset at, HistoryKind how, string? reason) =>
        new(task.Step, task.Visit, task.Member, deed.By, task.Since, task.ReadAt, deed.At, at, deed.Outcome, deed.Target, reason, how);

    private static Case OnTask(Case current, string step, int? member, Func<OpenTask, OpenTask> change)
    {
        var task = current.Task(step, member) ?? throw new ArgumentException($"No task of step '{step}' is open.", nameof(step));
        return current with { Open = current.Open.Replace(task, change(task)) };
    }

    private static Case WithRecord(Case current, StepRecord record)
    {
        var index = current.Steps.FindIndex(known => Same(known.Step, record.Step));
        return current with { Steps = index < 0 ? current.Steps.Add(record) : current.Steps.SetItem(index, record) };
    }

    private static Case WithDocument(Case current, string name, Func<CaseDocument, CaseDocument> change)
    {
        var index = current.Documents.FindIndex(document => Same(document.Name, name));
        return current with
        {
            Documents = index < 0 ? current.Documents.Add(change(new CaseDocument { Name = name })) : current.Documents.SetItem(index, change(current.Documents[index])),
        };
    }

    private static Case WithStatus(Case current, string step, int member, MemberStatus status)
    {
        var index = current.Runs.FindIndex(run => Same(run.Step, step));
        var run = current.Runs[index];
        return current with { Runs = current.Runs.SetItem(index, run with { Status = run.Status.SetItem(member, status) }) };
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.Ordinal);
}
