using Tera.Office.Letters;

namespace Tera.Door.Demo;

/// <summary>What the people of one demo procedure do of their own will; everything else follows from the SOP and the case.</summary>
/// <param name="Sop">Name of the definition.</param>
/// <param name="Starter">Username of the drafter.</param>
/// <param name="Kop">Letterhead the drafter chooses.</param>
/// <param name="Blanks">What the drafter writes into the template's blanks, by round.</param>
/// <param name="ReturnAt">Username who returns the letter in the first round, so that the chain is redone.</param>
internal sealed record LetterScript(
    string Sop, string Title, string Starter, string Kop, string Kind, string ReturnAt, string ReturnReason, string FileName, Func<int, IReadOnlyList<string>> Blanks,
    string Hal, string Classification, IReadOnlyList<DemoDestination> Destinations)
{
    public static IReadOnlyList<LetterScript> All { get; } =
    [
        new(
            "lamandau/naskah-keluar-tte-bupati",
            "Undangan Rapat Koordinasi Penerapan Tanda Tangan Elektronik",
            "staf", "bupati", "undangan",
            "sekda", "Mohon ditambahkan kewajiban membawa data kesiapan perangkat daerah.",
            "lamandau-undangan-rapat-koordinasi.pdf",
            round =>
            [
                "percepatan penerapan tanda tangan elektronik di lingkungan Pemerintah Kabupaten Arunika",
                "Kamis, 3 Desember 2026",
                "Pukul 09.00 WIB",
                "Aula Sekretariat Daerah Kabupaten Arunika",
                "Rapat Koordinasi Penerapan Tanda Tangan Elektronik" + (round > 1 ? "; peserta membawa data kesiapan perangkat daerah masing-masing" : ""),
            ],
            "Undangan Rapat Koordinasi",
            "000.7.5",
            [new("internal", "kadis"), new("external", "Bappeda Provinsi Nusa Cendana <bappeda@nusacendana.example>")]),
        new(
            "purwakarta/penggunaan-tte",
            "Permintaan Data Pemegang Sertifikat Elektronik",
            "stafdinas", "pd", "surat",
            "kabid", "Batas waktu penyampaian data belum disebutkan.",
            "purwakarta-permintaan-data.pdf",
            round =>
            [
                "pemutakhiran data pemegang sertifikat elektronik",
                "masa berlaku sejumlah sertifikat elektronik akan habis dalam tahun 2027.",
                "menyampaikan daftar pejabat yang memerlukan penerbitan atau perpanjangan sertifikat elektronik" + (round > 1 ? " paling lambat tanggal 4 Desember 2026." : "."),
            ],
            "Permintaan Data Pemegang Sertifikat Elektronik",
            "000.7.5",
            [new("internal", "kabag")]),
    ];

    /// <summary>The registration form, as the interface takes it.</summary>
    public object Registration(IReadOnlyList<LetterDestination> destinations) => new
    {
        kind = Kind,
        hal = Hal,
        ringkas = "Demo: " + Hal,
        sifat = "Biasa",
        urgensi = "Biasa",
        classification = Classification,
        mark = "qr",
        destinations,
    };
}

/// <param name="Kind">internal: username of the position's holder; external: name and mail address.</param>
internal sealed record DemoDestination(string Kind, string Target);
