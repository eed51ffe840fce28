namespace Tera.Office.Cases;

/// <summary>
/// An instant that a <c>tunggu</c> step waits for and that no form of the case holds (<c>sampai: sertifikat.habis-P30D</c>).
/// A slice that knows one registers it.
/// </summary>
public interface ISampai
{
    /// <summary>The name before the offset: <c>sertifikat.habis</c>.</summary>
    string Name { get; }

    /// <param name="starter">Person the case is about.</param>
    /// <returns>Null: not known, or it cannot be found out now; asked again later.</returns>
    Task<DateTimeOffset?> FindAsync(Guid caseId, Guid starter, CancellationToken cancellation);
}
