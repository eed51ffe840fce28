using System.Globalization;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Sop.Tests.Cases;

/// <summary>Drives one case by hand; every lane has one person named after it.</summary>
internal sealed class CaseRun(SopDefinition definition)
{
    private int hashes;

    public Case Case { get; private set; } = null!;

    public List<CaseEvent> Events { get; } = [];

    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    public string OpenStep => Assert.Single(Case.Open.Select(task => task.Step).Distinct());

    public static CaseRun Start(SopDefinition definition)
    {
        var run = new CaseRun(definition);
        run.Ok(new StartCase(CaseId.Create("kasus-1"), null));
        return run;
    }

    public static Actor Actor(string lane, string? person = null, ActingKind kind = ActingKind.Definitif) =>
        new(PersonId.Create(person ?? $"orang-{lane}"), PositionId.Create($"jabatan-{lane}"), kind, [lane]);

    public static ContentHash Hash(int number) => ContentHash.Create(number.ToString("x64", CultureInfo.InvariantCulture));

    public ContentHash NextHash() => Hash(++hashes);

    public IReadOnlyList<CaseEvent> Ok(CaseCommand command)
    {
        var decision = CaseMachine.Decide(definition, Case, command, Now);
        var accepted = Assert.IsType<Decision.Accepted>(decision, exactMatch: true);
        foreach (var happened in accepted.Events)
        {
            Case = CaseMachine.Evolve(Case, happened);
            Events.Add(happened);
        }

        return accepted.Events;
    }

    public Refusal No(RefusalReason reason, CaseCommand command)
    {
        var refused = Assert.IsType<Decision.Refused>(CaseMachine.Decide(definition, Case, command, Now));
        Assert.Equal(reason, refused.Refusal.Reason);
        Assert.NotEmpty(RefusalText.Indonesian(refused.Refusal));
        return refused.Refusal;
    }

    /// <summary>A sensible command for the open step: the one who is in turn, having seen what there is, with everything that is needed.</summary>
    public CompleteStep Command(string outcome, string? target = null, int? member = null)
    {
        var step = definition.Step(Case.Open[0].Step);
        var task = Case.Open.Find(open => member is null || open.Member == member)!;
        var lane = task.Member is { } number ? Case.Run(step.Id)!.Members[number].Lane! : step.Lane!;
        var forward = step.FindOutcome(outcome) is { IsForward: true };
        var about = definition.Graph.VersionedDocuments(step);
        var fresh = target == Outcome.SelfEdit || (step.Kind == StepKind.Isi && about.Any(name => Case.Document(name)?.Current is null));
        return new CompleteStep(Actor(lane), step.Id, outcome)
        {
            Member = task.Member,
            Target = target,
            Reason = forward ? null : "Perlu diperbaiki.",
            Seen = step.Kind is StepKind.Putus or StepKind.Tte ? [.. about.Where(name => Case.Document(name)?.Current is not null).Select(name => new SeenVersion(name, Case.Document(name)!.Current!.Hash))] : [],
            Versions = fresh ? [.. about.Select(name => new NewVersion(name, "surat.pdf", NextHash()))] : [],
            Submissions = forward && !step.Rahasia && step.Kind != StepKind.Tte
                ? [.. step.Kelengkapan.Where(need => need.Kind == RequirementKind.Document).Select(need => definition.FindDocument(need.Name)!).Where(document => !document.Berversi)
                    .Select(document => new Submission(document.Name, $"simpan/{document.Name}", [.. document.Isian, .. document.Isi]))]
                : [],
            Ticked = step.DaftarPeriksa,
            Facts = Vocabulary.Keadaan,
            Disposisi = forward && step.Kind == StepKind.Disposisi ? new Disposisi(null, ["Tindak lanjuti"]) : null,
        };
    }

    /// <summary>Does the open step and all its effects.</summary>
    public CaseRun Do(string outcome, string? target = null, int? member = null)
    {
        Ok(Command(outcome, target, member));
        return Effects();
    }

    /// <summary>Succeeds every awaited effect and every effect that follows from it.</summary>
    public CaseRun Effects(string? outcome = null)
    {
        while (Case.Effects.Find(effect => effect.Awaited) is { } effect)
        {
            Ok(new EffectSucceeded(effect.Key) { Versions = Produced(effect), Outcome = definition.Step(effect.Step).Kind == StepKind.Sistem ? outcome : null });
        }

        return this;
    }

    public OpenEffect Effect(string name) => Case.Effects.Find(effect => effect.Name == name)!;

    private IReadOnlyList<NewVersion> Produced(OpenEffect effect)
    {
        if (definition.Graph.VersionedDocuments(definition.Step(effect.Step)) is not [var document, ..])
        {
            return [];
        }

        var last = Case.Buffered.FindLast(version => version.Document == document)?.Hash ?? Case.Document(document)?.Current?.Hash;
        return effect.Name switch
        {
            "dok.ke_pdf" or "naskah.buat" => [new NewVersion(document, "surat.pdf", NextHash())],
            "nomor.tetapkan" when definition.Paraf == ParafMode.Catatan => [new NewVersion(document, "surat.pdf", NextHash(), VersionKind.Equivalent, last, "bukti-1")],
            "ttd.pades" or "ttd.cap_waktu" => [new NewVersion(document, "surat.pdf", NextHash(), VersionKind.Extends, last)],
            "ttd.paraf" when definition.Paraf == ParafMode.Pades => [new NewVersion(document, "surat.pdf", NextHash(), VersionKind.Extends, last)],
            _ => [],
        };
    }
}
