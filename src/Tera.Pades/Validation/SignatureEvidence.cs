using Tera.Pades.Cms;

namespace Tera.Pades.Validation;

/// <summary>The facts of one signature dictionary.</summary>
public sealed record SignatureEvidence
{
    /// <summary>The full name of its field.</summary>
    public required string Field { get; init; }

    /// <summary>Object number of the signature dictionary; 0 where it stands directly in its field.</summary>
    public int ObjectNumber { get; init; }

    /// <summary>The /SubFilter, empty where there is none.</summary>
    public string SubFilter { get; init; } = "";

    /// <summary>The /Type of the signature dictionary, empty where there is none.</summary>
    public string Type { get; init; } = "";

    /// <summary>Whether the dictionary has a /Reason.</summary>
    public bool HasReason { get; init; }

    /// <summary>Whether the dictionary has an /M that is a date.</summary>
    public bool HasModificationTime { get; init; }

    /// <summary>Whether the dictionary has a /Cert, which belongs to adbe.x509.rsa_sha1 alone.</summary>
    public bool HasCertificateEntry { get; init; }

    /// <summary>Object identifiers of the signed attributes, in the order of the CMS structure.</summary>
    public IReadOnlyList<string> SignedAttributes { get; init; } = [];

    /// <summary>Whether it is a document time stamp (ETSI.RFC3161).</summary>
    public bool IsDocumentTimeStamp { get; init; }

    /// <summary>Whether it is the certification signature (it has a DocMDP transform).</summary>
    public bool IsCertification { get; init; }

    /// <summary>The time that the signer claims: /M, else the signing-time attribute.</summary>
    public DateTimeOffset? ClaimedTime { get; init; }

    /// <summary>The /ByteRange as written; empty where it is missing or no array of integers.</summary>
    public IReadOnlyList<long> ByteRange { get; init; } = [];

    /// <summary>What is wrong with form and structure, most telling first; empty where nothing is.</summary>
    public IReadOnlyList<StructureDefect> Defects { get; init; } = [];

    /// <summary>Index of the revision whose end is the end of the byte range; null where there is none.</summary>
    public int? Revision { get; init; }

    /// <summary>Index of the revision that put the signature there: what is compared with what is shown now.</summary>
    public int FirstRevision { get; init; }

    /// <summary>Whether the signed attributes are in DER (RFC 5652 5.4). Where they are not, readers that encode anew reject what others accept.</summary>
    public bool AttributesAreDer { get; init; } = true;

    /// <summary>Whether a detached signature carries the signed bytes as well, which EN 319 142-1 6.3 forbids and RFC 5652 does not.</summary>
    public bool CarriesContent { get; init; }

    /// <summary>The number of signers in the CMS structure; the first one is looked at.</summary>
    public int SignerCount { get; init; } = 1;

    /// <summary>The CMS structure, or the PKCS#1 value of adbe.x509.rsa_sha1, as it stands in /Contents; empty where there is none.</summary>
    public byte[] Container { get; init; } = [];

    /// <summary>The digest of the signed bytes; null where it could not be computed.</summary>
    public byte[]? ComputedDigest { get; init; }

    /// <summary>Whether the digest in the signature is that of the bytes; null where it could not be computed.</summary>
    public bool? DigestMatches { get; init; }

    /// <summary>Whether the signature value holds with the signer's key.</summary>
    public SignatureValueState? Value { get; init; }

    /// <summary>Object identifier of the digest algorithm, empty where it is not known.</summary>
    public string DigestAlgorithm { get; init; } = "";

    /// <summary>Object identifier of the signature algorithm, empty where it is not known.</summary>
    public string SignatureAlgorithm { get; init; } = "";

    /// <summary>The DER certificate of the signer; null where none fits.</summary>
    public byte[]? SignerCertificate { get; init; }

    /// <summary>The other DER certificates in the signature.</summary>
    public IReadOnlyList<byte[]> Certificates { get; init; } = [];

    /// <summary>The DER revocation lists in the signature.</summary>
    public IReadOnlyList<byte[]> Crls { get; init; } = [];

    /// <summary>The DER OCSP answers in the signature.</summary>
    public IReadOnlyList<byte[]> OcspResponses { get; init; } = [];

    /// <summary>Whether a signing-certificate attribute binds the signer's certificate.</summary>
    public bool BindsCertificate { get; init; }

    /// <summary>The time stamps over the signature value; for a document time stamp, the one that it is.</summary>
    public IReadOnlyList<TimeStampEvidence> TimeStamps { get; init; } = [];

    /// <summary>
    /// Whether bytes, form and value all hold. What came later may have changed the file all the same, so much even that the signed
    /// revision is not part of its history any more: that is told with the changes.
    /// </summary>
    public bool IsIntact => FormDefects.Count == 0 && DigestMatches == true && Value == SignatureValueState.Holds;

    /// <summary>The defects of the signature itself, those apart that something put behind it makes.</summary>
    internal List<StructureDefect> FormDefects => [.. Defects.Where(d => !Validation.Defects.IsAboutWhatFollows(d))];
}

/// <summary>The facts of one RFC 3161 token.</summary>
public sealed record TimeStampEvidence
{
    /// <summary>The encoded token.</summary>
    public byte[] Token { get; init; } = [];

    /// <summary>The instant it states; null where it does not read.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Whether it stamps what it stands on; null where its hash cannot be computed here.</summary>
    public bool? ImprintMatches { get; init; }

    /// <summary>What is wrong with the token in itself; null where it holds.</summary>
    public string? Problem { get; init; }

    /// <summary>The DER certificate of the authority; null where none fits.</summary>
    public byte[]? AuthorityCertificate { get; init; }

    /// <summary>The other DER certificates in the token.</summary>
    public IReadOnlyList<byte[]> Certificates { get; init; } = [];

    /// <summary>The DER revocation lists in the token.</summary>
    public IReadOnlyList<byte[]> Crls { get; init; } = [];

    /// <summary>The DER OCSP answers in the token.</summary>
    public IReadOnlyList<byte[]> OcspResponses { get; init; } = [];

    /// <summary>Whether the digest in the token's signature is that of its content; null where it could not be computed.</summary>
    public bool? DigestMatches { get; init; }

    /// <summary>Whether the token's signature value holds with the authority's key.</summary>
    public SignatureValueState? Value { get; init; }

    /// <summary>Object identifier of the imprint's digest, empty where it is not known.</summary>
    public string ImprintAlgorithm { get; init; } = "";

    /// <summary>Object identifier of the digest in the token's own signature, empty where it is not known.</summary>
    public string DigestAlgorithm { get; init; } = "";

    /// <summary>Object identifier of the token's signature algorithm, empty where it is not known.</summary>
    public string SignatureAlgorithm { get; init; } = "";

    /// <summary>Whether it holds and stamps what it stands on.</summary>
    public bool IsIntact => ImprintMatches == true && Problem is null && Time is not null;
}
