using System.Globalization;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Sop.Tests.Cases;

/// <summary>Mostly sensible commands, with everything about them wrong now and then.</summary>
internal sealed class CommandMonkey(SopDefinition definition, Random random)
{
    private static readonly string[] People = ["orang-1", "orang-2", "orang-3"];
    private readonly List<ContentHash> old = [];
    private long hashes;

    public CaseCommand Next(Case? current)
    {
        if (current is null)
        {
            return new StartCase(CaseId.Create("kasus"), null);
        }

        if (Chance(0.06))
        {
            return Odd(current);
        }

        if (current.SubCase is { } sub)
        {
            return new SubCaseEnded(sub.Key, Pick("selesai", "selesai", "tidak_perlu", "ditolak"));
        }

        var awaited = current.Effects.FindAll(effect => effect.Awaited);
        if (awaited.Count > 0 && !Chance(0.05))
        {
            var effect = Pick(awaited);
            return Chance(0.05) ? new EffectFailed(effect.Key, "Layanan tidak menjawab.") : Succeed(current, effect);
        }

        var task = Pick(current.Open);
        var step = definition.Step(task.Step);
        if (step.Kind == StepKind.Tunggu)
        {
            return Chance(0.5) ? new TimeReached(step.Id) : new ExternalEvent(step.Id, Pick(step.Outcomes).Name, "bukti");
        }

        return step.Batas is not null && Chance(0.1) ? new Expired(step.Id) : Chance(0.04) ? new LaneEmpty(step.Id, task.Member) : Complete(current, step, task);
    }

    private CaseCommand Odd(Case current)
    {
        var step = Pick(definition.Steps);
        var member = Chance(0.5) ? null : (int?)random.Next(-1, 5);
        var actor = RandomActor();
        var document = definition.Documents.Count == 0 ? "x" : Pick(definition.Documents).Name;
        return random.Next(14) switch
        {
            0 => new StartCase(CaseId.Create("lain"), null),
            1 => new MarkRead(actor, step.Id, member),
            2 => new Withdraw(actor),
            3 => new Reassign(Chance(0.5) ? null : actor, step.Id, member, PersonId.Create(Pick(People)), Pick("dialihkan", "")),
            4 => new Reassign(null, current.Open[0].Step, current.Open[0].Member, null, "kembali ke lajur"),
            5 => Chance(0.05) ? new CancelCase(null, "dibatalkan") : new CancelCase(actor, "dibatalkan"),
            6 => new RetryEffects(step.Id),
            7 => new LaneEmpty(step.Id, member),
            8 => new EffectSucceeded(Pick("tidak/ada", $"kasus/{step.Id}/1/ttd.pades")),
            9 => new TimeReached(step.Id),
            10 => new Expired(step.Id),
            11 => new SubCaseEnded($"kasus/{step.Id}/1/panggil", "selesai"),
            12 => new RecordEquivalent(new NewVersion(document, "surat.pdf", NextHash(), Pick(VersionKind.Equivalent, VersionKind.New), current.Document(document)?.Current?.Hash, Chance(0.8) ? "bukti" : null)),
            _ => new CompleteStep(actor, step.Id, Pick("ya", "tidak", "kirim", "gagal", "kedaluwarsa", "entah")) { Member = member, Target = Chance(0.5) ? null : Pick(definition.Steps).Id, Reason = "x", Facts = Vocabulary.Keadaan },
        };
    }

