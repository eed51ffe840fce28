using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Keys;

namespace Tera.Pades.Cms;

/// <summary>What a signature value says about the bytes it covers.</summary>
public enum SignatureValueState
{
    /// <summary>It was made over these bytes with the key.</summary>
    Holds,

    /// <summary>It was not.</summary>
    DoesNotHold,

    /// <summary>Its algorithm, or the key's, cannot be computed here.</summary>
    Unsupported,
}

/// <summary>Checks signature values of every algorithm that the platform, or this namespace, can compute.</summary>
public static class SignatureValue
{
    /// <summary>Checks a value over a message that is at hand as bytes.</summary>
    /// <param name="algorithm">The signature algorithm.</param>
    /// <param name="digest">The digest algorithm of the signer, for signature algorithms that name none.</param>
    /// <param name="subjectPublicKeyInfo">The DER public key.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">The value; ECDSA and DSA values in DER.</param>
    /// <returns>The state.</returns>
    public static SignatureValueState OverMessage(
        AlgorithmId algorithm, AlgorithmId digest, ReadOnlyMemory<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        try
        {
            if (algorithm.Oid is CmsOids.Ed25519 or CmsOids.Ed448)
                return Edwards(algorithm, subjectPublicKeyInfo, message, signature);
            using var running = RunningDigest.Create(HashOf(algorithm, digest));
            if (running is null)
                return SignatureValueState.Unsupported;
            running.Append(message);
            return OverDigest(algorithm, digest, subjectPublicKeyInfo, running.Finish(), signature);
        }
        catch (AsnContentException)
        {
            return SignatureValueState.Unsupported;
        }
    }

    /// <summary>Checks a value over a message of which only the digest is at hand.</summary>
    /// <param name="algorithm">The signature algorithm.</param>
    /// <param name="digest">The digest algorithm of the signer.</param>
    /// <param name="subjectPublicKeyInfo">The DER public key.</param>
    /// <param name="hash">The digest, made with <see cref="HashOf"/>.</param>
    /// <param name="signature">The value.</param>
    /// <returns>The state.</returns>
    public static SignatureValueState OverDigest(
        AlgorithmId algorithm, AlgorithmId digest, ReadOnlyMemory<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        try
        {
            return Check(algorithm, HashOf(algorithm, digest), subjectPublicKeyInfo, hash, signature);
        }
        catch (AsnContentException)
        {
            return SignatureValueState.Unsupported;
        }
        catch (CryptographicException)
        {
            // The platform throws for a key it cannot open and for a value that cannot belong to the key at all.
            return SignatureValueState.DoesNotHold;
        }
        catch (PlatformNotSupportedException)
        {
            return SignatureValueState.Unsupported;
        }
    }

    /// <summary>The hash that a signature algorithm applies; the signer's digest algorithm where the identifier names only the key type.</summary>
    /// <param name="algorithm">The signature algorithm.</param>
    /// <param name="digest">The digest algorithm of the signer.</param>
    /// <returns>The hash.</returns>
    public static AlgorithmId HashOf(AlgorithmId algorithm, AlgorithmId digest) => algorithm.Oid switch
    {
        CmsOids.RsaMd5 => new AlgorithmId(CmsOids.Md5, default),
        CmsOids.RsaSha1 or CmsOids.RsaSha1Oiw or CmsOids.EcdsaSha1 or CmsOids.DsaSha1 => new AlgorithmId(CmsOids.Sha1, default),
        CmsOids.RsaSha256 or CmsOids.EcdsaSha256 or CmsOids.DsaSha256 or CmsOids.EcdsaPlainSha256 => new AlgorithmId(CmsOids.Sha256, default),
        CmsOids.RsaSha384 or CmsOids.EcdsaSha384 or CmsOids.EcdsaPlainSha384 => new AlgorithmId(CmsOids.Sha384, default),
        CmsOids.RsaSha512 or CmsOids.EcdsaSha512 or CmsOids.EcdsaPlainSha512 => new AlgorithmId(CmsOids.Sha512, default),
        CmsOids.RsaSha3Of256 or CmsOids.EcdsaSha3Of256 => new AlgorithmId(CmsOids.Sha3Of256, default),
        CmsOids.RsaSha3Of384 or CmsOids.EcdsaSha3Of384 => new AlgorithmId(CmsOids.Sha3Of384, default),
        CmsOids.RsaSha3Of512 or CmsOids.EcdsaSha3Of512 => new AlgorithmId(CmsOids.Sha3Of512, default),
        CmsOids.RsaPss => PssHash(algorithm, digest),
        _ => digest,
    };

