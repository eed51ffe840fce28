using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pades.Cms;

namespace Tera.Pades.Validation;

/// <summary>What a CMS structure says and whether its value holds, apart from the bytes that it covers.</summary>
internal sealed class CmsFacts
{
    private CmsFacts(SignedData data, SignerInfo signer)
    {
        Data = data;
        Signer = signer;
    }

    public SignedData Data { get; }

    public SignerInfo Signer { get; }

    public CertificateFields? Certificate { get; private set; }

    public List<StructureDefect> Defects { get; } = [];

    public SignatureValueState? Value { get; private set; }

    /// <summary>Takes the first signer of a structure, or answers null with the defect.</summary>
    public static CmsFacts? Read(ReadOnlyMemory<byte> container, out StructureDefect defect)
    {
        defect = StructureDefect.CmsMalformed;
        if (SignedData.Read(container, out _) is not { } data)
            return null;
        defect = StructureDefect.SignerCount;
        return data.Signers.Count > 0 ? new CmsFacts(data, data.Signers[0]) : null;
    }

    /// <summary>Checks attributes and value. The content's digest is made with the signer's digest algorithm; null where it cannot be.</summary>
    /// <returns>Whether the digest in the signature is that of the content; null where it cannot be computed.</returns>
    public bool? Check(byte[]? contentDigest, string contentType, IEnumerable<ReadOnlyMemory<byte>> otherCertificates)
    {
        Certificate = CertificateFields.Find(Signer, Data.Certificates.Concat(otherCertificates));
        if (Certificate is { } found && Signer.SigningCertificate?.Matches(found.Encoded.Span) == false)
            Defects.Add(StructureDefect.CertificateNotBound);
        if (!AlgorithmsFit())
            Defects.Add(StructureDefect.AlgorithmMismatch);
        return Signer.SignedAttributeBytes is { } attributes
            ? CheckAttributes(attributes, contentDigest, contentType)
            : CheckBare(contentDigest);
    }

    private bool? CheckAttributes(ReadOnlyMemory<byte> attributes, byte[]? contentDigest, string contentType)
    {
        // RFC 5652 11.1; old PKCS#7 signers left it out, and a detached signature loses nothing by it.
        if (Signer.ContentType is { } stated && stated != contentType)
            Defects.Add(StructureDefect.ContentTypeWrong);
        if (Certificate is { } signer)
            Value = SignatureValue.OverMessage(Signer.SignatureAlgorithm, Signer.DigestAlgorithm, signer.SubjectPublicKeyInfo, attributes.Span, Signer.Signature.Span);
        if (Signer.MessageDigest is not { } digest)
        {
            Defects.Add(StructureDefect.MessageDigestMissing);
            return false;
        }
        return contentDigest is null ? null : digest.Span.SequenceEqual(contentDigest);
    }

    private bool? CheckBare(byte[]? contentDigest)
    {
        if (contentDigest is null)
            return null;
        if (Certificate is not { } signer)
            return null;
        Value = Signer.SignatureAlgorithm.Oid is CmsOids.Ed25519 or CmsOids.Ed448
            ? SignatureValueState.Unsupported
            : SignatureValue.OverDigest(Signer.SignatureAlgorithm, Signer.DigestAlgorithm, signer.SubjectPublicKeyInfo, contentDigest, Signer.Signature.Span);
        return Value == SignatureValueState.Holds ? true : Value == SignatureValueState.DoesNotHold ? false : null;
    }

    // RFC 8933 3: with signed attributes the digest of the content and that within the signature value are one algorithm.
    private bool AlgorithmsFit()
    {
        try
        {
            return Signer.SignatureAlgorithm.Oid is CmsOids.Ed25519 or CmsOids.Ed448 ||
                SignatureValue.HashOf(Signer.SignatureAlgorithm, Signer.DigestAlgorithm).Oid == Signer.DigestAlgorithm.Oid;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>The digest of bytes at hand, or null for a hash that is not known.</summary>
    public static byte[]? Digest(AlgorithmId algorithm, ReadOnlySpan<byte> content)
    {
        using var running = RunningDigest.Create(algorithm);
        running?.Append(content);
        return running?.Finish();
    }

    /// <summary>The digest of bytes at hand with SHA-1, as two old subfilters have it.</summary>
    public static byte[] Sha1(ReadOnlySpan<byte> content) => CryptographicOperations.HashData(HashAlgorithmName.SHA1, content);
}
