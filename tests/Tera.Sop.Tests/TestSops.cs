using Tera.Sop.Definitions;

namespace Tera.Sop.Tests;

internal static class TestSops
{
    public static SopDefinition Bundled(string name) => Good(BundledSop.Read(name));

    public static SopDefinition Lamandau => Bundled("lamandau/naskah-keluar-tte-bupati");

    public static SopDefinition Purwakarta => Bundled("purwakarta/penggunaan-tte");

    public static SopDefinition Good(SopReading reading) => reading switch
    {
        SopReading.Good good => good.Definition,
        SopReading.Bad bad => throw new InvalidOperationException(string.Join('\n', bad.Problems)),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>A small procedure from the lines that matter to a test.</summary>
    public static SopDefinition Small(string lanes, string documents, string steps, string more = "") => Good(SopReader.Read("uji/kecil", SmallText(lanes, documents, steps, more)));

    public static string SmallText(string lanes, string documents, string steps, string more = "") =>
        $"""
        sop: uji/kecil
        versi: 1
        identitas: {"{nama: Uji, instansi: Uji}"}
        kalender: asn-5-hari
        {more}
        pelaksana: {"{"}{lanes}{"}"}
        berkas: {"{"}{documents}{"}"}
        langkah:
        {steps}
        """;
}
