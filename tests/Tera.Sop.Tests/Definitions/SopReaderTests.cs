using System.Text;
using Tera.Sop.Definitions;

namespace Tera.Sop.Tests.Definitions;

public sealed class SopReaderTests
{
    private const string Lanes = "a: {nama: A, calon: unit.staf}";
    private const string Step = "  - {id: satu, nomor: 1, uraian: Satu, pelaksana: a, jenis: isi, hasil: {kirim: selesai}}";

    [Theory]
    [InlineData("pelaksana", "a: {nama: A, calon: atasan(a, IV), setara: true}", Step, "Kunci 'IV)' tidak dikenal di pelaksana.a", "IV)")]
    [InlineData("lane key", "a: {nama: A, calon: unit.staf, warna: biru}", Step, "Kunci 'warna' tidak dikenal di pelaksana.a", "warna")]
    [InlineData("step key", Lanes, "  - {id: satu, nomer: 1, uraian: Satu, pelaksana: a, jenis: isi, hasil: {kirim: selesai}}", "Kunci 'nomer' tidak dikenal di langkah.satu", "nomer")]
    [InlineData("return key", Lanes, "  - {id: satu, nomor: 1, uraian: Satu, pelaksana: a, jenis: putus, hasil: {ya: selesai, tidak: {kembali: [satu], lalau: ulang}}}", "Kunci 'lalau' tidak dikenal", "lalau")]
    [InlineData("key no", Lanes, "  - {id: satu, no: 1, uraian: Satu, pelaksana: a, jenis: isi, hasil: {kirim: selesai}}", "'no' dibaca sebagai ya/tidak", "no:")]
    [InlineData("value off", "a: {nama: off, calon: unit.staf}", Step, "'off' dibaca sebagai ya/tidak", "off")]
    [InlineData("twice", Lanes, "  - {id: satu, id: satu, nomor: 1, uraian: Satu, pelaksana: a, jenis: isi, hasil: {kirim: selesai}}", "Kunci 'id' ditulis dua kali", "id: satu, nomor")]
    [InlineData("alias", "a: &x {nama: A, calon: unit.staf}", Step, "Jangkar (&)", "&x")]
    [InlineData("tag", "a: !x {nama: A, calon: unit.staf}", Step, "Tanda jenis (!)", "!x")]
    [InlineData("lane", Lanes, "  - {id: satu, nomor: 1, uraian: Satu, pelaksana: b, jenis: isi, hasil: {kirim: selesai}}", "pelaksana 'b' tidak ada", "b, jenis")]
    [InlineData("target", Lanes, "  - {id: satu, nomor: 1, uraian: Satu, pelaksana: a, jenis: isi, hasil: {kirim: dua}}", "langkah 'dua' tidak ada", "dua}")]
    [InlineData("effect", Lanes, "  - {id: satu, nomor: 1, uraian: Satu, pelaksana: a, jenis: isi, efek: [ttd.ngawur], hasil: {kirim: selesai}}", "Efek 'ttd.ngawur' tidak ada dalam katalog", "ttd.ngawur")]
    [InlineData("argument", Lanes, "  - {id: satu, nomor: 1, uraian: Satu, pelaksana: a, jenis: isi, efek: [notif.kirim], hasil: {kirim: selesai}}", "ditulis dengan satu keterangan", "notif.kirim]")]
    [InlineData("fact", Lanes, "  - {id: satu, nomor: 1, uraian: Satu, pelaksana: a, jenis: isi, kelengkapan: ['keadaan:lapar'], hasil: {kirim: selesai}}", "Keadaan 'lapar' tidak dikenal", "'keadaan:lapar'")]
    [InlineData("document", Lanes, "  - {id: satu, nomor: 1, uraian: Satu, pelaksana: a, jenis: isi, output: ['surat:jadi'], hasil: {kirim: selesai}}", "berkas 'surat' tidak ada", "'surat:jadi'")]
    [InlineData("duration", Lanes, "  - {id: satu, nomor: 1, uraian: Satu, pelaksana: a, jenis: isi, waktu: 15 menit, hasil: {kirim: selesai}}", "bukan lama waktu ISO 8601", "15 menit")]
    [InlineData("month", Lanes, "  - {id: satu, nomor: 1, uraian: Satu, pelaksana: a, jenis: isi, waktu: P1M, hasil: {kirim: selesai}}", "tahun dan bulan tidak punya lama", "P1M")]
    [InlineData("no way ahead", Lanes, "  - {id: satu, nomor: 1, uraian: Satu, pelaksana: a, jenis: isi, hasil: {tolak: {akhir: ditolak}}}", "tidak ada hasil yang maju", "{id: satu")]
    [InlineData("system without work", Lanes, "  - {id: satu, nomor: 1, uraian: Satu, pelaksana: sistem, jenis: sistem, hasil: {ok: selesai, gagal: satu}}", "harus punya efek", "{id: satu")]
    [InlineData("nothing to sign", Lanes, "  - {id: satu, nomor: 1, uraian: Satu, pelaksana: a, jenis: tte, hasil: {ya: selesai, tidak: {akhir: ditolak}}}", "naskah berversi", "{id: satu")]
    public void A_wrong_file_is_told_what_is_wrong_and_where(string what, string lanes, string steps, string sentence, string there)
    {
        var text = TestSops.SmallText(lanes, string.Empty, steps);
        var before = text[..text.IndexOf(there, StringComparison.Ordinal)].Split('\n');
        var problems = Bad(SopReader.Read("uji/kecil", text));
        var problem = Assert.Single(problems, found => found.Sentence.Contains(sentence, StringComparison.Ordinal));
        Assert.Equal((what, before.Length, before[^1].Length + 1), (what, problem.Line, problem.Column));
    }

