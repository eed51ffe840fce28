using Tera.Pades.Pdf;

namespace Tera.Pades.Signing;

/// <summary>A signature field to be added.</summary>
/// <param name="Name">Its name, without a period.</param>
/// <param name="PageIndex">The page its mark lies on: 0 for the first, -1 for the last. Null means the first.</param>
/// <param name="Rect">Where the mark lies, in points from the bottom left of the unrotated page; null for an invisible field.</param>
/// <param name="Lock">The fields that its signature will lock.</param>
public sealed record SignatureFieldSpec(string Name, int? PageIndex = null, PdfRectangle? Rect = null, FieldLock? Lock = null);

/// <summary>
/// Adds empty signature fields before anybody signs. Fields that are there from the start need no change of the document
/// when their turn comes, whatever the signatures before allow.
/// </summary>
public static class SignatureFields
{
    /// <summary>Adds fields in one incremental update.</summary>
    /// <param name="file">The file.</param>
    /// <param name="fields">The fields; a name that is there already as an empty signature field is left as it is.</param>
    /// <param name="output">Where the result goes.</param>
    /// <exception cref="SigningException">A name is taken or not allowed, a page is missing, or an earlier signature forbids it.</exception>
    /// <exception cref="PdfException">The file cannot be read.</exception>
    public static void Prepare(PdfFile file, IReadOnlyList<SignatureFieldSpec> fields, Stream output)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(output);
        var update = new FormUpdate(file);
        foreach (var field in fields)
        {
            if (update.FindField(field.Name) is { } there)
            {
                if (there.IsSigned)
                    throw new SigningException(SigningRefusal.FieldAlreadySigned, field.Name);
                continue;
            }
            SigningPermissions.Check(file.Latest, field.Name, certify: null);
            SigningPermissions.CheckNewField(file.Latest, field);
            update.AddField(field);
        }
        update.Changes.WriteTo(output);
    }
}
