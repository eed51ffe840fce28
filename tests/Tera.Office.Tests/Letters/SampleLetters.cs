using Tera.Office.Letters.Docx;
using Tera.Office.Letters.Rendering;
using Tera.Office.Letters.Templates;

namespace Tera.Office.Tests.Letters;

/// <summary>A made-up agency's letters.</summary>
internal static class SampleLetters
{
    public static readonly Uri Address = new("https://tera.arunika.example/v/7Q4M9ZK2XW8D3HTN");

    public static readonly LetterheadData Arunika = new(
        "Pemerintah Kabupaten Arunika", "Arunika", "Dinas Komunikasi dan Informatika",
        "Jalan Cakrawala Nomor 1, Wanasari 00000, Telepon (0000) 000000, Laman arunika.example", "Wanasari", "layanan sertifikat elektronik Tera, Pemerintah Kabupaten Arunika");

    public static byte[] Template(string id, LetterText? text = null) =>
        text is null ? LetterTemplates.Build(LetterTemplates.Find(id)!, Arunika) : LetterTemplates.Build(LetterTemplates.Find(id)!, Arunika, text);

    public static DocxPackage Package(byte[] docx) => Assert.IsType<DocxReading.Accepted>(DocxDoor.Read("konsep.docx", docx)).Package;

    public static LetterValues Values(bool qr = true, bool elected = true) => new(
        "000.8.3.3/0015/UMUM/2026", "24 November 2026",
        elected ? "Dr. Wiratama Adiguna, M.Si." : "Ir. Ganendra Wicaksana, M.T.",
        elected ? "Bupati Arunika" : "Kepala Dinas Komunikasi dan Informatika",
        elected ? "" : "Pembina Utama Muda (IV/c)", elected ? "" : "19720308 199803 1 905",
        "Rapat Koordinasi Penerapan Tanda Tangan Elektronik", "Biasa", "1 (satu) berkas", "1. Kepala Dinas Pendidikan\n2. Kepala Dinas Kesehatan",
        "Tembusan:\n1. Wakil Bupati Arunika\n2. Sekretaris Daerah", "000.8.3.3", Address, qr ? QrPng : null);

    private static byte[] QrPng => QrMark.Png(Address);
}
