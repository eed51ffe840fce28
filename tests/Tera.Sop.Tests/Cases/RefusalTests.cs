using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Sop.Tests.Cases;

/// <summary>One test for each reason to refuse.</summary>
public sealed class RefusalTests
{
    private static readonly Actor Admin = CaseRun.Actor("x", "orang-admin") with { IsAdministrator = true };

    [Fact]
    public void NotStarted() => Assert.Equal(RefusalReason.NotStarted, Reason(CaseMachine.Decide(TestSops.Lamandau, null, new TimeReached("tte"), DateTimeOffset.UnixEpoch)));

    [Fact]
    public void AlreadyStarted() => At("templat").No(RefusalReason.AlreadyStarted, new StartCase(CaseId.Create("k"), null));

    [Fact]
    public void OtherDefinition() => Assert.Equal(RefusalReason.OtherDefinition, Reason(CaseMachine.Decide(TestSops.Purwakarta, At("templat").Case, new TimeReached("tte"), DateTimeOffset.UnixEpoch)));

    [Fact]
    public void A_starter_of_another_lane() =>
        Assert.Equal(RefusalReason.WrongLane, Reason(CaseMachine.Decide(TestSops.Lamandau, null, new StartCase(CaseId.Create("k"), CaseRun.Actor("bupati")), DateTimeOffset.UnixEpoch)));

    [Fact]
    public void CaseEnded()
    {
        var run = At("reviu");
        run.No(RefusalReason.NotAdministrator, new CancelCase(CaseRun.Actor("kabag"), "x"));
        run.No(RefusalReason.ReasonMissing, new CancelCase(Admin, " "));
        run.Ok(new CancelCase(Admin, "Tidak jadi dikirim."));
        Assert.Equal("dibatalkan", run.Case.End);
        run.No(RefusalReason.CaseEnded, new LaneEmpty("reviu"));
    }

    [Fact]
    public void StepNotOpen() => At("reviu").With(run => Assert.Equal(["reviu"], run.No(RefusalReason.StepNotOpen, run.Command("ya") with { Step = "tte" }).Data));

    [Fact]
    public void NotAPersonsStep()
    {
        var run = CaseRun.Start(TestSops.Bundled("umum/perpanjangan"));
        run.No(RefusalReason.NotAPersonsStep, new CompleteStep(CaseRun.Actor("verifikator"), "jatuh_tempo", "tiba"));
    }

    [Fact]
    public void WrongLane() => At("reviu").With(run => run.No(RefusalReason.WrongLane, run.Command("ya") with { Actor = CaseRun.Actor("sekda") }));

    [Fact]
    public void OtherHolder_after_a_reassignment()
    {
        var run = At("reviu");
        run.No(RefusalReason.NotAdministrator, new Reassign(CaseRun.Actor("kabag"), "reviu", null, PersonId.Create("orang-lain"), "cuti"));
        run.Ok(new Reassign(Admin, "reviu", null, PersonId.Create("orang-lain"), "cuti"));
        run.No(RefusalReason.OtherHolder, run.Command("ya"));
        run.Ok(run.Command("ya") with { Actor = CaseRun.Actor("kabag", "orang-lain") });
    }

    [Fact]
    public void OtherHolder_when_a_disposition_names_a_position()
    {
        var run = CaseRun.Start(TestSops.Bundled("kemhan/pengajuan-sistem-tte")).Do("kirim");
        run.Ok(run.Command("teruskan") with { Disposisi = new Disposisi(PositionId.Create("kabid-2"), ["Telaah"], "segera", new DateOnly(2026, 3, 5)) });
        run.No(RefusalReason.OtherHolder, run.Command("teruskan"));
        run.Ok(run.Command("teruskan") with { Actor = CaseRun.Actor("kabid") with { Position = PositionId.Create("kabid-2") } });
    }

    [Fact]
    public void ActingNotAllowed()
    {
        var definition = TestSops.Small("a: {nama: A, calon: unit.staf, pengganti: [plt]}", "", "  - {id: satu, nomor: 1, uraian: Satu, pelaksana: a, jenis: isi, hasil: {kirim: selesai}}");
        var run = CaseRun.Start(definition);
        run.No(RefusalReason.ActingNotAllowed, run.Command("kirim") with { Actor = CaseRun.Actor("a", kind: ActingKind.Plh) });
        run.Ok(run.Command("kirim") with { Actor = CaseRun.Actor("a", kind: ActingKind.Plt) });
    }

    [Fact]
    public void SamePerson_is_judged_by_the_head_and_not_by_the_hat()
    {
        var run = CaseRun.Start(TestSops.Bundled("umum/pencabutan")).Do("kirim").Do("ya");
        Assert.Equal(["periksa"], run.No(RefusalReason.SamePerson, run.Command("ya") with { Actor = CaseRun.Actor("bsre", "orang-verifikator") }).Data);
        run.Ok(run.Command("ya"));
    }

    [Fact]
    public void OutcomeUnknown() => At("reviu").With(run => run.No(RefusalReason.OutcomeUnknown, run.Command("mungkin")));

