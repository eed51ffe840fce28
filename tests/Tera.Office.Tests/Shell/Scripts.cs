using System.Globalization;
using Tera.Office.Accounts;
using Tera.Office.Archive;
using Tera.Office.Cases;
using Tera.Office.Letters;
using Tera.Office.Organisation;
using Tera.Office.Signing;
using Tera.Office.Storage;
using Tera.Office.Verification;

namespace Tera.Office.Tests.Shell;

/// <summary>A desk with one case for each kind of screen; its answer to an act is set by the test.</summary>
internal sealed class ScriptedDesk : ICaseDesk
{
    public static readonly Guid Template = Guid.Parse("00000000-0000-0000-0000-0000000000a1");
    public static readonly Guid Registration = Guid.Parse("00000000-0000-0000-0000-0000000000a2");
    public static readonly Guid Review = Guid.Parse("00000000-0000-0000-0000-0000000000a3");
    public static readonly Guid Signing = Guid.Parse("00000000-0000-0000-0000-0000000000a4");
    public static readonly Guid Disposition = Guid.Parse("00000000-0000-0000-0000-0000000000a5");
    public static readonly Guid Working = Guid.Parse("00000000-0000-0000-0000-0000000000a6");
    public static readonly Guid Finished = Guid.Parse("00000000-0000-0000-0000-0000000000a7");
    public static readonly Guid Application = Guid.Parse("00000000-0000-0000-0000-0000000000a8");

    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-24T02:30:00Z", CultureInfo.InvariantCulture);
    private static readonly string[] RowNames =
        ["Mengunduh template naskah", "Mengedit template sesuai konsep naskah", "Registrasi; unggah konsep; tujuan, verifikator, penandatangan", "Mereviu konsep PDF", "Memverifikasi naskah dinas", "Membubuhkan TTE", "Mengirim naskah dinas keluar", "Mengirim ke tujuan eksternal dan menyimpan menurut klasifikasi"];

    public string? DocumentHash { get; set; }

    public bool IsEmpty { get; set; }

    public CaseAnswer.Refused? Refusal { get; set; }

    public StepAct? LastAct { get; private set; }

    public Task<CaseAnswer> StartAsync(Caller caller, string sop, string title, string idempotencyKey, CancellationToken cancellation) =>
        Task.FromResult<CaseAnswer>(new CaseAnswer.Done(PageOf(Template)!));

    public Task<CaseAnswer> ActAsync(Caller caller, StepAct act, CancellationToken cancellation)
    {
        LastAct = act;
        return Task.FromResult<CaseAnswer>(Refusal is not null ? Refusal : new CaseAnswer.Done(PageOf(act.CaseId)!));
    }

    public Task<CasePage?> FindAsync(Caller caller, Guid caseId, CancellationToken cancellation) => Task.FromResult(PageOf(caseId));

