using Tera.Pades.Pdf;

namespace Tera.Pades.Signing.LongTerm;

/// <summary>
/// Adds to the document security store (ISO 32000-2 12.8.4.3, EN 319 142-1 5.4.2.2). What is there stays, and nothing is put in twice.
/// No VRI dictionaries are written: a validator has to try all material anyway, and those that are there are kept.
/// </summary>
internal static class SecurityStore
{
    /// <summary>More than any honest store has; what lies beyond is kept, and not looked at for duplicates.</summary>
    private const int MaxItems = 4096;

    /// <summary>Appends what the store does not have yet, as one update; nothing where it has all.</summary>
    /// <returns>How many certificates, lists and responses were added.</returns>
    public static (int Certificates, int Crls, int OcspResponses) Append(GrowingPdf pdf, ValidationMaterial material)
    {
        var form = new FormUpdate(pdf.File);
        var old = form.Changes.Resolve(form.Catalog["DSS"]) as PdfDictionary;
        var store = old ?? PdfDictionary.Of(("Type", new PdfName("DSS")));
        store = Extend(form.Changes, store, "Certs", material.Certificates, out var certificates);
        store = Extend(form.Changes, store, "CRLs", material.Crls, out var crls);
        store = Extend(form.Changes, store, "OCSPs", material.OcspResponses, out var ocsps);
        if (certificates + crls + ocsps == 0)
            return default;
        if (form.Catalog["DSS"] is PdfReference indirect && old is not null)
            form.Changes.Put(indirect.Id, store);
        else
            form.Catalog = form.Catalog.With("DSS", form.Changes.Add(store));
        form.DeclareExtension();
        pdf.Append(form.Changes.Build());
        return (certificates, crls, ocsps);
    }

    private static PdfDictionary Extend(IncrementalUpdate changes, PdfDictionary store, string key, DistinctBytes wanted, out int added)
    {
        var items = (changes.Resolve(store[key]) as PdfArray)?.ToList() ?? [];
        var known = new DistinctBytes();
        foreach (var item in items.Take(MaxItems))
        {
            if (changes.Resolve(item) is PdfStream stream && changes.File.TryDecode(stream, changes.File.Revisions.Count - 1, out var data) == PdfRefusal.None)
                known.Add(data);
        }
        var missing = wanted.Items.Where(known.Add).ToList();
        added = missing.Count;
        if (added == 0)
            return store;
        items.AddRange(missing.Select(m => changes.Add(new PdfStream(PdfDictionary.Of(), m))));
        var array = new PdfArray(items);
        if (store[key] is not PdfReference indirect || changes.Resolve(indirect) is not PdfArray)
            return store.With(key, array);
        changes.Put(indirect.Id, array);
        return store;
    }
}
