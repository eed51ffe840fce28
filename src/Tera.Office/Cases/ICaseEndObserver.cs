using Tera.Office.Storage;

namespace Tera.Office.Cases;

/// <summary>
/// A slice that must act when a case ends, inside the transaction that ends it: a reserved letter number becomes a cancelled one,
/// and no crash between the two can leave a gap that nobody explains.
/// </summary>
public interface ICaseEndObserver
{
    /// <param name="reason">The words of whoever refused or cancelled; null for a case that is done.</param>
    Task OnEndedAsync(OfficeDb db, Guid caseId, CaseEnd end, string? reason, CancellationToken cancellation);
}

/// <summary>How a case ended: the SOP's <c>selesai</c>, its <c>akhir: ditolak</c>, or a decision to cancel.</summary>
public enum CaseEnd
{
    Selesai,
    Ditolak,
    Dibatalkan,
}
