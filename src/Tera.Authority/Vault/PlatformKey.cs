using System.Security.Cryptography;
using System.Text;

namespace Tera.Authority.Vault;

/// <summary>
/// The second lock: 32 random bytes outside the database. Whoever has the database alone cannot even test a guess of a
/// passphrase; whoever has both pays the full derivation for each. Every use has its own derived key (RFC 5869).
/// </summary>
internal sealed class PlatformKey : IDisposable
{
    private const int Length = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private readonly byte[] key;

    private PlatformKey(byte[] key) => this.key = key;

    public static PlatformKey OpenOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            PrivateFile.Create(path, RandomNumberGenerator.GetBytes(Length));
        }

        PrivateFile.RequirePrivate(path);
        var bytes = File.ReadAllBytes(path);
        return bytes.Length == Length
            ? new PlatformKey(bytes)
            : throw new InvalidDataException($"The platform key file {path} has {bytes.Length} bytes instead of {Length}.");
    }

    public byte[] Derive(string purpose, string? item = null) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, Length, salt: null, info: Encoding.UTF8.GetBytes(item is null ? purpose : $"{purpose}\0{item}"));

    /// <summary>AES-256-GCM under the key of the purpose: nonce, ciphertext, tag. A random nonce is safe for 2^32 seals of one purpose.</summary>
    public byte[] Seal(string purpose, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated)
    {
        var derived = Derive(purpose);
        try
        {
            return Seal(derived, plain, associated);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    /// <summary>Null when the seal does not hold: another key, another purpose, other associated data, or altered bytes.</summary>
    public byte[]? Open(string purpose, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> associated)
    {
        var derived = Derive(purpose);
        try
        {
            return Open(derived, sealedBytes, associated);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated)
    {
        var result = new byte[NonceLength + plain.Length + TagLength];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceLength));
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(
            result.AsSpan(0, NonceLength), plain, result.AsSpan(NonceLength, plain.Length), result.AsSpan(NonceLength + plain.Length), associated);
        return result;
    }

    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> associated)
    {
        if (sealedBytes.Length < NonceLength + TagLength)
        {
            return null;
        }

        var plain = GC.AllocateArray<byte>(sealedBytes.Length - NonceLength - TagLength, pinned: true);
        using var aes = new AesGcm(key, TagLength);
        try
        {
            aes.Decrypt(sealedBytes[..NonceLength], sealedBytes[NonceLength..^TagLength], sealedBytes[^TagLength..], plain, associated);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(key);
}
