using Tera.Pades.Pdf;

namespace Tera.Pades.Signing;

/// <summary>What the signatures already there allow (ISO 32000-1 12.8.2, 12.7.4.5; ISO 32000-2 12.7.5.5).</summary>
internal static class SigningPermissions
{
    /// <summary>Refuses when an earlier signature forbids a signature in the field, whether the field is there or would be added.</summary>
    public static void Check(PdfView view, string fieldName, DocMdpPermission? certify)
    {
        var signed = SignatureField.Read(view).Where(f => f.IsSigned).ToList();
        // The sections of a repaired file name no predecessor.
        if (view.File.WasRepaired && signed.Count > 0)
            throw new SigningException(SigningRefusal.DamagedAndSigned, signed[0].Name);
        // A document time stamp is no signature of a person; certifying after it would still change what it covers.
        if (certify is not null && signed.Count > 0)
            throw new SigningException(SigningRefusal.CertificationNotFirst, signed[0].Name);
        if (CertificationOf(view) == DocMdpPermission.NoChanges)
            throw new SigningException(SigningRefusal.ForbiddenByDocMdp);

        foreach (var field in signed)
        {
            if (Transform(view, field.Value!, "DocMDP") is { } own && view.GetInteger(own, "P") == 1)
                throw new SigningException(SigningRefusal.ForbiddenByDocMdp, field.Name);
            if (FieldLock.Read(view, field.Dictionary["Lock"]) is { } fieldLock)
            {
                if (fieldLock.Permission == DocMdpPermission.NoChanges)
                    throw new SigningException(SigningRefusal.ForbiddenBySigFieldLock, field.Name);
                if (fieldLock.Locks(fieldName))
                    throw new SigningException(SigningRefusal.ForbiddenByFieldMdp, $"{field.Name} locks {fieldName}");
            }
            if (FieldLock.Read(view, Transform(view, field.Value!, "FieldMDP")) is { } transform && transform.Locks(fieldName))
                throw new SigningException(SigningRefusal.ForbiddenByFieldMdp, $"{field.Name} locks {fieldName}");
        }
    }

    /// <summary>Refuses a new field with an area where the certification permits no new annotation.</summary>
    public static void CheckNewField(PdfView view, SignatureFieldSpec field)
    {
        if (field.Rect is { Width: > 0, Height: > 0 } && CertificationOf(view) == DocMdpPermission.FormFilling)
            throw new SigningException(SigningRefusal.NewFieldForbiddenByDocMdp, field.Name);
    }

    private static DocMdpPermission? CertificationOf(PdfView view)
    {
        var signature = view.GetDictionary(view.GetDictionary(view.Catalog, "Perms"), "DocMDP");
        if (signature is null)
            return null;
        // Table 254: 2 where /P is absent.
        return view.GetInteger(Transform(view, signature, "DocMDP"), "P") is >= 1 and <= 3 and var p ? (DocMdpPermission)p : DocMdpPermission.FormFilling;
    }

    private static PdfDictionary? Transform(PdfView view, PdfDictionary signature, string method)
    {
        foreach (var item in view.GetArray(signature, "Reference") ?? PdfArray.Of())
        {
            if (view.Resolve(item) is PdfDictionary reference && view.GetName(reference, "TransformMethod") == method)
                return view.GetDictionary(reference, "TransformParams") ?? PdfDictionary.Of();
        }
        return null;
    }
}
