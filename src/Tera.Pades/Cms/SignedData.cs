using System.Formats.Asn1;

namespace Tera.Pades.Cms;

/// <summary>
/// A CMS SignedData (RFC 5652 5.1) read from bytes. The reader takes BER, as real files need it, and gives out what it found;
/// it verifies nothing.
/// </summary>
public sealed class SignedData
{
    /// <summary>The largest structure that is read. Signatures with long revocation lists inside reach a few megabytes.</summary>
    public const int MaxLength = 32 * 1024 * 1024;

    /// <summary>Certificates, revocation values and signers beyond this number are not honest.</summary>
    public const int MaxItems = 4096;

    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Context1 = new(TagClass.ContextSpecific, 1, isConstructed: true);

    private SignedData()
    {
    }

    /// <summary>The number of bytes the structure takes, before any padding.</summary>
    public int EncodedLength { get; private init; }

    /// <summary>The hashes announced for all signers.</summary>
    public IReadOnlyList<AlgorithmId> DigestAlgorithms { get; private init; } = [];

    /// <summary>The type of the content: id-data in a PDF signature, id-ct-TSTInfo in a time-stamp token.</summary>
    public string ContentType { get; private init; } = "";

    /// <summary>The content that travels inside (eContent), or null where the signature is detached.</summary>
    public ReadOnlyMemory<byte>? Content { get; private init; }

    /// <summary>The DER certificates, in the order of the file; other kinds of certificate are left out.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; private init; } = [];

    /// <summary>The DER revocation lists: of the structure itself and of the signers' attributes.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Crls { get; private init; } = [];

    /// <summary>The OCSP answers of the structure and of the signers' attributes, as OCSPResponse or BasicOCSPResponse.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> OcspResponses { get; private init; } = [];

    /// <summary>The signers.</summary>
    public IReadOnlyList<SignerInfo> Signers { get; private init; } = [];

    /// <summary>Reads a structure from the start of the bytes; what follows it is the caller's to look at.</summary>
    /// <param name="bytes">The bytes, for example of a /Contents.</param>
    /// <param name="error">What is wrong where the answer is null.</param>
    /// <returns>The structure, or null.</returns>
    public static SignedData? Read(ReadOnlyMemory<byte> bytes, out string? error)
    {
        error = null;
        if (bytes.Length > MaxLength)
        {
            error = "the CMS structure is larger than " + MaxLength.ToString(System.Globalization.CultureInfo.InvariantCulture) + " bytes";
            return null;
        }
        try
        {
            return ReadOuter(bytes, out error);
        }
        catch (AsnContentException)
        {
            error = "the CMS structure is malformed";
            return null;
        }
    }

    private static SignedData? ReadOuter(ReadOnlyMemory<byte> bytes, out string? error)
    {
        error = null;
        var outer = new AsnReader(bytes, AsnEncodingRules.BER);
        var length = outer.PeekEncodedValue().Length;
        var contentInfo = outer.ReadSequence();
        if (contentInfo.ReadObjectIdentifier() != CmsOids.SignedData)
        {
            error = "the CMS structure is not SignedData";
            return null;
        }
        var data = contentInfo.ReadSequence(Context0).ReadSequence();
        data.ReadInteger();
        var digests = new List<AlgorithmId>();
        var digestSet = data.ReadSetOf(skipSortOrderValidation: true);
        while (digestSet.HasData && digests.Count < MaxItems)
            digests.Add(AlgorithmId.Read(digestSet));
        var (contentType, content) = ReadContent(data.ReadSequence());
        var certificates = new List<ReadOnlyMemory<byte>>();
        var crls = new List<ReadOnlyMemory<byte>>();
        var ocsps = new List<ReadOnlyMemory<byte>>();
        if (data.HasData && data.PeekTag().HasSameClassAndValue(Context0))
            ReadCertificates(data.ReadSetOf(skipSortOrderValidation: true, Context0), certificates);
        if (data.HasData && data.PeekTag().HasSameClassAndValue(Context1))
            RevocationValues.ReadSet(data.ReadSetOf(skipSortOrderValidation: true, Context1), crls, ocsps);
        var signers = new List<SignerInfo>();
        var signerSet = data.ReadSetOf(skipSortOrderValidation: true);
        while (signerSet.HasData)
        {
            if (signers.Count == MaxItems)
            {
                error = "the CMS structure has too many signers";
                return null;
            }
            signers.Add(SignerInfo.Read(signerSet));
        }
        foreach (var attribute in signers.SelectMany(s => s.SignedAttributes.Concat(s.UnsignedAttributes)))
            RevocationValues.ReadAttribute(attribute, crls, ocsps);
        return new SignedData
        {
            EncodedLength = length,
            DigestAlgorithms = digests,
            ContentType = contentType,
            Content = content,
            Certificates = certificates,
            Crls = crls,
            OcspResponses = ocsps,
            Signers = signers,
        };
    }

    private static (string Type, ReadOnlyMemory<byte>? Content) ReadContent(AsnReader encapsulated)
    {
        var type = encapsulated.ReadObjectIdentifier();
        if (!encapsulated.HasData)
            return (type, null);
        var inner = encapsulated.ReadSequence(Context0);
        // PKCS#7 allowed any type here; RFC 5652 an OCTET STRING only.
        return (type, inner.PeekTag().HasSameClassAndValue(Asn1Tag.PrimitiveOctetString) ? inner.ReadOctetString() : inner.ReadEncodedValue());
    }

    private static void ReadCertificates(AsnReader set, List<ReadOnlyMemory<byte>> certificates)
    {
        while (set.HasData && certificates.Count < MaxItems)
        {
            var isCertificate = set.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence);
            var encoded = set.ReadEncodedValue();
            if (isCertificate)
                certificates.Add(encoded);
        }
    }
}
