using System.Globalization;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Sop.Simulation;

/// <summary>One simulated case: everybody does his work sensibly, and chance says yes, no, too late or broken.</summary>
internal sealed class Walker(SopDefinition definition, SimulationOptions options, Random random, int number)
{
    private DateTimeOffset now = new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);
    private long hashes;

    public Case? Case { get; private set; }

    public int Commands { get; private set; }

    public int Refused { get; private set; }

    public void Step()
    {
        now += TimeSpan.FromMinutes(random.Next(1, 240));
        Give(Case is null ? new StartCase(CaseId.Create($"simulasi-{Text(number)}"), null) : Next(Case));
    }

    private void Give(CaseCommand command)
    {
        Commands++;
        switch (CaseMachine.Decide(definition, Case, command, now))
        {
            case Decision.Accepted accepted:
                foreach (var happened in accepted.Events)
                {
                    Case = CaseMachine.Evolve(Case, happened);
                }

                break;
            case Decision.Refused refused:
                Refused++;
                if (refused.Refusal.Reason == RefusalReason.ApprovalMissing)
                {
                    SayNo(Case!, definition.Step(Case!.Open[0].Step));
                }

                break;
        }
    }

    private CaseCommand Next(Case current)
    {
        if (current.SubCase is { } sub)
        {
            return new SubCaseEnded(sub.Key, Chance(options.FailureShare) ? "dibatalkan" : sub.Unless is not null && Chance(0.5) ? SubCaseEnded.NotNeeded : Outcome.Finished);
        }

        if (current.Effects.Find(effect => effect.Awaited) is { } effect)
        {
            return Chance(options.FailureShare) ? new EffectFailed(effect.Key, "Simulasi: layanan tidak menjawab.") : Succeed(current, effect);
        }

        var task = current.Open[random.Next(current.Open.Count)];
        var step = definition.Step(task.Step);
        if (step.Kind == StepKind.Tunggu)
        {
            var others = step.Outcomes.Where(outcome => outcome.Name is not Outcome.Reached).ToList();
            return others.Count > 0 && Chance(options.NoShare) ? new ExternalEvent(step.Id, Pick(others).Name, "simulasi") : new TimeReached(step.Id);
        }

        if (step.Batas is { } limit && Chance(options.ExpiryShare))
        {
            now = task.Since + limit;
            return new Expired(step.Id);
        }

        return CanSkip(current, step, task) && Chance(options.EmptyLaneShare) ? new LaneEmpty(step.Id, task.Member) : Act(current, step, task);
    }

    private CompleteStep Act(Case current, Step step, OpenTask task)
    {
        var noes = step.Outcomes.Where(outcome => !outcome.IsApproving && !outcome.IsSystemOnly).ToList();
        var yeses = step.Outcomes.Where(outcome => outcome.IsApproving).ToList();
        return Complete(current, step, task, yeses.Count == 0 || (noes.Count > 0 && Chance(options.NoShare)) ? Pick(noes) : Pick(yeses));
    }

    private void SayNo(Case current, Step step)
    {
        var noes = step.Outcomes.Where(outcome => !outcome.IsApproving && !outcome.IsSystemOnly).ToList();
        if (noes.Count > 0)
        {
            Give(Complete(current, step, current.Open[0], Pick(noes)));
        }
    }

    private CompleteStep Complete(Case current, Step step, OpenTask task, Outcome outcome)
    {
        var about = definition.Graph.VersionedDocuments(step);
        var target = outcome.Goes is OutcomeTarget.Return back ? Pick(Returning.Targets(definition, current, step, task.Member, back)) : null;
        var edits = target is not null ? Returning.IsSelfEdit(target) : step.Kind == StepKind.Isi && outcome.IsForward;
        var seen = about.Select(name => (Name: name, current.Document(name)?.Current)).Where(pair => pair.Current is not null).Select(pair => new SeenVersion(pair.Name, pair.Current!.Hash));
        return new CompleteStep(ActorOf(current, step, task), step.Id, outcome.Name)
        {
            Member = task.Member,
            Target = target,
            Reason = outcome.IsForward ? null : "Simulasi.",
            Seen = step.Kind is StepKind.Putus or StepKind.Tte ? [.. seen] : [],
            Versions = edits ? [.. about.Where(name => !Versions.IsSealed(definition, step, name)).Select(name => new NewVersion(name, "naskah.pdf", NextHash()))] : [],
            Submissions = outcome.IsForward && step.Kind != StepKind.Tte && !step.Rahasia ? [.. Supplies(step)] : [],
            Ticked = step.DaftarPeriksa,
            Facts = Vocabulary.Keadaan,
            Disposisi = step.Kind == StepKind.Disposisi && outcome.IsForward ? new Disposisi(null, ["Tindak lanjuti"]) : null,
        };
    }

    private IEnumerable<Submission> Supplies(Step step) =>
        from need in step.Kelengkapan
        where need.Kind == RequirementKind.Document && definition.FindDocument(need.Name) is { Berversi: false }
        let document = definition.FindDocument(need.Name)!
        select new Submission(need.Name, $"simulasi/{need.Name}", [.. document.Isian, .. document.Isi]);

    private EffectSucceeded Succeed(Case current, OpenEffect effect)
    {
        var step = definition.Step(effect.Step);
        var outcomes = step.Kind == StepKind.Sistem ? step.Outcomes.Where(outcome => !outcome.IsSystemOnly).ToList() : [];
        return new EffectSucceeded(effect.Key)
        {
            Outcome = outcomes.Count > 1 ? Pick(outcomes.Exists(outcome => outcome.IsApproving) && !Chance(options.NoShare) ? outcomes.FindAll(outcome => outcome.IsApproving) : outcomes).Name : null,
            Versions = definition.Graph.VersionedDocuments(step) is [var document, ..] ? Produced(current, effect.Name, document) : [],
        };
    }

    private IReadOnlyList<NewVersion> Produced(Case current, string effect, string document)
    {
        var last = current.Buffered.FindLast(version => string.Equals(version.Document, document, StringComparison.Ordinal))?.Hash ?? current.Document(document)?.Current?.Hash;
        return effect switch
        {
            "naskah.buat" or "dok.ke_pdf" or "dok.siapkan_bidang_ttd" => [new NewVersion(document, "naskah.pdf", NextHash())],
            "nomor.tetapkan" when definition.Paraf == ParafMode.Catatan => [new NewVersion(document, "naskah.pdf", NextHash(), VersionKind.Equivalent, last, "simulasi")],
            "ttd.pades" or "ttd.cap_waktu" => [new NewVersion(document, "naskah.pdf", NextHash(), VersionKind.Extends, last)],
            "ttd.paraf" when definition.Paraf == ParafMode.Pades => [new NewVersion(document, "naskah.pdf", NextHash(), VersionKind.Extends, last)],
            _ => [],
        };
    }

    private bool CanSkip(Case current, Step step, OpenTask task)
    {
        var lane = task.Member is { } member ? current.Run(step.Id)!.Members[member].Lane : step.Lane;
        return lane is not null && step.Kind == StepKind.Putus && definition.FindLane(lane)!.Kosong == EmptyLanePolicy.Lewati;
    }

    private static Actor ActorOf(Case current, Step step, OpenTask task)
    {
        var lane = task.Member is { } member ? current.Run(step.Id)!.Members[member].Lane! : step.Lane!;
        return new Actor(PersonId.Create($"orang-{lane}"), PositionId.Create($"jabatan-{lane}"), ActingKind.Definitif, [lane]);
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    private bool Chance(double share) => random.NextDouble() < share;

    private ContentHash NextHash() => ContentHash.Create((++hashes).ToString("x64", CultureInfo.InvariantCulture));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