    private CompleteStep Complete(Case current, Step step, OpenTask task)
    {
        var outcome = Chance(0.7) ? step.Outcomes[0] : Pick(step.Outcomes);
        var target = outcome.Goes is OutcomeTarget.Return back && Chance(0.95) ? Pick(back.Targets) : Chance(0.01) ? "entah" : null;
        var about = definition.Documents.Where(document => document.Berversi).Select(document => document.Name)
            .Where(name => definition.Graph.VersionedDocuments(step).Contains(name) || Chance(0.05)).ToList();
        var edits = target == Outcome.SelfEdit || (step.Kind == StepKind.Isi && Chance(0.5)) || Chance(0.02) || (step.Kind == StepKind.Isi && about.Exists(name => current.Document(name)?.Current is null));
        var signs = !edits && step.Kind is StepKind.Putus or StepKind.Tte && Chance(0.1);
        return new CompleteStep(ActorFor(current, step, task), step.Id, outcome.Name)
        {
            Member = Chance(0.99) ? task.Member : random.Next(0, 4),
            Target = target,
            Reason = outcome.IsForward || Chance(0.03) ? null : "Perlu diperbaiki.",
            Seen = step.Kind is StepKind.Putus or StepKind.Tte && Chance(0.97)
                ? [.. about.Where(name => current.Document(name)?.Current is not null && definition.Graph.VersionedDocuments(step).Contains(name)).Select(name => new SeenVersion(name, Chance(0.95) || old.Count == 0 ? current.Document(name)!.Current!.Hash : Pick(old)))]
                : [],
            Versions = edits ? [.. about.Select(name => New(name))] : signs ? [.. about.Select(name => Extend(current, name))] : [],
            Submissions = outcome.IsForward && step.Kind != StepKind.Tte && !step.Rahasia && Chance(0.97) ? [.. Supplies(step)] : [],
            Ticked = Chance(0.95) ? step.DaftarPeriksa : [],
            Facts = Chance(0.97) ? Vocabulary.Keadaan : [],
            Disposisi = step.Kind == StepKind.Disposisi && outcome.IsForward ? new Disposisi(Chance(0.1) ? PositionId.Create($"jabatan-{step.HandsTo}") : null, ["Tindak lanjuti"]) : null,
            Chains = Chance(0.4) ? [.. definition.Chains.Where(chain => chain.Ubah == step.Id || Chance(0.05)).Select(chain => new ChainChoice(chain.Name, Members()))] : [],
        };
    }

    private IReadOnlyList<ChainMember> Members() =>
        [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Chance(0.7) ? new ChainMember(Pick(definition.Lanes).Id) : new ChainMember(null, PositionId.Create("jabatan-staf-ahli"))).Distinct()];

    private EffectSucceeded Succeed(Case current, OpenEffect effect)
    {
        var step = definition.Step(effect.Step);
        var document = definition.Documents.FirstOrDefault(known => known.Berversi)?.Name;
        var last = document is null ? null : current.Buffered.FindLast(version => version.Document == document)?.Hash ?? current.Document(document)?.Current?.Hash;
        IReadOnlyList<NewVersion> versions = document is null || Chance(0.5) && effect.Name is not "naskah.buat" ? [] : effect.Name switch
        {
            "naskah.buat" or "dok.ke_pdf" or "dok.versi_baru" => [New(document)],
            "nomor.tetapkan" => [new NewVersion(document, "surat.pdf", NextHash(), VersionKind.Equivalent, last, "bukti")],
            _ => [new NewVersion(document, "surat.pdf", NextHash(), Pick(VersionKind.Extends, VersionKind.Extends, VersionKind.New), last)],
        };
        return new EffectSucceeded(effect.Key)
        {
            Outcome = step.Kind == StepKind.Sistem && step.FindOutcome(Outcome.Ok) is null ? Pick(step.Outcomes).Name : null,
            Versions = versions,
        };
    }

    private IEnumerable<Submission> Supplies(Step step) =>
        step.Kelengkapan.Where(need => need.Kind == RequirementKind.Document).Select(need => definition.FindDocument(need.Name)!)
            .Select(document => new Submission(document.Name, "simpan", Chance(0.97) ? [.. document.Isian, .. document.Isi] : []));

    private NewVersion New(string document) => new(document, "surat.pdf", Chance(0.03) && old.Count > 0 ? Pick(old) : NextHash());

    private NewVersion Extend(Case current, string document) => new(document, "surat.pdf", NextHash(), VersionKind.Extends, current.Document(document)?.Current?.Hash);

    private Actor ActorFor(Case current, Step step, OpenTask task)
    {
        if (Chance(0.03) || !step.IsHuman)
        {
            return RandomActor();
        }

        var member = task.Member is { } number ? current.Run(step.Id)!.Members[number] : null;
        var person = task.AssignedTo ?? member?.Person ?? PersonId.Create(Pick(People));
        return new Actor(person, task.Holder ?? member?.Position ?? PositionId.Create("jabatan"), ActingKind.Definitif, [(member is null ? step.Lane : member.Lane) ?? "tanpa"]);
    }

    private Actor RandomActor() =>
        new(PersonId.Create(Pick(People)), PositionId.Create("jabatan"), Pick(ActingKind.Definitif, ActingKind.Plh, ActingKind.Plt), [Pick(definition.Lanes).Id], Chance(0.2));

    private ContentHash NextHash()
    {
        var hash = ContentHash.Create((++hashes).ToString("x64", CultureInfo.InvariantCulture));
        old.Add(hash);
        return hash;
    }

    private bool Chance(double share) => random.NextDouble() < share;

    private T Pick<T>(params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
