using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// A document security store with certificates and revocation data may come and grow at any time, even in a document certified
/// against all changes (ISO 32000-2 12.8.4.3, 12.8.2.2.2; EN 319 142-1 5.4). It may not vanish.
/// Example that breaks it: a revision whose catalog has lost its /DSS.
/// </summary>
internal sealed class LongTermDataRule : IChangeRule
{
    public const string Id = "long-term-data";

    private static readonly HashSet<string> StoreKeys = new(["Type", "VRI", "Certs", "CRLs", "OCSPs"], StringComparer.Ordinal);
    private static readonly HashSet<string> EntryKeys = new(["Type", "Cert", "CRL", "OCSP", "TU", "TS"], StringComparer.Ordinal);

    public void Look(RevisionStep step)
    {
        var old = step.Before.View.GetDictionary(step.Before.Catalog, "DSS");
        var now = step.After.View.GetDictionary(step.After.Catalog, "DSS");
        var number = DocumentStructure.NumberOf(step.After.Catalog["DSS"]);
        if (now is null)
        {
            if (old is not null)
                step.Report(ChangeKind.Unexplained, Id, number, null, "The document security store is taken away: what proves the signatures is lost.");
            return;
        }
        if (step.Same(step.Before.Catalog["DSS"], step.After.Catalog["DSS"]))
            return;
        if (!IsStore(step.After.View, now))
        {
            step.Report(ChangeKind.Unexplained, Id, number, null, "The new document security store holds something else than certificates and revocation data.");
            return;
        }
        step.Report(ChangeKind.LongTermData, Id, number, null, "Certificates and revocation data are added to the document security store; the pages do not show them.");
    }

    private static bool IsStore(PdfView view, PdfDictionary store)
    {
        if (!store.Keys.All(StoreKeys.Contains) || !IsListOfStreams(view, store["Certs"]) || !IsListOfStreams(view, store["CRLs"]) || !IsListOfStreams(view, store["OCSPs"]))
            return false;
        return view.GetDictionary(store, "VRI") is not { } entries || entries.All(e =>
            e.Key == "Type" || (view.Resolve(e.Value) is PdfDictionary entry && entry.Keys.All(EntryKeys.Contains)));
    }

    private static bool IsListOfStreams(PdfView view, PdfObject? value) =>
        view.Resolve(value) is PdfNull || (view.Resolve(value) is PdfArray array && array.All(i => view.Resolve(i) is PdfStream or PdfNull));
}
