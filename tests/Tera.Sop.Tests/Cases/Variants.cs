using System.Text;
using Tera.Sop.Definitions;

namespace Tera.Sop.Tests.Cases;

/// <summary>Procedures that only tests run.</summary>
internal static class Variants
{
    private const string Lanes = "a: {nama: A, calon: unit.staf}, b: {nama: B, calon: jabatan(b)}, c: {nama: C, calon: jabatan(c)}, d: {nama: D, calon: jabatan(d), kosong: lewati}, e: {nama: E, calon: jabatan(e)}";
    private const string Surat = "surat: {jenis: naskah, berversi: true}";

    /// <summary>Every refusal goes straight back, and everybody may edit: the procedure in which the prototype's guard was needed most.</summary>
    public static SopDefinition Lanjut { get; } = Named("uji/lanjut", """
          - {id: buat, nomor: 1, uraian: Buat, pelaksana: a, jenis: isi, output: ['surat:konsep'], hasil: {kirim: cek}}
          - {id: cek, nomor: 2, uraian: Cek, pelaksana: b, jenis: putus, kelengkapan: ['surat:konsep'], output: ['surat:dicek'], hasil: {ya: paraf, tidak: {kembali: [buat, sunting_sendiri], lalu: lanjut}}}
          - {id: paraf, nomor: 3, uraian: Paraf, pelaksana: rantai.v, jenis: putus, untuk_setiap: rantai.v, kelengkapan: ['surat:dicek'], output: ['surat:diparaf'], efek_bila: {ya: [ttd.paraf]}, hasil: {ya: tte, tidak: {kembali: [buat, cek, paraf.sebelumnya, sunting_sendiri], lalu: lanjut}}}
          - {id: tte, nomor: 4, uraian: TTE, pelaksana: e, jenis: tte, kelengkapan: ['surat:diparaf'], efek_bila: {ya: [nomor.tetapkan, ttd.pades, dok.validasi]}, hasil: {ya: selesai, tidak: {kembali: [buat, cek, paraf, sunting_sendiri], lalu: lanjut}, tidak_semua: {kembali: [cek], lalu: ulang}}}
        """, "rantai: {v: {bawaan: [b, c, d], min: 1, maks: 4, ubah: buat}}");

    /// <summary>Paraf koordinasi: all at once.</summary>
    public static SopDefinition Bersama { get; } = BersamaText(string.Empty);

    /// <summary>Paraf koordinasi in which two of three suffice.</summary>
    public static SopDefinition DuaDariTiga { get; } = BersamaText(", cukup: 2");

    /// <summary>
    /// Reading B of Lamandau: the unnumbered copy of row 7 is a fourth verifier, the others shift by one, and row 4 is the drafter's
    /// own check. Only data differs.
    /// </summary>
    public static SopDefinition BacaanB { get; } = MakeBacaanB();

    public static SopDefinition? Find(string name) => name switch
    {
        "uji/lanjut" => Lanjut,
        "uji/bersama" => Bersama,
        "lamandau/bacaan-b" => BacaanB,
        _ => null,
    };

    private static SopDefinition BersamaText(string more) => Named("uji/bersama", """
          - {id: buat, nomor: 1, uraian: Buat, pelaksana: a, jenis: isi, output: ['surat:konsep'], hasil: {kirim: paraf}}
          - {id: paraf, nomor: 2, uraian: Paraf, pelaksana: rantai.v, jenis: putus, cara: bersama@, kelengkapan: ['surat:konsep'], output: ['surat:diparaf'], efek_bila: {ya: [ttd.paraf]}, hasil: {ya: tte, tidak: {kembali: [buat], lalu: ulang}, tidak_kecil: {kembali: [buat], lalu: lanjut}}}
          - {id: tte, nomor: 3, uraian: TTE, pelaksana: e, jenis: tte, kelengkapan: ['surat:diparaf'], efek_bila: {ya: [ttd.pades, dok.validasi]}, hasil: {ya: selesai, tidak: {kembali: [buat, paraf], lalu: ulang}}}
        """.Replace("@", more, StringComparison.Ordinal), "rantai: {v: {bawaan: [b, c, d], min: 1, maks: 4}}");

    private static SopDefinition Named(string name, string steps, string more) =>
        TestSops.Good(SopReader.Read(name, TestSops.SmallText(Lanes, Surat, steps, more).Replace("sop: uji/kecil", $"sop: {name}", StringComparison.Ordinal)));

    private static SopDefinition MakeBacaanB() => TestSops.Good(SopReader.Read("lamandau/bacaan-b",
        Encoding.UTF8.GetString(BundledSop.Content("lamandau/naskah-keluar-tte-bupati"))
            .Replace("sop: lamandau/naskah-keluar-tte-bupati", "sop: lamandau/bacaan-b", StringComparison.Ordinal)
            .Replace("bawaan: [asisten, sekda, wabup]", "bawaan: [kabag, asisten, sekda, wabup]", StringComparison.Ordinal)
            .Replace("uraian: Mereviu konsep PDF sebelum dikirim ke verifikator, pelaksana: kabag", "uraian: Mereviu konsep PDF sebelum dikirim ke verifikator, pelaksana: konseptor", StringComparison.Ordinal)
            .Replace("nomor: 5-7", "nomor: 5-8", StringComparison.Ordinal)));
}
