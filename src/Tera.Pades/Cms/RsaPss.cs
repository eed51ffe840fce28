using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace Tera.Pades.Cms;

/// <summary>
/// RSASSA-PSS with any hash, mask hash and salt length (RFC 8017 8.1.2, 9.1.2). The platform verifies only the salt that is
/// as long as the hash; files in the field have others, and some state one length and use another. The length is therefore read
/// from the padding itself: that gives a forger nothing, as the padding is under the signature.
/// </summary>
internal sealed class RsaPss
{
    private readonly HashAlgorithmName _hash;
    private readonly HashAlgorithmName _mask;

    private RsaPss(HashAlgorithmName hash, HashAlgorithmName mask)
    {
        _hash = hash;
        _mask = mask;
    }

    /// <summary>The hash over the message.</summary>
    internal HashAlgorithmName Hash => _hash;

    /// <summary>Reads RSASSA-PSS-params (RFC 4055 3.1), or answers null for what cannot be computed here.</summary>
    internal static RsaPss? Read(ReadOnlyMemory<byte> parameters)
    {
        HashAlgorithmName? hash = HashAlgorithmName.SHA1, mask = HashAlgorithmName.SHA1;
        if (!parameters.IsEmpty)
        {
            var fields = new AsnReader(parameters, AsnEncodingRules.BER).ReadSequence();
            while (fields.HasData)
            {
                var tag = fields.PeekTag().TagValue;
                var field = fields.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, tag, isConstructed: true));
                if (tag == 0)
                    hash = RunningDigest.NameOf(AlgorithmId.Read(field).Oid);
                else if (tag == 1)
                    mask = ReadMask(field);
                else if (tag == 3 && !(field.TryReadInt32(out var trailer) && trailer == 1))
                    return null;
            }
        }
        return hash is { } h && mask is { } m ? new RsaPss(h, m) : null;
    }

    /// <summary>Moduli longer than this are refused: verification time grows with the square of the length.</summary>
    private const int MaxModulusLength = 2048;

    internal bool Verify(RSAParameters key, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        if (key.Modulus is not { Length: > 0 and <= MaxModulusLength } || key.Exponent is not { Length: > 0 })
            return false;
        var modulus = new BigInteger(key.Modulus, isUnsigned: true, isBigEndian: true);
        var exponent = new BigInteger(key.Exponent, isUnsigned: true, isBigEndian: true);
        var bits = (int)modulus.GetBitLength();
        // An exponent as long as the modulus would make verification cost as much as signing.
        if (modulus.IsEven || exponent.GetBitLength() > 64 || signature.Length != (bits + 7) / 8)
            return false;
        var value = new BigInteger(signature, isUnsigned: true, isBigEndian: true);
        if (value >= modulus)
            return false;
        var message = BigInteger.ModPow(value, exponent, modulus);
        var encodedBits = bits - 1;
        var encoded = new byte[(encodedBits + 7) / 8];
        var raw = message.ToByteArray(isUnsigned: true, isBigEndian: true);
        if (raw.Length > encoded.Length)
            return false;
        raw.CopyTo(encoded, encoded.Length - raw.Length);
        return VerifyEncoded(encoded, encodedBits, digest);
    }

    private bool VerifyEncoded(byte[] encoded, int encodedBits, ReadOnlySpan<byte> digest)
    {
        var hashLength = digest.Length;
        var maskedLength = encoded.Length - hashLength - 1;
        if (maskedLength < 1 || encoded[^1] != 0xbc)
            return false;
        var unused = 8 * encoded.Length - encodedBits;
        var block = encoded.AsSpan(0, maskedLength).ToArray();
        var seed = encoded.AsSpan(maskedLength, hashLength);
        if (block[0] >> (8 - unused) != 0)
            return false;
        Unmask(block, seed);
        block[0] &= (byte)(0xff >> unused);
        var padding = block.AsSpan().IndexOfAnyExcept((byte)0);
        if (padding < 0 || block[padding] != 1)
            return false;
        byte[] salted = [0, 0, 0, 0, 0, 0, 0, 0, .. digest, .. block.AsSpan(padding + 1)];
        return CryptographicOperations.HashData(_hash, salted).AsSpan().SequenceEqual(seed);
    }

    // MGF1, RFC 8017 B.2.1
    private void Unmask(byte[] block, ReadOnlySpan<byte> seed)
    {
        byte[] input = [.. seed, 0, 0, 0, 0];
        for (var (done, counter) = (0, 0); done < block.Length; counter++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(input.AsSpan(seed.Length), counter);
            foreach (var octet in CryptographicOperations.HashData(_mask, input))
            {
                if (done == block.Length)
                    break;
                block[done++] ^= octet;
            }
        }
    }

    private static HashAlgorithmName? ReadMask(AsnReader field)
    {
        var generator = AlgorithmId.Read(field);
        return generator.Oid == CmsOids.Mgf1 && !generator.Parameters.IsEmpty
            ? RunningDigest.NameOf(AlgorithmId.Read(new AsnReader(generator.Parameters, AsnEncodingRules.BER)).Oid)
            : null;
    }
}
