using Tera.Office.Accounts;
using Tera.Office.Cases;
using Tera.Office.Letters.Rendering;
using Tera.Office.Shell;
using Tera.Office.Storage;

namespace Tera.Office.Letters.Pages;

/// <summary>The letter of a case as the step screens show it.</summary>
internal sealed class LetterDocuments(ILetters letters, PagePictures pictures, Visit visit) : ICaseDocuments
{
    public async Task<CaseDocument?> FindAsync(Caller caller, Guid caseId, Sha256Digest? version, CancellationToken cancellation)
    {
        LetterPage? letter = await letters.FindAsync(caller, caseId, cancellation);
        if (letter is null || (version ?? letter.CurrentPdf) is not Sha256Digest hash || !Has(letter, hash))
        {
            return null;
        }

        // The draft itself (docx) has no pages to show; its PDF has.
        Sha256Digest? pdf = IsPdf(letter, hash) ? hash : letter.CurrentPdf;
        return pdf is not Sha256Digest shown ? null : new CaseDocument(
            letter.Registration?.Hal ?? visit.T("Naskah", "Letter"),
            shown,
            $"/surat/{caseId}/pdf/{shown.Hex}",
            $"/surat/{caseId}/halaman/{shown.Hex}/",
            await pictures.CountAsync(shown, cancellation),
            Facts(letter),
            letter.DraftDocx is null ? null : $"/surat/{caseId}/konsep");
    }

    public async Task<string?> PrepareForSigningAsync(Caller caller, Guid caseId, CancellationToken cancellation) =>
        await letters.PrepareForSigningAsync(caller, caseId, cancellation) is LetterAnswer.Refused refused && refused.Reason != LetterRefusalReason.NotFound
            ? refused.Message
            : null;

    public async Task<string?> StageEditAsync(Caller caller, Guid caseId, string fileName, Stream content, CancellationToken cancellation) =>
        await letters.StageDraftAsync(caller, caseId, fileName, content, cancellation) is LetterAnswer.Refused refused ? refused.Message : null;

    /// <summary>A hash from a URL is only served when it is a version of that very letter.</summary>
    public static bool Has(LetterPage letter, Sha256Digest hash) =>
        letter.CurrentPdf == hash || letter.Versions.Any(version => version.Hash == hash);

    public static bool IsPdf(LetterPage letter, Sha256Digest hash) =>
        letter.CurrentPdf == hash || letter.Versions.Any(version => version.Hash == hash && !version.Kind.Contains("docx", StringComparison.OrdinalIgnoreCase));

    private List<DocumentFact> Facts(LetterPage letter)
    {
        var facts = new List<DocumentFact>();
        if (letter.Number is string number)
        {
            facts.Add(new DocumentFact(
                visit.T("Nomor", "Number"), letter.NumberFinal ? number : visit.T($"{number} (dipesan, tetap saat TTE)", $"{number} (reserved, final when signed)")));
        }

        if (letter.Registration is { } registration)
        {
            facts.Add(new DocumentFact(visit.T("Hal", "Subject"), registration.Hal));
            facts.Add(new DocumentFact(visit.T("Tujuan", "Addressees"), Joined(registration.Destinations)));
            facts.Add(new DocumentFact(visit.T("Sifat, urgensi", "Security, urgency"), $"{LetterWords.Plain(registration.Sifat)}, {LetterWords.Plain(registration.Urgensi)}"));
        }

        if (letter.Date is DateOnly date)
        {
            facts.Add(new DocumentFact(visit.T("Tanggal", "Date"), visit.Time.Date(date)));
        }

        return facts;
    }

    private static string Joined(IReadOnlyList<LetterDestination> destinations) => string.Join("; ", destinations.Select(destination => destination.Name));
}