    public Task<IReadOnlyList<InboxItem>> InboxAsync(Caller caller, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<InboxItem>>(IsEmpty ? [] :
    [
        Item(Signing, "Undangan Rapat Koordinasi SPBE", "tte", "Membubuhkan TTE", "tte", "Laksmi Kencanawati, Wakil Bupati", -3, InboxBand.Lewat, 1),
        Item(Review, "Penyampaian Laporan Kinerja Triwulan III", "reviu", "Mereviu konsep PDF sebelum dikirim ke verifikator", "putus", "Nawang Puspasari", 3, InboxBand.HariIni, 2),
        Item(Disposition, "Permohonan Integrasi Sistem Perizinan", "disp1", "Menelaah dan mendisposisikan ke Kabid", "disposisi", "Bayu Tirtakusuma", 5, InboxBand.HariIni, 1),
        Item(Registration, "Edaran Jam Kerja Bulan Ramadan", "registrasi", "Registrasi; unggah konsep; tujuan, verifikator, penandatangan", "isi", "Nawang Puspasari", 26, InboxBand.Nanti, 1),
        Item(Template, "Nota Dinas Perjalanan Dinas", "templat", "Mengunduh template naskah", "isi", "Nawang Puspasari", 50, InboxBand.Nanti, 1),
        Item(Application, "Sertifikat untuk Kepala Seksi Keamanan Informasi", "verifikasi", "Memeriksa kelengkapan permohonan", "putus", "Wulan Saraswati", 72, InboxBand.Nanti, 1),
    ]);

    public Task<IReadOnlyList<CaseSummary>> MineAsync(Caller caller, int limit, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<CaseSummary>>(IsEmpty ? [] :
    [
        new(Finished, "Ucapan Terima Kasih atas Kunjungan Kerja", "lamandau/naskah-keluar-tte-bupati", "Naskah Dinas Keluar dengan TTE Bupati", "selesai", true, "", Now.AddDays(-6), Now.AddDays(-2)),
        new(Review, "Penyampaian Laporan Kinerja Triwulan III", "lamandau/naskah-keluar-tte-bupati", "Naskah Dinas Keluar dengan TTE Bupati", "berjalan", false, "Damar Pranajaya, Kepala Bagian Umum", Now.AddDays(-1), Now.AddHours(-2)),
    ]);

    public Task<CaseAnswer> CancelAsync(Caller caller, Guid caseId, string reason, CancellationToken cancellation) =>
        Task.FromResult<CaseAnswer>(Refusal is not null ? Refusal : new CaseAnswer.Done(PageOf(caseId)!));

    public Task<CaseAnswer> RecordVersionAsync(Guid caseId, VersionMade version, string proof, CancellationToken cancellation) =>
        Task.FromResult<CaseAnswer>(new CaseAnswer.Done(PageOf(caseId)!));

    public Task<IReadOnlyList<StepRecord>> HistoryAsync(Guid caseId, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<StepRecord>>([]);

    public Task<IReadOnlyList<ProcedureSummary>> ProceduresAsync(Caller caller, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ProcedureSummary>>(IsEmpty ? [] :
    [
        new("lamandau/naskah-keluar-tte-bupati", "Pembuatan Naskah Dinas Keluar Menggunakan TTE Bupati", "Sekretariat Daerah, Bagian Umum", "Mengunduh template naskah menurut unit yang meregistrasi", true),
        new("purwakarta/penggunaan-tte", "Penggunaan TTE (Tanda Tangan Elektronik)", "Pemerintah Kabupaten", "Surat dibuat menurut Tata Naskah Dinas", true),
        new("umum/perpanjangan", "Perpanjangan Sertifikat Elektronik", "Dinas Komunikasi dan Informatika", "Mengajukan perpanjangan", false),
    ]);

    private static InboxItem Item(Guid id, string title, string step, string uraian, string kind, string from, int dueHours, InboxBand band, int round) => new(
        id, title, "lamandau/naskah-keluar-tte-bupati", "Naskah Dinas Keluar dengan TTE Bupati", step, uraian, kind, from,
        Now.AddHours(-5), Now.AddHours(dueHours), band, round, null);

    private CasePage? PageOf(Guid id)
    {
        OutcomeChoice yes = new("ya", false, []);
        OutcomeChoice no = new("tidak", true, [new("sunting", "Nawang Puspasari, Pengelola Surat (langkah 2)", true), new("verifikasi.sebelumnya", "Dra. Sekar Maheswari, Asisten", false), new("sunting_sendiri", "Sunting sendiri", true)]);
        if (id == Template)
        {
            return Page(id, "Nota Dinas Perjalanan Dinas", 1, 0, Open("templat", "1", RowNames[0], "isi", [new("ambil", false, [])]) with { Effects = ["templat.ambil"], DocumentHash = null });
        }

        if (id == Registration)
        {
            return Page(id, "Edaran Jam Kerja Bulan Ramadan", 1, 2, Open("registrasi", "3", RowNames[2], "isi", [new("kirim", false, [])]) with { Effects = ["naskah.registrasi", "nomor.pesan", "dok.ke_pdf"], DocumentHash = null });
        }

        if (id == Review)
        {
            return Page(id, "Penyampaian Laporan Kinerja Triwulan III", 2, 3, Open("reviu", "4", "Mereviu konsep PDF sebelum dikirim ke verifikator", "putus", [yes, no]));
        }

        if (id == Signing)
        {
            return Page(id, "Undangan Rapat Koordinasi SPBE", 1, 5, Open("tte", "8", "Membubuhkan TTE", "tte", [yes, no]) with { NeedsPassphrase = true });
        }

        if (id == Disposition)
        {
            return Page(id, "Permohonan Integrasi Sistem Perizinan", 1, 1, Open("disp1", "2", "Menelaah dan mendisposisikan ke Kabid", "disposisi", [new("teruskan", false, []), new("tolak", true, [])]) with { ForwardsTo = "Kabid Persandian: Janardana Prakosa", DocumentHash = null });
        }

        if (id == Application)
        {
            return Page(id, "Sertifikat untuk Kepala Seksi Keamanan Informasi", 1, 1, Open("verifikasi", "4", "Memeriksa kelengkapan permohonan", "putus", [new("lengkap", false, []), new("perbaiki", true, [new("ajukan", "Pemohon", false)])]) with
            {
                DocumentHash = null,
                Checklist = ["surat_permohonan", "sk_jabatan", "ktp_terbaca"],
                Fields = [new("nomor_agenda", "Nomor agenda", null), new("catatan", "Catatan", null)],
            });
        }

        return id == Working ? Page(id, "Edaran Jam Kerja Bulan Ramadan", 1, 3, null) with { Pending = ["dok.ke_pdf", "dok.siapkan_bidang_ttd"] }
            : id == Finished ? Page(id, "Ucapan Terima Kasih atas Kunjungan Kerja", 1, 8, null) with { State = "selesai", Ended = true, EndedAt = Now.AddDays(-2) }
            : null;
    }

    private OpenTask Open(string step, string nomor, string uraian, string kind, IReadOnlyList<OutcomeChoice> outcomes) => new(
        step, nomor, uraian, kind, "kabag", "Kepala Bagian", ["Damar Pranajaya"], true, null, Now.AddHours(-5), Now.AddHours(3), DocumentHash, false, outcomes, [], [], null);

    private CasePage Page(Guid id, string title, int round, int done, OpenTask? task)
    {
        string[] people = ["Nawang Puspasari", "Nawang Puspasari", "Nawang Puspasari", "Damar Pranajaya", "Sekar Maheswari", "Bagaskara Nirwana", "Laksmi Kencanawati", "Wiratama Adiguna"];
        string[] posts = ["Pengelola Surat", "Pengelola Surat", "Pengelola Surat", "Kepala Bagian Umum", "Asisten", "Sekretaris Daerah", "Wakil Bupati", "Bupati"];
        List<StepRecord> history = [.. Enumerable.Range(0, done).Select(i => new StepRecord(
            $"s{i}", (i + 1).ToString(CultureInfo.InvariantCulture), RowNames[i], people[i], posts[i], i >= 3 ? "ya" : "kirim", null, i >= 3 ? DocumentHash : null, Now.AddHours(i - 30), Now.AddHours(i - 29), round))];
        if (round > 1)
        {
            history.Add(new StepRecord("reviu", "4", RowNames[3], "Damar Pranajaya", "Kepala Bagian Umum", "tidak", "Paragraf kedua: tanggal rapat belum sesuai dengan undangan.", DocumentHash, Now.AddHours(-8), Now.AddHours(-7), 1));
        }

        List<StepRow> rows = [.. RowNames.Select((name, i) => new StepRow($"s{i}", (i + 1).ToString(CultureInfo.InvariantCulture), name, posts[i], i < done ? "selesai" : i == done && task is not null ? "aktif" : "belum", "10 menit"))];
        return new CasePage(
            id, "lamandau/naskah-keluar-tte-bupati", "Naskah Dinas Keluar dengan TTE Bupati", title, "berjalan", false, 7, round, Now.AddHours(-31), null,
            task is null ? [] : [task], history, rows, []);
    }
}

internal sealed class ScriptedFacts : ICaseFacts
{
    public Task<CaseFacts?> FindAsync(OfficeDb db, Guid caseId, CancellationToken cancellation) => Task.FromResult<CaseFacts?>(new CaseFacts(
        caseId, Guid.Empty, "lamandau/naskah-keluar-tte-bupati", "Surat", Guid.Empty, Guid.Empty, false, "naskah", [], [],
        [new SignatureStep("tte", "bupati", false, true, [Bupati])]));

    public Task<IReadOnlyList<Holding>> LaneAsync(OfficeDb db, Guid caseId, string lane, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Holding>>([Bupati]);

    private static Holding Bupati => new(
        DemoAgencySeed.IdOf("person", "bupati"), "Wiratama Adiguna", DemoAgencySeed.IdOf("position", "bupati"), "bupati", "Bupati Arunika", Guid.Empty, "Kepala Daerah", null, HoldingKind.Definitif);
}

internal sealed class ScriptedLetters : ILetters
{
    private static readonly DateTimeOffset At = DateTimeOffset.Parse("2026-11-23T03:10:00Z", CultureInfo.InvariantCulture);

    public Sha256Digest Pdf { get; set; }

    public LetterAnswer.Refused? DraftRefusal { get; set; }

    public Task<IReadOnlyList<LetterTemplate>> TemplatesAsync(Caller caller, CancellationToken cancellation) =>
        Task.FromResult(Office.Letters.Templates.LetterTemplates.All);

    public Task<byte[]?> TemplateFileAsync(Caller caller, string templateId, CancellationToken cancellation) => Task.FromResult<byte[]?>(null);

    public Task<LetterPage?> FindAsync(Caller caller, Guid caseId, CancellationToken cancellation) => Task.FromResult(PageOf(caseId));

    public Task<LetterAnswer> ChooseTemplateAsync(Caller caller, Guid caseId, string templateId, CancellationToken cancellation) => Done(caseId);

    public Task<LetterAnswer> StageDraftAsync(Caller caller, Guid caseId, string fileName, Stream content, CancellationToken cancellation) =>
        DraftRefusal is null ? Done(caseId) : Task.FromResult<LetterAnswer>(DraftRefusal);

    public Task<LetterAnswer> StageRegistrationAsync(Caller caller, Guid caseId, LetterRegistration registration, CancellationToken cancellation) =>
        registration.Hal.Length == 0
            ? Task.FromResult<LetterAnswer>(new LetterAnswer.Refused(LetterRefusalReason.InvalidField, "Isi hal surat.", "hal"))
            : Done(caseId);

    public Task<LetterAnswer> PrepareForSigningAsync(Caller caller, Guid caseId, CancellationToken cancellation) => Done(caseId);

    public Task<LetterToSign?> ToSignAsync(Guid caseId, Guid positionId, Guid personId, CancellationToken cancellation) => Task.FromResult<LetterToSign?>(null);

    public Task RecordSignedAsync(OfficeDb db, Guid caseId, Sha256Digest seen, Sha256Digest revision, bool final, CancellationToken cancellation) => Task.CompletedTask;

    public Task<SignedLetter?> FindSignedAsync(OfficeDb db, Guid caseId, CancellationToken cancellation) => Task.FromResult<SignedLetter?>(null);

    public Task<IReadOnlyList<ReceivedLetter>> ReceivedAsync(Caller caller, int limit, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ReceivedLetter>>(
        [new(ScriptedDesk.Finished, "000.8.3.3/0014/UMUM/2026", "Undangan Rapat Koordinasi SPBE", "Sekretaris Daerah", Pdf, At, false)]);

    public Task<IReadOnlyList<RegisterLine>> OutgoingRegisterAsync(Caller caller, int year, string? kind, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<RegisterLine>>(
    [
        new(15, "000.8.3.3/0015/UMUM/2026", "undangan", Guid.Empty, "Undangan Rapat Koordinasi SPBE", "000.8.3.3", "dipesan", null, At, null, ScriptedDesk.Signing),
        new(14, "000.8.3.3/0014/UMUM/2026", "surat", Guid.Empty, "Penyampaian Laporan Kinerja", "000.8.3.3", "batal", "Digabung dengan nomor 15", At, At, ScriptedDesk.Review),
        new(13, "800/0013/UMUM/2026", "surat", Guid.Empty, "Ucapan Terima Kasih atas Kunjungan Kerja", "800", "tetap", null, At, At, ScriptedDesk.Finished),
    ]);

    public Task<LetterFile?> FileAsync(Caller caller, Guid caseId, Sha256Digest? hash, CancellationToken cancellation) => Task.FromResult<LetterFile?>(null);

    public Task<byte[]?> PageImageAsync(Caller caller, Guid caseId, Sha256Digest? hash, int page, int width, CancellationToken cancellation) => Task.FromResult<byte[]?>(null);

    public Task<PublicLetter?> FindPublicAsync(string code, CancellationToken cancellation) => Task.FromResult<PublicLetter?>(null);

    public Task<PublicLetter?> FindPublicByHashAsync(Sha256Digest hash, CancellationToken cancellation) => Task.FromResult<PublicLetter?>(null);

    private Task<LetterAnswer> Done(Guid caseId) => Task.FromResult<LetterAnswer>(new LetterAnswer.Done(PageOf(caseId)!));

    private LetterPage? PageOf(Guid id)
    {
        if (id == ScriptedDesk.Template || id == ScriptedDesk.Disposition || id == ScriptedDesk.Application)
        {
            return null;
        }

        DateTimeOffset at = DateTimeOffset.Parse("2026-11-23T03:10:00Z", CultureInfo.InvariantCulture);
        var registration = new LetterRegistration(
            "undangan", "Undangan Rapat Koordinasi SPBE", "Rapat koordinasi penerapan TTE di seluruh perangkat daerah.", "Biasa", "Segera", "000.8.3.3", "qr",
            [new("internal", "Sekretaris Daerah", DemoAgencySeed.IdOf("position", "sekda").ToString()), new("external", "Bank Cakrawala Cabang Wanasari", "sekretariat@cakrawala.example")],
            [DemoAgencySeed.IdOf("position", "asisten")], null);
        bool signed = id == ScriptedDesk.Finished;
        return new LetterPage(
            id, Guid.Empty, "setda-undangan", registration, "000.8.3.3/0015/UMUM/2026", signed, new DateOnly(2026, 11, 24), Pdf, "konsep-undangan.docx", Pdf, signed, "7Q4M9ZK2XW8D3HTN",
            [new(1, "docx", Pdf, 28_120, "Nawang Puspasari", at), new(2, "pdf", Pdf, 81_300, "Sistem", at.AddMinutes(2))],
            signed ? [new("internal", "Sekretaris Daerah", "terkirim", at.AddHours(4)), new("external", "Bank Cakrawala Cabang Wanasari", "menunggu", null)] : []);
    }
}

internal sealed class ScriptedArchive : IArchive
{
    public Task<IReadOnlyList<ArchivedLetter>> SearchAsync(Caller caller, string? text, int limit, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ArchivedLetter>>(
        [new(ScriptedDesk.Finished, "000.8.3.3/0013/UMUM/2026", "surat", "Ucapan Terima Kasih atas Kunjungan Kerja", "000.8.3.3", "Kerja sama", "Biasa", new DateOnly(2026, 11, 22), new string('a', 64), 81_300,
            DateTimeOffset.Parse("2026-11-22T03:10:00Z", CultureInfo.InvariantCulture), null, null, null, null)]);
}

internal sealed class ScriptedAuthority : IAuthorityClient
{
    public Task<Credential?> FindCredentialAsync(Guid personId, CancellationToken cancellation) => Task.FromResult<Credential?>(new Credential(
        "TERA-7f21c09e", [], "1.2.840.10045.4.3.2", "2.16.840.1.101.3.4.2.1", "Dr. Wiratama Adiguna, M.Si.", DateTimeOffset.Parse("2027-01-10T00:00:00Z", CultureInfo.InvariantCulture)));

    public Task<EnrolmentAnswer> EnrolAsync(EnrolmentSubject subject, SecretText passphrase, string idempotencyKey, CancellationToken cancellation) =>
        Task.FromResult<EnrolmentAnswer>(new EnrolmentAnswer.Refused("not in this test"));

    public Task<SignatureAnswer> SignDigestsAsync(Credential credential, IReadOnlyList<byte[]> digests, SecretText passphrase, string description, CancellationToken cancellation) =>
        Task.FromResult<SignatureAnswer>(new SignatureAnswer.Unavailable("not in this test"));

    public Task<IReadOnlyList<byte[]>> TrustAnchorsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<byte[]>>([]);
}

internal sealed class ScriptedVerification : IVerification
{
    public Verdict Verdict { get; set; } = Verdict.Genuine;

    public Task<VerificationPage> CheckUploadAsync(Stream pdf, CancellationToken cancellation) => Task.FromResult(Page());

    public Task<VerificationPage?> CheckCodeAsync(string code, CancellationToken cancellation) =>
        Task.FromResult(code == "7Q4M9ZK2XW8D3HTN" ? Page() : null);

    private VerificationPage Page()
    {
        DateTimeOffset at = DateTimeOffset.Parse("2026-11-24T03:04:00Z", CultureInfo.InvariantCulture);
        (string id, string en) = Verdict switch
        {
            Verdict.Genuine => ("Surat ini asli dan tidak berubah sejak ditandatangani oleh Bupati Arunika.", "This letter is genuine and unchanged since the Bupati of Arunika signed it."),
            Verdict.Changed => ("Berkas ini diubah sesudah ditandatangani.", "This file was changed after it was signed."),
            _ => ("Berkas ini tidak memuat tanda tangan elektronik.", "This file carries no electronic signature."),
        };
        CheckedSignature signature = Verdict == Verdict.Changed
            ? new("Dr. Wiratama Adiguna, M.Si.", "Bupati Arunika", at, "TOTAL_FAILED/HASH_FAILURE", ["Isi halaman 1 diganti"])
            : new("Dr. Wiratama Adiguna, M.Si.", "Bupati Arunika", at, "TOTAL_PASSED", []);
        return new VerificationPage(
            Verdict, id, en, Verdict == Verdict.Unsigned ? [] : [signature],
            Verdict == Verdict.Genuine
                ? new PublicLetter(
                    Guid.Empty, DemoAgency.Name, "Asia/Makassar", "000.8.3.3/0015/UMUM/2026", "Undangan Rapat Koordinasi SPBE", new DateOnly(2026, 11, 24), true, default, true,
                    [new("Asisten Administrasi Umum", "Dra. Sekar Maheswari, M.Si.", "Verifikasi", at.AddHours(-3)), new("Sekretaris Daerah", "Drs. Bagaskara Nirwana, M.A.P.", "Verifikasi", at.AddHours(-2))])
                : null,
            Sha256Digest.Parse(new string('a', 64)));
    }
}