    [Fact]
    public void OutcomeOfSystem()
    {
        var run = CaseRun.Start(TestSops.Bundled("umum/perpanjangan"));
        run.Ok(new TimeReached("jatuh_tempo"));
        run.Do("kirim").With(_ => run.No(RefusalReason.OutcomeOfSystem, run.Command("kedaluwarsa")));
    }

    [Fact]
    public void OutcomeMissing()
    {
        var run = CaseRun.Start(TestSops.Bundled("umum/perubahan-data")).Do("kirim");
        run.Ok(run.Command("setuju"));
        var key = run.Effect("data.klasifikasi").Key;
        run.No(RefusalReason.OutcomeMissing, new EffectSucceeded(key));
        run.No(RefusalReason.OutcomeUnknown, new EffectSucceeded(key) { Outcome = "gagal" });
        run.Ok(new EffectSucceeded(key) { Outcome = "hanya_akun" });
        Assert.Equal("simpan", run.OpenStep);
        run.No(RefusalReason.KeyUnknown, new EffectSucceeded(key) { Outcome = "hanya_akun" });
    }

    [Fact]
    public void ReasonMissing() => At("reviu").With(run => run.No(RefusalReason.ReasonMissing, run.Command("tidak", "sunting") with { Reason = " " }));

    [Fact]
    public void TextTooLong() => At("reviu").With(run => run.No(RefusalReason.TextTooLong, run.Command("tidak", "sunting") with { Reason = new string('x', 4001) }));

    [Fact]
    public void TargetMissing() => At("reviu").With(run => run.No(RefusalReason.TargetMissing, run.Command("tidak")));

    [Fact]
    public void TargetNotAllowed()
    {
        var run = At("reviu");
        run.No(RefusalReason.TargetNotAllowed, run.Command("tidak", "templat"));
        run.No(RefusalReason.TargetNotAllowed, run.Command("ya", "sunting"));
    }

    [Fact]
    public void ChecklistIncomplete()
    {
        var run = CaseRun.Start(TestSops.Bundled("temanggung/penerbitan-tte")).Do("kirim").Do("teruskan");
        Assert.Equal(["nik"], run.No(RefusalReason.ChecklistIncomplete, run.Command("lengkap") with { Ticked = ["ktp", "pas_foto", "surat_rekomendasi", "sp_pimpinan", "nip", "email_aktif"] }).Data);
        run.Ok(run.Command("tidak") with { Ticked = [] });
    }

    [Fact]
    public void KelengkapanMissing_names_fields_facts_and_states()
    {
        var run = CaseRun.Start(TestSops.Bundled("kemhan/pengajuan-sistem-tte"));
        Assert.Equal(["formulir", "keadaan:email_dinas_aktif"], run.No(RefusalReason.KelengkapanMissing, run.Command("kirim") with
        {
            Facts = [],
            Submissions = [new Submission("permohonan", "simpan/1", []), new Submission("formulir", "simpan/2", ["nama_sistem"])],
        }).Data);
        var definition = TestSops.Small("a: {nama: A, calon: unit.staf}", "b: {jenis: berkas}", "  - {id: satu, nomor: 1, uraian: Satu, pelaksana: a, jenis: isi, kelengkapan: ['b:siap', alat:laptop], hasil: {kirim: selesai}}");
        var other = CaseRun.Start(definition);
        Assert.Equal(["b:siap"], other.No(RefusalReason.KelengkapanMissing, other.Command("kirim")).Data);
    }

    [Fact]
    public void SecretStep()
    {
        var run = CaseRun.Start(TestSops.Bundled("umum/perpanjangan"));
        run.Ok(new TimeReached("jatuh_tempo"));
        run.Do("kirim").Do("kirim").Do("ya").Effects();
        run.No(RefusalReason.SecretStep, run.Command("kirim") with { Submissions = [new Submission("permohonan", "rahasia", [])] });
        run.No(RefusalReason.SecretStep, run.Command("kirim") with { Reason = "kata sandi" });
    }

    [Fact]
    public void DocumentUnknown() => At("reviu").With(run => run.No(RefusalReason.DocumentUnknown, run.Command("ya") with { Submissions = [new Submission("entah", "x", [])] }));

    [Fact]
    public void VersionNotAllowed_in_a_decision_and_after_the_signature()
    {
        var run = At("reviu");
        run.No(RefusalReason.VersionNotAllowed, run.Command("ya") with { Versions = [new NewVersion("naskah", "surat.pdf", run.NextHash())] });
        run.Do("ya").Do("ya").Do("ya").Do("ya").Do("ya");
        run.No(RefusalReason.VersionNotAllowed, run.Command("kirim") with { Versions = [new NewVersion("naskah", "lain.pdf", run.NextHash())] });
    }

    [Fact]
    public void VersionMissing()
    {
        var run = At("sunting");
        run.No(RefusalReason.VersionMissing, run.Command("kirim") with { Versions = [] });
        var self = At("reviu");
        self.No(RefusalReason.VersionMissing, self.Command("tidak", Outcome.SelfEdit) with { Versions = [] });
    }

