using Tera.Pades.Appearances;
using Tera.Pki.Keys;

namespace Tera.Pades.Signing;

/// <summary>What shall be signed, by whom and how.</summary>
public sealed record SignatureRequest
{
    /// <summary>The field: an empty signature field of the file, or the name of one to be added.</summary>
    public required string FieldName { get; init; }

    /// <summary>Where to add the field when the file has none of this name; null adds an invisible one on the first page.</summary>
    public SignatureFieldSpec? NewField { get; init; }

    /// <summary>The claimed time, written to /M with its offset.</summary>
    public required DateTimeOffset SigningTime { get; init; }

    /// <summary>The DER certificates, the signer's first, then its issuers as far as they shall be in the signature.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Chain { get; init; }

    /// <summary>The algorithm of the key.</summary>
    public required SignatureAlgorithm Algorithm { get; init; }

    /// <summary>Why the document is signed.</summary>
    public string? Reason { get; init; }

    /// <summary>Where it is signed.</summary>
    public string? Location { get; init; }

    /// <summary>How to reach the signer.</summary>
    public string? ContactInfo { get; init; }

    /// <summary>The signer's name as shown; the certificate is what counts.</summary>
    public string? SignerName { get; init; }

    /// <summary>Makes this a certification signature that allows only these changes. Only the first signature can be one.</summary>
    public DocMdpPermission? Certify { get; init; }

    /// <summary>Whether room is left for a signature time stamp.</summary>
    public bool ExpectsTimeStamp { get; init; }

    /// <summary>Bytes left for the CMS signature. Null reckons them from the chain, and 16 KiB for a time stamp.</summary>
    public int? ReservedContentsSize { get; init; }

    /// <summary>The mark to draw when the field has an area; null leaves the field's appearance as it is.</summary>
    public SignatureAppearance? Appearance { get; init; }

    /// <summary>
    /// Where else the mark is shown, such as on the other pages. A signature field has one widget only, as its place can bear on
    /// what it means (ISO 32000-2 12.7.5.5): these are stamps beside it, signed with it. Only the first signature can bring them, as
    /// to earlier ones they are annotations that came later.
    /// </summary>
    public IReadOnlyList<MarkPlace> OtherMarks { get; init; } = [];
}