    private static AlgorithmId PssHash(AlgorithmId algorithm, AlgorithmId digest)
    {
        if (algorithm.Parameters.IsEmpty)
            return new AlgorithmId(CmsOids.Sha1, default);
        var fields = new AsnReader(algorithm.Parameters, AsnEncodingRules.BER).ReadSequence();
        var tag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        return fields.HasData && fields.PeekTag().HasSameClassAndValue(tag)
            ? AlgorithmId.Read(fields.ReadSequence(tag))
            : new AlgorithmId(CmsOids.Sha1, digest.Oid == CmsOids.Sha1 ? digest.Parameters : default);
    }

    private static SignatureValueState Check(
        AlgorithmId algorithm, AlgorithmId hash, ReadOnlyMemory<byte> spki, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        var keyType = KeyTypeOf(spki);
        if (keyType is CmsOids.Rsa or CmsOids.RsaPss && algorithm.Oid == CmsOids.RsaPss)
            return RsaPss.Read(algorithm.Parameters) is { } pss ? State(pss.Verify(RsaKeyOf(spki), digest, signature)) : SignatureValueState.Unsupported;
        SignatureScheme? scheme = keyType switch
        {
            CmsOids.Rsa => SignatureScheme.RsaPkcs1,
            CmsOids.Ec => SignatureScheme.Ecdsa,
            CmsOids.Dsa => SignatureScheme.Dsa,
            _ => null,
        };
        if (scheme is null || (scheme == SignatureScheme.RsaPkcs1 && RunningDigest.NameOf(hash.Oid) is null))
            return SignatureValueState.Unsupported;
        if (PublicKey.Shared(spki.Span, out var isUnsupported) is not { } key)
            return isUnsupported ? SignatureValueState.Unsupported : SignatureValueState.DoesNotHold;
        var plain = algorithm.Oid is CmsOids.EcdsaPlainSha256 or CmsOids.EcdsaPlainSha384 or CmsOids.EcdsaPlainSha512;
        var format = plain ? DSASignatureFormat.IeeeP1363FixedFieldConcatenation : DSASignatureFormat.Rfc3279DerSequence;
        return State(key.Verify(scheme.Value, RunningDigest.NameOf(hash.Oid) ?? default, digest, signature, format));
    }

    private static SignatureValueState Edwards(
        AlgorithmId algorithm, ReadOnlyMemory<byte> spki, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (KeyTypeOf(spki) != algorithm.Oid)
            return SignatureValueState.DoesNotHold;
        var pure = algorithm.Oid == CmsOids.Ed25519 ? SignatureAlgorithm.Ed25519 : SignatureAlgorithm.Ed448;
        return State(pure.VerifyData(spki.Span, message, signature));
    }

    // Read here, as the platform does not open a key whose identifier is id-RSASSA-PSS (RFC 4055 1.2).
    private static RSAParameters RsaKeyOf(ReadOnlyMemory<byte> spki)
    {
        var info = new AsnReader(spki, AsnEncodingRules.BER).ReadSequence();
        info.ReadSequence();
        var key = new AsnReader(info.ReadBitString(out _), AsnEncodingRules.BER).ReadSequence();
        return new RSAParameters { Modulus = Magnitude(key.ReadIntegerBytes()), Exponent = Magnitude(key.ReadIntegerBytes()) };
    }

    private static byte[] Magnitude(ReadOnlyMemory<byte> integer) => integer.Span.TrimStart((byte)0).ToArray();

    private static string KeyTypeOf(ReadOnlyMemory<byte> spki) =>
        AlgorithmId.Read(new AsnReader(spki, AsnEncodingRules.BER).ReadSequence()).Oid;

    private static SignatureValueState State(bool holds) => holds ? SignatureValueState.Holds : SignatureValueState.DoesNotHold;
}
