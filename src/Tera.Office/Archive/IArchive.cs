using Tera.Office.Accounts;

namespace Tera.Office.Archive;

/// <summary>Front of the slice: what was filed, and the codes it is filed under.</summary>
public interface IArchive
{
    /// <summary>Filed letters of the caller's agency whose number, subject or code has the text, newest first.</summary>
    Task<IReadOnlyList<ArchivedLetter>> SearchAsync(Caller caller, string? text, int limit, CancellationToken cancellation);
}

public sealed record ArchivedLetter(
    Guid CaseId, string Number, string Kind, string Hal, string Classification, string ClassificationName, string Sifat, DateOnly Date, string Pdf, long Length, DateTimeOffset FiledAt,
    string? RetensiAktif, string? RetensiInaktif, string? NasibAkhir, DateOnly? RetensiSejak);
