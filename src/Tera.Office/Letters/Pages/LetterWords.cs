using Tera.Office.Cases.Pages;
using Tera.Office.Shell;

namespace Tera.Office.Letters.Pages;

/// <summary>The closed lists of a registration, in words. The keys are what is stored.</summary>
internal static class LetterWords
{
    public static IReadOnlyList<(string Key, string Words)> Kinds(Visit visit) =>
    [
        ("surat", visit.T("Surat dinas", "Letter")),
        ("undangan", visit.T("Surat undangan", "Invitation")),
        ("nota_dinas", visit.T("Nota dinas", "Internal memorandum")),
        ("sk", visit.T("Surat keputusan", "Decree")),
    ];

    /// <summary>Keamanan (Permendagri 1/2023): who may read it.</summary>
    public static IReadOnlyList<(string Key, string Words)> Security(Visit visit) =>
    [
        ("Biasa", visit.T("Biasa / terbuka", "Open")),
        ("Terbatas", visit.T("Terbatas", "Restricted")),
        ("Rahasia", visit.T("Rahasia", "Secret")),
        ("Sangat Rahasia", visit.T("Sangat rahasia", "Top secret")),
    ];

    public static IReadOnlyList<(string Key, string Words)> Urgency(Visit visit) =>
    [
        ("Biasa", visit.T("Biasa", "Normal")),
        ("Segera", visit.T("Segera (2 × 24 jam)", "Urgent (48 hours)")),
        ("Amat Segera", visit.T("Amat segera (hari ini)", "Very urgent (today)")),
    ];

    /// <summary>How a version of the letter came about.</summary>
    public static string Version(Visit visit, string kind) => kind switch
    {
        "docx" => visit.T("Konsep .docx", "Draft .docx"),
        "pdf" => visit.T("Cetakan PDF", "Printed as PDF"),
        "bidang" => visit.T("PDF dengan bidang tanda tangan", "PDF with signature fields"),
        "paraf" => visit.T("PDF dengan paraf", "PDF with initials"),
        "ttd" => visit.T("PDF bertanda tangan", "Signed PDF"),
        _ => Plain(kind),
    };

    /// <summary>Where a letter is sent.</summary>
    public static string Dispatch(Visit visit, string kind) => kind switch
    {
        "internal" => visit.T("Dalam instansi", "Inside"),
        "external" => visit.T("Surel ke luar instansi", "Mail to the outside"),
        "group" => visit.T("Grup", "Group"),
        _ => Plain(kind),
    };

    public static string Plain(string key) => CaseWords.Plain(key);
}
