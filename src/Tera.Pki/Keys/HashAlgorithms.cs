using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;

namespace Tera.Pki.Keys;

/// <summary>The hashes this library computes, with their identifiers and lengths.</summary>
public static class HashAlgorithms
{
    /// <summary>The object identifier of a hash.</summary>
    /// <param name="hash">SHA-1, SHA-256, SHA-384 or SHA-512.</param>
    /// <returns>The dotted identifier.</returns>
    /// <exception cref="ArgumentException">The hash is not one of these.</exception>
    public static string OidOf(HashAlgorithmName hash) => hash.Name switch
    {
        "SHA1" => Oids.Sha1,
        "SHA256" => Oids.Sha256,
        "SHA384" => Oids.Sha384,
        "SHA512" => Oids.Sha512,
        _ => throw new ArgumentException($"The hash {hash.Name} is not supported.", nameof(hash)),
    };

    /// <summary>The hash of an object identifier, or null when it is not supported.</summary>
    /// <param name="oid">The dotted identifier.</param>
    /// <returns>The hash, or null.</returns>
    public static HashAlgorithmName? FromOid(string oid) => oid switch
    {
        Oids.Sha1 => HashAlgorithmName.SHA1,
        Oids.Sha256 => HashAlgorithmName.SHA256,
        Oids.Sha384 => HashAlgorithmName.SHA384,
        Oids.Sha512 => HashAlgorithmName.SHA512,
        _ => null,
    };

    /// <summary>The length of a digest in bytes.</summary>
    /// <param name="hash">SHA-1, SHA-256, SHA-384 or SHA-512.</param>
    /// <returns>The length.</returns>
    /// <exception cref="ArgumentException">The hash is not one of these.</exception>
    public static int LengthOf(HashAlgorithmName hash) => OidOf(hash) switch
    {
        Oids.Sha1 => 20,
        Oids.Sha256 => 32,
        Oids.Sha384 => 48,
        _ => 64,
    };

    internal static void WriteIdentifier(AsnWriter writer, HashAlgorithmName hash, bool withNull)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(OidOf(hash));
            if (withNull)
            {
                writer.WriteNull();
            }
        }
    }

    internal static HashAlgorithmName? ReadIdentifier(AsnReader reader) => FromOid(reader.ReadSequence().ReadObjectIdentifier());
}
