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

    private static string Count(ValidationReport report) => report.Signatures.Count.ToString(CultureInfo.InvariantCulture);
}
