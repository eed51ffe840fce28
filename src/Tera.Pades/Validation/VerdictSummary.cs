using System.Globalization;

namespace Tera.Pades.Validation;

/// <summary>The verdict in one plain sentence, for people who know no standard.</summary>
public static class VerdictSummary
{
    /// <summary>In Indonesian.</summary>
    /// <param name="report">The report.</param>
    /// <returns>One sentence.</returns>
    public static string Indonesian(ValidationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Verdict switch
        {
            FileVerdict.TotalPassed => $"Dokumen ini asli dan utuh: {Count(report)} tanda tangan elektronik sah, dan penanda tangannya dikenal.",
            FileVerdict.TotalFailed when report.Signatures.Any(s => s.ChangesAfter == ChangesAfter.Forbidden) =>
                "Dokumen ini telah diubah setelah ditandatangani; jangan mempercayai isinya.",
            FileVerdict.TotalFailed => "Tanda tangan elektronik pada dokumen ini tidak sah.",
            FileVerdict.NoSignature => "Dokumen ini tidak memiliki tanda tangan elektronik.",
            FileVerdict.Unreadable => "Berkas ini tidak dapat dibaca sebagai dokumen PDF.",
            _ when report.Signatures.Any(s => s.SubIndication == SubIndication.NoCertificateChainFound) =>
                "Isi dokumen ini utuh sejak ditandatangani, tetapi penerbit sertifikat penanda tangannya tidak dikenal.",
            _ => "Belum dapat dipastikan apakah tanda tangan elektronik pada dokumen ini sah.",
        };
    }

    /// <summary>In English.</summary>
    /// <param name="report">The report.</param>
    /// <returns>One sentence.</returns>
    public static string English(ValidationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Verdict switch
        {
            FileVerdict.TotalPassed => $"This document is genuine and unaltered: {Count(report)} electronic signature(s) are valid, and the signers are known.",
            FileVerdict.TotalFailed when report.Signatures.Any(s => s.ChangesAfter == ChangesAfter.Forbidden) =>
                "This document was changed after it was signed; do not trust what it shows.",
            FileVerdict.TotalFailed => "An electronic signature of this document is not valid.",
            FileVerdict.NoSignature => "This document has no electronic signature.",
            FileVerdict.Unreadable => "This file cannot be read as a PDF document.",
            _ when report.Signatures.Any(s => s.SubIndication == SubIndication.NoCertificateChainFound) =>
                "This document is unaltered since it was signed, but who issued the signer's certificate is not known.",
            _ => "It cannot be established whether the electronic signature of this document is valid.",
        };
    }

    /// <summary>What there is to know about one signature, in simple Indonesian sentences: time, later changes, how long it can be checked, its level.</summary>
    /// <param name="signature">The signature.</param>
    /// <returns>Four sentences.</returns>
    public static IReadOnlyList<string> Indonesian(SignatureReport signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return
        [
            signature.IsTimeProven ? "Waktu penandatanganan dibuktikan oleh penanda waktu tepercaya."
                : signature.SignedAt is not null ? "Waktu penandatanganan adalah pernyataan penanda tangan; tidak ada penanda waktu tepercaya yang membuktikannya."
                : "Waktu penandatanganan tidak diketahui.",
            signature.ChangesAfter switch
            {
                ChangesAfter.None => "Tidak ada yang ditambahkan setelah tanda tangan ini.",
                ChangesAfter.Allowed => "Ada yang ditambahkan setelah tanda tangan ini, dan semuanya diizinkan.",
                _ => "Ada yang diubah setelah tanda tangan ini, dan perubahan itu tidak diizinkan.",
            },
            IsArchived(signature) ? "Tanda tangan ini tetap dapat diperiksa selama bertahun-tahun, asalkan penanda waktunya diperbarui."
                : IsLongTerm(signature) ? "Data untuk memeriksa sertifikat ada di dalam berkas; tanda tangan ini dapat diperiksa juga setelah sertifikatnya berakhir."
                : "Setelah sertifikat penanda tangan berakhir, tanda tangan ini mungkin tidak dapat dipastikan lagi.",
            $"Tingkat tanda tangan: {signature.Level}.",
        ];
    }

    /// <summary>The same in English.</summary>
    /// <param name="signature">The signature.</param>
    /// <returns>Four sentences.</returns>
    public static IReadOnlyList<string> English(SignatureReport signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return
        [
            signature.IsTimeProven ? "A trusted time stamp proves when it was signed."
                : signature.SignedAt is not null ? "The time of signing is what the signer says; no trusted time stamp proves it."
                : "The time of signing is not known.",
            signature.ChangesAfter switch
            {
                ChangesAfter.None => "Nothing was added after this signature.",
                ChangesAfter.Allowed => "Something was added after this signature, and all of it is permitted.",
                _ => "Something was changed after this signature, and the change is not permitted.",
            },
            IsArchived(signature) ? "This signature can be checked for many years, as long as its time stamps are renewed."
                : IsLongTerm(signature) ? "What is needed to check the certificate is in the file; this signature can be checked after the certificate has ended, too."
                : "Once the signer's certificate has ended, it may not be possible any more to be sure of this signature.",
            $"Level of the signature: {signature.Level}.",
        ];
    }

    // A level is a form: only a signature that passes, at a proven time, lasts.
    private static bool IsLongTerm(SignatureReport signature) =>
        signature is { Indication: Indication.TotalPassed, IsTimeProven: true } && (signature.Level.EndsWith("-LT", StringComparison.Ordinal) || IsArchived(signature));

    private static bool IsArchived(SignatureReport signature) =>
        signature is { Indication: Indication.TotalPassed, IsTimeProven: true } && (signature.Level.EndsWith("-LTA", StringComparison.Ordinal) || signature.Level == "PAdES-LTV");

    private static string Count(ValidationReport report) => report.Signatures.Count.ToString(CultureInfo.InvariantCulture);
}
