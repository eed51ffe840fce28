namespace Tera.Pades.Signing;

/// <summary>Why a document is not signed. The text of each is in <see cref="SigningException"/>.</summary>
public enum SigningRefusal
{
    /// <summary>The field has a signature already.</summary>
    FieldAlreadySigned,

    /// <summary>The field's name is empty, or has a period, which would make it two names (ISO 32000-1 12.7.3.2).</summary>
    InvalidFieldName,

    /// <summary>There is such a field, but not for a signature; or two fields share the name.</summary>
    NotASignatureField,

    /// <summary>The author's certification allows no further change (ISO 32000-1 12.8.2.2, P = 1).</summary>
    ForbiddenByDocMdp,

    /// <summary>The author's certification allows signing in fields that are there, and a new one that shows something is more (ISO 32000-1 12.8.2.2, P = 2).</summary>
    NewFieldForbiddenByDocMdp,

    /// <summary>An earlier signature locks the field (ISO 32000-1 12.8.2.4).</summary>
    ForbiddenByFieldMdp,

    /// <summary>An earlier signature's lock allows no further change (ISO 32000-2 12.7.5.5, P = 1).</summary>
    ForbiddenBySigFieldLock,

    /// <summary>Only the first signature may certify (ISO 32000-1 12.8.2.2).</summary>
    CertificationNotFirst,

    /// <summary>Marks on further pages are annotations; earlier signatures would count them as changes.</summary>
    MarksAfterSignature,

    /// <summary>There is no such page.</summary>
    NoSuchPage,

    /// <summary>The file is signed, and its cross-reference sections are damaged: a repair would cut the earlier signatures off.</summary>
    DamagedAndSigned,

    /// <summary>The document's form or catalog is damaged.</summary>
    DamagedForm,

    /// <summary>The chain is empty, or its first certificate cannot be read.</summary>
    UnreadableCertificate,

    /// <summary>The signature value does not verify with the certificate's key over the hash that was to be signed.</summary>
    SignatureDoesNotVerify,

    /// <summary>The signature with its certificates and time stamp is larger than the place left for it.</summary>
    ContentsTooSmall,

    /// <summary>A prepared document is completed once only.</summary>
    AlreadyCompleted,

    /// <summary>The kept hash state is of another algorithm or of another file.</summary>
    WrongHashState,
}

/// <summary>A document that is not signed, with the reason.</summary>
public sealed class SigningException : Exception
{
    /// <summary>Refuses to sign.</summary>
    /// <param name="refusal">The reason.</param>
    /// <param name="detail">What it was about (a field's name, a size); never a secret.</param>
    public SigningException(SigningRefusal refusal, string? detail = null)
        : base(detail is null ? TextOf(refusal) : $"{TextOf(refusal)} ({detail})") => Refusal = refusal;

    /// <summary>The reason.</summary>
    public SigningRefusal Refusal { get; }

    private static string TextOf(SigningRefusal refusal) => refusal switch
    {
        SigningRefusal.FieldAlreadySigned => "The signature field is signed already.",
        SigningRefusal.InvalidFieldName => "This cannot be the name of a signature field.",
        SigningRefusal.NotASignatureField => "The field of this name is not one single signature field.",
        SigningRefusal.DamagedAndSigned => "The file's cross-reference sections are damaged, and it is signed: a further signature would cut the earlier ones off.",
        SigningRefusal.NewFieldForbiddenByDocMdp => "DocMDP P=2: the document is certified for filling in fields that are there; a new field that shows something is a change of the page.",
        SigningRefusal.ForbiddenByDocMdp => "DocMDP P=1: the document is certified and allows no further signature.",
        SigningRefusal.ForbiddenByFieldMdp => "FieldMDP: an earlier signature locks this field.",
        SigningRefusal.ForbiddenBySigFieldLock => "SigFieldLock P=1: an earlier signature allows no further change.",
        SigningRefusal.CertificationNotFirst => "DocMDP: only the first signature of a document may certify it.",
        SigningRefusal.MarksAfterSignature => "Only the first signature of a document may show its mark on several pages.",
        SigningRefusal.NoSuchPage => "The document has no such page.",
        SigningRefusal.DamagedForm => "The document's form or catalog is damaged.",
        SigningRefusal.UnreadableCertificate => "The signer's certificate cannot be read.",
        SigningRefusal.SignatureDoesNotVerify => "The signature value does not verify with the signer's certificate.",
        SigningRefusal.ContentsTooSmall => "The signature is larger than the place left for it.",
        SigningRefusal.AlreadyCompleted => "This prepared document has been completed already.",
        SigningRefusal.WrongHashState => "The kept hash state does not belong to this document and algorithm.",
        _ => "The document cannot be signed.",
    };
}
