namespace Tera.Pades.Pdf;

/// <summary>
/// A file as it stood at one revision. What cannot be read here counts as null, as it does for readers; whoever must know
/// the difference asks <see cref="PdfFile.TryGetObject(ObjectId, int?, out PdfObject)"/>.
/// </summary>
public sealed class PdfView
{
    internal PdfView(PdfFile file, int revision)
    {
        File = file;
        RevisionIndex = revision;
    }

    /// <summary>The file.</summary>
    public PdfFile File { get; }

    /// <summary>Index of the revision.</summary>
    public int RevisionIndex { get; }

    /// <summary>The revision.</summary>
    public Revision Revision => File.Revisions[RevisionIndex];

    /// <summary>The trailer dictionary of the revision.</summary>
    public PdfDictionary Trailer => Revision.Trailer;

    /// <summary>The name of the catalog, where the trailer gives it.</summary>
    public ObjectId? CatalogId
    {
        get
        {
            // Every trailer should repeat /Root (7.5.6); where a sloppy writer left it out, the older one holds.
            for (var r = RevisionIndex; r >= 0; r--)
            {
                if (File.Revisions[r].Trailer["Root"] is PdfReference root)
                    return root.Id;
            }
            return null;
        }
    }

    /// <summary>The document catalog; null where it is missing or unreadable.</summary>
    public PdfDictionary? Catalog => CatalogId is { } id ? Get(id) as PdfDictionary : null;

    /// <summary>The version in force: the later of header and catalog.</summary>
    public string Version
    {
        get
        {
            var header = File.HeaderVersion;
            return Catalog?["Version"] is PdfName named && string.CompareOrdinal(named.Value, header) > 0 ? named.Value : header;
        }
    }

    /// <summary>The object at this revision; the null object where it is undefined or unreadable.</summary>
    /// <param name="id">The object.</param>
    /// <returns>The object.</returns>
    public PdfObject Get(ObjectId id) => File.ResolveQuietly(new PdfReference(id), RevisionIndex);

    /// <summary>The value, or what it refers to; the null object for nothing.</summary>
    /// <param name="value">A value, perhaps a reference.</param>
    /// <returns>A value that is not a reference.</returns>
    public PdfObject Resolve(PdfObject? value) => File.ResolveQuietly(value, RevisionIndex);

    /// <summary>An entry of a dictionary, resolved.</summary>
    /// <param name="dictionary">The dictionary; null answers null.</param>
    /// <param name="key">The key.</param>
    /// <returns>The value; the null object where it is absent.</returns>
    public PdfObject Get(PdfDictionary? dictionary, string key) => Resolve(dictionary?[key]);

    /// <summary>An entry that is a dictionary (or a stream's dictionary).</summary>
    /// <param name="dictionary">The dictionary.</param>
    /// <param name="key">The key.</param>
    /// <returns>The dictionary, or null.</returns>
    public PdfDictionary? GetDictionary(PdfDictionary? dictionary, string key) =>
        Get(dictionary, key) switch
        {
            PdfDictionary found => found,
            PdfStream stream => stream.Dictionary,
            _ => null,
        };

    /// <summary>An entry that is an array.</summary>
    /// <param name="dictionary">The dictionary.</param>
    /// <param name="key">The key.</param>
    /// <returns>The array, or null.</returns>
    public PdfArray? GetArray(PdfDictionary? dictionary, string key) => Get(dictionary, key) as PdfArray;

    /// <summary>An entry that is a name.</summary>
    /// <param name="dictionary">The dictionary.</param>
    /// <param name="key">The key.</param>
    /// <returns>The name, or null.</returns>
    public string? GetName(PdfDictionary? dictionary, string key) => (Get(dictionary, key) as PdfName)?.Value;

    /// <summary>An entry that is an integer.</summary>
    /// <param name="dictionary">The dictionary.</param>
    /// <param name="key">The key.</param>
    /// <returns>The integer, or null.</returns>
    public long? GetInteger(PdfDictionary? dictionary, string key) => (Get(dictionary, key) as PdfInteger)?.Value;

    /// <summary>An entry that is a text string.</summary>
    /// <param name="dictionary">The dictionary.</param>
    /// <param name="key">The key.</param>
    /// <returns>The text, or null.</returns>
    public string? GetText(PdfDictionary? dictionary, string key) => Get(dictionary, key) is PdfString text ? PdfText.Decode(text) : null;
}
