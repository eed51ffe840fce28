using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Sop.Tests.Cases;

/// <summary>Each procedure from end to end, and the returns the prototype did not cover.</summary>
public sealed class ProcedureTests
{
    [Fact]
    public void Purwakarta_ends_with_a_signed_letter_after_three_paraf()
    {
        var run = CaseRun.Start(TestSops.Purwakarta).Do("kirim").Do("ya").Do("ya").Do("ya").Do("ya");
        Assert.Equal("selesai", run.Case.End);
        Assert.Equal(["paraf4", "paraf3b", "paraf3a", "tte"], run.Case.Approvals.Select(approval => approval.Step));
        Assert.All(run.Case.Approvals, approval => Assert.True(run.Case.Stands(approval)));
    }

    [Theory]
    [InlineData("lamandau/naskah-keluar-tte-bupati", 10)]
    [InlineData("lamandau/bacaan-b", 11)]
    public void Lamandau_takes_one_command_for_each_row_in_both_readings(string name, int commands)
    {
        var run = CaseRun.Start(Variants.Find(name) ?? TestSops.Lamandau).Do("ambil").Do("kirim").Do("kirim");
        while (run.OpenStep is "reviu" or "verifikasi" or "tte")
        {
            run.Do("ya");
        }

        run.Do("kirim").Do("ok");
        Assert.Equal("selesai", run.Case.End);
        Assert.Equal(commands, run.Case.History.Count);
    }

    [Fact]
    public void Temanggung_goes_back_to_the_check_when_the_identity_does_not_match()
    {
        var run = CaseRun.Start(TestSops.Bundled("temanggung/penerbitan-tte")).Do("kirim").Do("teruskan").Do("lengkap");
        run.Ok(run.Command("kirim"));
        run.Ok(new EffectSucceeded(run.Effect("ra.daftar").Key));
        run.Effects("tidak_cocok");
        Assert.Equal("periksa", run.OpenStep);
        run.Do("lengkap");
        run.Ok(run.Command("kirim"));
        run.Ok(new EffectSucceeded(run.Effect("ra.daftar").Key));
        run.Effects("cocok");
        Assert.Equal("kyc", run.OpenStep);
        run.Do("kirim").Do("sesuai").Do("kirim").Do("setuju");
        Assert.Equal("selesai", run.Case.End);
    }

    [Fact]
    public void Trenggalek_calls_the_mailbox_procedure_and_waits_for_it()
    {
        var run = CaseRun.Start(TestSops.Bundled("trenggalek/email-dinas-dan-sertifikat")).Do("kirim").Do("teruskan").Do("teruskan").Do("teruskan").Do("lengkap");
        Assert.Equal("umum/email-dinas", run.Case.SubCase!.Sop);
        Assert.Equal("email_dinas_aktif", run.Case.SubCase.Unless);
        run.No(RefusalReason.KeyUnknown, new SubCaseEnded("lain", "selesai"));
        run.Ok(new SubCaseEnded(run.Case.SubCase.Key, "selesai"));
        run.Effects();
        Assert.Equal("aktivasi", run.OpenStep);
    }

    [Fact]
    public void A_called_procedure_that_was_cancelled_leaves_nothing_behind_and_fails_the_step()
    {
        var run = CaseRun.Start(TestSops.Bundled("trenggalek/email-dinas-dan-sertifikat")).Do("kirim").Do("teruskan").Do("teruskan").Do("teruskan").Do("lengkap");
        run.Ok(new SubCaseEnded(run.Case.SubCase!.Key, "dibatalkan"));
        Assert.Equal("periksa", run.OpenStep);
        Assert.Null(run.Case.Document("email"));
    }

    [Fact]
    public void A_rejected_application_destroys_its_key_before_the_case_ends()
    {
        var run = CaseRun.Start(TestSops.Bundled("umum/perpanjangan"));
        run.Ok(new TimeReached("jatuh_tempo"));
        run.Do("kirim").Effects().Do("kirim").Do("ya").Effects().Do("kirim");
        run.Ok(run.Command("tolak"));
        Assert.Null(run.Case.End);
        run.Ok(new EffectSucceeded(run.Effect("kunci.musnahkan").Key));
        Assert.Equal("ditolak", run.Case.End);
    }

    [Fact]
    public void Lanjut_goes_straight_back_to_who_refused()
    {
        var run = CaseRun.Start(TestSops.Bundled("kemhan/pengajuan-sistem-tte")).Do("kirim").Do("teruskan").Do("teruskan");
        run.Do("tolak", "ajukan");
        Assert.Equal("ajukan", run.OpenStep);
        run.Do("kirim");
        Assert.Equal("disp3", run.OpenStep);
        Assert.Equal(1, run.Case.Returns);
    }

