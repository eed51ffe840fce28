namespace Tera.Office.Letters.Templates;

/// <summary>What a drafter writes into a template.</summary>
/// <param name="Details">Lines with a label (Hari/tanggal, Waktu, Tempat) between the first paragraph and the rest.</param>
public sealed record LetterText(IReadOnlyList<string> Paragraphs, IReadOnlyList<LetterDetail> Details)
{
    public LetterText(params string[] paragraphs)
        : this(paragraphs, [])
    {
    }

    /// <summary>What stands in an unused template, for the drafter to replace.</summary>
    internal static LetterText Guide(string kind) => kind switch
    {
        "undangan" => new LetterText(
            [
                "Sehubungan dengan …, bersama ini kami mengundang Saudara untuk hadir pada:",
                "Mengingat pentingnya acara tersebut, diharapkan Saudara hadir tepat waktu.",
                "Demikian undangan ini disampaikan. Atas perhatian dan kehadiran Saudara, kami ucapkan terima kasih.",
            ],
            [new("Hari, tanggal", "…"), new("Waktu", "… s.d. selesai"), new("Tempat", "…"), new("Acara", "…")]),
        "nota_dinas" => new LetterText(
            "Dengan hormat, menindaklanjuti … bersama ini kami laporkan hal-hal sebagai berikut: …",
            "Berdasarkan hal tersebut, kami mohon arahan Bapak/Ibu lebih lanjut.",
            "Demikian disampaikan, atas perhatian Bapak/Ibu kami ucapkan terima kasih."),
        "sk" => new LetterText(
            [
                "Menetapkan …",
                "Segala biaya yang timbul sebagai akibat ditetapkannya Keputusan ini dibebankan pada Anggaran Pendapatan dan Belanja Daerah.",
                "Keputusan ini mulai berlaku pada tanggal ditetapkan.",
            ],
            [
                new("Menimbang", "bahwa …"),
                new("Mengingat", "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah beberapa kali diubah, terakhir dengan Undang-Undang Nomor 6 Tahun 2023;"),
            ]),
        _ => new LetterText(
            "Sehubungan dengan …, bersama ini disampaikan bahwa …",
            "Untuk kelancaran pelaksanaan hal tersebut, dimohon kesediaan Saudara untuk …",
            "Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima kasih."),
    };
}

public sealed record LetterDetail(string Label, string Value);
