using System.Globalization;
using System.Text;

namespace Tera.Office.Tests.Shell;

/// <summary>A made-up letter of two pages, written by hand so that the pages' tests need no converter.</summary>
internal static class SamplePdf
{
    private static readonly string[] Lines =
    [
        "PEMERINTAH KABUPATEN ARUNIKA", "SEKRETARIAT DAERAH", "",
        "Nomor      : 000.8.3.3/0015/UMUM/2026", "Sifat        : Biasa", "Hal          : Undangan Rapat Koordinasi SPBE", "",
        "Yth. Kepala Perangkat Daerah", "di Tempat", "",
        "Dalam rangka penerapan tanda tangan elektronik, kami mengundang Saudara", "untuk hadir pada rapat koordinasi:", "",
        "Hari, tanggal : Kamis, 26 November 2026", "Pukul            : 09.00 WIB", "Tempat         : Aula Setda", "",
        "Demikian, atas kehadiran Saudara kami ucapkan terima kasih.",
    ];

    public static Task<byte[]> MakeAsync()
    {
        var objects = new List<string>
        {
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [4 0 R 6 0 R] /Count 2 >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        };
        foreach (string[] page in new[] { Lines, ["Lampiran", "", "1. Kepala Dinas Pendidikan", "2. Kepala Dinas Kesehatan"] })
        {
            string content = Content(page);
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {objects.Count + 2} 0 R >>");
            objects.Add($"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
        }

        return Task.FromResult(Encoding.ASCII.GetBytes(File(objects)));
    }

    private static string Content(string[] lines) =>
        "BT /F1 11 Tf 18 TL 70 770 Td " + string.Concat(lines.Select(line => $"({line}) Tj T* ")) + "ET";

    private static string File(List<string> objects)
    {
        var file = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        for (int i = 0; i < objects.Count; i++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        int start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (int offset in offsets)
        {
            file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        }

        return file.Append(CultureInfo.InvariantCulture, $"trailer << /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").ToString();
    }
}