    [Fact]
    public void Lanjut_within_lanjut_comes_back_one_by_one()
    {
        var run = CaseRun.Start(TestSops.Bundled("kemhan/pengajuan-sistem-tte")).Do("kirim").Do("teruskan").Do("teruskan");
        run.Do("tolak", "disp2").Do("tolak");
        Assert.Equal("disp1", run.OpenStep);
        run.Do("teruskan");
        Assert.Equal("disp2", run.OpenStep);
        run.Do("teruskan");
        Assert.Equal("disp3", run.OpenStep);
        Assert.Empty(run.Case.Resume);
    }

    [Fact]
    public void A_target_that_now_decides_otherwise_goes_its_own_way()
    {
        var run = CaseRun.Start(TestSops.Bundled("kemhan/pengajuan-sistem-tte")).Do("kirim").Do("teruskan").Do("teruskan").Do("teruskan").Do("kirim").Do("siap").Do("ok");
        run.Ok(new TimeReached("tunggu_jadwal"));
        run.Effects().Do("sesuai").Do("tidak").Do("tidak_sesuai");
        Assert.Equal("perbaikan", run.OpenStep);
        Assert.Empty(run.Case.Resume);
    }

    [Fact]
    public void After_a_self_edit_with_ulang_everybody_sees_the_new_text()
    {
        var run = Verifying().Do("ya");
        run.Do("tidak", Outcome.SelfEdit);
        Assert.Equal("reviu", run.OpenStep);
        Assert.Empty(run.Case.Approvals);
        run.Do("ya").Do("ya").Do("ya").Do("ya").Do("ya");
        Assert.Equal("kirim", run.OpenStep);
    }

    [Fact]
    public void After_a_self_edit_with_lanjut_the_signature_is_refused_until_the_earlier_approvers_saw_the_text()
    {
        var run = CaseRun.Start(Variants.Lanjut).Do("kirim").Do("ya").Do("ya");
        run.Do("tidak", Outcome.SelfEdit);
        Assert.Equal(1, Assert.Single(run.Case.Open).Member);
        run.Do("ya").Do("ya");
        Assert.Equal("tte", run.OpenStep);
        Assert.Equal(["cek", "paraf#0"], run.No(RefusalReason.ApprovalMissing, run.Command("ya")).Data);
        run.Do("tidak_semua").Do("ya").Do("ya").Do("ya").Do("ya").Do("ya");
        Assert.Equal("selesai", run.Case.End);
    }

    [Fact]
    public void A_chain_that_was_chosen_anew_has_to_approve_even_an_unchanged_text()
    {
        var run = CaseRun.Start(Variants.Lanjut).Do("kirim").Do("ya").Do("ya").Do("ya").Do("ya");
        run.Do("tidak", "buat");
        run.Ok(run.Command("kirim") with { Chains = [new ChainChoice("v", [new ChainMember("b"), new ChainMember("c")])] });
        Assert.Equal("tte", run.OpenStep);
        Assert.Equal(["paraf"], run.No(RefusalReason.ApprovalMissing, run.Command("ya")).Data);
        run.Do("tidak", "paraf").Do("ya").Do("ya").Do("ya");
        Assert.Equal("selesai", run.Case.End);
    }

    [Fact]
    public void Sebelumnya_goes_to_the_previous_member_and_keeps_those_before_him()
    {
        var run = Verifying().Do("ya").Do("ya");
        run.Do("tidak", "verifikasi.sebelumnya");
        Assert.Equal(1, Assert.Single(run.Case.Open).Member);
        Assert.Equal(["reviu", "verifikasi"], run.Case.Approvals.Select(approval => approval.Step));
        run.Do("ya").Do("ya").Do("ya");
        Assert.Equal("kirim", run.OpenStep);
    }

    [Fact]
    public void The_first_member_has_no_previous_one() => Verifying().With(run => run.No(RefusalReason.TargetNotAllowed, run.Command("tidak", "verifikasi.sebelumnya")));

    [Fact]
    public void The_chosen_chain_replaces_the_default_one()
    {
        var run = CaseRun.Start(TestSops.Lamandau).Do("ambil").Do("kirim");
        run.Ok(run.Command("kirim") with { Chains = [new ChainChoice("verifikator", [new ChainMember("sekda")])] });
        run.Effects().Do("ya").Do("ya");
        Assert.Equal("tte", run.OpenStep);
    }

