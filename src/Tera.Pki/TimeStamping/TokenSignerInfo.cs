using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pki.TimeStamping;

/// <summary>The SignerInfo of a time-stamp token (RFC 5652 5.3) with the attributes that RFC 3161 and RFC 5816 ask for.</summary>
internal sealed class TokenSignerInfo
{
    private readonly ReadOnlyMemory<byte> _signedAttributes;
    private readonly ReadOnlyMemory<byte> _signature;
    private readonly HashAlgorithmName? _digestAlgorithm;
    private readonly DistinguishedName? _issuer;
    private readonly SerialNumber _serialNumber;
    private readonly ReadOnlyMemory<byte>? _subjectKeyIdentifier;
    private ReadOnlyMemory<byte>? _messageDigest;
    private string? _contentType;
    private (HashAlgorithmName Hash, ReadOnlyMemory<byte> Digest)? _signingCertificate;

    internal TokenSignerInfo(AsnReader signerInfo)
    {
        signerInfo.ReadInteger();
        if (signerInfo.IsContext(0))
        {
            _subjectKeyIdentifier = signerInfo.ReadOctetString(Der.Context(0));
        }
        else
        {
            var identifier = signerInfo.ReadSequence();
            _issuer = DistinguishedName.Read(identifier);
            _serialNumber = SerialNumber.FromOctets(identifier.ReadIntegerBytes().Span);
        }
        _digestAlgorithm = HashAlgorithms.ReadIdentifier(signerInfo);
        if (!signerInfo.IsContext(0))
        {
            throw new AsnContentException("the token has no signed attributes");
        }
        var attributes = signerInfo.PeekEncodedValue();
        ReadAttributes(signerInfo.ReadSetOf(skipSortOrderValidation: true, Der.Context(0, constructed: true)));
        var algorithm = Der.ReadAlgorithmIdentifier(signerInfo);
        _signature = signerInfo.ReadOctetString();
        // What is signed is the SET OF itself, not its implicit tag (RFC 5652 5.4).
        var signed = attributes.ToArray();
        signed[0] = 0x31;
        _signedAttributes = signed;
        Algorithm = _digestAlgorithm is { } hash && SignatureAlgorithm.FindForCms(algorithm, hash) is { } found && found.Hash == hash ? found : null;
    }

    internal SignatureAlgorithm? Algorithm { get; }

    internal bool Identifies(Certificate certificate) => _issuer is not null
        ? _issuer.Equals(certificate.Issuer) && _serialNumber.Equals(certificate.SerialNumber)
        : _subjectKeyIdentifier is { } own && certificate.Constraints.SubjectKeyIdentifier is { } theirs && own.Span.SequenceEqual(theirs.Span);

    /// <summary>The first ESSCertID names the signer's certificate (RFC 5816 2.2.1).</summary>
    internal bool NamesCertificate(Certificate certificate) =>
        _signingCertificate is { } named && named.Digest.Span.SequenceEqual(certificate.Fingerprint(named.Hash));

    internal bool Verifies(ReadOnlySpan<byte> content, Certificate signer) =>
        Algorithm is { } algorithm
        && _contentType == Oids.TstInfo
        && _messageDigest is { } digest
        && digest.Span.SequenceEqual(CryptographicOperations.HashData(algorithm.Hash, content))
        && algorithm.VerifyData(signer.SubjectPublicKeyInfo.Span, _signedAttributes.Span, _signature.Span);

    private void ReadAttributes(AsnReader attributes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (attributes.HasData)
        {
            var attribute = attributes.ReadSequence();
            var type = attribute.ReadObjectIdentifier();
            if (!seen.Add(type))
            {
                throw new AsnContentException($"the signed attribute {type} stands twice");
            }
            var values = attribute.ReadSetOf(skipSortOrderValidation: true);
            switch (type)
            {
                case Oids.ContentType:
                    _contentType = values.ReadObjectIdentifier();
                    break;
                case Oids.MessageDigest:
                    _messageDigest = values.ReadOctetString();
                    break;
                case Oids.SigningCertificateV2:
                    _signingCertificate = ReadEssCertIdV2(values.ReadSequence().ReadSequence().ReadSequence());
                    break;
                case Oids.SigningCertificate when _signingCertificate is null:
                    _signingCertificate = (HashAlgorithmName.SHA1, values.ReadSequence().ReadSequence().ReadSequence().ReadOctetString());
                    break;
            }
        }
    }

    private static (HashAlgorithmName, ReadOnlyMemory<byte>)? ReadEssCertIdV2(AsnReader certId)
    {
        HashAlgorithmName? hash = HashAlgorithmName.SHA256;
        if (certId.IsUniversal(UniversalTagNumber.Sequence))
        {
            hash = HashAlgorithms.ReadIdentifier(certId);
        }
        return hash is { } known ? (known, certId.ReadOctetString()) : null;
    }
}
