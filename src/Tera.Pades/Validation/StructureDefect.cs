namespace Tera.Pades.Validation;

/// <summary>What can be wrong with the form of a signature. <see cref="Defects.TextOf"/> has the sentence of each.</summary>
public enum StructureDefect
{
    /// <summary>/ByteRange is missing or not an array of four integers.</summary>
    ByteRangeMalformed,

    /// <summary>/ByteRange does not begin with the file's first byte.</summary>
    ByteRangeNotFromStart,

    /// <summary>The ranges overlap, run backwards or lie outside the file.</summary>
    ByteRangeOutsideFile,

    /// <summary>The hole between the ranges is not exactly the /Contents string.</summary>
    HoleIsNotContents,

    /// <summary>The signed bytes do not end where a revision ends.</summary>
    EndIsNotRevision,

    /// <summary>The revision that the bytes make is not one of the file's history.</summary>
    RevisionNotInHistory,

    /// <summary>The signed revision has objects or sections behind the signed bytes.</summary>
    ReachesBeyond,

    /// <summary>/Contents holds something else than pairs of hexadecimal digits.</summary>
    ContentsNotHex,

    /// <summary>Something follows the CMS structure in /Contents besides zeros.</summary>
    ContentsNotPadded,

    /// <summary>/Contents is missing, empty or not a hexadecimal string.</summary>
    ContentsMissing,

    /// <summary>The signature dictionary does not lie within the signed bytes.</summary>
    DictionaryNotCovered,

    /// <summary>The signature dictionary has a key twice.</summary>
    DuplicateKeys,

    /// <summary>Another signature dictionary claims the same bytes.</summary>
    SharedByteRange,

    /// <summary>Two fields have the same signature dictionary.</summary>
    SharedByFields,

    /// <summary>The signature dictionary or its field was replaced in a later revision.</summary>
    Replaced,

    /// <summary>The CMS structure cannot be read.</summary>
    CmsMalformed,

    /// <summary>There is no signer.</summary>
    SignerCount,

    /// <summary>A detached signature carries content of its own.</summary>
    ContentInside,

    /// <summary>The content type is not what it must be.</summary>
    ContentTypeWrong,

    /// <summary>The signed attributes lack a message digest or have it twice.</summary>
    MessageDigestMissing,

    /// <summary>Digest algorithm and signature algorithm name different hashes.</summary>
    AlgorithmMismatch,

    /// <summary>The signing-certificate attribute names another certificate.</summary>
    CertificateNotBound,

    /// <summary>The /SubFilter is unknown.</summary>
    SubFilterUnknown,

    /// <summary>The document's form does not lead to the signature dictionary, which lies in the file.</summary>
    NotInForm,
}

/// <summary>Sentences for <see cref="StructureDefect"/>.</summary>
public static class Defects
{
    /// <summary>What is wrong, as a sentence.</summary>
    /// <param name="defect">The defect.</param>
    /// <returns>A sentence.</returns>
    public static string SentenceOf(StructureDefect defect)
    {
        var clause = TextOf(defect);
        return string.Concat(char.ToUpperInvariant(clause[0]).ToString(), clause.AsSpan(1), ".");
    }

    /// <summary>Whether the signature may be whole and the file behind it is not: bytes that do not fit to it were added.</summary>
    /// <param name="defect">The defect.</param>
    /// <returns>True when it is a change of the file, and not of the signature.</returns>
    public static bool IsAboutWhatFollows(StructureDefect defect) => defect is StructureDefect.EndIsNotRevision or StructureDefect.RevisionNotInHistory
        or StructureDefect.ReachesBeyond or StructureDefect.Replaced;

    /// <summary>What is wrong, for a reader.</summary>
    /// <param name="defect">The defect.</param>
    /// <returns>A clause without a final stop.</returns>
    public static string TextOf(StructureDefect defect) => defect switch
    {
        StructureDefect.ByteRangeMalformed => "/ByteRange is missing or is not four integers",
        StructureDefect.ByteRangeNotFromStart => "/ByteRange does not begin at the first byte of the file",
        StructureDefect.ByteRangeOutsideFile => "/ByteRange overlaps itself or reaches outside the file",
        StructureDefect.HoleIsNotContents => "the bytes left out of /ByteRange are not exactly the /Contents string",
        StructureDefect.EndIsNotRevision => "the signed bytes do not end where a revision of the file ends",
        StructureDefect.RevisionNotInHistory => "the signed revision is not part of the file's history any more",
        StructureDefect.ReachesBeyond => "the signed revision names objects that lie behind the signed bytes",
        StructureDefect.ContentsNotHex => "/Contents holds something else than hexadecimal digits",
        StructureDefect.ContentsNotPadded => "/Contents holds something else behind the signature",
        StructureDefect.ContentsMissing => "/Contents is missing or empty",
        StructureDefect.DictionaryNotCovered => "the signature dictionary lies outside the signed bytes",
        StructureDefect.DuplicateKeys => "the signature dictionary has a key twice",
        StructureDefect.SharedByteRange => "another signature claims the same bytes",
        StructureDefect.SharedByFields => "two fields share one signature dictionary",
        StructureDefect.Replaced => "the signature dictionary was replaced in a later revision",
        StructureDefect.CmsMalformed => "the CMS structure in /Contents cannot be read",
        StructureDefect.SignerCount => "the CMS structure has no signer",
        StructureDefect.ContentInside => "the detached signature carries content of its own",
        StructureDefect.ContentTypeWrong => "the content type of the CMS structure is wrong",
        StructureDefect.MessageDigestMissing => "the signed attributes have no single message digest",
        StructureDefect.AlgorithmMismatch => "digest algorithm and signature algorithm do not fit each other",
        StructureDefect.CertificateNotBound => "the signing-certificate attribute names another certificate",
        StructureDefect.NotInForm => "a signature lies in the file, but the document's form does not lead to it any more: the file was damaged or changed after it was signed",
        StructureDefect.SubFilterUnknown => "/SubFilter is missing or unknown",
        _ => "the signature is malformed",
    };
}