    [Fact]
    public void An_empty_lane_is_skipped_and_the_skip_is_recorded()
    {
        var run = CaseRun.Start(TestSops.Purwakarta).Do("kirim");
        run.Ok(new LaneEmpty("paraf4"));
        Assert.Equal("paraf3b", run.OpenStep);
        Assert.Equal(HistoryKind.Skipped, run.Case.History[^1].How);
        run.Do("ya").Do("ya").Do("ya");
        Assert.Equal("selesai", run.Case.End);
    }

    [Fact]
    public void A_chain_is_not_skipped_below_its_least_number()
    {
        var run = CaseRun.Start(TestSops.Lamandau).Do("ambil").Do("kirim");
        run.Ok(run.Command("kirim") with { Chains = [new ChainChoice("verifikator", [new ChainMember("wabup")])] });
        run.Effects().Do("ya");
        run.No(RefusalReason.ChainLength, new LaneEmpty("verifikasi", 0));
    }

    [Fact]
    public void In_a_parallel_chain_everybody_has_his_task_at_once_and_one_no_returns_it()
    {
        var run = CaseRun.Start(Variants.Bersama).Do("kirim");
        Assert.Equal(3, run.Case.Open.Count);
        run.Do("ya", member: 2).Do("ya", member: 0);
        run.Do("tidak", member: 1);
        Assert.Equal("buat", run.OpenStep);
        Assert.Empty(run.Case.Approvals);
        run.Do("kirim").Do("ya", member: 1).Do("ya", member: 0).Do("ya", member: 2).Do("ya");
        Assert.Equal("selesai", run.Case.End);
    }

    [Fact]
    public void Two_of_three_suffice_where_the_procedure_says_so()
    {
        var run = CaseRun.Start(Variants.DuaDariTiga).Do("kirim").Do("ya", member: 0).Do("ya", member: 2);
        Assert.Equal("tte", run.OpenStep);
        run.Do("ya");
        Assert.Equal("selesai", run.Case.End);
    }

    [Fact]
    public void A_failed_effect_reopens_the_step_for_the_same_person_and_loses_nothing()
    {
        var run = Verifying().Do("ya").Do("ya").Do("ya");
        var before = run.Case.Document("naskah")!.Current!.Hash;
        run.Ok(run.Command("ya"));
        run.No(RefusalReason.EffectsPending, run.Command("tidak", "sunting"));
        run.Ok(new EffectSucceeded(run.Effect("nomor.tetapkan").Key) { Versions = [new NewVersion("naskah", "surat.pdf", run.NextHash(), VersionKind.Equivalent, before, "bukti")] });
        run.Ok(new EffectFailed(run.Effect("ttd.pades").Key, "Penyedia tanda tangan tidak menjawab."));
        Assert.Equal("tte", run.OpenStep);
        var task = Assert.Single(run.Case.Open);
        Assert.Equal("orang-bupati", task.AssignedTo!.Value.Value);
        Assert.Equal("Penyedia tanda tangan tidak menjawab.", task.Failure);
        Assert.Equal(before, run.Case.Document("naskah")!.Current!.Hash);
        Assert.Empty(run.Case.Effects);
        run.Do("ya");
        Assert.Equal("kirim", run.OpenStep);
    }

    [Fact]
    public void A_failed_opening_effect_can_be_asked_for_again_under_a_new_key()
    {
        var run = CaseRun.Start(TestSops.Bundled("umum/perpanjangan"));
        run.Ok(new TimeReached("jatuh_tempo"));
        run.Do("kirim", null);
        Assert.Equal("kyc", run.OpenStep);
        var key = run.Events.OfType<EffectRequested>().Last().Effect.Key;
        Assert.Equal("kasus-1/kyc/1/tautan.kirim(kyc)", key);
        var failed = CaseRun.Start(TestSops.Bundled("umum/perpanjangan"));
        failed.Ok(new TimeReached("jatuh_tempo"));
        failed.Ok(failed.Command("kirim"));
        failed.Ok(new EffectFailed(key, "Surel tidak terkirim."));
        failed.Ok(new RetryEffects("kyc"));
        Assert.Equal("kasus-1/kyc/3/tautan.kirim(kyc)", Assert.Single(failed.Case.Effects).Key);
    }

    [Fact]
    public void A_failing_notification_holds_nobody_up()
    {
        var run = CaseRun.Start(TestSops.Bundled("kemhan/pengajuan-sistem-tte")).Do("kirim").Do("teruskan").Do("teruskan").Do("teruskan").Do("kirim");
        Assert.Equal("bangun", run.OpenStep);
        run.Ok(new EffectFailed(run.Effect("notif.kirim").Key, "Surel tidak terkirim."));
        Assert.Equal("bangun", run.OpenStep);
        Assert.Null(run.Case.Open[0].Failure);
    }

