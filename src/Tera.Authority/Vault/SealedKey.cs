using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tera.Authority.Vault;

/// <summary>What a sealed key belongs to; part of the associated data, so that blobs cannot be swapped between rows.</summary>
internal sealed record KeyOwner(string CredentialId, string SubjectId, string SerialNumber, byte[] SpkiSha256);

/// <summary>
/// A private key under two locks: PKCS#8 in AES-256-GCM under HKDF(Argon2id(passphrase, salt) || pepper), and that in
/// AES-256-GCM under the platform key. No hash of the passphrase is kept: the tag of the inner seal is the only check,
/// so there is one oracle only, and it costs the whole derivation.
/// </summary>
internal sealed record SealedKey(byte[] Salt, KdfParameters Kdf, byte[] Blob)
{
    private const byte Version = 1;
    private const int SaltLength = 16;
    private const string OuterPurpose = "tera vault outer seal v1";
    private const string PepperPurpose = "tera vault pepper v1";

    public static SealedKey Seal(ReadOnlySpan<byte> pkcs8, KeyOwner owner, Passphrase passphrase, KdfParameters kdf, PlatformKey platform)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var associated = Associate(owner, salt, kdf);
        var userKey = DeriveUserKey(owner, passphrase, salt, kdf, platform);
        try
        {
            var inner = PlatformKey.Seal(userKey, pkcs8, associated);
            return new SealedKey(salt, kdf, platform.Seal(OuterPurpose, inner, associated));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(userKey);
        }
    }

    /// <summary>
    /// The outer seal alone, before any attempt is counted and any derivation paid: a row that was swapped or altered
    /// is damage, not a wrong passphrase.
    /// </summary>
    public bool IsIntact(KeyOwner owner, PlatformKey platform) =>
        Kdf.IsWithinBounds && platform.Open(OuterPurpose, Blob, Associate(owner, Salt, Kdf)) is not null;

    /// <summary>PKCS#8, to be cleared by the caller; null when the passphrase is wrong.</summary>
    public byte[]? Open(KeyOwner owner, Passphrase passphrase, PlatformKey platform)
    {
        var associated = Associate(owner, Salt, Kdf);
        var inner = platform.Open(OuterPurpose, Blob, associated)
            ?? throw new CryptographicException($"The sealed key of credential {owner.CredentialId} does not belong there or was altered.");
        var userKey = DeriveUserKey(owner, passphrase, Salt, Kdf, platform);
        try
        {
            return PlatformKey.Open(userKey, inner, associated);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(userKey);
        }
    }

    private static byte[] DeriveUserKey(KeyOwner owner, Passphrase passphrase, byte[] salt, KdfParameters kdf, PlatformKey platform)
    {
        Span<byte> material = stackalloc byte[64];
        var pepper = platform.Derive(PepperPurpose, owner.CredentialId);
        try
        {
            Argon2id.Derive(kdf, passphrase.Utf8, salt, material[..32]);
            pepper.CopyTo(material[32..]);
            var key = GC.AllocateArray<byte>(32, pinned: true);
            HKDF.DeriveKey(HashAlgorithmName.SHA256, material, key, salt, "tera vault user key v1"u8);
            return key;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(material);
            CryptographicOperations.ZeroMemory(pepper);
        }
    }

    private static byte[] Associate(KeyOwner owner, byte[] salt, KdfParameters kdf)
    {
        using var stream = new MemoryStream();
        stream.WriteByte(Version);
        Write(stream, Encoding.UTF8.GetBytes(owner.CredentialId));
        Write(stream, Encoding.UTF8.GetBytes(owner.SubjectId));
        Write(stream, Encoding.UTF8.GetBytes(owner.SerialNumber));
        Write(stream, owner.SpkiSha256);
        Write(stream, salt);
        Span<byte> parameters = stackalloc byte[KdfParameters.EncodedLength];
        kdf.Encode(parameters);
        stream.Write(parameters);
        return stream.ToArray();
    }

    private static void Write(MemoryStream stream, byte[] field)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        stream.Write(length);
        stream.Write(field);
    }
}
