using Microsoft.AspNetCore.Http;
using Tera.Sop.Cases;

namespace Tera.Office.Cases;

/// <summary>The one place that turns reasons of the desk, and of the procedure engine behind it, into words and HTTP status.</summary>
public static class CaseRefusals
{
    public static CaseAnswer.Refused Because(CaseRefusalReason reason, string? message = null) => new(reason, message ?? TextOf(reason));

    /// <summary>The user's sentence where nothing more exact is known.</summary>
    public static string TextOf(CaseRefusalReason reason) => reason switch
    {
        CaseRefusalReason.NotFound => "Perkara itu tidak ada.",
        CaseRefusalReason.NotYours => "Langkah ini bukan tugas Anda.",
        CaseRefusalReason.Stale => "Perkara ini sudah berubah sejak halaman dibuka. Muat ulang, lalu periksa lagi.",
        CaseRefusalReason.NotOpen => "Langkah ini tidak sedang terbuka.",
        CaseRefusalReason.UnknownOutcome => "Pilihan itu tidak ada pada langkah ini.",
        CaseRefusalReason.ReasonMissing => "Tuliskan alasannya.",
        CaseRefusalReason.ReturnTargetInvalid => "Pilih kepada siapa naskah dikembalikan.",
        CaseRefusalReason.StaleDocument => "Dokumen sudah berubah sejak Anda melihatnya. Buka lagi versi yang terbaru.",
        CaseRefusalReason.UnseenByApprovers => "Pemeriksa sebelumnya belum menyetujui isi dokumen yang sekarang.",
        CaseRefusalReason.SamePerson => "Langkah ini harus dikerjakan orang lain daripada langkah sebelumnya (pemisahan tugas).",
        CaseRefusalReason.Incomplete => "Kelengkapan langkah ini belum terpenuhi.",
        CaseRefusalReason.ChecklistOpen => "Daftar periksa belum lengkap dicentang.",
        CaseRefusalReason.EffectsPending => "Sistem masih mengerjakan langkah sebelumnya. Coba lagi sebentar.",
        CaseRefusalReason.InvalidInput => "Masukan tidak sah.",
        CaseRefusalReason.WrongPassphrase => "Frasa sandi salah.",
        CaseRefusalReason.CredentialLocked => "Sertifikat terkunci karena terlalu banyak frasa sandi yang salah.",
        CaseRefusalReason.CertificateNotActive => "Anda belum mempunyai sertifikat elektronik yang aktif.",
        CaseRefusalReason.AuthorityUnavailable => "Layanan tanda tangan sedang tidak dapat dihubungi. Tidak ada yang berubah; coba lagi nanti.",
        CaseRefusalReason.EffectRefused => "Sistem menolak menjalankan langkah ini.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    public static int StatusOf(CaseRefusalReason reason) => reason switch
    {
        CaseRefusalReason.NotFound => StatusCodes.Status404NotFound,
        CaseRefusalReason.NotYours or CaseRefusalReason.SamePerson => StatusCodes.Status403Forbidden,
        CaseRefusalReason.Stale or CaseRefusalReason.NotOpen or CaseRefusalReason.StaleDocument or CaseRefusalReason.EffectsPending
            or CaseRefusalReason.UnseenByApprovers => StatusCodes.Status409Conflict,
        CaseRefusalReason.AuthorityUnavailable => StatusCodes.Status503ServiceUnavailable,
        CaseRefusalReason.InvalidInput => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>The engine's reason in the desk's words. Its data are names of the SOP, never secrets.</summary>
    internal static CaseAnswer.Refused From(Refusal refusal)
    {
        string data = string.Join(", ", refusal.Data);
        return refusal.Reason switch
        {
            RefusalReason.CaseEnded => Because(CaseRefusalReason.NotOpen, $"Perkara ini sudah berakhir ({data})."),
            RefusalReason.StepNotOpen => Because(CaseRefusalReason.NotOpen),
            RefusalReason.NotAPersonsStep => Because(CaseRefusalReason.NotOpen, "Langkah ini dikerjakan oleh sistem."),
            RefusalReason.EffectsPending => Because(CaseRefusalReason.EffectsPending),
            RefusalReason.WrongLane => Because(CaseRefusalReason.NotYours),
            RefusalReason.OtherHolder => Because(CaseRefusalReason.NotYours, "Tugas ini ditujukan kepada pejabat lain."),
            RefusalReason.ActingNotAllowed => Because(CaseRefusalReason.NotYours, "Pejabat pengganti tidak boleh mengerjakan langkah ini."),
            RefusalReason.NotAdministrator => Because(CaseRefusalReason.NotYours, "Hanya pemulai perkara atau admin yang boleh melakukan ini."),
            RefusalReason.SamePerson => Because(CaseRefusalReason.SamePerson),
            RefusalReason.OutcomeUnknown or RefusalReason.OutcomeOfSystem or RefusalReason.OutcomeMissing => Because(CaseRefusalReason.UnknownOutcome),
            RefusalReason.ReasonMissing => Because(CaseRefusalReason.ReasonMissing),
            RefusalReason.TextTooLong => Because(CaseRefusalReason.InvalidInput, $"Teks terlalu panjang (paling banyak {data} karakter)."),
            RefusalReason.TargetMissing or RefusalReason.TargetNotAllowed => Because(CaseRefusalReason.ReturnTargetInvalid),
            RefusalReason.ChecklistIncomplete => Because(CaseRefusalReason.ChecklistOpen, $"Belum dicentang: {data}."),
            RefusalReason.KelengkapanMissing => Because(CaseRefusalReason.Incomplete, $"Belum terpenuhi: {data}."),
            RefusalReason.SecretStep => Because(CaseRefusalReason.InvalidInput, "Langkah tanda tangan tidak menerima catatan atau isian."),
            RefusalReason.VersionMissing => Because(CaseRefusalReason.Incomplete, $"Dokumen belum ada: {data}."),
            RefusalReason.SeenMissing => Because(CaseRefusalReason.StaleDocument, "Buka dokumennya sebelum memutuskan."),
            RefusalReason.StaleVersion => Because(CaseRefusalReason.StaleDocument),
            RefusalReason.ApprovalMissing => Because(CaseRefusalReason.UnseenByApprovers),
            RefusalReason.ChainNotAllowed or RefusalReason.ChainLength => Because(CaseRefusalReason.InvalidInput, "Susunan verifikator tidak diperbolehkan SOP."),
            RefusalReason.DispositionInvalid => Because(CaseRefusalReason.InvalidInput, "Lembar disposisi belum lengkap: tulis sedikitnya satu instruksi."),
            RefusalReason.DocumentUnknown or RefusalReason.VersionNotAllowed or RefusalReason.ProofMissing => Because(CaseRefusalReason.EffectRefused, $"SOP tidak menerima dokumen itu pada langkah ini ({data})."),
            RefusalReason.ChannelNotAllowed => Because(CaseRefusalReason.InvalidInput, "Saluran itu tidak disediakan SOP."),
            _ => Because(CaseRefusalReason.NotOpen),
        };
    }
}
