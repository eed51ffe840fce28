using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pki.Revocation.Ocsp;

/// <summary>CertID of RFC 6960 4.1.1: a certificate by its issuer's name and key, hashed, and its serial number.</summary>
public sealed class OcspCertId
{
    private OcspCertId(AsnReader reader)
    {
        Encoded = reader.PeekEncodedValue();
        var id = reader.ReadSequence();
        HashAlgorithm = HashAlgorithms.ReadIdentifier(id);
        IssuerNameHash = id.ReadOctetString();
        IssuerKeyHash = id.ReadOctetString();
        SerialNumber = SerialNumber.FromOctets(id.ReadIntegerBytes().Span);
        id.ThrowIfNotEmpty();
    }

    /// <summary>The encoded CertID; a response repeats it octet by octet.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>The hash, or null when it is not supported. SHA-1 is usual here and protects nothing.</summary>
    public HashAlgorithmName? HashAlgorithm { get; }

    /// <summary>The hash of the issuer's name.</summary>
    public ReadOnlyMemory<byte> IssuerNameHash { get; }

    /// <summary>The hash of the issuer's key.</summary>
    public ReadOnlyMemory<byte> IssuerKeyHash { get; }

    /// <summary>The serial number.</summary>
    public SerialNumber SerialNumber { get; }

    /// <summary>True when the issuer is meant.</summary>
    /// <param name="issuer">The issuer's certificate.</param>
    /// <returns>False also when the hash is not supported.</returns>
    public bool IsOf(Certificate issuer)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        return HashAlgorithm is { } hash
            && IssuerNameHash.Span.SequenceEqual(CryptographicOperations.HashData(hash, issuer.Subject.Encoded.Span))
            && IssuerKeyHash.Span.SequenceEqual(CryptographicOperations.HashData(hash, issuer.SubjectPublicKey.Span));
    }

    internal static OcspCertId Read(AsnReader reader) => new(reader);

    internal static void Write(AsnWriter writer, HashAlgorithmName hash, Certificate issuer, SerialNumber serialNumber)
    {
        using (writer.PushSequence())
        {
            HashAlgorithms.WriteIdentifier(writer, hash, withNull: true);
            writer.WriteOctetString(CryptographicOperations.HashData(hash, issuer.Subject.Encoded.Span));
            writer.WriteOctetString(CryptographicOperations.HashData(hash, issuer.SubjectPublicKey.Span));
            writer.WriteInteger(serialNumber.Octets.Span);
        }
    }
}
