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

    public static string Plain(string key) => CaseWords.Plain(key);
}
