using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tera.Pades.Pdf.Encryption;

/// <summary>Deciphers and enciphers what one indirect object holds (ISO 32000-2 7.6.3, ISO/TS 32003).</summary>
internal sealed class ObjectCipher(SecurityHandler handler, ObjectId id)
{
    private const int Block = 16;

    private const int NonceLength = 12;

    /// <summary>The plain string; null where its authentication fails.</summary>
    public byte[]? DecipherString(ReadOnlySpan<byte> data) => Decipher(handler.Strings, data);

    public byte[] EncipherString(ReadOnlySpan<byte> data) => Encipher(handler.Strings, data);

    /// <summary>The stream's bytes as its filters want them; null where their authentication fails.</summary>
    public byte[]? DecipherStream(PdfDictionary dictionary, byte[] data) => Decipher(handler.MethodOf(dictionary), data);

    public byte[] EncipherStream(PdfDictionary dictionary, byte[] data) => Encipher(handler.MethodOf(dictionary), data);

    /// <summary>Whether a stream lies in the file as it is.</summary>
    public bool LeavesPlain(PdfDictionary dictionary) => handler.MethodOf(dictionary) == CryptMethod.Identity;

    private byte[]? Decipher(CryptMethod method, ReadOnlySpan<byte> data) => method switch
    {
        CryptMethod.Rc4 => Rc4.Apply(ObjectKey(aes: false), data),
        CryptMethod.Aes128 => DecipherCbc(ObjectKey(aes: true), data),
        CryptMethod.Aes256 => DecipherCbc(handler.FileKey, data),
        CryptMethod.Aes256Gcm => DecipherGcm(data),
        _ => data.ToArray(),
    };

    private byte[] Encipher(CryptMethod method, ReadOnlySpan<byte> data) => method switch
    {
        CryptMethod.Rc4 => Rc4.Apply(ObjectKey(aes: false), data),
        CryptMethod.Aes128 => EncipherCbc(ObjectKey(aes: true), data),
        CryptMethod.Aes256 => EncipherCbc(handler.FileKey, data),
        CryptMethod.Aes256Gcm => EncipherGcm(data),
        _ => data.ToArray(),
    };

    // 7.6.3.2, algorithm 1: the file's key, the object's number and generation, low byte first.
    private byte[] ObjectKey(bool aes)
    {
        ReadOnlySpan<byte> name = [(byte)(id.Number & 255), (byte)((id.Number >> 8) & 255), (byte)((id.Number >> 16) & 255), (byte)(id.Generation & 255), (byte)((id.Generation >> 8) & 255)];
        ReadOnlySpan<byte> salt = aes ? "sAlT"u8 : [];
        return MD5.HashData([.. handler.FileKey, .. name, .. salt])[..Math.Min(handler.FileKey.Length + 5, 16)];
    }

    // As readers do: what is no whole block is dropped, and a padding that is none is data.
    private static byte[] DecipherCbc(byte[] key, ReadOnlySpan<byte> data)
    {
        var length = (data.Length - Block) / Block * Block;
        if (length <= 0)
            return [];
        using var aes = Aes.Create();
        aes.Key = key;
        var plain = aes.DecryptCbc(data.Slice(Block, length), data[..Block], PaddingMode.None);
        var padding = plain[^1];
        return padding is >= 1 and <= Block && plain.AsSpan(plain.Length - padding).IndexOfAnyExcept(padding) < 0 ? plain[..^padding] : plain;
    }

    private byte[] EncipherCbc(byte[] key, ReadOnlySpan<byte> data)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var start = StartValue(data)[..Block];
        return [.. start, .. aes.EncryptCbc(data, start, PaddingMode.PKCS7)];
    }

    private byte[]? DecipherGcm(ReadOnlySpan<byte> data)
    {
        if (data.Length < NonceLength + Block)
            return data.IsEmpty ? [] : null;
        using var aes = new AesGcm(handler.FileKey, Block);
        var plain = new byte[data.Length - NonceLength - Block];
        try
        {
            aes.Decrypt(data[..NonceLength], data[NonceLength..^Block], data[^Block..], plain);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private byte[] EncipherGcm(ReadOnlySpan<byte> data)
    {
        using var aes = new AesGcm(handler.FileKey, Block);
        var result = new byte[NonceLength + data.Length + Block];
        StartValue(data).AsSpan(0, NonceLength).CopyTo(result);
        aes.Encrypt(result.AsSpan(0, NonceLength), data, result.AsSpan(NonceLength, data.Length), result.AsSpan(NonceLength + data.Length));
        return result;
    }

    // The same changes to the same file make the same bytes, so the starting value is no random number but a keyed digest of what it
    // begins: it differs wherever object or content differ, and nobody without the key foretells it.
    private byte[] StartValue(ReadOnlySpan<byte> data)
    {
        Span<byte> name = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(name, id.Number);
        BinaryPrimitives.WriteInt32BigEndian(name[4..], id.Generation);
        using var digest = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, handler.FileKey);
        digest.AppendData("start value"u8);
        digest.AppendData(name);
        digest.AppendData(data);
        return digest.GetHashAndReset();
    }
}
