namespace Tera.Sop.Cases;

/// <summary>The one place where a refusal becomes a sentence.</summary>
public static class RefusalText
{
    /// <summary>A sentence in Indonesian for the person whose command was refused.</summary>
    public static string Indonesian(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var data = string.Join(", ", refusal.Data);
        return refusal.Reason switch
        {
            RefusalReason.NotStarted => "Kasus belum dimulai.",
            RefusalReason.AlreadyStarted => "Kasus sudah dimulai.",
            RefusalReason.CaseEnded => $"Kasus sudah berakhir ({data}).",
            RefusalReason.OtherDefinition => "Kasus berjalan menurut versi SOP yang lain.",
            RefusalReason.StepNotOpen => $"Langkah ini tidak sedang terbuka; yang terbuka: {data}.",
            RefusalReason.NotAPersonsStep => "Langkah ini dikerjakan sistem.",
            RefusalReason.EffectsPending => "Pekerjaan sistem pada langkah ini belum selesai; coba lagi sebentar.",
            RefusalReason.WrongLane => $"Langkah ini milik pelaksana '{data}'.",
            RefusalReason.OtherHolder => "Tugas ini ditujukan kepada orang lain.",
            RefusalReason.ActingNotAllowed => $"Pejabat pelaksana (Plh/Plt) tidak boleh bertindak sebagai '{data}' pada SOP ini.",
            RefusalReason.SamePerson => $"Harus orang lain daripada yang mengerjakan: {data}.",
            RefusalReason.OutcomeUnknown => $"Hasil itu tidak ada; yang ada: {data}.",
            RefusalReason.OutcomeOfSystem => "Hasil itu hanya dilaporkan sistem.",
            RefusalReason.OutcomeMissing => $"Hasilnya harus disebut: {data}.",
            RefusalReason.ReasonMissing => "Alasan harus diisi.",
            RefusalReason.TextTooLong => $"Teks terlalu panjang, paling banyak {data} huruf.",
            RefusalReason.TargetMissing => $"Pilih kembali ke mana: {data}.",
            RefusalReason.TargetNotAllowed => $"Tidak dapat kembali ke sana; yang boleh: {data}.",
            RefusalReason.ChecklistIncomplete => $"Daftar periksa belum lengkap: {data}.",
            RefusalReason.KelengkapanMissing => $"Kelengkapan belum ada: {data}.",
            RefusalReason.SecretStep => "Langkah rahasia tidak menerima data.",
            RefusalReason.DocumentUnknown => $"Berkas tidak dikenal pada langkah ini: {data}.",
            RefusalReason.VersionNotAllowed => $"Versi baru tidak boleh ditambahkan di sini: {data}.",
            RefusalReason.VersionMissing => $"Naskah belum ada atau tidak berubah: {data}.",
            RefusalReason.SeenMissing => $"Naskah harus dilihat dahulu: {data}.",
            RefusalReason.StaleVersion => "Naskah berubah sejak Anda melihatnya; muat ulang dan periksa lagi.",
            RefusalReason.ProofMissing => "Versi setara harus disertai bukti.",
            RefusalReason.ApprovalMissing => $"Naskah ini belum disetujui oleh: {data}. Kembalikan supaya diperiksa lagi.",
            RefusalReason.ChainNotAllowed => $"Rantai '{data}' tidak dapat dipilih begitu di langkah ini.",
            RefusalReason.ChainLength => $"Jumlah anggota rantai tidak sesuai (nama, paling sedikit, paling banyak): {data}.",
            RefusalReason.DispositionInvalid => "Disposisi harus memuat instruksi, dan hanya pada langkah disposisi.",
            RefusalReason.ChannelNotAllowed => $"Langkah ini tidak dapat dikerjakan lewat jalan itu; yang boleh: {data}.",
            RefusalReason.LaneNotSkippable => "Langkah ini tidak boleh dilewati.",
            RefusalReason.NotYet => $"Belum waktunya: {data}.",
            RefusalReason.NothingToWaitFor => "Tidak ada yang ditunggu pada langkah ini.",
            RefusalReason.KeyUnknown => "Laporan ini tidak (lagi) ditunggu.",
            RefusalReason.NotWithdrawable => "Tidak dapat ditarik kembali.",
            RefusalReason.NotAdministrator => "Hanya administrator yang boleh melakukannya.",
            _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal.Reason, "A reason without a sentence."),
        };
    }
}
