using Tera.Office.Letters;
using Tera.Office.Shell;
using Tera.Office.Storage;
using Tera.Pades.Validation;

namespace Tera.Office.Verification;

/// <summary>Turns a validation report into one sentence for a citizen, in both languages, and the facts below it.</summary>
internal static class VerificationWords
{
    /// <summary>PP 71/2019 art. 60(2): certified is only what a recognised Indonesian PSrE certifies.</summary>
    private const string NotCertified =
        "Sertifikat diterbitkan oleh otoritas milik instansi ini, bukan oleh PSrE yang diakui: TTE ini tidak tersertifikasi (PP 71/2019 Pasal 60).";

    public static VerificationPage NotSignedYet(PublicLetter letter) => new(
        Verdict.Unknown,
        $"Naskah ini terdaftar di {letter.AgencyName}, tetapi belum ditandatangani.",
        $"This letter is registered at {letter.AgencyName}, but it is not signed yet.",
        [], letter, letter.CurrentPdf);

    public static VerificationPage Describe(ValidationReport report, PublicLetter? letter, Sha256Digest hash)
    {
        CheckedSignature[] signatures = [.. report.Signatures.Select(s => Signature(s, letter))];
        Verdict verdict = report.Verdict switch
        {
            FileVerdict.TotalPassed => Verdict.Genuine,
            FileVerdict.Indeterminate => Verdict.Untrusted,
            FileVerdict.NoSignature => Verdict.Unsigned,
            FileVerdict.TotalFailed => Verdict.Changed,
            _ => Verdict.Unreadable,
        };
        (string indonesian, string english) = Sentence(verdict, report, letter, signatures);
        return new VerificationPage(verdict, indonesian, english, signatures, letter, hash)
        {
            Detail = verdict == Verdict.Genuine ? NotCertified : report.Reason,
        };
    }

    private static (string Indonesian, string English) Sentence(Verdict verdict, ValidationReport report, PublicLetter? letter, CheckedSignature[] signatures)
    {
        switch (verdict)
        {
            case Verdict.Genuine:
                CheckedSignature last = signatures[^1];
                string when = last.SignedAt is { } at ? Moment(at, letter, Language.Indonesian) : "";
                string whenEnglish = last.SignedAt is { } atEnglish ? Moment(atEnglish, letter, Language.English) : "";
                bool older = letter is { Current: false };
                return (
                    $"Asli: ditandatangani secara elektronik oleh {last.Signer}{when}, dan tidak berubah sejak itu."
                        + (older ? " Ada versi yang lebih baru di instansi penerbit." : ""),
                    $"Genuine: signed electronically by {last.Signer}{whenEnglish}, and not changed since."
                        + (older ? " The issuing agency has a later version." : ""));
            case Verdict.Changed:
                return report.Signatures.Any(s => !s.Intact)
                    ? ("Jangan dipercaya: isi berkas ini berubah setelah ditandatangani.", "Do not trust it: this file was changed after it was signed.")
                    : report.Signatures.Any(s => s.ChangesAfter == ChangesAfter.Forbidden)
                        ? ("Jangan dipercaya: ada yang ditambahkan atau diganti setelah tanda tangan, dan tanda tangan itu tidak mengizinkannya.",
                            "Do not trust it: something was added or replaced after the signature, which the signature does not allow.")
                        : ("Jangan dipercaya: tanda tangan pada berkas ini tidak berlaku.", "Do not trust it: the signature in this file does not hold.");
            case Verdict.Untrusted:
                return (
                    "Belum dapat dipastikan: tanda tangannya utuh, tetapi sertifikat penandatangan tidak berasal dari otoritas yang kami percayai.",
                    "Not certain: the signature is intact, but the signer's certificate does not come from an authority we trust.");
            case Verdict.Unsigned:
                return letter is not null
                    ? ("Naskah ini terdaftar di sini, tetapi berkas Anda adalah versi sebelum ditandatangani.", "This letter is registered here, but your file is the version before it was signed.")
                    : ("Bukan TTE: berkas ini tidak memuat tanda tangan elektronik. Gambar tanda tangan atau QR saja bukan bukti.",
                        "Not an electronic signature: this file contains none. A picture of a signature or a QR alone proves nothing.");
            default:
                return (
                    "Berkas ini tidak dapat dibaca sebagai PDF, jadi tidak dapat diperiksa. Unggah berkas PDF aslinya, bukan foto atau hasil pindai.",
                    "This file cannot be read as a PDF, so it cannot be checked. Upload the original PDF, not a photo or a scan.");
        }
    }

    private static CheckedSignature Signature(SignatureReport report, PublicLetter? letter)
    {
        string signer = CommonName(report.Signer) ?? "penandatangan tidak dikenal";
        string? position = letter?.Approvals.LastOrDefault(a => a.Name.Contains(signer, StringComparison.Ordinal))?.Position;
        string sub = report.SubIndication is { } reason ? $"/{Printed(reason.ToString())}" : "";
        return new CheckedSignature(signer, position, report.SignedAt, Printed(report.Indication.ToString()) + sub, report.Changes)
        {
            FactsId = VerdictSummary.Indonesian(report),
            FactsEn = VerdictSummary.English(report),
        };
    }

    /// <summary>TotalPassed -> TOTAL_PASSED, as the command line prints it.</summary>
    private static string Printed(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? "_" + c : char.ToUpperInvariant(c).ToString()));

    /// <summary>The CN of a distinguished name; commas inside a value are escaped (RFC 4514).</summary>
    private static string? CommonName(string? subject)
    {
        if (subject is null)
        {
            return null;
        }

        int start = subject.StartsWith("CN=", StringComparison.OrdinalIgnoreCase) ? 3 : subject.IndexOf(",CN=", StringComparison.OrdinalIgnoreCase) + 4;
        if (start < 4 && !subject.StartsWith("CN=", StringComparison.OrdinalIgnoreCase))
        {
            int spaced = subject.IndexOf(", CN=", StringComparison.OrdinalIgnoreCase);
            if (spaced < 0)
            {
                return subject;
            }

            start = spaced + 5;
        }

        var value = new System.Text.StringBuilder();
        for (int i = start; i < subject.Length && subject[i] is not (',' or '+'); i++)
        {
            if (subject[i] == '\\' && i + 1 < subject.Length)
            {
                i++;
            }

            value.Append(subject[i]);
        }

        return value.ToString().Trim().Trim('"');
    }

    /// <summary>As the issuing agency's clock shows it; a file that is not ours in WIB.</summary>
    private static string Moment(DateTimeOffset at, PublicLetter? letter, Language language)
    {
        AgencyTime time = (letter is null ? AgencyTime.Jakarta : AgencyTime.Of(letter.Zone)) with { Language = language };
        return language == Language.Indonesian ? $" pada {time.Long(at)}" : $" on {time.Long(at)}{time.Offset}";
    }
}
