using Tera.Pades.Changes;
using Tera.Pades.Pdf;

namespace Tera.Pades.Validation;

/// <summary>
/// Signature dictionaries that lie in a file whose form leads to none: what was appended to a signed file may hide the form, or break
/// the way to it, and "nobody signed" would then be untrue.
/// </summary>
internal static class StraySignatures
{
    private const int MaxFound = 64;

    /// <summary>Looks for them in the bytes themselves, where the marker of one is there at all.</summary>
    public static List<FoundSignature> Find(PdfFile file)
    {
        var found = new List<FoundSignature>();
        if (file.Locked != PdfRefusal.None || ByteCursor.Find(file.Bytes, "/ByteRange"u8, 0, file.Bytes.Length) < 0 || Repaired(file) is not { } whole)
            return found;
        var view = whole.Latest;
        foreach (var entry in view.Revision.Objects)
        {
            if (entry.Placement == ObjectPlacement.Offset && found.Count < MaxFound && view.Get(entry.Id) is PdfDictionary dictionary && IsSignature(view, dictionary))
                found.Add(new FoundSignature(new FormField(0, "", dictionary, "Sig", new PdfReference(entry.Id), IsWidgetOnly: false), entry.Number, dictionary, file.Revisions.Count - 1) { IsStray = true });
        }
        return found;
    }

    private static PdfFile? Repaired(PdfFile file)
    {
        try
        {
            return file.Repaired();
        }
        catch (PdfException refused) when (refused.Refusal is PdfRefusal.NoCatalog or PdfRefusal.NotPdf)
        {
            return null;
        }
    }

    // A place kept for a signature is none yet, and usage rights (ISO 32000-1 12.8.2.3) are a reader program's and nobody's signature.
    private static bool IsSignature(PdfView view, PdfDictionary dictionary) =>
        view.GetArray(dictionary, "ByteRange") is not null
        && view.Resolve(dictionary["Contents"]) is PdfString contents && contents.Bytes.Span.IndexOfAnyExcept((byte)0) >= 0
        && (view.GetName(dictionary, "Type") ?? "Sig") is "Sig" or "DocTimeStamp"
        && !(view.GetArray(dictionary, "Reference") ?? PdfArray.Of()).Any(r => view.GetName(view.Resolve(r) as PdfDictionary, "TransformMethod") is "UR" or "UR3");
}
