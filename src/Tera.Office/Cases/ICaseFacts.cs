using Tera.Office.Organisation;
using Tera.Office.Storage;

namespace Tera.Office.Cases;

/// <summary>
/// For the effects of other slices: facts of a case that are not made for a screen. Apart from <see cref="ICaseDesk"/>, because the desk
/// itself runs the effects. Reads through the given context, so it sees what the running transaction already wrote.
/// </summary>
public interface ICaseFacts
{
    Task<CaseFacts?> FindAsync(OfficeDb db, Guid caseId, CancellationToken cancellation);

    /// <summary>
    /// Who stands behind a lane of this case: the persons who acted in it, or, when nobody has yet, those who may act today.
    /// Also knows <c>pemilik</c> and <c>pemohon</c> where the SOP uses these words for the starter. Empty: nobody.
    /// </summary>
    Task<IReadOnlyList<Holding>> LaneAsync(OfficeDb db, Guid caseId, string lane, CancellationToken cancellation);
}

/// <param name="Starter">Person who started the case.</param>
/// <param name="UnitId">Unit in which it was started: its register numbers the letter.</param>
/// <param name="Berkas">Name in the SOP of the document of kind <c>naskah</c> (<c>naskah</c>, <c>surat</c>, <c>rekomendasi</c>), or null when it has none.</param>
/// <param name="Kinds">Letter kinds the SOP allows (<c>macam</c>); empty: all.</param>
/// <param name="Kops">Letterheads the SOP allows (<c>kop</c>); empty: all.</param>
/// <param name="Signatures">Steps that sign or give paraf, in the order of the SOP; a chain is one entry per member.</param>
public sealed record CaseFacts(
    Guid CaseId, Guid AgencyId, string Sop, string Title, Guid Starter, Guid UnitId, bool Ended, string? Berkas,
    IReadOnlyList<string> Kinds, IReadOnlyList<string> Kops, IReadOnlyList<SignatureStep> Signatures)
{
    /// <summary>Name of the verification chain that the drafter may choose (<c>rantai</c>), or null when the SOP has none.</summary>
    public string? Rantai { get; init; }
}

/// <param name="Paraf">True: initials below the signer; false: the signature of the letter.</param>
/// <param name="AsSignature">The paraf is an invisible PAdES signature (mode <c>pades</c>), not only a record (<c>catatan</c>). True for a signature.</param>
/// <param name="Holders">Who may act today, definitive holder first; empty when the lane is vacant.</param>
public sealed record SignatureStep(string StepId, string Lane, bool Paraf, bool AsSignature, IReadOnlyList<Holding> Holders);