    [Fact]
    public void SeenMissing() => At("reviu").With(run => run.No(RefusalReason.SeenMissing, run.Command("ya") with { Seen = [] }));

    [Fact]
    public void StaleVersion_when_the_text_changed_under_his_eyes()
    {
        var run = At("reviu");
        var stale = run.Command("ya");
        var last = run.Case.Document("naskah")!.Current!.Hash;
        run.No(RefusalReason.ProofMissing, new RecordEquivalent(new NewVersion("naskah", "surat.pdf", run.NextHash(), VersionKind.Equivalent, last)));
        run.Ok(new RecordEquivalent(new NewVersion("naskah", "surat.pdf", run.NextHash(), VersionKind.Equivalent, last, "bukti")));
        run.No(RefusalReason.StaleVersion, stale);
        run.Ok(run.Command("ya"));
    }

    [Fact]
    public void Approvals_carry_over_to_an_equivalent_version_and_not_to_a_new_one()
    {
        var run = At("reviu").Do("ya");
        run.Ok(new RecordEquivalent(new NewVersion("naskah", "surat.pdf", run.NextHash(), VersionKind.Equivalent, run.Case.Document("naskah")!.Current!.Hash, "bukti")));
        Assert.True(run.Case.Stands(run.Case.Approvals[0]));
        run.No(RefusalReason.VersionNotAllowed, new RecordEquivalent(new NewVersion("naskah", "surat.pdf", run.NextHash())));
    }

    [Fact]
    public void Nothing_is_rendered_again_once_a_paraf_has_sealed_the_bytes()
    {
        var run = CaseRun.Start(TestSops.Purwakarta).Do("kirim").Do("ya");
        run.No(RefusalReason.VersionNotAllowed, new RecordEquivalent(new NewVersion("surat", "surat.pdf", run.NextHash(), VersionKind.Equivalent, run.Case.Document("surat")!.Current!.Hash, "bukti")));
    }

    [Fact]
    public void ChainNotAllowed_and_ChainLength()
    {
        var run = At("registrasi");
        run.No(RefusalReason.ChainLength, run.Command("kirim") with { Chains = [new ChainChoice("verifikator", [])] });
        run.No(RefusalReason.ChainNotAllowed, run.Command("kirim") with { Chains = [new ChainChoice("verifikator", [new ChainMember("sekda"), new ChainMember("sekda")])] });
        run.No(RefusalReason.ChainNotAllowed, run.Command("kirim") with { Chains = [new ChainChoice("lain", [new ChainMember("sekda")])] });
        At("sunting").With(early => early.No(RefusalReason.ChainNotAllowed, early.Command("kirim") with { Chains = [new ChainChoice("verifikator", [new ChainMember("sekda")])] }));
    }

    [Fact]
    public void DispositionInvalid()
    {
        var run = CaseRun.Start(TestSops.Bundled("kemhan/pengajuan-sistem-tte")).Do("kirim");
        run.No(RefusalReason.DispositionInvalid, run.Command("teruskan") with { Disposisi = null });
        run.No(RefusalReason.DispositionInvalid, run.Command("teruskan") with { Disposisi = new Disposisi(null, []) });
    }

    [Fact]
    public void ChannelNotAllowed()
    {
        var run = CaseRun.Start(TestSops.Bundled("temanggung/penerbitan-tte"));
        run.No(RefusalReason.ChannelNotAllowed, run.Command("kirim") with { Saluran = "faks" });
        run.Ok(run.Command("kirim") with { Saluran = "myasn" });
    }

    [Fact]
    public void LaneNotSkippable()
    {
        var run = CaseRun.Start(TestSops.Purwakarta);
        run.Ok(run.Command("kirim"));
        run.No(RefusalReason.EffectsPending, new LaneEmpty("buat"));
        run.Effects();
        run.Do("ya").Do("ya").Do("ya");
        run.No(RefusalReason.LaneNotSkippable, new LaneEmpty("tte"));
    }

    [Fact]
    public void NothingToWaitFor()
    {
        var run = At("reviu");
        run.No(RefusalReason.NothingToWaitFor, new TimeReached("reviu"));
        run.No(RefusalReason.NothingToWaitFor, new Expired("reviu"));
        run.No(RefusalReason.NothingToWaitFor, new RetryEffects("reviu"));
    }

    [Fact]
    public void Every_reason_has_a_sentence() =>
        Assert.All(Enum.GetValues<RefusalReason>(), reason => Assert.False(string.IsNullOrWhiteSpace(RefusalText.Indonesian(new Refusal(reason, null, ["x"])))));

    private static CaseRun At(string step)
    {
        var run = CaseRun.Start(TestSops.Lamandau);
        while (run.OpenStep != step)
        {
            run.Do(run.OpenStep is "templat" ? "ambil" : "kirim");
        }

        return run;
    }

    private static RefusalReason Reason(Decision decision) => Assert.IsType<Decision.Refused>(decision).Refusal.Reason;
}