    [Fact]
    public void A_task_expires_only_after_its_time()
    {
        var run = CaseRun.Start(TestSops.Bundled("umum/perpanjangan"));
        run.Ok(new TimeReached("jatuh_tempo"));
        run.Do("kirim");
        run.Now += TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1);
        run.No(RefusalReason.NotYet, new Expired("kyc"));
        run.Now += TimeSpan.FromSeconds(1);
        run.Ok(new Expired("kyc"));
        Assert.Equal("mohon", run.OpenStep);
        Assert.Equal(0, run.Case.Returns);
        run.Do("kirim");
        Assert.Equal("kyc", run.OpenStep);
    }

    [Fact]
    public void An_unread_disposition_can_be_taken_back()
    {
        var run = CaseRun.Start(TestSops.Bundled("kemhan/pengajuan-sistem-tte")).Do("kirim").Do("teruskan");
        run.No(RefusalReason.NotWithdrawable, new Withdraw(CaseRun.Actor("kabid")));
        run.Ok(new Withdraw(CaseRun.Actor("kapus")));
        Assert.Equal("disp1", run.OpenStep);
        Assert.DoesNotContain(run.Case.Document("permohonan")!.States, state => state.State == "disposisi-1");
        run.Do("teruskan");
        run.Ok(new MarkRead(CaseRun.Actor("kabid"), "disp2"));
        run.No(RefusalReason.NotWithdrawable, new Withdraw(CaseRun.Actor("kapus")));
    }

    [Fact]
    public void A_paraf_as_record_can_be_taken_back_and_its_approval_goes_with_it()
    {
        var run = Verifying().Do("ya");
        run.Ok(new Withdraw(CaseRun.Actor("asisten")));
        Assert.Equal(0, Assert.Single(run.Case.Open).Member);
        Assert.Equal(["reviu"], run.Case.Approvals.Select(approval => approval.Step));
        run.Do("ya").Do("ya").Do("ya").Do("ya");
        Assert.Equal("kirim", run.OpenStep);
    }

    [Fact]
    public void An_invisible_paraf_cannot_be_taken_back()
    {
        var run = CaseRun.Start(TestSops.Purwakarta).Do("kirim").Do("ya");
        run.No(RefusalReason.NotWithdrawable, new Withdraw(CaseRun.Actor("es4")));
    }

    [Fact]
    public void Working_time_is_counted_from_reading_and_waiting_time_before_it()
    {
        var run = CaseRun.Start(TestSops.Lamandau).Do("ambil").Do("kirim").Do("kirim");
        run.Now += TimeSpan.FromHours(1);
        run.Ok(new MarkRead(CaseRun.Actor("kabag"), "reviu"));
        run.Now += TimeSpan.FromMinutes(20);
        run.Do("ya");
        var last = CaseView.History(TestSops.Lamandau, run.Case, Tera.Sop.Calendar.CalendarReader.Bundled("asn-5-hari"))[^1];
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromMinutes(20)), (last.Waiting, last.Working));
    }

    [Fact]
    public void A_task_view_shows_what_can_be_chosen_and_what_is_missing()
    {
        var run = Verifying();
        var view = Assert.Single(CaseView.OpenTasks(TestSops.Lamandau, run.Case));
        Assert.Equal(("Asisten", 1), (view.Lane!.Nama, view.Round));
        Assert.Equal(["sunting", "sunting_sendiri"], view.Outcomes.Single(outcome => outcome.IsReturn).Targets);
        Assert.Null(CaseView.WhyNot(TestSops.Lamandau, run.Case, view.Task, CaseRun.Actor("asisten")));
        Assert.Equal(RefusalReason.WrongLane, CaseView.WhyNot(TestSops.Lamandau, run.Case, view.Task, CaseRun.Actor("sekda"))!.Reason);
        run.Do("ya").Do("ya").Do("ya");
        var signing = Assert.Single(CaseView.OpenTasks(TestSops.Lamandau, run.Case, facts: []));
        Assert.Equal("keadaan:sertifikat_aktif", Assert.Single(signing.Missing).ToString());
        Assert.Empty(signing.MissingApprovals);
        Assert.Equal(run.Case.Document("naskah")!.Current!.Hash, Assert.Single(signing.Documents).Hash);
    }

    private static CaseRun Verifying() => CaseRun.Start(TestSops.Lamandau).Do("ambil").Do("kirim").Do("kirim").Do("ya");
}

internal static class CaseRunMore
{
    public static void With(this CaseRun run, Action<CaseRun> check) => check(run);
}
