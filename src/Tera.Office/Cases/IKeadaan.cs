namespace Tera.Office.Cases;

/// <summary>
/// A predicate over the world that an SOP's <c>kelengkapan</c> asks for (<c>keadaan:sertifikat_aktif</c>). A slice that can answer one registers it;
/// one that nobody answers does not hold.
/// </summary>
public interface IKeadaan
{
    /// <summary>The name after <c>keadaan:</c>.</summary>
    string Name { get; }

    /// <param name="starter">Person the case is about.</param>
    /// <param name="actor">Person who wants to act.</param>
    /// <returns>Null: it cannot be found out now; the act is refused as <see cref="CaseRefusalReason.AuthorityUnavailable"/>.</returns>
    Task<bool?> HoldsAsync(Guid caseId, Guid starter, Guid actor, CancellationToken cancellation);
}
