using Tera.Office.Shell;

namespace Tera.Office.Cases.Pages;

/// <summary>The names of the SOP language in words for people.</summary>
internal static class CaseWords
{
    private static readonly char[] Separators = ['_', '-', ' '];

    /// <summary>Short words that Indonesian writes in capitals.</summary>
    private static readonly HashSet<string> Abbreviations = new(StringComparer.Ordinal) { "sk", "ktp", "nik", "nip", "tte", "pdf", "url", "ip", "opd", "asn" };

    public const string EditMyself = "sunting_sendiri";

    public static string Outcome(Visit visit, string name) => name switch
    {
        "ya" => visit.T("Ya, setujui", "Yes, approve"),
        "tidak" => visit.T("Tidak, kembalikan", "No, send back"),
        "kirim" => visit.T("Kirim", "Send on"),
        "ambil" => visit.T("Pakai templat ini", "Use this template"),
        "siap" => visit.T("Sudah siap", "Ready"),
        "ok" => visit.T("Selesaikan", "Finish"),
        "teruskan" => visit.T("Teruskan", "Forward"),
        "tolak" => visit.T("Tolak", "Reject"),
        "setuju" => visit.T("Setuju", "Agree"),
        "lengkap" => visit.T("Lengkap", "Complete"),
        "sesuai" => visit.T("Sesuai", "Conforms"),
        "tidak_sesuai" => visit.T("Tidak sesuai", "Does not conform"),
        "cocok" => visit.T("Cocok", "Matches"),
        "tidak_cocok" => visit.T("Tidak cocok", "Does not match"),
        "perbaiki" => visit.T("Minta perbaikan", "Ask for repair"),
        _ => Plain(name),
    };

    /// <summary>What was done, as the history tells it.</summary>
    public static string Done(Visit visit, string outcome) => outcome switch
    {
        "ya" or "setuju" => visit.T("Menyetujui", "Approved"),
        "tidak" => visit.T("Mengembalikan", "Sent back"),
        "kirim" => visit.T("Mengirim", "Sent on"),
        "ambil" => visit.T("Memilih templat", "Chose the template"),
        "teruskan" => visit.T("Meneruskan", "Forwarded"),
        "tolak" => visit.T("Menolak", "Rejected"),
        "dilewati" => visit.T("Dilewati", "Skipped"),
        "ok" or "siap" => visit.T("Menyelesaikan", "Finished"),
        _ => Plain(outcome),
    };

    public static bool IsNegative(string outcome) => outcome is "tidak" or "tolak" or "tidak_sesuai" or "tidak_cocok" or "perbaiki" or "gagal";

    public static string StepState(Visit visit, string state) => state switch
    {
        "selesai" => visit.T("Selesai", "Done"),
        "aktif" => visit.T("Sedang berjalan", "Under way"),
        "dilewati" => visit.T("Dilewati", "Skipped"),
        _ => visit.T("Belum", "Not yet"),
    };

    public static string CaseState(Visit visit, string state) => state switch
    {
        "selesai" => visit.T("Selesai", "Finished"),
        "ditolak" => visit.T("Ditolak", "Rejected"),
        "dibatalkan" or "batal" => visit.T("Dibatalkan", "Cancelled"),
        "berjalan" or "aktif" => visit.T("Berjalan", "Running"),
        _ => Plain(state),
    };

    /// <summary>What the system is doing, for people who wait for it (names: sops.md section 7).</summary>
    public static string Effect(Visit visit, string name) => name.Split('(')[0] switch
    {
        "dok.versi_baru" => visit.T("Menyimpan naskah", "Storing the letter"),
        "dok.ke_pdf" => visit.T("Mengubah naskah menjadi PDF", "Making the PDF"),
        "dok.siapkan_bidang_ttd" => visit.T("Menyiapkan nomor, tanggal, QR, dan bidang tanda tangan", "Placing number, date, QR and signature fields"),
        "dok.cek_tata_naskah" => visit.T("Memeriksa tata naskah", "Checking the layout"),
        "dok.validasi" => visit.T("Memeriksa tanda tangan", "Validating the signature"),
        "nomor.pesan" => visit.T("Memesan nomor", "Reserving a number"),
        "nomor.tetapkan" => visit.T("Menetapkan nomor", "Fixing the number"),
        "templat.ambil" => visit.T("Menyiapkan templat", "Preparing the template"),
        "naskah.registrasi" => visit.T("Meregistrasi naskah", "Registering the letter"),
        "ttd.paraf" => visit.T("Membubuhkan paraf", "Adding initials"),
        "ttd.pades" => visit.T("Membubuhkan tanda tangan elektronik", "Signing"),
        "ttd.cap_waktu" => visit.T("Meminta cap waktu", "Getting a time stamp"),
        "kirim.internal" or "kirim.eksternal" or "kirim.grup" => visit.T("Mengirim surat", "Sending the letter"),
        "arsip.simpan" => visit.T("Menyimpan ke arsip", "Filing in the archive"),
        "notif.kirim" => visit.T("Mengirim pemberitahuan", "Sending a notice"),
        "agenda.catat" => visit.T("Mencatat di agenda", "Entering in the register"),
        "ca.terbitkan" or "ca.perpanjang" => visit.T("Menerbitkan sertifikat", "Issuing the certificate"),
        "ca.cabut" => visit.T("Mencabut sertifikat", "Revoking the certificate"),
        "kunci.buat" => visit.T("Membuat kunci", "Making the key"),
        _ => Plain(name.Replace('.', ' ')),
    };

    /// <summary>A kelengkapan of the SOP in words: <c>naskah:konsep-pdf</c>, <c>keadaan:sertifikat_aktif</c>.</summary>
    public static string Missing(Visit visit, string need) => need.Split(':', 2) switch
    {
        ["keadaan", "sertifikat_aktif"] => visit.T("sertifikat elektronik Anda yang aktif", "your active certificate"),
        ["keadaan", var state] => Plain(state).ToLowerInvariant(),
        ["persetujuan", var step] => visit.T($"persetujuan langkah {step}", $"approval of step {step}"),
        [var document, var state] => $"{Plain(document).ToLowerInvariant()} ({Plain(state).ToLowerInvariant()})",
        _ => Plain(need).ToLowerInvariant(),
    };

    /// <summary>nama_sistem -> Nama sistem.</summary>
    public static string Plain(string name)
    {
        string words = string.Join(' ', name.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(word => Abbreviations.Contains(word) ? word.ToUpperInvariant() : word));
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