    [Fact]
    public void The_name_in_the_file_is_the_path_of_the_file() =>
        Assert.Contains(Bad(SopReader.Read("uji/lain", TestSops.SmallText(Lanes, string.Empty, Step))), problem => problem.Sentence.Contains("uji/lain", StringComparison.Ordinal));

    [Fact]
    public void Nothing_that_is_no_SOP_is_read()
    {
        Assert.NotEmpty(Bad(SopReader.Read("x", string.Empty)));
        Assert.NotEmpty(Bad(SopReader.Read("x", "- satu\n- dua")));
        Assert.NotEmpty(Bad(SopReader.Read("x", "{")));
        Assert.NotEmpty(Bad(SopReader.Read("x", [0xff, 0xfe, 0x41])));
        Assert.NotEmpty(Bad(SopReader.Read("x", "sop: x\n---\nsop: y")));
    }

    [Fact]
    public void Size_depth_and_number_are_bounded()
    {
        Assert.Contains("KiB", Bad(SopReader.Read("x", new string('a', 300_000)))[0].Sentence, StringComparison.Ordinal);
        Assert.Contains("tingkat", Bad(SopReader.Read("x", "sop: " + new string('[', 200) + new string(']', 200)))[0].Sentence, StringComparison.Ordinal);
        Assert.Contains("butir", Bad(SopReader.Read("x", "sop: [" + string.Concat(Enumerable.Repeat("a,", 30_000)) + "]"))[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_damage_to_a_file_never_throws()
    {
        var good = BundledSop.Content("lamandau/naskah-keluar-tte-bupati");
        var random = new Random(5);
        for (var run = 0; run < 300; run++)
        {
            var bytes = good.ToArray();
            for (var hit = 0; hit < random.Next(1, 6); hit++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            _ = SopReader.Read("lamandau/naskah-keluar-tte-bupati", bytes.AsSpan(0, random.Next(1, bytes.Length)));
            _ = SopReader.Read("lamandau/naskah-keluar-tte-bupati", bytes);
        }
    }

    [Fact]
    public void A_definition_is_named_by_its_bytes()
    {
        var text = TestSops.SmallText(Lanes, string.Empty, Step);
        var one = TestSops.Good(SopReader.Read("uji/kecil", text));
        var two = TestSops.Good(SopReader.Read("uji/kecil", text + "# catatan\n"));
        Assert.Equal(DefinitionHash.Of(Encoding.UTF8.GetBytes(text)), one.Hash);
        Assert.NotEqual(one.Hash, two.Hash);
        Assert.Equal(text, one.Source);
    }

    [Fact]
    public void Nomor_is_text_whatever_it_looks_like() =>
        Assert.Equal(["2024-01-16"], TestSops.Small(Lanes, string.Empty, Step.Replace("nomor: 1", "nomor: 2024-01-16", StringComparison.Ordinal)).Steps.Select(step => step.Nomor));

    private static IReadOnlyList<SopProblem> Bad(SopReading reading) => Assert.IsType<SopReading.Bad>(reading).Problems;
}
