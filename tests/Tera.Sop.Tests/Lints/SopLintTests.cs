using Tera.Sop.Definitions;
using Tera.Sop.Lints;

namespace Tera.Sop.Tests.Lints;

public sealed class SopLintTests
{
    private const string Lanes = "a: {nama: A, calon: unit.staf}, b: {nama: B, calon: jabatan(b)}";
    private const string Surat = "surat: {jenis: naskah, berversi: true}";
    private const string Buat = "  - {id: buat, nomor: 1, uraian: Buat, pelaksana: a, jenis: isi, waktu: PT5M, output: ['surat:konsep'], efek: [nomor.pesan, dok.siapkan_bidang_ttd], hasil: {kirim: cek}}\n";
    private const string Cek = "  - {id: cek, nomor: 2, uraian: Cek, pelaksana: b, jenis: putus, waktu: PT6M, kelengkapan: ['surat:konsep'], output: ['surat:ok'], efek_bila: {ya: [ttd.paraf]}, hasil: {ya: tte, tidak: {kembali: [buat], lalu: ulang}}}\n";
    private const string Tte = "  - {id: tte, nomor: 3, uraian: TTE, pelaksana: b, jenis: tte, waktu: PT7M, kelengkapan: ['surat:ok'], efek_bila: {ya: [ttd.pades, dok.validasi]}, hasil: {ya: selesai, tidak: {kembali: [buat], lalu: ulang}}}\n";

    public static TheoryData<string> Names => [.. BundledSop.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_bundled_procedures_have_neither_errors_nor_warnings(string name) =>
        Assert.DoesNotContain(SopLint.Check(TestSops.Bundled(name)), finding => finding.Severity != SopSeverity.Note);

    [Fact]
    public void The_small_procedure_the_other_tests_break_is_sound() => Assert.DoesNotContain(Check(Buat + Cek + Tte), finding => finding.Severity != SopSeverity.Note);

    [Theory]
    [InlineData("tak-terjangkau", "tte", Buat + "  - {id: cek, nomor: 2, uraian: Cek, pelaksana: b, jenis: putus, waktu: PT6M, kelengkapan: ['surat:konsep'], output: ['surat:ok'], hasil: {ya: selesai, tidak: {kembali: [buat], lalu: ulang}}}\n" + Tte)]
    [InlineData("tanpa-akhir", "cek", Buat + "  - {id: cek, nomor: 2, uraian: Cek, pelaksana: b, jenis: putus, waktu: PT6M, hasil: {ya: buat, tidak: {akhir: ditolak}}}\n" + Tte)]
    [InlineData("kembali-ke-depan", "cek", Buat + "  - {id: cek, nomor: 2, uraian: Cek, pelaksana: b, jenis: putus, waktu: PT6M, kelengkapan: ['surat:konsep'], output: ['surat:ok'], hasil: {ya: tte, tidak: {kembali: [tte], lalu: ulang}}}\n" + Tte)]
    [InlineData("putus-tanpa-tidak", "cek", Buat + "  - {id: cek, nomor: 2, uraian: Cek, pelaksana: b, jenis: putus, waktu: PT6M, output: ['surat:ok'], hasil: {ya: tte, setuju: tte}}\n" + Tte)]
    [InlineData("kelengkapan-tak-terpenuhi", "tte", Buat + "  - {id: cek, nomor: 2, uraian: Cek, pelaksana: b, jenis: putus, waktu: PT6M, hasil: {ya: tte, tidak: {kembali: [buat], lalu: ulang}}}\n" + Tte)]
    [InlineData("tte-tanpa-persetujuan", "tte", "  - {id: buat, nomor: 1, uraian: Buat, pelaksana: a, jenis: isi, waktu: PT5M, output: ['surat:ok'], hasil: {kirim: tte}}\n" + Tte)]
    [InlineData("tte-tanpa-kembali", "tte", Buat + Cek + "  - {id: tte, nomor: 3, uraian: TTE, pelaksana: b, jenis: tte, waktu: PT7M, kelengkapan: ['surat:ok'], efek_bila: {ya: [ttd.pades, dok.validasi]}, hasil: {ya: selesai, tidak: {akhir: ditolak}}}\n")]
    [InlineData("tanpa-validasi", "tte", Buat + Cek + "  - {id: tte, nomor: 3, uraian: TTE, pelaksana: b, jenis: tte, waktu: PT7M, kelengkapan: ['surat:ok'], efek_bila: {ya: [ttd.pades]}, hasil: {ya: selesai, tidak: {kembali: [buat], lalu: ulang}}}\n")]
    [InlineData("isi-bercabang", "buat", "  - {id: buat, nomor: 1, uraian: Buat, pelaksana: a, jenis: isi, waktu: PT5M, output: ['surat:konsep'], hasil: {kirim: cek, langsung: cek}}\n" + Cek + Tte)]
    [InlineData("rahasia-tidak-ditandai", "buat", "  - {id: buat, nomor: 1, uraian: Buat, pelaksana: a, jenis: isi, waktu: PT5M, output: ['surat:konsep'], efek: [kunci.buat], hasil: {kirim: cek}}\n" + Cek + Tte)]
    [InlineData("ke-bukan-penerus", "buat", "  - {id: buat, nomor: 1, uraian: Buat, pelaksana: a, jenis: disposisi, ke: a, waktu: PT5M, output: ['surat:konsep'], hasil: {kirim: cek}}\n" + Cek + Tte)]
    [InlineData("waktu-kosong", "buat", "  - {id: buat, nomor: 1, uraian: Buat, pelaksana: a, jenis: isi, output: ['surat:konsep'], hasil: {kirim: cek}}\n" + Cek + Tte)]
    public void A_broken_procedure_is_told_what_is_wrong(string id, string step, string steps) => Assert.Contains(Check(steps), finding => finding.Id == id && finding.Step == step);

    [Fact]
    public void Going_straight_back_past_a_decision_is_pointed_out()
    {
        const string Steps = Buat + Cek + "  - {id: tte, nomor: 3, uraian: TTE, pelaksana: b, jenis: tte, waktu: PT7M, kelengkapan: ['surat:ok'], efek_bila: {ya: [ttd.pades, dok.validasi]}, hasil: {ya: selesai, tidak: {kembali: [buat], lalu: lanjut}}}\n";
        Assert.Contains(Check(Steps), finding => finding is { Id: "lanjut-melewati-putusan", Step: "tte", Severity: SopSeverity.Warning });
    }

    [Fact]
    public void An_invisible_paraf_needs_number_and_fields_before_it()
    {
        const string Bare = "  - {id: buat, nomor: 1, uraian: Buat, pelaksana: a, jenis: isi, waktu: PT5M, output: ['surat:konsep'], hasil: {kirim: cek}}\n" + Cek + Tte;
        Assert.Equal(2, SopLint.Check(TestSops.Small(Lanes, Surat, Bare, "paraf: pades")).Count(finding => finding.Id == "pades-sebelum-siap"));
        Assert.DoesNotContain(SopLint.Check(TestSops.Small(Lanes, Surat, Buat + Cek + Tte, "paraf: pades")), finding => finding.Id == "pades-sebelum-siap");
    }

    [Fact]
    public void Equal_times_everywhere_are_noted() => Assert.Contains(SopLint.Check(TestSops.Bundled("kemhan/pengajuan-sistem-tte")), finding => finding.Id == "waktu-sama");

    private static IReadOnlyList<SopFinding> Check(string steps) => SopLint.Check(TestSops.Small(Lanes, Surat, steps));
}
